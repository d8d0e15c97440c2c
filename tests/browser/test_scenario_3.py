"""Scenario 3: a complaint over New Year, its two clocks, its answer, an appeal; the second paper is incomplete."""

import datetime as dt
import os
from pathlib import Path

from complaints.models import Complaint
from offices.models import Office, User
from papers.models import IssuedPaper
from reports.demo.staff import PASSWORD

NAME, PLACE = "Рахимов Алишер Ўктам ўғли", "Бишкек, ул. Токомбаева, 1А, кв. 12"
CLAIM = (
    "Заставили ждать два часа, хотя жена на восьмом месяце; требовали справку, «иначе не примем»."
)
POINTS = ("Не приняли вне очереди.", "Потребовали документ, которого нет в стандарте.")
KY = "Даттанууңуз каралды. Эки пункт боюнча тең кечирим сурайбыз."
RU = "Ваша жалоба рассмотрена. По обоим пунктам приносим извинения."


def test_a_complaint_over_new_year_is_registered_answered_and_appealed(person, site):
    site.at("2025-12-30 17:20")
    registrar = person("registrar.city", language="ky")
    received(registrar)
    second_paper_is_kept(registrar)
    site.at("2025-12-31 10:00")
    complaint = registered(person("registrar.city", language="ky"))
    site.at("2026-01-12 10:00")
    answered(person("head.oktyabr", language="ru"), complaint)
    site.at("2026-01-27 12:00")
    sent(person("registrar.oktyabr", language="ky"), complaint)
    site.at("2026-02-05 11:00")
    appealed(person("registrar.city", language="ru"), complaint)
    nobody_else_learns_of_it(person, complaint)
    papers_are_there()


def paper(who, **changed):
    """What stands on the paper, typed into the form of its receipt."""
    office = Office.objects.get(code="oktyabr")
    typed = {
        "received_at": "30.12.2025 17:20",
        "complainant_name": NAME,
        "complainant_address": PLACE,
        "complainant_phone": "+996 700 00 11 22",
        "dated_on": "29.12.2025",
        "substance": CLAIM,
    } | changed
    who.go("/complaints/receive/").unfold()
    for field, text in typed.items():
        who.type(field, text)
    which = who.page.locator("main [name=other_language]")
    assert not which.is_visible()
    who.choose("language", "other")
    which.fill("өзбекче")  # asked only there; what was typed stays when the choice changes
    who.choose("channel", "post").choose("language", "ru").choose("about_office", str(office.pk))
    return who


def received(registrar):
    paper(registrar)
    worker = User.objects.get(username="caseworker.oktyabr")
    registrar.choose("about_person", str(worker.pk))
    registrar.page.check("main [name='is_signed']")
    registrar.press("Кабыл алууну жазуу")
    assert Complaint.objects.get().registration_due_on == dt.date(2025, 12, 31)


def second_paper_is_kept(registrar):
    paper(registrar, complainant_name="Абдиев", complainant_address="")
    registrar.press("Кабыл алууну жазуу")
    registrar.type("points-0-text", "Кезек берилбейт").press("Каттоо жана жөнөтүү")
    said = registrar.text()
    assert "Үй дареги" in said and "Кол тамга" in said
    registrar.type("note", "Телефон аркылуу айтылды").press("Толук эмес катары китепте сактоо")
    kept = Complaint.objects.get(state="incomplete")
    assert kept.missing == ["complainant_address", "is_signed"] and not kept.number
    assert kept.book_number in registrar.text()


def registered(registrar):
    complaint = Complaint.objects.get(state="received")
    registrar.go(f"/complaints/{complaint.pk}/register/")
    assert "29.01.2026" in registrar.text()
    for n, text in enumerate(POINTS):
        registrar.type(f"points-{n}-text", text)
    registrar.press("Каттоо жана жөнөтүү").press("Талон чыгаруу")
    complaint.refresh_from_db()
    assert complaint.number.endswith("-0001/25")
    assert complaint.answer_due_on == dt.date(2026, 1, 29)
    assert complaint.number in registrar.text()
    return complaint


def answered(head, complaint):
    page = f"/complaints/{complaint.pk}/"
    head.go(page).press("Подтвердить получение").press("Назначить рассматривающего")
    offered = head.page.locator("main [name='person'] option").all_inner_texts()
    worker = User.objects.get(username="caseworker.oktyabr")
    assert not any(worker.surname in option for option in offered)
    own = User.objects.get(username="head.oktyabr")
    head.choose("person", str(own.pk)).press("Поручить этому человеку")
    for _point in POINTS:
        head.go(page).press("Записать вывод").choose("finding", "upheld")
        head.type("evidence", "Журнал приёма и объяснение.").press("Записать вывод")
    head.press("Добавить меру").type("text", "Инструктаж").type("who", "Начальник")
    head.type("due_on", "26.01.2026").press("Добавить меру").press("Написать ответ")
    head.type("text_ky", KY).type("text_ru", RU)
    head.page.check("main [name='is_finished']")
    head.press("Сохранить ответ").press("Утвердить ответ").press("Подписать ответ")
    assert "мэрию" in head.text() and "суд" in head.text()
    head.type("password", PASSWORD).press("Подписать")


def sent(registrar, complaint):
    registrar.go(f"/complaints/{complaint.pk}/").press("Жоопту жөнөтүү")
    registrar.choose("channel", "registered_post").press("Жөнөтүү жана кагазды чыгаруу")
    answer = Complaint.objects.get(pk=complaint.pk).answer
    assert (answer.sent_on, answer.late_reason) == (dt.date(2026, 1, 27), "")
    assert answer.number in registrar.text()


def appealed(registrar, complaint):
    registrar.go(f"/complaints/{complaint.pk}/").press("Записать обжалование")
    registrar.choose("body", "city_hall").type("filed_on", "05.02.2026")
    registrar.press("Записать обжалование")
    assert complaint.appeals.get().filed_on == dt.date(2026, 2, 5)
    registrar.go("/complaints/?state=incomplete").go("/complaints/?state=answered")
    assert complaint.number in registrar.text()


def nobody_else_learns_of_it(person, complaint):
    worker = person("caseworker.oktyabr", language="ky")
    worker.go(f"/complaints/{complaint.pk}/", status=404).go("/")
    assert complaint.number not in worker.text()


def papers_are_there():
    """Both papers; with JARDAM_SHOTS they are put beside the pictures of the pages."""
    papers = {paper.kind: bytes(paper.pdf) for paper in IssuedPaper.objects.all()}
    assert set(papers) == {"complaint_receipt", "complaint_answer"}
    if folder := os.environ.get("JARDAM_SHOTS"):
        for kind, pdf in papers.items():
            Path(folder, f"{kind}.pdf").write_bytes(pdf)
