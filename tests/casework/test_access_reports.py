"""A person's own access report: what is in it, what is not, who makes it, and that it is a release like any other."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework.access_lines import lines_about, readers_of, told
from casework.enums import ReleaseStatus
from casework.keeping_enums import Naming
from casework.models import AccessReport, Release
from casework.services.access_reports import Asked, make_access_report
from core import clock
from core.errors import DomainError
from offices.models import ReadLog
from papers.models import PaperKind
from tests import builders as make
from tests.casework import keeping_builders as keep
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db
SAFE = "Апасы балдар менен жашайт, атасы бөлөк"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case():
    mother = make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    return make.make_case(mother=mother)


@pytest.fixture
def head(case):
    return make.make_head(case.office)


def read(case, user, *, days_ago=0, reason="", office=None, page="cases:case", kind="view"):
    return ReadLog.objects.create(
        at=clock.now() - dt.timedelta(days=days_ago),
        user=user,
        kind=kind,
        page=page,
        subjects=[f"case:{case.pk}"],
        offices=[(office or case.office).pk],
        reason=reason,
    )


def child_of(case):
    return case.child_places.get().person


def asked(case, **fields):
    fields.setdefault("person", child_of(case))
    fields.setdefault("made_for", case.family.members.get(relation="mother").person)
    fields.setdefault("capacity", "mother")
    fields.setdefault("since", clock.today() - dt.timedelta(days=30))
    fields.setdefault("until", clock.today())
    fields.setdefault("ground", keep.make_ground())
    fields.setdefault("is_safe_because", SAFE)
    return Asked(**fields)


def lines(case, **days):
    return lines_about(case, child_of(case), clock.today() - dt.timedelta(days=30), clock.today())


def test_a_line_for_each_reader_and_day(case, head):
    for _ in range(3):
        read(case, case.responsible)
    read(case, case.responsible, days_ago=2, page="children:child")
    read(case, head, reason="текшерүү")
    read(case, head, days_ago=40)
    found = lines(case)
    assert [(line.reader.user, line.times) for line in found] == [
        (case.responsible, 1), (case.responsible, 3), (head, 1),
    ]  # fmt: skip
    assert found[-1].reasons == ["текшерүү"]
    assert len(readers_of(found)) == 2


def test_it_says_what_was_read_and_of_legal_help_no_more_than_help(case):
    """That there is a protection order is not told to whoever the report is made for."""
    pages = ("assessments:assessment", "plans:plan", "legal:order", "accompaniments:accompaniment")
    for page in pages:
        read(case, case.responsible, page=page)
    (line,) = lines(case)
    said = told(line, Naming.POSITION, with_name=False)["ru"]["what"]
    assert said == "Оценка, План, Помощь"


def test_reads_of_another_offices_file_of_the_child_are_not_in_it(case):
    elsewhere = make.make_case(make.make_office("oktyabr"), child=child_of(case))
    read(elsewhere, elsewhere.responsible)
    assert lines(case) == []


def test_it_is_issued_numbered_and_stands_in_the_register(case, head, sign_in):
    read(case, case.responsible)
    report = make_access_report(case, asked(case), actor=head)
    release = report.release
    assert report.paper.kind == PaperKind.ACCESS_REPORT and report.number == report.paper.number
    assert (release.status, release.paper) == (ReleaseStatus.GRANTED, report.paper)
    assert release.ground.code == "own_request" and release.decision_reason == SAFE
    assert "Төлөгөнова" in release.recipient_text and release.number != report.number
    client = sign_in(head)
    page = client.get(release.get_absolute_url())
    assert page.status_code == 200 and release.number in page.content.decode()
    assert client.get(f"/releases/{release.pk}/paper/").content[:4] == b"%PDF"
    assert release.number in client.get("/releases/").content.decode()


def test_staff_by_position_and_office_names_only_by_choice(case, head):
    read(case, case.responsible)
    line = lines(case)[0]
    by_office = told(line, Naming.OFFICE, with_name=False)["ky"]["who"]
    named = told(line, Naming.OFFICE, with_name=True)["ru"]["who"]
    position = told(line, Naming.POSITION, with_name=True)["ky"]["who"]
    assert case.office.name_ky in by_office and case.responsible.surname not in by_office
    assert case.responsible.surname in named and case.office.name_ru in named
    assert case.office.name_ky not in position and case.responsible.surname not in position


def test_an_office_that_was_not_chosen_is_not_named(case, head):
    helper = make.make_psychologist()
    read(case, helper)
    report = make_access_report(case, asked(case), actor=head)
    assert make.make_centre().name_ky not in str(report.lines)
    chosen = asked(case, naming={str(helper.pk): Naming.OFFICE})
    assert make.make_centre().name_ky in str(make_access_report(case, chosen, actor=head).lines)


def test_a_reason_that_spells_out_what_is_hidden_is_left_out(case, head):
    mother = case.family.members.get(relation="mother").person
    phone = people.make_phone(child_of(case), number="0555 12 34 56")
    people.make_hidden(phone, mother, set_by=head)
    read(case, head, reason="0555 12-34-56 боюнча чалуу үчүн")
    report = make_access_report(case, asked(case), actor=head)
    assert "12" not in report.lines[0]["ky"]["why"] and report.lines[0]["times"] == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"is_safe_because": " "}, "safe"),
        ({"made_for": "stranger"}, "family"),
        ({"person": "stranger"}, "child of this case"),
        ({"until": dt.date(2001, 1, 1)}, "days run"),
    ],
)
def test_refused_in_words(case, head, wrong, words):
    stranger = make.make_child("Башка", "Бала")
    fields = {k: stranger if v == "stranger" else v for k, v in wrong.items()}
    with pytest.raises(DomainError, match=words):
        make_access_report(case, asked(case, **fields), actor=head)
    assert not Release.objects.exists()


def test_only_the_head_makes_it(case):
    with pytest.raises((DomainError, PermissionDenied)):
        make_access_report(case, asked(case), actor=case.responsible)


def test_the_screen_asks_how_each_reader_is_named(case, head, sign_in):
    helper = make.make_psychologist()
    read(case, helper)
    phone = people.make_phone(child_of(case))
    people.make_hidden(phone, make.make_person("Ата", "Өгөй"), set_by=head)
    client = sign_in(head)
    page = client.get(f"/cases/{case.pk}/access-report/").content.decode()
    assert f"naming-{helper.pk}" in page
    sent = {
        "person": child_of(case).pk,
        "made_for": asked(case).made_for.pk,
        "capacity": "mother",
        "since": "01.01.2026",
        "until": f"{clock.today():%d.%m.%Y}",
        "ground": keep.make_ground().pk,
        "is_safe_because": SAFE,
        f"naming-{helper.pk}": "position",
        f"naming-{head.pk}": "office",
    }
    answer = client.post(f"/cases/{case.pk}/access-report/", sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    report = AccessReport.objects.get()
    assert {line["ky"]["who"] for line in report.lines} and report.made_by == head
