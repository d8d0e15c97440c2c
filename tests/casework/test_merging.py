"""Two records of one child: one child for who sees both, and to nobody anything more than before."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework.enums import Sex
from casework.keeping_enums import MergeStatus
from casework.lookalikes import Sought, known_elsewhere, known_like
from casework.merged import gather, groups_of, number_of_people, one_line_each
from casework.models import Case, Person, PersonMerge
from casework.person_page import cases_of, people_for, person_page
from casework.search import find
from casework.services.merges import (
    agree_merge,
    agree_parting,
    ask_parting,
    bring_together,
    propose_elsewhere,
    refuse_merge,
    refuse_parting,
)
from core.errors import DomainError
from offices.models import Notice, ReadLog
from offices.waiting import waiting_for
from tests import builders as make
from tests.casework import keeping_builders as keep
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db
BORN, PIN, WHY = (
    dt.date(2019, 6, 2),
    "10206201900187",
    "Туулгандыгы тууралуу күбөлүк боюнча бир бала",
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class Two:
    """Айым, known in Oktyabr since 2024 under another spelling, and now in Sverdlov."""

    def __init__(self):
        self.oktyabr, self.sverdlov = make.make_office("oktyabr"), make.make_office("sverdlov")
        girl = {"birth_on": BORN, "sex": Sex.FEMALE}
        self.old = make.make_child("Ибрагимова", "Айым", **girl)
        self.new = make.make_child("Ибраимова", "Айым", patronymic="Руслановна", pin=PIN, **girl)
        self.then = make.make_case(self.oktyabr, make.make_caseworker(self.oktyabr), child=self.old)
        self.now = make.make_case(
            self.sverdlov, make.make_caseworker(self.sverdlov), child=self.new
        )
        self.phone = people.make_phone(self.old, number="0700 11 22 33")
        self.asks, self.asked = make.make_head(self.sverdlov), make.make_head(self.oktyabr)
        self.centre = make.make_psychologist()

    def sees_both(self):
        """The Centre's psychologist, with an episode in each case."""
        for case in (self.then, self.now):
            make.make_episode(case, self.centre)
        return self.centre

    def propose(self):
        sought = Sought("Ибрагимова", "Айым", self.new.birth, Sex.FEMALE, PIN)
        return propose_elsewhere(self.new, sought, WHY, actor=self.asks)[0]

    def merge(self):
        return agree_merge(self.propose(), actor=self.asked)


@pytest.fixture
def two():
    return Two()


def seen(user):
    """Everything that the entrances give ``user``, to be compared before and after."""
    return (
        set(Case.objects.visible_to(user)),
        set(Person.objects.visible_to(user)),
        set(Person.objects.full_visible_to(user)),
    )


def page_of(client, person):
    return client.get(f"/children/{person.pk}/").content.decode()


def test_proposed_and_agreed_by_the_two_heads(two):
    merge = two.propose()
    assert (merge.ours, merge.theirs, merge.status) == (two.new, two.old, MergeStatus.PROPOSED)
    assert groups_of([two.old.pk])[two.old.pk] == {two.old.pk}
    assert Notice.objects.get(kind="merge_proposed").user == two.asked
    assert any(line.url == merge.get_absolute_url() for line in waiting_for(two.asked))
    agree_merge(merge, actor=two.asked)
    assert groups_of([two.old.pk])[two.old.pk] == {two.old.pk, two.new.pk}
    assert Notice.objects.get(kind="merge_agreed").user == two.asks


def test_nobody_sees_more_than_before_and_no_row_is_changed(two, sign_in):
    people_of_it = [two.asks, two.asked, two.then.responsible, two.now.responsible, two.sees_both()]
    before = [seen(user) for user in people_of_it]
    rows = list(Person.objects.order_by("pk").values())
    two.merge()
    assert [seen(user) for user in people_of_it] == before
    assert list(Person.objects.order_by("pk").values()) == rows
    for user, own, other, their in (
        (two.now.responsible, two.new, two.old, two.then),
        (two.then.responsible, two.old, two.new, two.now),
        (two.asks, two.new, two.old, two.then),
    ):
        client = sign_in(user)
        assert client.get(f"/children/{other.pk}/").status_code == 404
        shown = page_of(client, own)
        assert their.number not in shown and other.surname not in shown
        assert "0700 11 22 33" not in shown or own == two.old


def test_who_sees_both_sees_one_child(two, sign_in):
    reader = sign_in(two.sees_both())
    apart = page_of(reader, two.new)
    assert two.then.number not in apart
    two.merge()
    for record in (two.new, two.old):
        page = page_of(reader, record)
        assert two.then.number in page and two.now.number in page
        assert "Ибрагимова" in page and "Ибраимова" in page
        assert "0700" in page
    subjects = ReadLog.objects.filter(page="children:child").first().subjects
    assert f"person:{two.old.pk}" in subjects and f"person:{two.new.pk}" in subjects


def test_health_and_notes_of_the_other_record_keep_their_depth(two, sign_in):
    """Worked in full here, only helped in there: what is kept for full readers there stays there."""
    two.old.note = "Купуя: өгөй атасы жөнүндө"
    two.old.save()
    worker = two.now.responsible
    make.make_membership(worker, "psychologist", make.make_centre())
    make.make_episode(two.then, worker, office=make.make_centre())
    two.merge()
    page = page_of(sign_in(worker), two.new)
    assert two.then.number in page and "Купуя" not in page
    assert f"/people/phones/{two.phone.pk}" not in page


def test_search_finds_one_line_with_both_cases(two):
    reader = two.sees_both()
    assert len(find("Айым", reader).people) == 2
    two.merge()
    found = find("Айым", reader).people
    assert len(found) == 1
    assert {place.case for place in found[0].known_places} == {two.then, two.now}
    assert find("Айым", two.now.responsible).people == [two.new]
    assert len(find("Айым", reader).cases) == 2


def test_the_opening_form_offers_one_and_asks_no_head_again(two):
    reader, worker = two.sees_both(), two.now.responsible
    sought = Sought("Ибрагимова", "Айым", two.new.birth, Sex.FEMALE, "")
    assert list(known_elsewhere(sought, worker)) == [two.old]
    two.merge()
    assert not known_elsewhere(sought, worker).exists()
    assert list(known_elsewhere(sought, make.make_caseworker(make.make_centre()))) == [two.old]
    both = Sought("", "Айым", two.new.birth, Sex.FEMALE, PIN)
    assert known_like(both, reader) == [two.new]


def test_pin_is_no_longer_said_to_be_known_elsewhere(two):
    two.old.pin = PIN
    two.old.save()
    assert people_page(two).pin_known_elsewhere
    two.merge()
    assert not people_page(two).pin_known_elsewhere


def people_page(two):
    user = two.now.responsible
    person = people_for(user).get(pk=two.new.pk)
    gather(person, user)
    return person_page(person, cases_of(person, user), user)


def test_one_child_is_counted_once(two):
    make.make_case(two.sverdlov)
    assert number_of_people(Person.objects.all()) == 3
    two.merge()
    assert number_of_people(Person.objects.all()) == 2
    assert number_of_people(Person.objects.filter(pk=two.old.pk)) == 1
    assert one_line_each([two.old, two.new]) == [two.old]


def test_three_records_in_a_chain_are_one(two):
    third = make.make_child("Ибрагим кызы", "Айым", birth_on=BORN)
    make.make_case(two.sverdlov, child=third)
    two.merge()
    keep.make_merge(third, two.new, two.asks)
    assert groups_of([third.pk])[third.pk] == {third.pk, two.new.pk, two.old.pk}
    assert number_of_people(Person.objects.all()) == 1


def test_case_pages_and_counts_stay_each_offices_own(two, sign_in):
    two.merge()
    client = sign_in(two.now.responsible)
    assert client.get(two.then.get_absolute_url()).status_code == 404
    page = client.get(two.now.get_absolute_url()).content.decode()
    assert "Ибраимова" in page and "Ибрагимова" not in page
    assert client.get("/cases/").content.decode().count(two.now.number) >= 1
    assert two.then.number not in client.get("/cases/").content.decode()


def test_what_is_hidden_keeps_its_own_rule(two, sign_in):
    father = make.make_person("Ата", "Өгөй")
    people.make_member(two.then.family, person=father)
    people.make_hidden(two.phone, father, set_by=two.then.responsible)
    two.merge()
    page = page_of(sign_in(two.sees_both()), two.new)
    assert "no-print" in page and "0700" in page


def test_the_other_head_sees_what_is_needed_and_no_more(two, sign_in):
    two.now.reason = "Кошунасы чалган"
    two.now.save()
    merge = two.propose()
    page = sign_in(two.asked).get(merge.get_absolute_url()).content.decode()
    assert "Ибраимова" in page and PIN in page and WHY in page and "Ибрагимова" in page
    assert two.now.number not in page and "Кошунасы" not in page
    assert f"/children/{two.new.pk}/" not in page
    mine = sign_in(two.asks).get(merge.get_absolute_url()).content.decode()
    assert "Ибрагимова" not in mine and two.then.number not in mine
    refuse_merge(merge, "Башка бала", actor=two.asked)
    after = sign_in(two.asked).get(merge.get_absolute_url()).content.decode()
    assert "Ибраимова" not in after and PIN not in after


def test_refused_says_why_and_joins_nothing(two):
    merge = two.propose()
    with pytest.raises(DomainError):
        refuse_merge(merge, " ", actor=two.asked)
    refuse_merge(merge, "Туулган күнү башка", actor=two.asked)
    assert groups_of([two.old.pk])[two.old.pk] == {two.old.pk}
    with pytest.raises(DomainError, match="answered already"):
        agree_merge(merge, actor=two.asked)


def test_only_heads_of_the_cases_propose_and_answer(two):
    with pytest.raises(PermissionDenied):
        propose_elsewhere(two.new, Sought(pin=PIN), WHY, actor=two.now.responsible)
    with pytest.raises(PermissionDenied):
        propose_elsewhere(two.old, Sought(pin=PIN), WHY, actor=two.asks)
    merge = two.propose()
    for other in (two.asks, two.then.responsible, make.make_head(make.make_centre())):
        with pytest.raises(PermissionDenied):
            agree_merge(merge, actor=other)


def test_a_head_who_is_shut_out_is_not_asked(two):
    two.then.conflicts.create(user=two.asked, reason="тууганы", declared_by=two.asked)
    merge = two.propose()
    assert not Notice.objects.filter(kind="merge_proposed").exists()
    with pytest.raises(PermissionDenied):
        agree_merge(merge, actor=two.asked)


def test_what_fits_nobody_says_so_and_is_counted(two, sign_in):
    with pytest.raises(DomainError, match="No file elsewhere"):
        propose_elsewhere(two.new, Sought("Ким", "Айым", two.new.birth), WHY, actor=two.asks)
    client = sign_in(two.asks)
    sent = {"surname": "Ким", "given_name": "Айым", "born_on": "02.06.2019", "reason": WHY}
    for _ in range(6):
        page = client.post(f"/cases/merges/new/{two.new.pk}/", sent).content.decode()
        assert "error-summary" in page and "Ким" in page
    right = {**sent, "surname": "Ибрагимова"}
    client.post(f"/cases/merges/new/{two.new.pk}/", right)
    assert not PersonMerge.objects.exists()


def test_proposed_on_the_screen_by_the_other_spelling(two, sign_in):
    sent = {"surname": "Ибрагимова", "given_name": "Айым", "born_on": "02.06.2019", "reason": WHY}
    answer = sign_in(two.asks).post(f"/cases/merges/new/{two.new.pk}/", sent)
    merge = PersonMerge.objects.get()
    assert answer.headers["Location"] == merge.get_absolute_url()
    sign_in(two.asked).post(merge.get_absolute_url(), {"answer": "yes"})
    merge.refresh_from_db()
    assert (merge.status, merge.decided_by) == (MergeStatus.AGREED, two.asked)


def test_within_one_office_its_head_does_it_alone(two):
    twin = make.make_child("Ибраимова", "Айым", birth_on=BORN)
    make.make_case(two.sverdlov, child=twin)
    merge = bring_together(two.new, twin, WHY, actor=two.asks)
    assert merge.status == MergeStatus.AGREED
    assert {
        p.pk for p in gather(two.new, two.now.responsible)
    } == set()  # the worker holds only one of the cases
    assert gather(two.new, two.asks) == [twin]
    with pytest.raises(DomainError, match="already"):
        bring_together(two.new, twin, WHY, actor=two.asks)
    ask_parting(merge, "Эгиздер экен", actor=two.asks)
    assert groups_of([twin.pk])[twin.pk] == {twin.pk}


def test_a_record_that_one_does_not_see_cannot_be_named(two):
    with pytest.raises(DomainError, match="another record"):
        bring_together(two.new, two.old, WHY, actor=two.asks)


def test_parted_again_by_both_heads_each_stands_as_it_did(two):
    reader = two.sees_both()
    rows = list(Person.objects.order_by("pk").values())
    merge = two.merge()
    ask_parting(merge, "Эки башка бала экен", actor=two.asks)
    assert gather(two.new, reader) == [two.old]  # until the other agrees
    assert any(line.url == merge.get_absolute_url() for line in waiting_for(two.asked))
    merge.refresh_from_db()
    with pytest.raises(PermissionDenied):
        agree_parting(merge, actor=two.asks)
    agree_parting(merge, actor=two.asked)
    assert gather(two.new, reader) == [] and len(find("Айым", reader).people) == 2
    assert list(Person.objects.order_by("pk").values()) == rows
    assert PersonMerge.objects.get().status == MergeStatus.PARTED
    assert two.propose().status == MergeStatus.PROPOSED  # and it may be proposed anew


def test_the_other_head_may_hold_on_to_it(two):
    merge = two.merge()
    ask_parting(merge, "Күмөн бар", actor=two.asked)
    merge.refresh_from_db()
    refuse_parting(merge, actor=two.asks)
    merge.refresh_from_db()
    assert (merge.status, merge.part_asked_at) == (MergeStatus.AGREED, None)
    assert Notice.objects.filter(kind="parting_refused", user=two.asked).exists()
