"""The registrar types an entry of the book and makes it a complaint; the head's morning; the printed journal. 1280 and 360 px."""

import io

import pytest
from pypdf import PdfReader

from complaints.models import BookEntry, Complaint
from reports.demo.complaint_years import Planner
from reports.demo.complaints import FIRST_DAY
from reports.demo.families import LAST_DAY

from .conftest import NARROW

pytestmark = pytest.mark.browser


def test_from_the_book_to_the_morning_and_the_printed_journal(city, site, person):
    Planner(FIRST_DAY, LAST_DAY).load(80)
    site.at("2026-11-20 10:00")
    registrar = person("registrar.oktyabr")
    registrar.go("/complaints/book/").press("Жазууну киргизүү")
    registrar.choose("kind", "complaint").type("text", "Эки саат кезекте турдум, түшүндүргөн киши жок.")  # fmt: skip
    registrar.type("person_name", "Асан кызы Бермет").type("written_on", "20.11").type("page", "14")
    registrar.press("Сактоо")
    entry = BookEntry.objects.get()
    assert entry.number in registrar.text()

    registrar.press(entry.number).press("Даттануу катары кабыл алуу")
    assert registrar.page.input_value("main [name=substance]") == entry.text
    registrar.unfold()
    assert registrar.page.input_value("main [name=complainant_name]") == "Асан кызы Бермет"
    registrar.press("Кабыл алууну жазуу")
    complaint = Complaint.objects.get(book_entry=entry)
    assert complaint.channel == "book"
    assert registrar.page.input_value("main [name=substance]") == entry.text

    head = person("head.oktyabr", size=NARROW, language="ru")
    head.go("/complaints/morning/")
    assert "Открытые, по оставшимся дням" in head.text()
    assert "Асан кызы Бермет" not in head.text()
    wide = person("head.city")
    wide.go("/complaints/morning/").go("/complaints/book/").go("/complaints/journal/")
    form = wide.page.context.request
    token = next(c["value"] for c in wide.page.context.cookies() if "csrf" in c["name"])
    answer = form.post(
        f"{site.url}/complaints/journal/print/?first=01.10.2026&last=20.11.2026",
        form={"reason": "Үчүнчү квартал", "csrfmiddlewaretoken": token},
        headers={"Referer": site.url},
    )
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)
    listed = Complaint.objects.filter(registered_on__gte="2026-10-01")
    assert listed.count() > 3 and all(row.number in text for row in listed)
