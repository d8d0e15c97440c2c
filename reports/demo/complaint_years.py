"""Three years of complaints in every office: planned by chance that is always the same, put in with their histories.

Rows are put in at once, in the state that they reached; numbers are taken in the order of the days, as the screens take
them. Their answers' papers are one blank page, but for the last of each office and those of reports.demo.complaints.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

from django.utils import timezone

from complaints.deadlines import answer_clock, registration_clock
from complaints.enums import (
    AnswerChannel,
    AnswerStatus,
    Channel,
    ComplaintLanguage,
    ComplaintState,
    Finding,
)
from complaints.models import Answer, AppealStep, Complaint, Considering, Forwarding, Point
from core.workdays import Calendar, due_on
from offices.models import Office, StandardVersion, User
from offices.working_calendar import working_calendar
from papers.check_codes import new_code
from papers.models import IssuedPaper, Journal, PaperKind

from .complaint_letters import lay_out_last
from .complaint_rows import RunOfNumbers, Years, blank_page, put_in
from .complaint_texts import ANSWER, EVIDENCE, LATE, MATTERS, WITHDRAWN, Matter
from .families import STREETS
from .names import House

CODES = ("lenin", "oktyabr", "pervomay", "sverdlov", "centre")
SHARES = (26, 30, 20, 16, 8)
# How often: registered late, answered late, withdrawn, appealed.
REGISTERED_LATE, ANSWERED_LATE, TAKEN_BACK, APPEALED = 0.08, 0.10, 0.04, 0.06


class Planner:
    """Makes the complaints of the years up to ``last``."""

    def __init__(self, first: dt.date, last: dt.date, seed: int = 1417) -> None:
        self.rng, self.first, self.last = Random(seed), first, last
        self.calendar: Calendar = working_calendar()
        self.days = [d for d in _days(first, last) if self.calendar.is_working_day(d)]
        self.offices = {office.code: office for office in Office.objects.all()}
        self.users = {user.username: user for user in User.objects.all()}
        self.standard = StandardVersion.objects.in_force(last)
        self.made = Years([], [], [], [], [], [], [])
        self.pdf = blank_page()
        self.numbers = RunOfNumbers()
        self.matters: dict[UUID, Matter] = {}

    def load(self, count: int, between: Callable[[dt.datetime], None] = lambda at: None) -> None:
        """Make ``count`` of them in the order of registration; ``between`` is told each moment before its number is taken."""
        begun = [self._received() for _ in range(count)]
        for complaint in sorted(begun, key=lambda c: c.registered_at):
            between(complaint.registered_at)
            self._register(complaint)
        self.numbers.settle()
        lay_out_last(self.made)
        put_in(self.made)

    def _received(self) -> Complaint:
        """A paper as it came, the day of its registration chosen; later years have more of them."""
        rng, code = self.rng, self.rng.choices(CODES, SHARES)[0]
        day = self.days[int(len(self.days) * rng.random() ** 0.62)]
        matter, is_russian = rng.choice(MATTERS), rng.random() < 0.35
        due = registration_clock(day, self.standard, self.calendar)
        late = rng.random() < REGISTERED_LATE
        registered = due_on(day, rng.choice((2, 2, 3, 4)), self.calendar).day if late else rng.choice((day, day, due.due_on))  # fmt: skip
        received_at = _at(day, 9, rng.randrange(0, 420))
        name = House(rng).mother() if rng.random() < 0.7 else House(rng).father()
        person = self.users[f"caseworker.{code}"] if rng.random() < 0.25 else None
        complaint = Complaint(
            received_office=self.offices[code],
            received_at=received_at,
            received_by=self.users[f"registrar.{code}"],
            channel=rng.choices(Channel.values, (50, 25, 10, 10, 5))[0],
            language=ComplaintLanguage.RUSSIAN if is_russian else ComplaintLanguage.KYRGYZ,
            complainant_name=f"{name.surname} {name.given} {name.patronymic}".strip(),
            complainant_address=f"Бишкек, {rng.choice(STREETS)} {rng.randrange(1, 180)}",
            complainant_phone=f"0{rng.choice((550, 700, 777))} 00 {rng.randrange(10, 99)} {rng.randrange(10, 99)}",
            substance=matter.substance[is_russian],
            subject=matter.subject,
            is_signed=True,
            dated_on=day - dt.timedelta(days=rng.randrange(0, 4)),
            about_office=self.offices[code],
            about_person=person,
            registration_due_on=due.due_on,
            registration_is_provisional=due.is_provisional,
            standard=self.standard,
            registered_at=_at(registered, 17, rng.randrange(5, 50)),
            registered_on=registered,
        )
        self.matters[complaint.pk] = matter
        return complaint

    def _register(self, complaint: Complaint) -> None:
        if complaint.registered_on > self.last:
            complaint.registered_at = complaint.registered_on = None
            self.made.complaints.append(complaint)
            return
        office, on = complaint.received_office, complaint.registered_on
        due = answer_clock(on, self.standard, self.calendar)
        complaint.state, complaint.registered_office = ComplaintState.REGISTERED, office
        complaint.registered_by = complaint.received_by
        complaint.answer_due_on, complaint.answer_soon_on = due.due_on, due.soon_on
        complaint.answer_is_provisional = due.is_provisional
        complaint.number = self.numbers.take(office, Journal.COMPLAINT, on=on)
        self.made.complaints.append(complaint)
        self._forward(complaint)
        sent_on, is_late = self._answered_on(complaint, on)
        is_given = due_on(on, 2, self.calendar).day <= self.last
        points = self._points(complaint, found=is_given and sent_on <= self.last)
        if not is_given:
            return
        self._give(complaint)
        if self.rng.random() < TAKEN_BACK:
            complaint.state, complaint.withdrawal_note = ComplaintState.WITHDRAWN, WITHDRAWN
            complaint.withdrawn_on = due_on(on, 2, self.calendar).day
        else:
            self._answer(complaint, sent_on, is_late, points)

    def _answered_on(self, complaint: Complaint, on: dt.date) -> tuple[dt.date, bool]:
        is_late = self.rng.random() < ANSWERED_LATE
        days = self.standard.complaint_answer_days
        count = self.rng.randrange(days + 1, days + 9) if is_late else self.rng.randrange(4, days + 1)  # fmt: skip
        return due_on(on, count, self.calendar).day, is_late

    def _forward(self, complaint: Complaint) -> None:
        at = complaint.registered_at
        read_on = due_on(complaint.registered_on, 1, self.calendar).day
        is_read = read_on <= self.last
        for code in ("city", complaint.about_office.code):
            head = self.users[f"head.{code}"]
            self.made.forwardings.append(
                Forwarding(
                    complaint=complaint,
                    office=self.offices[code],
                    forwarded_at=at,
                    acknowledged_by=head if is_read else None,
                    acknowledged_at=_at(read_on, 9, self.rng.randrange(0, 90)) if is_read else None,
                )
            )

    def _points(self, complaint: Complaint, *, found: bool) -> list[Point]:
        matter = self.matters[complaint.pk]
        is_russian = complaint.language == ComplaintLanguage.RUSSIAN
        points = [
            Point(complaint=complaint, position=n, text=words[is_russian])
            for n, words in enumerate(matter.points, 1)
        ]
        for point in points if found else ():
            usual = self.rng.random() < 0.6
            point.finding = matter.finding if usual else self.rng.choice(Finding.values[:3])
            point.evidence, point.found_by = EVIDENCE, self.users[f"head.{complaint.about_office.code}"]  # fmt: skip
            point.found_at = complaint.registered_at + dt.timedelta(days=3)
        self.made.points += points
        return points

    def _give(self, complaint: Complaint) -> None:
        """To the head, or to a worker whom it is not about."""
        code = complaint.about_office.code
        head = self.users[f"head.{code}"]
        person = self.users[f"caseworker2.{code}"] if self.rng.random() < 0.35 else head
        complaint.state, complaint.considered_by = ComplaintState.CONSIDERED, person
        at = _at(due_on(complaint.registered_on, 1, self.calendar).day, 11)
        self.made.turns.append(
            Considering(complaint=complaint, person=person, set_by=head, set_at=at)
        )

    def _answer(
        self, complaint: Complaint, sent_on: dt.date, is_late: bool, points: list[Point]
    ) -> None:
        if sent_on > self.last and self.rng.random() < 0.45:
            return
        code, is_russian = complaint.about_office.code, complaint.language == ComplaintLanguage.RUSSIAN  # fmt: skip
        head = self.users[f"head.{code}"]
        answer = Answer(complaint=complaint, text_ky=ANSWER[0], written_by=complaint.considered_by)
        answer.text_ru = ANSWER[1] if is_russian else ""
        self.made.answers.append(answer)
        if sent_on > self.last:
            return
        signed_at = _at(sent_on, 10)
        answer.submitted_at = answer.approved_at = answer.signed_at = signed_at
        answer.approved_by = answer.signed_by = head
        answer.text_sha256 = hashlib.sha256(answer.text_ky.encode()).hexdigest()
        answer.status, answer.sent_on = AnswerStatus.SENT, sent_on
        answer.channel = self.rng.choice(AnswerChannel.values)
        answer.sent_by = complaint.registered_by
        answer.late_reason = self.rng.choice(LATE) if is_late else ""
        answer.number = self.numbers.take(complaint.about_office, Journal.OUTGOING, on=sent_on)
        answer.paper = self._paper(answer, complaint.about_office)
        complaint.state = ComplaintState.ANSWERED
        unhappy = any(point.finding in (Finding.PARTLY, Finding.NOT_UPHELD) for point in points)
        if unhappy and self.rng.random() < APPEALED * 2:
            self._appeal(complaint, sent_on)

    def _paper(self, answer: Answer, office: Office) -> IssuedPaper:
        paper = IssuedPaper(
            kind=PaperKind.COMPLAINT_ANSWER,
            office=office,
            number=answer.number,
            issued_on=answer.sent_on,
            issued_at=answer.signed_at,
            issued_by=answer.sent_by,
            check_code=new_code(),
            pdf=self.pdf,
            sha256=hashlib.sha256(self.pdf).hexdigest(),
            pages=1,
        )
        self.made.papers.append(paper)
        return paper

    def _appeal(self, complaint: Complaint, sent_on: dt.date) -> None:
        filed_on = sent_on + dt.timedelta(days=self.rng.randrange(5, 25))
        decided_on = filed_on + dt.timedelta(days=self.rng.randrange(20, 40))
        if filed_on > self.last:
            return
        step = AppealStep(
            complaint=complaint,
            body="court" if self.rng.random() < 0.15 else "city_hall",
            filed_on=filed_on,
            recorded_by=complaint.registered_by,
            recorded_at=_at(filed_on, 15),
        )
        if decided_on <= self.last:
            step.outcome = self.rng.choice(("upheld", "partly", "refused", "refused"))
            step.decided_on = decided_on
        self.made.appeals.append(step)


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for n in range((last - first).days + 1):
        yield first + dt.timedelta(days=n)


def _at(day: dt.date, hour: int, minutes: int = 0) -> dt.datetime:
    moment = dt.datetime.combine(day, dt.time(hour)) + dt.timedelta(minutes=minutes)
    return timezone.make_aware(moment)
