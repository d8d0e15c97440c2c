"""The pages by HTTP: the way of a paper, what is typed and wrong, how often the database is asked, what waits."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from complaints.models import Complaint
from complaints.register import headings
from core import clock
from offices.waiting import Urgency, waiting_for
from tests.reports.test_query_counts import asked_by

from . import builders as b

pytestmark = pytest.mark.django_db
LIST, RECORD = 12, 20


@pytest.fixture
def city():
    return b.City()


def paper(city, **changed):
    """What the form of a receipt sends."""
    sent = {
        "office": city.oktyabr.pk,
        "received_at": clock.local(clock.now() - dt.timedelta(minutes=5)).strftime(
            "%d.%m.%Y %H:%M"
        ),
        "channel": "post",
        "language": "ru",
        "about_office": city.oktyabr.pk,
        "complainant_name": "Рахимов Алишер",
        "submission_key": str(uuid.uuid4()),
    }
    return sent | changed


def test_a_receipt_logged_twice_with_one_key_is_one_complaint(city, sign_in):
    client, sent = sign_in(city.operator), paper(city)
    answers = [client.post("/complaints/receive/", sent) for _ in range(2)]
    assert [a.headers["Location"] for a in answers] == ["/complaints/handed-in/"] * 2
    assert Complaint.objects.get().received_by == city.operator


def test_a_registrar_goes_on_to_register_and_sees_the_day_before_saving(city, sign_in):
    client = sign_in(city.registrar)
    onward = client.post("/complaints/receive/", paper(city)).headers["Location"]
    complaint = Complaint.objects.get()
    assert onward == f"/complaints/{complaint.pk}/register/"
    with clock.moved_to(b.moment("2026-11-23 10:00")):
        assert "11.12.2026" in client.get(onward).content.decode()


@pytest.mark.parametrize(
    "poison",
    [
        {"complainant_name": "ң" * 30_000},
        {"substance": "Асан\0бек"},
        {"received_at": "31.02.2026 10:00"},
        {"received_at": "14.03.2999 10:00"},
        {"about_office": str(uuid.UUID(int=1))},
        {"about_person": "9" * 40},
        {"dated_on": "1.1.1"},
        {"language": "klingon"},
        {"language": "other"},
        {"tells_of_danger": "on"},
    ],
)
def test_whatever_is_sent_is_refused_in_words_and_stays_typed(city, sign_in, poison):
    sent = paper(city) | {"complainant_address": "Токомбаев 1А"} | poison
    answer = sign_in(city.operator).post("/complaints/receive/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "error-summary" in page and "Токомбаев 1А" in page
    assert not Complaint.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_told_not_overwritten(city, sign_in):
    complaint = b.receive(city, actor=city.registrar)
    sent = paper(city) | {"record_version": "0", "go": "register", "points-TOTAL_FORMS": "1",
                          "points-INITIAL_FORMS": "0", "points-0-text": "Кезек"}  # fmt: skip
    Complaint.objects.get(pk=complaint.pk)
    b.register(city, complaint)
    answer = sign_in(city.registrar).post(f"/complaints/{complaint.pk}/register/", sent)
    assert answer.status_code == 403
    assert Complaint.objects.get().complainant_name != "Рахимов Алишер"


@pytest.mark.parametrize("who", ["head", "city_registrar"])
def test_pages_ask_as_often_for_many_as_for_one(city, sign_in, who):
    complaint = b.make_complaint(city.oktyabr, answer="draft", considered_by=city.head)
    client, asked = sign_in(getattr(city, who)), []
    for rows in (1, 9):
        for _ in range(rows):
            b.make_complaint(city.oktyabr, answer="draft")
            b.make_measure(complaint)
            b.make_appeal(complaint)
            b.make_complaint(city.oktyabr)
        asked.append(
            [len(asked_by(client, path)) for path in ("/complaints/", complaint.get_absolute_url())]
        )
    assert asked[0] == asked[1]
    assert asked[0][0] <= LIST and asked[0][1] <= RECORD


@pytest.mark.parametrize("who", ["head", "city_head", "city_registrar"])
def test_every_heading_of_the_register_asks_as_often_for_many_as_for_one(city, sign_in, who):
    """Each state, a search by number, each order, a later page: one number of questions for all of them."""
    paths = [f"/complaints/?state={code}" for code in headings()]
    paths += ["/complaints/?number=26", "/complaints/?state=all&page=2"]
    paths += [f"/complaints/?sort={name}" for name in ("number", "-received", "about", "holder", "-due")]  # fmt: skip
    client, asked = sign_in(getattr(city, who)), {}
    for rows in (1, 30):
        for n in range(rows):
            b.make_complaint(city.oktyabr, "received", registrar=city.registrar)
            b.make_complaint(city.oktyabr, "incomplete", registrar=city.registrar)
            b.make_complaint(city.oktyabr, "registered", registrar=city.registrar)
            b.make_complaint(city.oktyabr, registrar=city.registrar, considered_by=city.head, answer=("signed", "draft")[n % 2])  # fmt: skip
        for path in paths:
            asked.setdefault(path, []).append(len(asked_by(client, path)))
    assert {path: found[0] - found[1] for path, found in asked.items()} == dict.fromkeys(paths, 0)
    assert max(found[1] for found in asked.values()) <= LIST


def urgencies(user):
    return [(str(line.text), line.urgency) for line in waiting_for(user) if line.rail]


def test_a_paper_to_register_is_soon_from_the_afternoon_and_late_the_day_after(city):
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        b.receive(city, actor=city.registrar)
    found = []
    for moment in ("2026-02-02 15:00", "2026-02-03 11:00", "2026-02-03 13:00", "2026-02-04 09:00"):
        with clock.moved_to(b.moment(moment)):
            found += [urgency for _text, urgency in urgencies(city.registrar)]
    assert found == [Urgency.IN_TIME, Urgency.IN_TIME, Urgency.SOON, Urgency.LATE]
    with clock.moved_to(b.moment("2026-02-04 09:00")):
        for leader in (city.head, city.city_head):
            assert [urgency for _text, urgency in urgencies(leader)] == [Urgency.LATE]


def test_each_step_waits_for_whoever_takes_it(city):
    complaint = b.register(city)
    assert len(urgencies(city.head)) == 2  # to acknowledge, to say who considers it
    complaint = b.consider(city, complaint, person=city.colleague)
    assert len(urgencies(city.colleague)) == 1
    b.find(complaint)
    b.write(complaint)
    assert urgencies(city.colleague) == []
    signed = b.make_complaint(city.oktyabr, answer="signed")
    assert signed.number in {line.number for line in waiting_for(city.registrar)}


def test_a_due_measure_waits_to_be_checked(city):
    complaint = b.make_complaint(city.oktyabr, answer="signed", considered_by=city.colleague)
    b.make_measure(complaint, due_on=clock.today())
    b.make_measure(complaint, due_on=clock.today() + dt.timedelta(days=1))
    lines = [line for line in waiting_for(city.colleague) if "/measures/" in line.url]
    assert [line.urgency for line in lines] == [Urgency.SOON]


def test_who_shuts_themselves_out_lands_on_my_day_and_is_let_in_again_by_the_head(city, sign_in):
    complaint = b.consider(city, person=city.colleague)
    url, client, leader = (
        complaint.get_absolute_url(), sign_in(city.colleague), sign_in(city.head)
    )  # fmt: skip
    sent = {"worker": city.colleague.pk, "reason": "тууганы"}
    assert client.post(f"{url}conflicts/", sent).headers["Location"] == "/"
    assert client.get(url).status_code == 404
    end = f"{url}conflicts/{complaint.conflicts.get().pk}/end/"
    page = leader.get(f"{url}conflicts/").content.decode()
    assert end in page
    assert f"{city.colleague.short_name} — {city.oktyabr.short_name}" in page
    assert leader.post(end).headers["Location"] == url
    assert client.get(url).status_code == 404  # it was taken from them, and stays so
    assert complaint.conflicts.get().ended_at is not None


def test_papers_to_register_stand_in_the_order_in_which_they_came(city):
    came = {}
    for moment in ("2026-02-02 15:00", "2026-02-02 10:00"):
        with clock.moved_to(b.moment(moment)):
            came[moment] = b.receive(city, actor=city.registrar)
    with clock.moved_to(b.moment("2026-02-02 16:00")):
        said = [line.url for line in waiting_for(city.registrar) if line.rail]
    assert said == [reverse("complaints:register", args=[came[m].pk]) for m in sorted(came)]
