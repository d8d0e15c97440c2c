"""Who sees a complaint: role × relation on ``visible_to``, whom it is about, conflicts, the city; and that the family's
file says nothing of it."""

import pytest

from complaints.danger import concerned_office, named_districts
from complaints.models import Complaint
from complaints.services import afterwards, considering
from core import clock
from intake.models import HotlineCall
from offices.enums import Role
from offices.models import District, Notice
from offices.waiting import waiting_for
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return b.City()


def sees(user, complaint):
    return Complaint.objects.visible_to(user).filter(pk=complaint.pk).exists()


def test_whole_complaint_is_seen_by_its_registrars_its_leadership_and_who_considers_it(city):
    complaint = b.consider(city, person=city.colleague)
    stranger = make.make_user(Role.REGISTRAR, make.make_office("lenin"))
    other_head = make.make_head(make.make_office("lenin"))
    b.make_complaint(make.make_office("lenin"))
    seen = [city.city_registrar, city.registrar, city.city_head, city.head, city.colleague]
    unseen = [city.worker, city.operator, stranger, other_head]
    unseen += [make.make_user(role, city.city) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]
    assert [sees(user, complaint) for user in seen] == [True] * len(seen)
    assert [sees(user, complaint) for user in unseen] == [False] * len(unseen)


def test_about_a_head_neither_the_head_nor_the_deputy_sees_it(city):
    complaint = b.register(city, about_person=city.head)
    deputy = make.make_caseworker(city.oktyabr)
    make.make_stand_in(city.head.memberships.get(), deputy)
    assert not sees(city.head, complaint) and not sees(deputy, complaint)
    assert sees(city.city_head, complaint) and sees(city.registrar, complaint)


def test_about_the_city_s_head_no_city_head_sees_it(city):
    second = make.make_user(Role.CITY_HEAD, city.city)
    complaint = b.register(city, about_office=city.city, about_person=city.city_head)
    assert not sees(city.city_head, complaint) and not sees(second, complaint)
    assert sees(city.city_registrar, complaint)


def test_a_registrar_whom_it_is_about_does_not_see_it(city):
    complaint = b.register(city, about_person=city.registrar)
    assert not sees(city.registrar, complaint)
    assert not Complaint.objects.registered_by(city.registrar).filter(pk=complaint.pk).exists()


def test_a_conflict_of_interest_shuts_the_leadership_out_too(city):
    complaint = b.register(city)
    considering.declare_conflict(complaint, city.head, reason="тууганы", actor=city.head)
    assert not sees(city.head, complaint)
    assert not [line for line in waiting_for(city.head) if line.rail == "complaints:list"]


def test_who_took_it_in_sees_number_and_state_alone(city, sign_in):
    paper = b.receive(city, actor=city.operator)
    complaint = b.register(city, paper)
    client = sign_in(city.operator)
    page = client.get("/complaints/handed-in/").content.decode()
    assert complaint.number in page and complaint.complainant_name not in page
    assert client.get(complaint.get_absolute_url()).status_code == 404


def test_whom_it_is_about_sees_only_what_was_put_to_them(city, sign_in):
    complaint = b.consider(city)
    asked = considering.ask_explanation(complaint, city.worker, question="Эмне болду?", actor=city.head)  # fmt: skip
    client = sign_in(city.worker)
    assert client.get(complaint.get_absolute_url()).status_code == 404
    page = client.get(f"/complaints/explanations/{asked.pk}/").content.decode()
    assert "Эмне болду?" in page
    for hidden in (complaint.complainant_name, complaint.substance, complaint.number):
        assert hidden not in page
    assert not Notice.objects.filter(user=city.worker).exclude(number="").exists()


def test_the_family_s_file_says_nothing_of_the_complaint(city, sign_in):
    """Retaliation: whoever works with the complainant's family learns nothing there; nor does the head, who may know."""
    case = make.make_case(city.oktyabr, city.worker, mother=make.make_person("Рахимова", "Дилноза"))
    complaint = b.register(city, about_person=None)
    afterwards.note_case(complaint, case.number, actor=city.head)
    b.send(city, b.sign(city, b.consider(city, complaint)))
    child = case.child_places.get().person_id
    file = [case.get_absolute_url(), f"/children/{child}/", f"/families/{case.family_id}/", "/cases/"]  # fmt: skip
    tabs = ("timeline/", "history/", "papers/", "family/", "episodes/", "releases/")
    file += [f"{case.get_absolute_url()}{tab}" for tab in tabs]
    hidden = (complaint.number, str(complaint.pk), complaint.complainant_name, "/complaints/explan")
    for user, pages in ((city.worker, [*file, "/", "/notices/"]), (city.head, file)):
        client = sign_in(user)
        for path in pages:
            answer = client.get(path)
            page = answer.content.decode()
            assert answer.status_code == 200, path
            for said in hidden:
                assert said not in page, path
    assert not Notice.objects.filter(user=city.worker).exclude(kind="case_opened")
    assert complaint.number not in str(client.post("/search/", {"text": "Рахимова"}, follow=True).content.decode())  # fmt: skip


def test_the_case_s_number_is_shown_and_the_way_into_it_only_to_who_may_see_it(city, sign_in):
    case = make.make_case(city.oktyabr)
    complaint = b.register(city)
    complaint.case = case
    complaint.save()
    for user, leads_on in ((city.city_registrar, False), (city.head, True)):
        page = sign_in(user).get(complaint.get_absolute_url()).content.decode()
        assert case.number in page
        assert (case.get_absolute_url() in page) is leads_on


def test_danger_is_on_intake_s_board_at_once_without_who_complained(city):
    danger = {
        "tells_of_danger": True,
        "danger_what": "Баланы сабашат",
        "danger_where": "7-кичирайон",
    }
    paper = b.receive(city, actor=city.operator, is_signed=False, complainant_address="", **danger)
    call = HotlineCall.objects.get()
    assert (call.office, call.channel) == (city.oktyabr, "complaint")
    kept = " ".join(str(getattr(call, f.attname)) for f in call._meta.concrete_fields)
    assert "Баланы сабашат" in kept
    assert paper.complainant_name not in kept and paper.complainant_phone not in kept
    assert Notice.objects.filter(user=city.head, kind="complaint_danger").count() == 1
    b.register(city, paper, **danger)
    assert HotlineCall.objects.count() == 1
    assert concerned_office(paper) == city.oktyabr


def test_a_head_who_may_not_see_the_complaint_is_told_of_the_danger_without_the_way_to_it(city):
    b.receive(city, about_person=city.head, tells_of_danger=True, danger_what="Баланы сабашат")
    notice = Notice.objects.get(user=city.head, kind="complaint_danger")
    assert (notice.number, notice.url) == ("", "")


DANGER = {"tells_of_danger": True, "danger_what": "Баланы сабашат"}


@pytest.mark.parametrize(
    ("where", "address", "code"),
    [
        ("sverdlov району, 5-үй", "oktyabr району, 1-үй", "sverdlov"),
        ("мектепте", "Бишкек, oktyabr району, 1-үй", "oktyabr"),
        ("мектепте", "Бишкек, Чүй проспектиси, 1", "centre"),
    ],
)
def test_danger_in_a_paper_about_the_city_lands_on_a_board_that_somebody_holds(city, sign_in, where, address, code):  # fmt: skip
    """The city's department holds no board: the child's district, else the complainant's, else the Centre."""
    holders = {
        "oktyabr": city.head,
        "sverdlov": make.make_head(make.make_office("sverdlov")),
        "centre": make.make_head(make.make_centre()),
    }
    paper = b.receive(city, about_office=city.city, about_person=None, danger_where=where, complainant_address=address, **DANGER)  # fmt: skip
    call = HotlineCall.objects.get()
    assert call.office.code == code
    for name, head in holders.items():
        seen = str(call.pk) in sign_in(head).get("/intake/").content.decode()
        assert seen is (name == code)
        told = Notice.objects.filter(user=head, kind="complaint_danger")
        assert [(n.number, n.url) for n in told] == ([("", "")] if name == code else [])
    notice = Notice.objects.get(user=city.city_head, kind="complaint_danger")
    assert notice.url == paper.get_absolute_url()


def test_danger_told_to_an_empty_office_goes_to_whoever_holds_a_board(city):
    """A new office that nobody works in yet, and no Centre."""
    empty = make.make_office("lenin")
    b.receive(city, about_office=empty, about_person=None, **DANGER)
    assert HotlineCall.objects.get().office == city.oktyabr
    assert Notice.objects.filter(user=city.city_head, kind="complaint_danger").count() == 1


def test_leadership_that_it_is_about_is_not_led_to_the_complaint_by_its_danger(city):
    second = make.make_user(Role.CITY_HEAD, city.city)
    b.receive(city, about_office=city.city, about_person=city.city_head, **DANGER)
    assert HotlineCall.objects.get().office == city.oktyabr
    assert not Notice.objects.filter(user__in=[city.city_head, second], kind="complaint_danger")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Октябрьский район, ул. Токомбаева, 1А", ["oktyabr"]),
        ("в Октябрьском районе", ["oktyabr"]),
        ("Биринчи Май районунда, 5-үй", ["pervomay"]),
        ("Первомайский р-н", ["pervomay"]),
        ("Ленин району, анан Свердлов району", ["lenin", "sverdlov"]),
        ("проспект Ленина, 5", []),
        ("Ленин көчөсү, 5", []),
        ("", []),
    ],
)
def test_districts_are_read_out_of_words_and_streets_are_none(text, codes):
    names = {
        "lenin": ("Ленин району", "Ленинский район"),
        "oktyabr": ("Октябрь району", "Октябрьский район"),
        "pervomay": ("Биринчи Май району", "Первомайский район"),
        "sverdlov": ("Свердлов району", "Свердловский район"),
    }
    for code, (ky, ru) in names.items():
        District.objects.update_or_create(code=code, defaults={"name_ky": ky, "name_ru": ru})
    known = dict(District.objects.values_list("pk", "code"))
    assert sorted(known[pk] for pk in named_districts(text)) == codes


def test_list_and_one_row_agree_on_what_is_overdue(city):
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        waiting, running = b.receive(city), b.register(city)
    for day in ("2026-02-03", "2026-02-04", "2026-02-20", "2026-03-20"):
        on = b.moment(f"{day} 10:00").date()
        late = set(Complaint.objects.overdue(on).values_list("pk", flat=True))
        assert late == {c.pk for c in (waiting, running) if c.is_overdue(on)}
    assert late == {waiting.pk, running.pk}
