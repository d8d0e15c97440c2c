"""Releases over HTTP: from the request to the paper in somebody's hand."""

import io

import openpyxl
import pytest
from django.urls import reverse

from casework.enums import ReleaseStatus
from casework.models import Release
from offices.models import Notice, ReadLog
from tests.builders import PASSWORD, make_case, make_episode, make_head, make_office
from tests.casework.conclusion_builders import (
    make_countersigned_conclusion,
    make_ground,
    make_release,
)

pytestmark = pytest.mark.django_db


def at(name, record):
    return reverse(f"releases:{name}", args=[record.pk])


def request_of(ground, **changes):
    return {
        "what": "extract",
        "recipient_text": "№ 57 мектеп-гимназиясы",
        "request_number": "01-12/91",
        "request_on": "20.11.2026",
        "ground": ground.pk,
        "purpose": "Сунуштар, окуу процесси үчүн",
        **changes,
    }


def test_extract_goes_from_the_request_to_the_hand(sign_in):
    conclusion = make_countersigned_conclusion()
    case = conclusion.episode.case
    head, ground = make_head(case.office), make_ground()
    worker, author, leader = map(sign_in, (case.responsible, conclusion.author, head))

    answer = worker.post(at("ask", conclusion), request_of(ground))
    release = Release.objects.get()
    assert answer.url == at("release", release)
    assert Notice.objects.filter(user=conclusion.author).count() == 1

    page = author.get(at("extract", release))
    begun = page.context["form"].initial
    assert conclusion.findings_ky in begun["extract_ky"]
    assert conclusion.recommendations_ru in begun["extract_ru"]
    author.post(
        at("extract", release), {**begun, "extract_ky": "Сунуштар гана", "password": PASSWORD}
    )

    leader.post(
        at("decide", release), {"decision": "grant", "ground": ground.pk, "password": PASSWORD}
    )
    release.refresh_from_db()
    assert release.status == ReleaseStatus.GRANTED
    assert leader.get(at("paper", release)).content == bytes(release.paper.pdf)

    worker.post(at("hand_out", release), {"handed_to": "Мектептин директору", "handed_on": "бүгүн"})
    release.refresh_from_db()
    assert release.handed_to == "Мектептин директору"


def test_every_page_of_a_release_opens_for_its_people(sign_in):
    release = make_release()
    worker, head = sign_in(release.requested_by), sign_in(make_head(release.case.office))
    assert worker.get(at("release", release)).status_code == 200
    assert worker.get(at("ask", release.conclusion)).status_code == 200
    assert head.get(at("decide", release)).status_code == 200
    for url in (reverse("releases:register"), reverse("releases:export")):
        assert head.get(url).status_code == 200


def test_wrong_password_grants_nothing(sign_in):
    release = make_release()
    head = sign_in(make_head(release.case.office))
    sent = {"decision": "grant", "ground": release.ground_id, "password": "wrong"}
    assert head.post(at("decide", release), sent).status_code == 200
    release.refresh_from_db()
    assert (release.status, release.number) == (ReleaseStatus.REQUESTED, "")


def test_refusal_needs_a_reason(sign_in):
    release = make_release()
    head = sign_in(make_head(release.case.office))
    assert head.post(at("decide", release), {"decision": "refuse"}).status_code == 200
    head.post(at("decide", release), {"decision": "refuse", "refusal": "Негизи жок"})
    release.refresh_from_db()
    assert (release.status, release.decision_reason) == (ReleaseStatus.REFUSED, "Негизи жок")


def test_request_without_a_recipient_is_not_kept(sign_in):
    conclusion = make_countersigned_conclusion()
    worker = sign_in(conclusion.episode.case.responsible)
    answer = worker.post(at("ask", conclusion), request_of(make_ground(), recipient_text=""))
    assert (answer.status_code, Release.objects.count()) == (200, 0)


def test_register_goes_out_as_a_spreadsheet_of_ones_own_office(sign_in):
    own = make_release(recipient_text="=HYPERLINK(1)")
    elsewhere = make_episode(make_case(make_office("oktyabr")))
    other = make_release(make_countersigned_conclusion(elsewhere))
    head = make_head(own.case.office)
    answer = sign_in(head).post(reverse("releases:export"), {"reason": "Айлык отчет"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]
    assert sheet.max_row == 2
    assert own.case.number in cells and other.case.number not in cells
    assert "'=HYPERLINK(1)" in cells
    row = ReadLog.objects.latest("pk")
    assert (row.kind, row.reason, row.user) == ("export", "Айлык отчет", head)
    assert f"release:{own.pk}" in row.subjects and f"release:{other.pk}" not in row.subjects


def test_export_asks_what_it_is_for(sign_in):
    release = make_release()
    head = sign_in(make_head(release.case.office))
    answer = head.post(reverse("releases:export"), {"reason": ""})
    assert "html" in answer.headers["Content-Type"]


def test_sending_the_request_twice_makes_one_release(sign_in):
    conclusion = make_countersigned_conclusion()
    worker = sign_in(conclusion.episode.case.responsible)
    key = worker.get(at("ask", conclusion)).context["form"]["submission_key"].value()
    sent = request_of(make_ground(), submission_key=str(key))
    first, second = (worker.post(at("ask", conclusion), sent) for _ in range(2))
    assert first.url == second.url
    assert Release.objects.count() == 1
