"""The journal of complaints of a period: its page, its paper and its spreadsheet; each that leaves is logged with its reason."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from complaints.journal import counted, journal_register, journal_rows
from core import clock
from offices.models import ReadLog
from tests import builders as make

from . import builders as b
from .test_morning import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return b.City()


def test_journal_has_the_registered_of_its_days_in_their_order(city):
    days = [dt.date(2026, 1, 5), dt.date(2026, 2, 5), dt.date(2026, 3, 5)]
    made = [
        b.make_complaint(city.oktyabr, "considered", received_at=b.moment(f"{d} 09:00"), number=f"Ж-{d:%m}")
        for d in days
    ]  # fmt: skip
    for complaint, day in zip(made, days, strict=True):
        complaint.registered_on, complaint.registered_at = day, b.moment(f"{day} 10:00")
        complaint.answer_due_on = complaint.answer_soon_on = day + dt.timedelta(days=20)
        complaint.save()
    b.make_complaint(city.oktyabr, "received")
    b.make_complaint(city.oktyabr, "incomplete")
    chosen = {"first": days[0], "last": days[1]}
    assert list(journal_rows(city.head, chosen)) == made[:2]
    assert list(journal_rows(city.city_head, {})) == made
    assert list(journal_rows(make.make_head(make.make_office("lenin")), {})) == []


def test_line_tells_clocks_findings_answer_and_appeal(city):
    answer = answered(city, sent_on=clock.today() + dt.timedelta(days=0))
    complaint = answer.complaint
    complaint.answer_due_on = complaint.answer_soon_on = complaint.registered_on
    complaint.save()
    answer.sent_on = complaint.answer_due_on + dt.timedelta(days=1)
    answer.save()
    b.make_appeal(complaint)
    point = complaint.points.get()
    point.finding, point.evidence = "upheld", "Журнал"
    point.save()
    rows = list(journal_rows(city.head, {}))
    register = journal_register(rows, city.oktyabr, {}, by=city.head)
    line = " | ".join(register.rows[0])
    assert complaint.number in line and f"{answer.number} {answer.sent_on:%d.%m.%Y}" in line
    assert "1) Тастыкталды" in line and "Мэрия" in line and "кечикти" in line
    assert complaint.complainant_phone not in line and complaint.complainant_address not in line
    assert sum(column.width for column in register.columns) <= 100
    assert len(register.columns) == len(register.rows[0])
    labels = dict(counted(rows))
    assert sum(labels.values()) == 2  # answered, and late


def test_paper_is_landscape_numbered_and_logged_as_an_export(sign_in, city):
    made = [b.make_complaint(city.oktyabr, "considered") for _n in range(12)]
    client = sign_in(city.registrar)
    asked = client.get("/complaints/journal/print/")
    assert asked.headers["Content-Type"].startswith("text/html")
    assert not ReadLog.objects.filter(kind="export").exists()
    today = f"{clock.today():%d.%m.%Y}"
    url = f"/complaints/journal/print/?first={today}&last={today}"
    answer = client.post(url, {"reason": "Квартал үчүн"})
    pages = PdfReader(io.BytesIO(answer.content)).pages
    width, height = (float(n) for n in pages[0].mediabox[2:])
    text = " ".join(page.extract_text() for page in pages)
    assert width > height
    assert all(complaint.number in text for complaint in made)
    assert "Даттануулардын журналы" in text and "Журнал жалоб" in text
    row = ReadLog.objects.get(kind="export")
    assert row.reason == "Квартал үчүн" and len(row.subjects) >= 12


def test_spreadsheet_has_no_formula(sign_in, city):
    b.make_complaint(city.oktyabr, "considered", complainant_name="=1+1")
    answer = sign_in(city.head).post("/complaints/journal/export/", {"reason": "Отчет"})
    sheet = zipfile.ZipFile(io.BytesIO(answer.content))
    assert "'=1+1" in sheet.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("said", ["first=31.02.2026", "first=a%00b", "office=x", "first=02.02.2026&last=01.01.2026"])  # fmt: skip
def test_wrong_days_show_a_word_and_no_lines(sign_in, city, said):
    complaint = b.make_complaint(city.oktyabr, "considered")
    client = sign_in(city.city_head)
    page = client.get(f"/complaints/journal/?{said}").content.decode()
    assert complaint.number not in page and "error-summary" in page
    answer = client.post(f"/complaints/journal/print/?{said}", {"reason": "Отчет"})
    assert answer.headers["Content-Type"] == "application/pdf"


def test_journal_asks_as_often_for_many_as_for_one(sign_in, city):
    client, asked = sign_in(city.head), []
    for count in (1, 30):
        for _n in range(count):
            b.make_complaint(city.oktyabr, "considered", answer="draft", considered_by=city.head)
        client.get("/complaints/journal/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/complaints/journal/")
        asked.append([q["sql"] for q in queries if q["sql"].startswith(("SELECT", "INSERT"))])
    assert len(asked[0]) == len(asked[1]) <= 12, "\n".join(asked[0])
