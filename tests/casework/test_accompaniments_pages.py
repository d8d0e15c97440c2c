"""The pages of legal and social help: what they cost, what each reader finds, bad input, nothing sent twice."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.accompaniment_enums import AccompanimentStatus
from casework.models import Accompaniment, DraftedDocument, ProtectionOrder, Task
from core import clock
from core.templatetags.dates import day
from tests import builders as make
from tests.papers.files import pdf, upload

from .accompaniment_builders import (
    make_accompaniment,
    make_document,
    make_legal_episode,
    make_order,
    make_statement,
    make_task,
)

pytestmark = pytest.mark.django_db

LIST, RECORD = 12, 20


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


@pytest.fixture
def episode():
    make.make_standard()
    return make_legal_episode()


def asked_by(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return [q["sql"] for q in asked if q["sql"].startswith(("SELECT", "INSERT", "WITH", "("))]


def grow(episode, rows):
    for n in range(rows):
        make_accompaniment(episode, on=in_days(-n - 1))
        make_accompaniment(episode, status=AccompanimentStatus.PLANNED, on=in_days(n + 1))
        make_order(episode, expires_on=in_days(n))
        make_document(episode)
        make_task(episode.case, made_by=episode.specialist)
        make_task(episode.case, episode.specialist, due_on=in_days(-1))


@pytest.mark.parametrize("who", ["specialist", "responsible"])
def test_pages_ask_as_often_for_fifty_rows_as_for_one(who, episode, sign_in):
    case = episode.case
    user = episode.specialist if who == "specialist" else case.responsible
    client = sign_in(user)
    limits = {
        # One question more for whoever works the case: whether they may refer the family on.
        f"/episodes/{episode.pk}/": RECORD + 2,
        f"/cases/{case.pk}/": RECORD,
        "/tasks/": LIST,
        "/tasks/?when=done": LIST,
        f"/episodes/calendar/?on={clock.today()}": LIST,
    }
    counts = {path: [] for path in limits}
    for rows in (1, 49):
        grow(episode, rows)
        for path in limits:
            counts[path].append(asked_by(client, path))
    for path, most in limits.items():
        few, many = counts[path]
        assert len(few) == len(many), path
        assert len(many) <= most, (path, "\n".join(many))


def test_head_of_the_lawyers_office_reads_the_statement_and_no_hearing(episode, sign_in):
    one = make_accompaniment(episode, result="Доо канааттандырылды")
    statement = make_statement(episode)
    client = sign_in(make.make_head(episode.office))
    page = client.get(f"/episodes/{episode.pk}/").content.decode()
    assert statement.get_absolute_url() in page
    assert [w for w in (one.purpose, one.result, one.get_absolute_url()) if w in page] == []
    stated = client.get(statement.get_absolute_url()).content.decode()
    assert one.organisation_text in stated and one.purpose not in stated


def test_page_says_what_is_still_lacking(episode, sign_in):
    client = sign_in(episode.specialist)
    words = "жок дегенде бир жолу сотто коштоо"
    assert words in client.get(f"/episodes/{episode.pk}/").content.decode()
    make_accompaniment(episode)
    assert words not in client.get(f"/episodes/{episode.pk}/").content.decode()


HEARING = {
    "day": "01.02.2027",
    "at": "10:30",
    "organisation_text": "Свердлов райондук соту",
    "purpose": "Ата-энелик укуктар",
    "role": "support",
    "status": "planned",
}


def test_sent_twice_is_one_hearing(episode, sign_in):
    client = sign_in(episode.specialist)
    said = {**HEARING, "day": day(in_days(9)), "submission_key": str(uuid.uuid4())}
    answers = [client.post(f"/accompaniments/add/{episode.pk}/", said) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Accompaniment.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": "31.02.2027"},
        {"day": ""},
        {"day": "01.01.1850"},
        {"at": "27:80"},
        {"purpose": "x" * 301},
        {"purpose": "a\x00b"},
        {"organisation_text": ""},
        {"organisation": str(uuid.uuid4())},
        {"organisation": "'; drop table"},
        {"role": "judge"},
        {"status": "won"},
        {"status": "held", "day": "01.02.2027"},
        {"result": "x" * 20_001},
        {"with_whom": [str(uuid.uuid4())]},
        {"next_day": "вчерашний", "status": "held"},
    ],
)
def test_bad_hearing_is_refused_in_words_and_keeps_what_was_typed(wrong, episode, sign_in):
    client = sign_in(episode.specialist)
    said = {**HEARING, "day": day(in_days(9)), "others_present": "Таажеси Жаңыл", **wrong}
    answer = client.post(f"/accompaniments/add/{episode.pk}/", said)
    page = answer.content.decode()
    assert (answer.status_code, "error-summary" in page) == (200, True)
    assert "Таажеси Жаңыл" in page
    assert not Accompaniment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"issued_on": "завтра"},
        {"expires_on": "01.01.2020"},
        {"issuer_text": ""},
        {"number": "1" * 61},
        {"conditions": "a\x00b"},
        {"scan": upload(b"MZ\x90\x00", "order.pdf")},
    ],
)
def test_bad_order_is_refused_in_words_and_keeps_what_was_typed(wrong, episode, sign_in):
    client = sign_in(episode.specialist)
    said = {
        "number": "118", "issued_on": "01.11.2026", "expires_on": "01.12.2026",
        "issuer_text": "РИИБ", "against_text": "өгөй атасы Жаңыбек", **wrong,
    }  # fmt: skip
    answer = client.post(f"/legal/{episode.pk}/orders/add/", said)
    page = answer.content.decode()
    assert (answer.status_code, "error-summary" in page, "Жаңыбек" in page) == (200, True, True)
    assert not ProtectionOrder.objects.exists()


def test_order_and_document_with_their_files_are_kept_and_served(episode, sign_in):
    client = sign_in(episode.specialist)
    said = {"issued_on": "01.11.2026", "issuer_text": "РИИБ", "scan": upload(pdf(), "order.pdf")}
    answer = client.post(f"/legal/{episode.pk}/orders/add/", said)
    assert answer.status_code == 302
    order = ProtectionOrder.objects.get()
    assert client.get(f"/legal/orders/{order.pk}/scan/").content[:4] == b"%PDF"

    said = {"kind": "claim", "title": "Доо арыз", "drafted_on": "01.11.2026", "text": "Сотко…"}
    client.post(f"/legal/{episode.pk}/documents/add/", {**said, "file": upload(pdf(), "a.pdf")})
    document = DraftedDocument.objects.get()
    assert client.get(f"/legal/documents/{document.pk}/file/").content[:4] == b"%PDF"
    said |= {"handed_to": "", "handed_on": "02.11.2026", "record_version": "0"}
    page = client.post(f"/legal/documents/{document.pk}/change/", said).content.decode()
    assert "error-summary" in page


def test_order_closed_says_what_became_of_it(episode, sign_in):
    order = make_order(episode, expires_on=in_days(-1))
    client = sign_in(episode.case.responsible)
    client.post(f"/legal/orders/{order.pk}/close/", {"reason": "Мөөнөтү бүттү"})
    order.refresh_from_db()
    assert (order.closing_reason, order.closed_on) == ("Мөөнөтү бүттү", clock.today())
    assert order.history.count() == 3


def test_task_is_added_and_settled_from_its_pages(episode, sign_in):
    case = episode.case
    client = sign_in(case.responsible)
    said = {"what": "Справка алуу", "due_on": day(in_days(2)), "assigned_to": case.responsible.pk}
    assert client.post(f"/tasks/add/{case.pk}/", said).status_code == 302
    task = Task.objects.get()
    assert "Справка алуу" in client.get(f"/cases/{case.pk}/").content.decode()
    assert "Справка алуу" in client.get("/").content.decode()
    client.post(f"/tasks/{task.pk}/", {"status": "done", "word": "Алдык"})
    task.refresh_from_db()
    assert (task.status, task.settled_word) == ("done", "Алдык")
    assert "Справка алуу" in client.get("/tasks/?when=done").content.decode()
    assert "Справка алуу" not in client.get("/").content.decode()


@pytest.mark.parametrize("wrong", [{"what": ""}, {"due_on": "вчера"}, {"assigned_to": "x"}])
def test_bad_task_is_refused_in_words(wrong, episode, sign_in):
    case = episode.case
    said = {"what": "?", "due_on": day(in_days(2)), "assigned_to": case.responsible.pk, **wrong}
    page = sign_in(case.responsible).post(f"/tasks/add/{case.pk}/", said).content.decode()
    assert "error-summary" in page
    assert not Task.objects.exists()
