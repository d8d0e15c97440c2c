"""The two due days are counted once, at receipt and at registration: no page, list, paper or search counts them again."""

import datetime as dt

import pytest

from complaints.models import Complaint
from complaints.services import receiving
from core import clock
from offices.models import CalendarDay
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db
STORED = ("registration_due_on", "registration_is_provisional", "answer_due_on", "answer_soon_on", "answer_is_provisional", "standard_id", "version")  # fmt: skip


@pytest.fixture
def city():
    return b.City()


def stored():
    return list(Complaint.objects.order_by("pk").values("pk", *STORED))


def another_law():
    """Ten days instead of fourteen from today on, and days off in between that nobody knew of."""
    make.make_standard("2", in_force_from=dt.date(2026, 2, 5), complaint_answer_days=10, complaint_registration_days=3)  # fmt: skip
    for day in (dt.date(2026, 2, 3), dt.date(2026, 2, 11), dt.date(2026, 2, 12)):
        CalendarDay.objects.create(day=day, reason_ky="токтом", reason_ru="указ")


def test_no_read_changes_what_was_stored_nor_shows_another_day(city, sign_in):
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        waiting = b.receive(city)
        running = receiving.issue_receipt(b.register(city), actor=city.city_registrar)
        b.consider(city, running)
    before = stored()
    assert running.answer_due_on == dt.date(2026, 2, 20)
    with clock.moved_to(b.moment("2026-02-06 10:00")):
        another_law()
        for user in (city.city_head, city.head, city.registrar, city.city_registrar):
            client = sign_in(user)
            pages = ["/", "/complaints/", "/complaints/?state=all", "/complaints/morning/", "/complaints/book/"]  # fmt: skip
            pages += ["/complaints/journal/?first=01.02.2026&last=28.02.2026", "/complaints/handed-in/"]  # fmt: skip
            for complaint in (waiting, running):
                pages += [complaint.get_absolute_url(), f"{complaint.get_absolute_url()}history/"]
            for path in pages:
                answer = client.get(path)
                assert answer.status_code == 200, path
            page = client.get(running.get_absolute_url()).content.decode()
            assert "2026-02-20" in page and "2026-02-18" not in page and "2026-02-24" not in page
            client.post("/search/", {"text": running.number}, follow=True)
        assert stored() == before
        late = set(Complaint.objects.overdue(clock.today()).values_list("pk", flat=True))
        assert late == {waiting.pk}
        registered = b.register(city, waiting)
    assert (registered.registration_due_on, registered.answer_due_on) == (dt.date(2026, 2, 3), dt.date(2026, 2, 24))  # fmt: skip


def test_later_steps_leave_the_days_as_they_were_stored(city):
    """Considered, answered, signed, sent, appealed: none of it counts again."""
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        running = b.register(city)
    days = [field for field in STORED if field != "version"]
    before = Complaint.objects.values_list(*days).get()
    with clock.moved_to(b.moment("2026-02-06 10:00")):
        another_law()
        complaint = b.consider(city, running)
        b.send(city, b.sign(city, complaint))
        assert Complaint.objects.values_list(*days).get() == before
