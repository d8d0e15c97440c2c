"""Visits: written once for several children, read as the cases are, the act issued once with nothing hidden in it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import DomainError
from intake.models import Visit, VisitChild
from intake.services import visits as services
from intake.services.visits import ChildPart, VisitFacts
from intake.visit_papers import visit_act
from intake.visit_permissions import parts_for, reads_whole
from intake.visit_waiting import visits_waiting_for
from offices.enums import Role
from offices.waiting_lines import ask_together
from papers.rendering import render
from tests import builders as make
from tests.casework import people_builders as people
from tests.intake import reception_builders as came


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(db):
    return make.make_case(make.make_office("lenin"))


@pytest.fixture
def sibling(case):
    """Another case of the same family, about a sister, held by somebody else of the office."""
    sister = make.make_child("Асанбек кызы", "Айпери")
    worker = make.make_caseworker(case.office)
    return make.make_case(case.office, worker, child=sister, family=case.family)


def child_of(case):
    return case.child_places.first().person


def facts(case, *more, **fields):
    fields.setdefault("outcome", "met")
    fields.setdefault("held_at", clock.now() - dt.timedelta(hours=1))
    fields.setdefault("staff", (case.responsible,))
    fields.setdefault("purpose", "signal")
    return VisitFacts(children=(ChildPart(case, child_of(case)), *more), **fields)


def both(case, sibling, **fields):
    head = make.make_head(case.office)
    part = ChildPart(sibling, child_of(sibling), was_seen=True, text_ky="Кыздын бөлүгү")
    return services.make_visit(
        case.office, facts(case, part, texts={"found_ky": "Жалпы"}, **fields), actor=head
    )


def test_one_visit_lands_on_every_child_ticked(case, sibling):
    visit = both(case, sibling)
    assert Visit.objects.count() == 1
    assert [list(Visit.objects.of_case(c)) for c in (case, sibling)] == [[visit], [visit]]


def test_each_case_reads_the_common_text_and_its_own_part(case, sibling):
    visit = both(case, sibling, staff=(make.make_head(case.office),))
    head = make.make_head(case.office)
    read = {
        name: [part.text_ky for part in parts_for(user, visit)]
        for name, user in {"one": case.responsible, "other": sibling.responsible, "head": head}.items()
    }  # fmt: skip
    assert read == {"one": [""], "other": ["Кыздын бөлүгү"], "head": ["Кыздын бөлүгү", ""]}
    assert not reads_whole(case.responsible, visit)
    assert reads_whole(head, visit)


def test_page_of_one_case_does_not_show_the_other_child(case, sibling, sign_in):
    visit = both(case, sibling, staff=(make.make_head(case.office),))
    page = sign_in(case.responsible).get(visit.get_absolute_url()).content.decode()
    assert ("Жалпы" in page, "Кыздын бөлүгү" in page, "Айпери" in page) == (True, False, False)


def test_change_by_one_case_leaves_the_other_s_part(case, sibling):
    visit = both(case, sibling, staff=(make.make_head(case.office),))
    mine = facts(case, texts={"found_ky": "Оңдолду"})
    services.change_visit(visit, mine, seen=visit.version, actor=case.responsible)
    assert set(VisitChild.objects.values_list("text_ky", flat=True)) == {"", "Кыздын бөлүгү"}
    assert Visit.objects.get().found_ky == "Оңдолду"


def test_child_of_a_case_that_one_does_not_work_is_refused(case, sibling):
    part = ChildPart(sibling, child_of(sibling))
    with pytest.raises(PermissionDenied):
        services.make_visit(case.office, facts(case, part), actor=case.responsible)
    stranger = make.make_case(case.office, case.responsible)
    with pytest.raises(DomainError):
        services.make_visit(
            case.office,
            facts(case, ChildPart(stranger, child_of(stranger))),
            actor=case.responsible,
        )


@pytest.mark.parametrize("outcome", ["nobody_home", "not_let_in", "not_found"])
def test_shut_door_is_a_result_of_its_own(case, outcome):
    visit = services.make_visit(case.office, facts(case, outcome=outcome), actor=case.responsible)
    assert (visit.is_held, services.missing_for_act(visit)) == (True, [])


def test_times_are_checked(case):
    for wrong in (
        {"held_at": clock.now() + dt.timedelta(days=1)},
        {"ended_at": clock.now() - dt.timedelta(days=1)},
        {"held_at": None},
        {"outcome": "planned"},
        {"staff": ()},
    ):
        with pytest.raises(DomainError):
            services.make_visit(case.office, facts(case, **wrong), actor=case.responsible)


def test_before_a_case_the_office_reads_it_and_then_only_the_case_s_readers(case):
    colleague = make.make_caseworker(case.office)
    worker = case.responsible
    visit = services.make_visit(
        case.office,
        VisitFacts("signal", "nobody_home", (worker,), held_at=clock.now(), place="Ош базары"),
        actor=worker,
    )
    assert list(Visit.objects.visible_to(colleague)) == [visit]
    services.attach_visit(visit, [ChildPart(case, child_of(case))], actor=worker)
    assert list(Visit.objects.visible_to(colleague)) == []
    assert list(Visit.objects.visible_to(worker)) == [visit]


def test_shut_out_of_one_case_is_shut_out_of_the_visit(case, sibling):
    visit = both(case, sibling)
    sibling.conflicts.create(
        user=case.responsible, reason="тууганы", declared_by=sibling.responsible
    )
    assert visit not in Visit.objects.visible_to(case.responsible)


def test_planned_visit_waits_today_and_is_asked_for_when_its_time_has_passed(case):
    soon = clock.now().replace(hour=4)
    with clock.moved_to(soon):
        planned = facts(
            case, outcome="planned", held_at=None, planned_at=soon + dt.timedelta(hours=1)
        )
        visit = services.make_visit(case.office, planned, actor=case.responsible)
        assert [w.urgency for w in ask_together(visits_waiting_for(case.responsible))] == ["calm"]
    with clock.moved_to(soon + dt.timedelta(hours=6)):
        assert [w.urgency for w in ask_together(visits_waiting_for(case.responsible))] == ["late"]
        services.cancel_visit(visit, reason="Көчүп кетти", actor=case.responsible)
        assert ask_together(visits_waiting_for(case.responsible)) == []


def issue(visit, actor, photos=()):
    visit.refresh_from_db()
    return services.issue_act(visit, photos=photos, seen=visit.version, actor=actor)


def test_act_is_numbered_kept_and_locks_the_text(case):
    visit = came.make_visit(case)
    issued = issue(visit, case.responsible)
    assert (bytes(issued.paper.pdf)[:4], issued.number) == (b"%PDF", issued.paper.number)
    with pytest.raises(DomainError):
        services.change_visit(visit, facts(case), seen=visit.version, actor=case.responsible)
    with pytest.raises(DomainError):
        issue(visit, case.responsible)


def test_act_waits_until_kyrgyz_is_complete(case):
    visit = came.make_visit(case, agreed_ru="Договорились о школе.")
    with pytest.raises(DomainError):
        issue(visit, case.responsible)
    Visit.objects.filter(pk=visit.pk).update(agreed_ky="Мектеп боюнча макулдаштык.")
    assert issue(visit, case.responsible).number


def test_reader_of_one_part_neither_issues_nor_opens_the_act(case, sibling, sign_in):
    visit = both(case, sibling, staff=(make.make_head(case.office),))
    with pytest.raises(PermissionDenied):
        issue(visit, case.responsible)
    issue(visit, make.make_head(case.office))
    assert sign_in(case.responsible).get(f"/intake/visits/{visit.pk}/act/paper/").status_code == 403


def laid_out(visit):
    return render("intake/papers/visit_act.html", visit_act(visit)).html


def test_hidden_address_is_left_out_and_a_hidden_phone_in_the_text_stops_the_act(case):
    child = child_of(case)
    father = make.make_person("Асанов", "Бакыт")
    people.make_member(case.family, "father", father)
    address = people.make_address(child, street="Жашыруун көчөсү", house="7")
    people.make_hidden(address, father, set_by=case.responsible)
    phone = people.make_phone(child, number="0555 77 66 55")
    people.make_hidden(phone, father, set_by=case.responsible)
    visit = came.make_visit(case, place="Жашыруун көчөсү, 7")
    assert "Жашыруун" not in laid_out(visit)
    visit.agreed_ky = "Чалуу: 0555776655"
    visit.save()
    with pytest.raises(DomainError):
        issue(visit, case.responsible)


def test_address_that_nobody_hides_is_printed_and_kyrgyz_comes_first(case):
    visit = came.make_visit(case, place="Бейшеналиева көчөсү, 12", found_ru="В доме тепло.")
    html = laid_out(visit)
    assert "Бейшеналиева" in html
    assert html.index("Үйдө жылуу") < html.index("В доме тепло")


def test_photographs_are_printed_only_where_ticked(case):
    visit = came.make_visit(case)
    first, second = (
        came.make_photo(visit, caption="Ашкана"),
        came.make_photo(visit, caption="Уктоочу"),
    )
    assert "data:image/jpeg" not in laid_out(visit)
    issue(visit, case.responsible, photos=[first])
    second.refresh_from_db()
    assert (laid_out(visit).count("data:image/jpeg"), second.is_printed) == (1, False)


def test_photograph_keeps_its_original_sealed_and_shows_a_copy(case, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    visit = came.make_visit(case)
    raw = came.picture()
    client = sign_in(case.responsible)
    sent = {"photograph": SimpleUploadedFile("үй.jpg", raw, "image/jpeg"), "caption": "Эшик"}
    assert client.post(f"/intake/visits/{visit.pk}/photos/new/", sent).status_code == 302
    photo = visit.photos.get()
    with photo.file.original.open("rb") as original:
        assert original.read() == raw
    shown = client.get(f"/intake/visits/photos/{photo.pk}/")
    assert (shown.headers["Content-Type"], photo.caption) == ("image/jpeg", "Эшик")


def test_liar_of_a_photograph_is_refused_and_the_words_stay(case, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    visit = came.make_visit(case)
    liar = SimpleUploadedFile("үй.jpg", b"MZ not a picture", "image/jpeg")
    sent = {"photograph": liar, "caption": "Эшик"}
    answer = sign_in(case.responsible).post(f"/intake/visits/{visit.pk}/photos/new/", sent)
    assert (answer.status_code, visit.photos.count()) == (200, 0)
    assert "Эшик" in answer.content.decode()


def test_psychologist_who_went_along_reads_what_they_saw(case):
    psychologist = make.make_psychologist()
    make.make_episode(case, psychologist)
    visit = came.make_visit(case, staff=[case.responsible, psychologist])
    other = make.make_user(Role.LAWYER, make.make_centre())
    make.make_episode(case, other, kind="legal")
    seen = [visit in Visit.objects.visible_to(user) for user in (psychologist, other)]
    assert seen == [True, False]
