"""Two years of calls to the trust lines, a few that are open now, and who is on duty. Through the services, as the screens do."""

import datetime as dt
from dataclasses import replace
from random import Random

from django.db import transaction

from casework.enums import BasisKind
from casework.services.new_case import Basis
from core import clock
from core.history import acting_as
from intake.enums import CallerKind, CallNature
from intake.models import CallTopic, HotlineCall
from intake.services import call_steps as steps
from intake.services.applications import register_application
from intake.services.call_joining import join_calls
from intake.services.calls import (
    KnownInCall,
    Said,
    register_call,
    register_consultation,
    register_empty_call,
)
from intake.services.duty import set_shift
from intake.services.new_application import begun_with
from intake.sources import KINDS as SOURCES
from intake.sources import Source
from offices.models import Office, User
from offices.standing import settle

from .families import BISHKEK, LAST_DAY, SETTLEMENTS, STREETS

OFFICES = ["lenin", "oktyabr", "pervomay", "sverdlov"]
COUNT = 200
MINUTE = dt.timedelta(minutes=1)
# How a call went and how often; a silent call is the commonest, as in the national line's report.
KINDS = ["blank"] * 5 + ["prank"] * 3 + ["consultation"] * 5 + ["passed"] * 2
KINDS += ["visit"] * 4 + ["nothing"] + ["late"]
VISITS = [
    ("violence", "Кошуналар үйдөн баланын ыйлаганын, урушканын угуп жатышат.", "Апасы менен өгөй атасы урушкан. Эки бала үйдө, дене жаракаты жок, коркуп калышкан. Милиция келди, апасы балдары менен эжесиникине кетти."),
    ("neglect", "Кичинекей бала эшиктин алдында жалгыз, үйдө эч ким жок окшойт.", "Бала 4 жашта, апасы дүкөнгө чыккан. Үйү жылуу, тамагы бар. Апасы менен сүйлөшүү өттү."),
    ("violence", "Отец пьяный, кричит, дети плачут, боюсь за них.", "Отец в состоянии опьянения, мать и трое детей у соседей. Участковый составил протокол, семья согласилась на помощь."),
    ("missing", "Уул мектептен келген жок, телефону өчүк.", "Бала классташынын үйүнөн табылды, ата-энесине тапшырылды. Үйгө барууга коркот, психологго жөнөтүлөт."),
    ("neglect", "Балдар базардын жанында кайыр сурап жүрүшөт, бири жылаңайлак.", "Эки бир тууган, 8 жана 11 жашта. Ата-энеси мигрант, чоң энеси менен жашашат. Чоң энесине тапшырылды."),
]  # fmt: skip
ASKED = [
    ("social_help", "Көп балалуу үй-бүлөгө кандай жөлөкпул берилет, кайда кайрылса болот?"),
    ("upbringing", "Сын-подросток не слушается, уходит из дома вечерами. Как с ним говорить?"),
    ("education", "Баласын класста кордошот, мугалим көңүл бурбайт дейт."),
    ("documents", "Баланын туулгандыгы тууралуу күбөлүгүн кантип алса болот?"),
    ("distress", "Девочка говорит, что ей грустно и не с кем поговорить. Долгий разговор."),
]
LATE = ["Жолдо тыгын болду, экипаж башка чакыруудан кайтты.", "Адрес был назван неточно, искали дом."]  # fmt: skip
SIGNALS = [(4, "Балкондо кичинекей бала жалгыз ыйлап жатат, терезе ачык."), (22, "Соседка слышит крики и удары, там двое детей."), (48, "Мас эркек балдарды үйгө киргизбей жатат.")]  # fmt: skip

NEIGHBOURS = ("За стеной второй час кричат, плачет девочка, мать, кажется, пьяна.", "Кошуна үйдө бала ыйлап, идиш-аяк сынып жатат.")  # fmt: skip
FOUND = "Девочка около 7 лет и мальчик младше двух лет. Мать нетрезва, документов нет. Дети переданы бабушке, участковый составил протокол."  # fmt: skip
CHILDREN = (
    KnownInCall(given_name="Айым", sex="female", description="7 жашта"),
    KnownInCall(description="Эки жашка чыга элек уул", sex="male"),
)


class Lines:
    """The trust lines of the four districts with everybody who answers them."""

    def __init__(self) -> None:
        self.rng = Random(20260)
        self.offices = {office.code: office for office in Office.objects.all()}
        self.users = {user.username: user for user in User.objects.all()}
        self.topics = {topic.code: topic for topic in CallTopic.objects.all()}
        for user in self.users.values():
            settle(user)

    def place(self, office: str) -> str:
        house, flat = self.rng.randrange(1, 240), self.rng.randrange(1, 90)
        street, near = self.rng.choice(STREETS), self.rng.choice(SETTLEMENTS[office])
        return f"{near}, {street} көчөсү, {house}-үй, {flat}-батир"

    def said(self, office: str, topic: str, what: str) -> Said:
        kind = self.rng.choice(["unknown", "woman", "woman", "man", "girl", "boy"])
        known = kind != CallerKind.UNKNOWN and self.rng.random() < 0.4
        phone = f"0{self.rng.choice([555, 700, 772])} {self.rng.randrange(10**6):06d}"
        return Said(
            what,
            self.place(office),
            caller_kind=kind,
            caller_phone=phone if known else "",
            topic=self.topics[topic],
        )


@transaction.atomic
def load_calls(count: int = COUNT) -> int:
    """Make the calls and the roster; how many calls there are then."""
    lines = Lines()
    last = dt.datetime.combine(LAST_DAY, dt.time(18), tzinfo=BISHKEK)
    moments = sorted(last - dt.timedelta(minutes=lines.rng.randrange(730 * 1440)) for _n in range(count))  # fmt: skip
    for number, at in enumerate(moments):
        _past_call(lines, OFFICES[number % 4], lines.rng.choice(KINDS), at)
    for office in OFFICES:
        _roster(lines, office)
    for office in ("sverdlov", "lenin"):
        _last_night(lines, office)
    _tonight(lines)
    return HotlineCall.objects.count()


def _past_call(lines: Lines, office: str, kind: str, at: dt.datetime) -> None:
    operator = lines.users[f"operator.{office}"]
    with clock.moved_to(at), acting_as(operator):
        if kind in ("blank", "prank"):
            call = register_empty_call(lines.offices[office], kind, actor=operator)
        elif kind == "consultation":
            topic, what = lines.rng.choice(ASKED)
            said = lines.said(office, topic, what)
            call = register_consultation(lines.offices[office], said, actor=operator)
        else:
            topic, what, found = lines.rng.choice(VISITS)
            said = lines.said(office, topic, what)
            call = register_call(lines.offices[office], said, actor=operator)
            _gone_out(lines, call, operator, kind, at, found)
    if kind in ("blank", "prank", "nothing"):
        head = lines.users[f"head.{office}"]
        next_day = at.replace(hour=9, minute=20) + dt.timedelta(days=1)
        if next_day.date() <= LAST_DAY:
            with clock.moved_to(next_day), acting_as(head):
                steps.look_through(call, actor=head)


def _gone_out(
    lines: Lines, call: HotlineCall, operator: User, kind: str, at: dt.datetime, found: str
) -> None:
    rng = lines.rng
    if kind == "passed":
        with clock.moved_to(at + 4 * MINUTE):
            steps.pass_call(call, to="police", text="102, кезметчи", actor=operator)
        with clock.moved_to(at + rng.randrange(20, 55) * MINUTE):
            steps.arrive(call, whose="Милициянын экипажы", actor=operator)
            steps.end_call(call, outcome="passed", actor=operator)
        return
    minutes = rng.randrange(64, 95) if kind == "late" else rng.randrange(18, 58)
    worker = lines.users[f"{rng.choice(['caseworker', 'caseworker2'])}.{call.office.code}"]
    with clock.moved_to(at + rng.randrange(3, 12) * MINUTE):
        steps.send_team(call, team=[worker], actor=operator)
    with clock.moved_to(at + minutes * MINUTE):
        reason = rng.choice(LATE) if kind == "late" else ""
        call = steps.arrive(call, late_reason=reason, actor=operator)
    with clock.moved_to(at + (minutes + 40) * MINUTE):
        if kind == "nothing":
            steps.end_call(call, outcome="nothing_found", text="Дарек боюнча эч ким ачкан жок, тынч.", actor=operator)  # fmt: skip
            return
        people = (KnownInCall(description="Үйдөгү бала"),)
        call = steps.record_findings(
            call, findings=found, people=people, seen=call.version, actor=operator
        )
        steps.end_call(call, outcome="visit", actor=operator)


def _roster(lines: Lines, office: str) -> None:
    """The nights of a fortnight, by turns."""
    head = lines.users[f"head.{office}"]
    people = [lines.users[f"{who}.{office}"] for who in ("caseworker", "operator", "caseworker2")]
    today = clock.midnight(clock.today())
    for turn, days in enumerate(range(-3, 12)):
        evening = today + dt.timedelta(days=days, hours=18)
        set_shift(
            lines.offices[office],
            people[turn % 3],
            starts_at=evening,
            ends_at=evening + dt.timedelta(hours=15),
            phone=f"0555 0{turn % 3 + 1} 0{turn % 3 + 1} 22",
            actor=head,
        )


def _last_night(lines: Lines, office: str) -> None:
    """Two neighbours about one door; what the team found became an application in the morning, its paper awaited."""
    operator, worker = lines.users[f"operator.{office}"], lines.users[f"caseworker.{office}"]
    at = clock.now() - 10 * 60 * MINUTE
    said = lines.said(office, "violence", NEIGHBOURS[0])
    with clock.moved_to(at), acting_as(operator):
        call = register_call(lines.offices[office], said, actor=operator)
    with clock.moved_to(at + 6 * MINUTE), acting_as(operator):
        steps.send_team(call, team=[worker], actor=operator)
    with clock.moved_to(at + 15 * MINUTE), acting_as(operator):
        again = replace(said, what=NEIGHBOURS[1], caller_phone="", caller_kind="unknown")
        second = register_call(lines.offices[office], again, actor=operator)
        call = join_calls(second, call, actor=operator)
    with clock.moved_to(at + 41 * MINUTE), acting_as(worker):
        call = steps.arrive(call, actor=worker)
    with clock.moved_to(at + 75 * MINUTE), acting_as(worker):
        call = steps.record_findings(
            call, findings=FOUND, people=CHILDREN, found_address=said.where, seen=call.version, actor=worker
        )  # fmt: skip
        steps.end_call(call, outcome="visit", actor=worker)
    with clock.moved_to(clock.now() - 65 * MINUTE), acting_as(worker):
        until = clock.today() + dt.timedelta(days=3)
        head = lines.users[f"head.{office}"]
        word = Basis(BasisKind.AWAITED, awaited_until=until, allowed_by=head)
        new = begun_with(call.carried(), basis=word)
        register_application(new, actor=worker, source=Source(SOURCES["call"], call))


def _tonight(lines: Lines) -> None:
    """What stands on two boards when the city has just been built: a new one, one on its way, one where the team is."""
    for office in ("sverdlov", "lenin"):
        operator, now = lines.users[f"operator.{office}"], clock.now()
        worker = lines.users[f"caseworker.{office}"]
        for minutes, what in reversed(SIGNALS):
            with clock.moved_to(now - minutes * MINUTE), acting_as(operator):
                said = lines.said(office, "violence", what)
                call = register_call(lines.offices[office], said, actor=operator)
            if minutes > 10:
                with clock.moved_to(now - (minutes - 6) * MINUTE), acting_as(operator):
                    steps.send_team(call, team=[worker], actor=operator)
            if minutes > 40:
                with clock.moved_to(now - 9 * MINUTE), acting_as(operator):
                    steps.arrive(call, actor=operator)
    with acting_as(lines.users["operator.sverdlov"]):
        register_empty_call(lines.offices["sverdlov"], CallNature.BLANK, actor=lines.users["operator.sverdlov"])  # fmt: skip
