"""The book of complaints and suggestions: written in, settled, carried into a complaint, listed, exported."""

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from complaints.book import book_chips, book_lines
from complaints.enums import BookOutcome, ComplaintState
from complaints.models import BookEntry, Complaint
from complaints.services import book, receiving
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_plain_words():
    with translation.override("en"):
        yield


@pytest.fixture
def city():
    return b.City()


def write(city, actor=None, **fields):
    fields = {"kind": "complaint", "text": "Эки саат күттүм", "written_on": clock.today()} | fields
    return book.write_entry(office=city.oktyabr, **fields, actor=actor or city.operator)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.REGISTRAR, Role.HEAD])  # fmt: skip
def test_everybody_of_an_office_writes_in_and_numbers_follow(city, role):
    user = make.make_user(role, city.oktyabr)
    first, second = write(city, user), write(city, user, kind="thanks")
    assert (first.number[-7:-3], second.number[-7:-3]) == ("0001", "0002")
    assert list(BookEntry.objects.visible_to(user).order_by("number")) == [first, second]


def test_nobody_writes_into_the_book_of_another_office(city):
    stranger = make.make_user(Role.OPERATOR, make.make_office("lenin"))
    with pytest.raises(PermissionDenied):
        write(city, stranger)
    assert BookEntry.objects.count() == 0


def test_refused_entry_takes_no_number(city):
    for fields in ({"text": " "}, {"kind": "shout"}, {"written_on": clock.today() + dt.timedelta(days=1)}):  # fmt: skip
        with pytest.raises(DomainError):
            write(city, **fields)
    assert write(city).number[-7:-3] == "0001"


def test_who_sees_an_entry(city):
    entry = write(city)
    lenin = make.make_office("lenin")
    strangers = [make.make_user(role, lenin) for role in (Role.HEAD, Role.REGISTRAR, Role.OPERATOR)]
    for stranger in strangers:
        b.make_entry(lenin, entered_by=stranger)
    admin, auditor = (make.make_user(r, city.city) for r in (Role.ADMINISTRATOR, Role.AUDITOR))
    people = [city.operator, city.registrar, city.head, city.city_registrar, city.city_head]
    people += [city.worker, city.colleague, admin, auditor, *strangers]
    seen = [BookEntry.objects.visible_to(p).filter(pk=entry.pk).exists() for p in people]
    assert seen == [True] * 5 + [False] * 7


def test_whom_an_entry_names_never_sees_it_nor_settles_it(city):
    entry = write(city, about_person=city.head)
    assert not BookEntry.objects.visible_to(city.head).exists()
    assert BookEntry.objects.visible_to(city.registrar).get() == entry
    with pytest.raises(PermissionDenied):
        book.settle_entry(entry, outcome="noted", done="Каралды", done_on=clock.today(), seen=0, actor=city.head)  # fmt: skip


def test_settling_says_what_was_done_once_it_is_known(city):
    entry = write(city)
    with pytest.raises(DomainError, match="Write what was done"):
        book.settle_entry(entry, outcome="noted", done=" ", done_on=clock.today(), seen=0, actor=city.registrar)  # fmt: skip
    with pytest.raises(PermissionDenied):
        book.settle_entry(entry, outcome="noted", done="Айттым", done_on=clock.today(), seen=0, actor=city.operator)  # fmt: skip
    done = book.settle_entry(entry, outcome="answered", done="Жооп берилди", done_on=clock.today(), seen=0, actor=city.registrar)  # fmt: skip
    assert (done.outcome, done.done_by) == (BookOutcome.ANSWERED, city.registrar)
    assert done.history.count() == 2


def test_settling_over_a_change_is_told(city):
    entry = write(city)
    book.change_entry(entry, kind="suggestion", text="Орундук коюңуздар", written_on=clock.today(), seen=0, actor=city.operator)  # fmt: skip
    with pytest.raises(DomainError, match="changed this record"):
        book.settle_entry(entry, outcome="noted", done="Каралды", done_on=clock.today(), seen=0, actor=city.registrar)  # fmt: skip


def _make(city, entry, actor=None, **fields):
    handed = b.handed_in(substance=entry.text, about_office=city.oktyabr, **fields)
    return book.make_complaint(entry, handed, actor=actor or city.registrar)


def test_entry_becomes_a_complaint_once(city):
    entry = write(city)
    complaint = _make(city, entry)
    entry.refresh_from_db()
    assert (entry.complaint, entry.outcome) == (complaint, BookOutcome.RECEIVED)
    assert complaint.state == ComplaintState.RECEIVED
    with pytest.raises(PermissionDenied):
        _make(city, entry)
    assert Complaint.objects.count() == 1


def test_only_a_registrar_makes_it_a_complaint(city):
    entry = write(city)
    for actor in (city.operator, city.head, city.city_head):
        with pytest.raises(PermissionDenied):
            _make(city, entry, actor)
    assert _make(city, entry, city.city_registrar).received_office == city.city


def test_entry_that_became_a_complaint_about_the_head_is_shut_to_the_head(city):
    """It follows the complaint: who may not know of that reads it nowhere else."""
    entry = write(city)
    assert BookEntry.objects.visible_to(city.head).exists()
    _make(city, entry, about_person=city.head)
    assert not BookEntry.objects.visible_to(city.head).exists()
    for person in (city.operator, city.registrar, city.city_registrar, city.city_head):
        assert BookEntry.objects.visible_to(person).exists(), person


def _incomplete(city):
    complaint = b.receive(city, actor=city.registrar, is_signed=False)
    handed = b.handed_in(city, received_at=complaint.received_at, is_signed=False)
    return receiving.keep_incomplete(complaint, handed, note="Чалдык", seen=0, actor=city.registrar)  # fmt: skip


def test_incomplete_papers_stand_in_the_book_with_what_is_missing(city, sign_in):
    entry, paper = write(city), _incomplete(city)
    numbers = {line["number"] for line in book_lines(city.registrar, {}, "all")}
    assert numbers == {entry.number, paper.book_number} and len(numbers) == 2
    page = sign_in(city.registrar).get("/complaints/book/?kind=paper").content.decode()
    assert paper.book_number in page and "Кол тамга" in page and "Чалдык" in page
    assert entry.number not in page
    assert paper.book_number not in sign_in(city.operator).get("/complaints/book/").content.decode()


def test_counts_agree_with_lines(city):
    write(city), write(city, kind="thanks"), write(city, kind="suggestion"), _incomplete(city)
    done = write(city)
    book.settle_entry(done, outcome="noted", done="Каралды", done_on=clock.today(), seen=0, actor=city.head)  # fmt: skip
    for user in (city.registrar, city.head, city.city_head, city.operator):
        for chip in book_chips(user, {}, "all", ""):
            kind = chip["url"].removeprefix("?kind=")
            assert chip["count"] == book_lines(user, {}, kind).count(), (user, kind)


@pytest.mark.parametrize("sort", ["", "number", "-number", "day", "-kind", "nonsense", "text"])
def test_list_asks_as_often_for_many_as_for_one(sign_in, city, sort):
    client, asked = sign_in(city.registrar), []
    for count in (1, 20):
        _incomplete(city)
        for _n in range(count):
            b.make_entry(city.oktyabr, entered_by=city.operator)
        client.get("/complaints/book/")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/complaints/book/?sort={sort}&per_page=50")
        assert answer.status_code == 200
        asked.append([q["sql"] for q in queries if q["sql"].startswith(("SELECT", "INSERT"))])
    assert len(asked[0]) == len(asked[1]) <= 14, "\n".join(asked[0])


def test_narrowed_by_days_and_office(city):
    old = b.make_entry(city.oktyabr, written_on=dt.date(2025, 3, 1))
    new = b.make_entry(city.oktyabr, written_on=dt.date(2025, 9, 1))
    chosen = {"first": dt.date(2025, 8, 1), "last": dt.date(2025, 9, 1)}
    assert [line["pk"] for line in book_lines(city.head, chosen, "all")] == [new.pk]
    lenin = make.make_office("lenin")
    assert list(book_lines(city.city_head, {"office": lenin}, "all")) == []
    assert {line["pk"] for line in book_lines(city.city_head, {}, "all")} == {old.pk, new.pk}


def test_export_asks_why_and_logs_it_and_holds_no_formula(sign_in, city):
    write(city, text="=HYPERLINK(1)")
    client = sign_in(city.registrar)
    assert client.post("/complaints/book/export/", {"reason": ""}).headers["Content-Type"].startswith("text/html")  # fmt: skip
    assert not ReadLog.objects.filter(kind="export").exists()
    answer = client.post("/complaints/book/export/?kind=complaint", {"reason": "Айлык отчет"})
    sheet = zipfile.ZipFile(io.BytesIO(answer.content))
    words = sheet.read("xl/sharedStrings.xml").decode()
    assert "'=HYPERLINK(1)" in words and "<f>" not in sheet.read("xl/worksheets/sheet1.xml").decode()  # fmt: skip
    row = ReadLog.objects.get(kind="export")
    assert row.reason == "Айлык отчет" and len(row.subjects) == 1


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize(
    "poison",
    [
        {"text": "ң" * 30_000}, {"text": "a\0b"}, {"written_on": "31.02.2026"},
        {"written_on": "14.03.2999"}, {"page": "-1"}, {"page": "9" * 30}, {"kind": "shout"},
        {"office": str(uuid.uuid4())}, {"about_person": "x"}, {"person_name": "ү" * 400},
    ],
)  # fmt: skip
def test_bad_input_keeps_what_was_typed(sign_in, city, poison, language):
    client = sign_in(city.operator)
    client.cookies["django_language"] = language
    sent = {
        "office": city.oktyabr.pk, "kind": "thanks", "text": "Рахмат сизге",
        "written_on": "20.01.2026", "person_name": "Асан тууган",
    } | poison  # fmt: skip
    answer = client.post("/complaints/book/write/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200 and BookEntry.objects.count() == 0
    assert 'class="error-summary' in page or "invalid-feedback" in page
    assert sent["person_name"][:50] in page


def test_typed_twice_is_one_entry(sign_in, city):
    client = sign_in(city.operator)
    sent = {
        "office": city.oktyabr.pk, "kind": "thanks", "text": "Рахмат", "written_on": "20.01.2026",
        "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    assert [client.post("/complaints/book/write/", sent).status_code for _n in range(2)] == [302, 302]  # fmt: skip
    assert BookEntry.objects.count() == 1
