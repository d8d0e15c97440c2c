"""The screens of cases: opening, the page, the steps; each with one who may and one who may not."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.enums import CaseStage
from casework.models import Case, Person
from core import clock
from core.models import Draft
from offices.enums import Role
from offices.models import ReadLog
from papers.attachments import attach
from papers.models import Attachment
from tests import builders as make
from tests.casework.test_cases_list import own_queries
from tests.papers import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    make.make_standard()
    return make.make_caseworker(make.make_office("lenin"))


@pytest.fixture
def head(worker):
    return make.make_head(office_of(worker))


def office_of(user):
    return user.memberships.get().office


def signed_in(user):
    client = Client()
    client.force_login(user, backend="offices.backends.StaffBackend")
    return client


def typed(children=({},), adults=(), **fields):
    """What a browser sends from the opening screen."""
    sent = {
        "submission_key": str(uuid.uuid4()),
        "identified_by": "raid",
        "basis_kind": "application",
        "risk_level": "high",
        **fields,
    }
    for part, rows in (("children", children), ("adults", adults)):
        sent |= {f"{part}-TOTAL_FORMS": str(len(rows)), f"{part}-INITIAL_FORMS": "0"}
        for place, row in enumerate(rows):
            ticks = {"is_concerned": "on"} if part == "children" else {"lives_together": "on"}
            sent |= {f"{part}-{place}-{name}": text for name, text in {**ticks, **row}.items()}
    return {name: text for name, text in sent.items() if text is not None}


AIYM = {"given_name": "Айым", "birth": "7", "sex": "female"}
OPEN = "/cases/new/"


def test_opening_screen_opens_with_the_least(worker):
    answer = signed_in(worker).post(OPEN, typed([AIYM]))

    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, case.get_absolute_url())
    girl = case.child_places.get().person
    assert (girl.given_name, girl.estimated_age, girl.sex) == ("Айым", 7, "female")
    assert (case.office, case.responsible, case.risk_level) == (office_of(worker), worker, "high")


def test_opening_screen_opens_once_for_one_submission(worker):
    sent = typed([AIYM])
    first, again = (signed_in(worker).post(OPEN, sent) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert (Case.objects.count(), Person.objects.count()) == (1, 1)


def test_opening_screen_adds_a_row_without_scripts_and_saves_nothing(worker):
    answer = signed_in(worker).post(OPEN, typed([AIYM], add_row="children"))

    rows = answer.context["page"]["children"].forms
    assert [row["given_name"].value() for row in rows] == ["Айым", None]
    assert [row["is_concerned"].value() for row in rows] == [True, True]
    assert (answer.context["page"].said, Case.objects.count()) == ([], 0)


def test_opening_screen_brings_a_draft_back_with_all_its_rows(worker):
    sent = typed([AIYM, {"given_name": "Ңурай"}], [{"relation": "mother"}])
    Draft.objects.create(
        user=worker,
        key="case:new",
        payload={name: [text] for name, text in sent.items()},
        saved_at=clock.now(),
    )

    page = signed_in(worker).get(OPEN).context["page"]

    assert [row["given_name"].value() for row in page["children"].forms] == ["Айым", "Ңурай"]
    assert page["adults"].forms[0]["relation"].value() == "mother"
    assert page.said == []


def test_opening_removes_the_draft(worker):
    Draft.objects.create(user=worker, key="case:new", payload={}, saved_at=clock.now())

    signed_in(worker).post(OPEN, typed([AIYM]))

    assert Draft.objects.count() == 0


BAD = {
    "nobody": (typed([{}]), "children"),
    "no way found": (typed([AIYM], identified_by=""), "identified_by"),
    "nonsense way": (typed([AIYM], identified_by="dream"), "identified_by"),
    "no basis": (typed([AIYM], basis_kind=""), "basis_kind"),
    "sender unknown": (typed([AIYM], basis_kind="court"), "basis_text"),
    "over-long name": (typed([{"given_name": "А" * 101}]), "children-0-given_name"),
    "NUL in a name": (typed([{"given_name": "Ай\0ым"}]), "children-0-given_name"),
    "digits in a name": (typed([{"given_name": "Айым7"}]), "children-0-given_name"),
    "NUL in the reason": (typed([AIYM], reason="a\0b"), "reason"),
    "no such day": (typed([AIYM | {"birth": "31.02.2019"}]), "children-0-birth"),
    "born tomorrow": (typed([AIYM | {"birth": "01.01.2999"}]), "children-0-birth"),
    "nonsense birth": (typed([AIYM | {"birth": "жаш"}]), "children-0-birth"),
    "short PIN": (typed([AIYM | {"pin": "123"}]), "children-0-pin"),
    "document of tomorrow": (typed([AIYM], basis_on="01.01.2999"), "basis_on"),
    "nonsense date": (typed([AIYM], basis_on="22.13.2026"), "basis_on"),
    "nonsense body": (typed([AIYM], identified_organisation="x"), "identified_organisation"),
    "nonsense office": (typed([AIYM], office="999999"), "office"),
    "awaited without the head": (typed([AIYM], basis_kind="awaited"), "allowed_by"),
    "adult without a relation": (typed([AIYM], [{"surname": "Ким"}]), "adults-0-relation"),
    "phone of unknown safety": (
        typed([AIYM], [{"relation": "mother", "phone": "0555 123456"}]),
        "adults-0-phone_is_safe",
    ),
    "nonsense count of rows": (typed([AIYM]) | {"children-TOTAL_FORMS": "x"}, "children"),
    "too many rows": (typed([AIYM] * 30), "children"),
}


@pytest.mark.parametrize("what", BAD)
def test_opening_screen_says_what_is_wrong_and_keeps_the_rest(worker, what):
    sent, where = BAD[what]

    answer = signed_in(worker).post(OPEN, sent)

    assert (answer.status_code, Case.objects.count()) == (200, 0)
    controls = [control.removeprefix("id_") for control, _words in answer.context["page"].said]
    wholes = {"children": ""}
    assert wholes.get(where, where) in controls
    assert "data-error-summary" in answer.content.decode()


def test_opening_screen_takes_the_sender_from_the_finder(worker):
    school = make.make_organisation()

    signed_in(worker).post(
        OPEN,
        typed(
            [AIYM],
            identified_by="education",
            identified_organisation=str(school.pk),
            basis_kind="education",
            basis_number="01-12/84",
        ),
    )

    case = Case.objects.get()
    assert (case.identified_organisation, case.basis_organisation) == (school, school)


def test_opening_screen_offers_a_known_child_before_a_second_record(worker):
    known = make.make_case(responsible=worker).child_places.get().person
    boy = {"surname": "Асанбек уулу", "given_name": "Усон", "birth": "2017"}

    asked = signed_in(worker).post(OPEN, typed([boy]))
    assert [p.pk for p in asked.context["page"]["children"].forms[0].alike] == [known.pk]
    assert Person.objects.count() == 1

    warned = signed_in(worker).post(OPEN, typed([boy | {"known_as": str(known.pk)}]))
    mark = warned.context["page"].head["seen_remarks"].value()
    signed_in(worker).post(OPEN, typed([boy | {"known_as": str(known.pk)}], seen_remarks=mark))
    assert Case.objects.count() == 2
    assert Person.objects.count() == 1


def test_opening_screen_makes_a_new_record_where_the_reader_says_so(worker):
    make.make_case(responsible=worker)
    boy = {"surname": "Асанбек уулу", "given_name": "Үсөн", "birth": "2017", "known_as": "new"}

    signed_in(worker).post(OPEN, typed([boy]))

    assert Person.objects.count() == 2


def test_opening_screen_says_known_elsewhere_and_nothing_more(worker):
    stranger = make.make_caseworker(make.make_office("oktyabr"))
    child = make.make_child("Купуябек уулу", "Жашырын", pin="21403201700001")
    make.make_case(responsible=stranger, child=child)

    sent = typed([{"surname": "Башка", "given_name": "Ат", "pin": "21403201700001"}])
    answer = signed_in(worker).post(OPEN, sent)

    page = answer.content.decode()
    assert len([r for r in answer.context["remarks"] if "Башка Ат" in r]) == 1
    assert ("Купуябек" in page, str(child.pk) in page, "oktyabr башкармалыгы" in page) == (
        False,
        False,
        False,
    )
    mark = answer.context["page"].head["seen_remarks"].value()
    signed_in(worker).post(OPEN, sent | {"seen_remarks": mark})
    assert Case.objects.filter(office=office_of(worker)).count() == 1


def test_opening_screen_ignores_a_record_that_the_reader_may_not_see(worker):
    stranger = make.make_caseworker(make.make_office("oktyabr"))
    child = make.make_child("Купуябек уулу", "Жашырын")
    make.make_case(responsible=stranger, child=child)

    signed_in(worker).post(OPEN, typed([AIYM | {"known_as": str(child.pk)}]))

    case = Case.objects.get(office=office_of(worker))
    assert case.child_places.get().person.given_name == "Айым"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PSYCHOLOGIST, Role.AUDITOR])
def test_opening_screen_is_not_for(worker, role):
    user = make.make_user(role, office_of(worker))

    assert signed_in(user).get(OPEN).status_code == 403


def test_page_asks_as_much_for_fifty_as_for_one(worker):
    case = make.make_case(responsible=worker)
    client, asked = signed_in(worker), []
    for number in (1, 49):
        for _ in range(number):
            case.child_places.create(person=make.make_child())
            alert = make.make_safety_alert(case)
            alert.notices.create(body="police", given_at=clock.now(), given_by=worker)
        with CaptureQueriesContext(connection) as found:
            client.get(case.get_absolute_url())
        asked.append(own_queries(found))

    assert asked[0] == asked[1]
    assert len(asked[0]) <= 20


def test_every_step_is_reached_by_its_own(worker, head):
    case = make.make_case(responsible=worker)
    alert = make.make_safety_alert(case)
    for name in ("assign", "restrict", "conflicts", "change", "raise_alert"):
        answer = signed_in(head).get(reverse(f"cases:{name}", args=[case.pk]))
        assert answer.status_code == 200, name
    for name in ("record_notice", "lift_alert"):
        answer = signed_in(head).get(reverse(f"cases:{name}", args=[case.pk, alert.pk]))
        assert answer.status_code == 200, name


def test_awaited_basis_walks_from_the_word_to_the_document(worker, head):
    until = clock.today() + dt.timedelta(days=5)
    signed_in(worker).post(
        OPEN,
        typed(
            [AIYM],
            basis_kind="awaited",
            allowed_by=str(head.pk),
            awaited_until=until.strftime("%d.%m.%Y"),
        ),
    )
    case = Case.objects.get()
    assert (case.basis_kind, case.basis_word_confirmed_at) == ("awaited", None)

    signed_in(head).post(reverse("cases:settle_word", args=[case.pk]), {"answer": "confirm"})
    case.refresh_from_db()
    assert case.basis_word_confirmed_at is not None

    url = reverse("cases:receive_basis", args=[case.pk])
    sent = {"basis_kind": "application", "basis_number": "7", "record_version": case.version}
    signed_in(worker).post(url, sent)
    case.refresh_from_db()
    assert (case.basis_kind, case.basis_number, case.basis_allowed_by) == ("application", "7", head)


def test_scan_survives_a_mistake_and_is_read_with_the_case(worker):
    client = signed_in(worker)
    wrong = client.post(OPEN, typed([AIYM], identified_by="", basis_scan=files.upload(files.pdf())))
    kept = wrong.context["page"].head["kept_scan"].value()
    assert Attachment.objects.get().pk == uuid.UUID(kept)

    client.post(OPEN, typed([AIYM], kept_scan=kept))

    case = Case.objects.get()
    assert case.basis_scan_id == uuid.UUID(kept)
    page = client.get(reverse("cases:basis_scan", args=[case.pk]))
    assert (page.status_code, page["Content-Type"]) == (200, "application/pdf")


def test_original_of_the_scan_leaves_by_the_head_with_a_reason(worker, head):
    case = make.make_case(responsible=worker)
    case.basis_scan = attach(files.upload(files.photograph_with_place(), name="а.jpg"), by=worker)
    case.save()
    url = reverse("cases:basis_scan_original", args=[case.pk])
    papers = reverse("cases:case_tab", args=[case.pk, "papers"])
    assert url not in signed_in(worker).get(papers).content.decode()
    assert signed_in(worker).post(url, {"reason": "Тергөөгө"}).status_code == 403

    client = signed_in(head)
    assert url in client.get(papers).content.decode()
    assert set(client.post(url, {"reason": ""}).context["form"].errors) == {"reason"}
    assert b"PhoneMaker" in client.post(url, {"reason": "Тергөөгө"}).content

    row = ReadLog.objects.get(kind="export")
    assert (row.user, row.reason, f"case:{case.pk}" in row.subjects) == (head, "Тергөөгө", True)


def test_scan_of_somebody_else_cannot_be_taken(worker):
    stranger = make.make_caseworker(make.make_office("oktyabr"))
    signed_in(stranger).post(
        OPEN, typed([AIYM], identified_by="", basis_scan=files.upload(files.pdf()))
    )
    theirs = Attachment.objects.get()

    signed_in(worker).post(OPEN, typed([AIYM], kept_scan=str(theirs.pk)))

    assert Case.objects.get().basis_scan is None


def test_scan_that_is_not_what_it_says_is_refused_in_words(worker):
    fake = files.upload(b"MZ not a picture", name="scan.pdf")

    answer = signed_in(worker).post(OPEN, typed([AIYM], basis_scan=fake))

    controls = [control for control, _words in answer.context["page"].said]
    assert (controls, Case.objects.count()) == (["id_basis_scan"], 0)


def test_basis_at_hand_is_corrected(worker):
    case = make.make_case(responsible=worker)
    url = reverse("cases:receive_basis", args=[case.pk])

    signed_in(worker).post(
        url,
        {
            "basis_kind": "court",
            "basis_text": "Ленин райондук соту",
            "basis_number": "5",
            "record_version": case.version,
        },
    )

    case.refresh_from_db()
    assert (case.basis_kind, case.basis_text, case.basis_received_at) == (
        "court",
        "Ленин райондук соту",
        None,
    )


def test_second_writer_of_the_summary_is_told_and_loses_nothing(worker, head):
    case = make.make_case(responsible=worker)
    url = reverse("cases:change", args=[case.pk])
    sent = {"identified_by": "raid", "risk_level": "low", "record_version": case.version}
    signed_in(head).post(url, sent | {"reason": "Биринчи"})

    answer = signed_in(worker).post(url, sent | {"reason": "Экинчи"})

    case.refresh_from_db()
    assert (answer.status_code, case.reason) == (200, "Биринчи")
    page = answer.content.decode()
    assert ("Экинчи" in page, head.full_name in page) == (True, True)


def test_closed_case_is_not_changed(worker):
    case = make.make_case(responsible=worker, stage=CaseStage.CLOSED, closed_on=clock.today())

    assert signed_in(worker).get(reverse("cases:change", args=[case.pk])).status_code == 403
