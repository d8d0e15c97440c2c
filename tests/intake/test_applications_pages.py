"""The pages of applications as people use them: register, decide, open, refuse, print."""

import datetime as dt

import pytest

from casework.models import Case, Person
from core import clock
from intake.models import Application
from offices.models import ReadLog
from tests import builders as make
from tests.intake import application_builders as apply
from tests.referrals import builders as refer

pytestmark = pytest.mark.django_db

ROWS = {
    "children-TOTAL_FORMS": "1", "children-INITIAL_FORMS": "0",
    "adults-TOTAL_FORMS": "1", "adults-INITIAL_FORMS": "0",
}  # fmt: skip
LEAST = {**ROWS, "identified_by": "self", "basis_kind": "application"}
WALK_IN = {
    **LEAST,
    "adults-0-relation": "mother", "adults-0-surname": "Төлөгөнова", "adults-0-given_name": "Жаңыл",
    "adults-0-is_applicant": "on", "adults-0-phone": "0555 12 34 56", "adults-0-phone_is_safe": "yes",
    "children-0-surname": "Асанбек уулу", "children-0-given_name": "Үсөн",
    "children-0-birth": "14.03.2017", "children-0-is_concerned": "on", "children-0-school_class": "3-Б",
    "settlement": "Ак-Орго", "street": "Мөңгүлүү", "house": "34-а", "reason": "Өзгөчө сөз",
}  # fmt: skip


@pytest.fixture
def office():
    make.make_standard()
    return make.make_office("lenin", index="04")


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


@pytest.fixture
def head(office):
    return make.make_head(office)


def test_walk_in_mother_comes_to_a_case_with_nothing_typed_twice(sign_in, office, worker):
    client = sign_in(worker)
    answer = client.post("/intake/applications/new/", WALK_IN)
    application = Application.objects.get()
    assert answer.headers["Location"] == application.get_absolute_url()
    page = client.get(application.get_absolute_url()).content.decode()
    assert ("Төлөгөнова Жаңыл" in page, "Мөңгүлүү" in page) == (True, True)

    category = apply.make_category()
    said = {
        "is_eligible": "yes",
        "categories": [category.pk],
        "risk_level": "high",
        "facts_ky": "Факт",
    }
    answer = client.post(f"{application.get_absolute_url()}decide/", said)
    assert answer.headers["Location"] == f"{application.get_absolute_url()}open/"
    assert "Мөңгүлүү" in client.get(answer.headers["Location"]).content.decode()
    answer = client.post(answer.headers["Location"], {})
    case = Case.objects.get()
    assert answer.headers["Location"] == case.get_absolute_url()
    assert application.number in client.get(case.get_absolute_url()).content.decode()
    child = case.child_places.get().person
    assert (child.child.school_class, case.reason) == ("3-Б", "Өзгөчө сөз")
    assert [a.house for a in child.addresses.all()] == ["34-а"]


def test_the_least_that_can_be_said_is_enough(sign_in, worker):
    answer = sign_in(worker).post("/intake/applications/new/", LEAST)
    assert (answer.status_code, Application.objects.count()) == (302, 1)


def test_saving_twice_makes_one_application(sign_in, worker):
    client = sign_in(worker)
    sent = {**WALK_IN, "submission_key": "0b0d4a3e-9f6a-4a55-8f1d-0a4c8a1f2f10"}
    first = client.post("/intake/applications/new/", sent)
    again = client.post("/intake/applications/new/", sent)
    assert (first.headers["Location"], Application.objects.count()) == (
        again.headers["Location"],
        1,
    )


def test_change_keeps_what_the_page_does_not_show(sign_in, office, worker):
    application = apply.make_application(office, worker)
    client = sign_in(worker)
    url = f"{application.get_absolute_url()}change/"
    sent = apply.as_shown(client.get(url).context["page"])
    answer = client.post(url, {**sent, "reason": "Жаңы сөз"})
    assert answer.status_code == 302, answer.context["page"].said
    application.refresh_from_db()
    people = application.people.filter(is_left_out=False)
    assert (application.reason, people.count()) == ("Жаңы сөз", 2)
    assert application.people.count() == 2
    assert people.get(relation="mother").phones[0]["safe_hours"] == "18:00дөн кийин"


def test_known_child_is_offered_before_a_second_record(sign_in, office, worker):
    known = make.make_case(office, worker).child_places.get().person
    application = apply.make_eligible(apply.make_application(office, worker), worker)
    client = sign_in(worker)
    url = f"{application.get_absolute_url()}open/"
    page = client.get(url)
    row = application.people.get(relation="child")
    name = f"person{row.pk}-known_as"
    assert str(known.pk) in page.content.decode()
    assert client.post(url, {}).status_code == 200
    assert Case.objects.count() == 1
    answer = client.post(url, {name: str(known.pk)})
    remarks = answer.context["remarks"]
    assert len(remarks) == 1
    sent = {name: str(known.pk), "seen_remarks": answer.context["form"]["seen_remarks"].value()}
    assert client.post(url, sent).status_code == 302
    assert Person.objects.filter(surname="Асанбек уулу").count() == 1


def test_known_elsewhere_says_nothing_but_that(sign_in, office, worker):
    other = make.make_office("oktyabr")
    stranger = make.make_caseworker(other)
    child = make.make_child("Купуябек уулу", "Үсөн", pin="21403201700012")
    make.make_case(other, stranger, child=child)
    children = (apply.KnownChild(surname="Асанбек уулу", given_name="Үсөн", pin=child.pin),)
    application = apply.make_eligible(
        apply.make_application(office, worker, children=children, adults=()), worker
    )
    answer = sign_in(worker).post(f"{application.get_absolute_url()}open/", {})
    page = answer.content.decode()
    assert len(answer.context["remarks"]) == 1
    assert ("Купуябек" in page, str(child.pk) in page, "oktyabr" in page) == (False, False, False)


def test_refusal_is_proposed_confirmed_and_its_notice_opens(sign_in, office, worker, head):
    application = apply.make_application(office, worker)
    url = application.get_absolute_url()
    client = sign_in(worker)
    short = client.post(f"{url}decide/", {"is_eligible": "no", "facts_ky": "Факт"})
    assert "Факт" in short.content.decode()
    said = {"is_eligible": "no", "facts_ky": "Факт", "facts_ru": "Факт-ру"}
    assert client.post(f"{url}decide/", said).headers["Location"] == url
    assert client.get(f"{url}refusal/").status_code == 403
    led = sign_in(head)
    assert "Факт-ру" in led.get(f"{url}refusal/").content.decode()
    assert led.post(f"{url}refusal/", {"answer": "return"}).status_code == 200
    assert led.post(f"{url}refusal/", {"answer": "confirm"}).headers["Location"] == url
    paper = client.get(f"{url}notice/")
    assert (paper.headers["Content-Type"], paper.content[:4]) == ("application/pdf", b"%PDF")
    again = apply.make_application(office, worker)
    assert application.number in client.get(again.get_absolute_url()).content.decode()


def test_operator_reads_no_facts_of_a_decision(sign_in, office, worker):
    operator = make.make_user("operator", office)
    application = apply.make_proposed(apply.make_application(office, operator), worker)
    page = sign_in(operator).get(application.get_absolute_url()).content.decode()
    assert (application.number in page, apply.FACTS.facts_ru in page) == (True, False)


def test_receipt_is_made_by_a_post_and_opens(sign_in, office, worker):
    application = apply.make_application(office, worker)
    client = sign_in(worker)
    url = application.get_absolute_url()
    assert client.get(f"{url}receipt/").status_code == 404
    answer = client.post(f"{url}receipt/new/")
    assert client.get(answer.headers["Location"]).content[:4] == b"%PDF"


def test_withdrawal_and_conflict(sign_in, office, worker, head):
    application = apply.make_application(office, worker)
    url = application.get_absolute_url()
    client = sign_in(worker)
    assert client.post(f"{url}withdraw/", {"words": "Энеси чалды"}).status_code == 302
    application.refresh_from_db()
    assert application.status == "withdrawn"
    sent = {"worker": worker.pk, "reason": "тууганы"}
    assert client.post(f"{url}conflicts/", sent).headers["Location"] == "/intake/applications/"
    assert client.get(url).status_code == 404
    leader, tie = sign_in(head), application.conflicts.get()
    end = f"{url}conflicts/{tie.pk}/end/"
    assert end in leader.get(f"{url}conflicts/").content.decode()
    assert leader.post(end).headers["Location"] == url
    assert client.get(url).status_code == 200
    assert end not in client.get(f"{url}conflicts/").content.decode()


def test_a_decision_of_the_commission_keeps_its_number_and_day_to_the_opened_case(
    sign_in, office, worker
):
    client = sign_in(worker)
    said = {**WALK_IN, "identified_by": "commission", "identified_number": "17-К/26"}
    wrong = client.post("/intake/applications/new/", {**said, "identified_on": "31.02.2026"})
    assert (wrong.status_code, "17-К/26" in wrong.content.decode()) == (200, True)
    assert not Application.objects.exists()
    client.post("/intake/applications/new/", {**said, "identified_on": "12.02.2026"})
    application = Application.objects.get()
    day = dt.date(2026, 2, 12)
    assert (application.identified_number, application.identified_on) == ("17-К/26", day)
    page = client.get(application.get_absolute_url()).content.decode()
    assert ("17-К/26" in page, "2026-02-12" in page or "12.02.2026" in page) == (True, True)
    case = apply.make_opened(application, worker)
    assert (case.identified_by, case.identified_number, case.identified_on) == (
        "commission", "17-К/26", day
    )  # fmt: skip


def test_the_page_of_ties_names_nobody_to_whom_only_the_card_is_shown(
    sign_in, office, worker, head
):
    """Once a restricted case is open, the others of the office learn from no page whose it is."""
    operator = make.make_user("operator", office)
    application = apply.make_application(office, worker)
    url, client = application.get_absolute_url(), sign_in(operator)
    named = application.people.first().surname
    assert named in client.get(f"{url}conflicts/").content.decode()
    apply.make_opened(application, worker)
    page = client.get(f"{url}conflicts/").content.decode()
    assert application.number in page
    assert named not in page


def test_tie_over_a_referral_is_declared_and_ended_on_its_page(sign_in, office, worker, head):
    referral = refer.make_incoming(worker)
    url, client, leader = referral.get_absolute_url(), sign_in(worker), sign_in(head)
    assert f"{url}conflicts/" in client.get(url).content.decode()
    bad = client.post(f"{url}conflicts/", {"worker": head.pk, "reason": "x"})
    assert (bad.status_code, referral.conflicts.count()) == (200, 0)
    sent = {"worker": worker.pk, "reason": "тууганы"}
    assert client.post(f"{url}conflicts/", sent).headers["Location"] == "/referrals/"
    assert client.get(url).status_code == 404
    end = f"{url}conflicts/{referral.conflicts.get().pk}/end/"
    assert end in leader.get(f"{url}conflicts/").content.decode()
    assert leader.post(end).headers["Location"] == url
    assert client.get(url).status_code == 200


def test_journal_of_a_period_on_paper_and_as_a_spreadsheet(sign_in, office, worker, head):
    for _ in range(2):
        apply.make_application(office, worker)
    client = sign_in(head)
    page = client.get("/intake/applications/journal/")
    assert page.context["total"] == 2
    ahead = (clock.today() + dt.timedelta(days=1)).strftime("%d.%m.%Y")
    assert client.get(f"/intake/applications/journal/?first={ahead}").context["total"] == 0
    assert client.get("/intake/applications/journal/?first=abc").status_code == 200
    before = ReadLog.objects.count()
    for way, kind in (("print", "paper"), ("export", "export")):
        path = f"/intake/applications/journal/{way}/"
        assert client.post(path, {"reason": ""}).status_code == 200
        answer = client.post(path, {"reason": "Текшерүүгө"})
        assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
        read = ReadLog.objects.latest("pk")
        assert (read.kind, read.reason, office.pk in read.offices) == (kind, "Текшерүүгө", True)
    assert ReadLog.objects.count() > before
    assert sign_in(worker).get("/intake/applications/journal/").status_code == 403
