"""Raids: numbered, with the families found; each becomes an application or says why none follows."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from casework.births import Birth
from casework.services.new_case import KnownAddress
from core import clock
from core.errors import DomainError
from intake.models import RaidFinding, Visitor
from intake.raid_findings import findings_waiting_for
from intake.services import raids as services
from intake.services.raids import FindingFacts, Found, RaidFacts
from intake.sources import KINDS, Source
from offices.waiting_lines import ask_together
from tests import builders as make
from tests.intake import application_builders as applied
from tests.intake import reception_builders as came


@pytest.fixture
def office(db):
    return make.make_office("lenin")


@pytest.fixture
def leader(office):
    return make.make_caseworker(office)


def facts(leader, **more):
    return RaidFacts(held_on=clock.today(), place="Ош базары", led_by=leader, **more)


def test_raids_are_numbered_without_a_gap(office, leader):
    first = services.record_raid(office, facts(leader), actor=leader)
    second = services.record_raid(office, facts(leader), actor=leader)
    assert [raid.number.split("-")[1][:4] for raid in (first, second)] == ["0001", "0002"]


def test_raid_of_tomorrow_and_of_another_office_is_refused(office, leader):
    tomorrow = RaidFacts(clock.today() + dt.timedelta(days=1), "Ош базары", leader)
    with pytest.raises(DomainError):
        services.record_raid(office, tomorrow, actor=leader)
    with pytest.raises(PermissionDenied):
        services.record_raid(make.make_office("oktyabr"), facts(leader), actor=leader)


def test_finding_carries_what_is_known_with_the_raid_s_number_and_day(office, leader):
    raid = services.record_raid(office, facts(leader), actor=leader)
    born = Birth("estimated", age=7, estimated_on=clock.today())
    finding = services.add_finding(
        raid,
        FindingFacts(
            people=(
                Found(True, given_name="Эрмек", birth=born, sex="male"),
                Found(False, given_name="Жаңыл", relation="mother", phone="0555 1", phone_is_safe=True),
            ),
            address=KnownAddress(street="Бейшеналиева", house="12"),
            seen="Арабача түртөт.",
            done="Үйүнө жеткирилди.",
        ),
        actor=leader,
    )  # fmt: skip
    carried = finding.carried()
    how = carried.identification
    assert (how.kind, how.number, how.on) == ("raid", raid.number, raid.held_on)
    assert [(c.given_name, c.birth.age) for c in carried.children] == [("Эрмек", 7)]
    assert [(a.given_name, a.relation, len(a.phones)) for a in carried.adults] == [
        ("Жаңыл", "mother", 1)
    ]
    assert (carried.actual_address.street, carried.reason) == (
        "Бейшеналиева",
        "Арабача түртөт.\n\nҮйүнө жеткирилди.",
    )
    assert carried.basis is None


def test_finding_in_words_alone_is_a_child_of_that_description(office, leader):
    raid = services.record_raid(office, facts(leader), actor=leader)
    words = FindingFacts(description="Кызыл куртка кийген бала")
    finding = services.add_finding(raid, words, actor=leader)
    assert [c.description for c in finding.carried().children] == ["Кызыл куртка кийген бала"]
    with pytest.raises(DomainError):
        services.add_finding(raid, FindingFacts(), actor=leader)


def test_families_without_an_application_stand_out_for_leader_and_head(office, leader):
    head, colleague = make.make_head(office), make.make_caseworker(office)
    raid = came.make_raid(office, led_by=leader)
    finding = came.make_finding(raid)
    came.make_finding(came.make_raid(make.make_office("oktyabr")))
    seen = {
        name: [(line.number, line.count) for line in ask_together(findings_waiting_for(user))]
        for name, user in {"leader": leader, "head": head, "colleague": colleague}.items()
    }
    assert seen == {"leader": [(raid.number, 1)], "head": [(raid.number, 1)], "colleague": []}
    services.settle_finding(finding, reason="Иши бар", actor=leader)
    assert ask_together(findings_waiting_for(head)) == []
    with pytest.raises(DomainError):
        services.settle_finding(finding, reason="Дагы", actor=leader)


def test_changed_finding_keeps_who_was_not_touched(office, leader, sign_in):
    finding = came.make_finding(came.make_raid(office, led_by=leader))
    client = sign_in(leader)
    path = f"/intake/raids/findings/{finding.pk}/change/"
    shown = client.get(path).context["page"]
    sent = {
        "record_version": shown.head.initial["record_version"],
        "seen": "Мектепке барбайт.",
        "children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "1",
        "adults-TOTAL_FORMS": "1", "adults-INITIAL_FORMS": "0",
        "children-0-surname": came.SURNAME, "children-0-given_name": "Эрмек",
        "children-0-birth": "9",
    }  # fmt: skip
    with clock.advanced_by(dt.timedelta(days=400)):
        answer = sign_in(leader).post(path, sent)
    finding = RaidFinding.objects.get(pk=finding.pk)
    person = finding.people.get()
    assert (answer.status_code, finding.seen) == (302, "Мектепке барбайт.")
    assert (person.given_name, person.estimated_on) == ("Эрмек", finding.raid.held_on)


@pytest.mark.parametrize("code", ["finding", "visitor"])
def test_what_became_a_restricted_case_is_closed_to_the_others_of_the_office(
    office, leader, sign_in, code
):
    finding = came.make_finding(came.make_raid(office, led_by=leader))
    record = finding if code == "finding" else came.make_visitor(office)
    rows = RaidFinding if code == "finding" else Visitor
    application = applied.make_application(office, leader, source=Source(KINDS[code], record))
    colleague = make.make_caseworker(office)
    assert list(rows.objects.visible_to(colleague)) == [record]
    waits = [line.count for line in ask_together(findings_waiting_for(leader))]
    assert waits == ([] if code == "finding" else [1])
    case = applied.make_opened(application, leader)
    case.is_restricted = True
    case.save()
    seen = {name: list(rows.objects.visible_to(user)) for name, user in (
        ("colleague", colleague), ("worker", leader), ("head", make.make_head(office)),
    )}  # fmt: skip
    assert seen == {"colleague": [], "worker": [record], "head": [record]}


def test_raid_s_page_offers_the_application_and_then_shows_its_number(office, leader, sign_in):
    raid = came.make_raid(office, led_by=leader)
    finding = came.make_finding(raid)
    client = sign_in(leader)
    button = f"/intake/applications/new/finding/{finding.pk}/"
    assert button in client.get(raid.get_absolute_url()).content.decode()
    assert client.get(button).status_code == 200
    application = applied.make_application(office, leader, source=Source(KINDS["finding"], finding))
    page = client.get(raid.get_absolute_url()).content.decode()
    assert (button in page, application.number in page) == (False, True)
