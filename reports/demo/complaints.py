"""The demo's complaints: one or two in every state, by the same services as the screens use."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from complaints.enums import AnswerChannel, AppealBody, Channel, ComplaintLanguage, Finding
from complaints.models import Complaint
from complaints.services import afterwards, answers, considering, receiving
from core import clock
from core.history import acting_as
from offices.models import Office, User

from .complaint_book import load_book
from .complaint_years import Planner
from .families import LAST_DAY


@dataclass(frozen=True)
class ComplaintPlan:
    """One paper: when it came, about whom, how far it got (``until``), and how many days each step took."""

    at: str
    office: str
    name: str
    address: str
    phone: str
    substance: str
    points: tuple[str, ...]
    until: str
    language: str = ComplaintLanguage.KYRGYZ
    channel: str = Channel.IN_PERSON
    person: str = ""
    findings: tuple[str, ...] = ()
    text_ky: str = ""
    text_ru: str = ""
    sent_after: int = 10


FIRST_DAY = dt.date(2023, 11, 20)
COUNT = 720
STEPS = ("received", "registered", "considered", "written", "approved", "signed", "sent")
TURNS = (
    "Очередсиз тейлениши керек болгон адам кезекте күттүрүлгөн.",
    "Стандартта жок кагаз талап кылынган.",
)
ANSWER_KY = "Даттанууңуз каралды. Орун алган кемчиликтер үчүн кечирим сурайбыз, кызматкерге кайталап нускама өткөрүлдү."
ANSWER_RU = "Ваша жалоба рассмотрена. Приносим извинения за допущенные нарушения, с сотрудником проведён повторный инструктаж."

PLANS = (
    ComplaintPlan(
        "2025-12-30 17:20", "oktyabr", "Рахимов Алишер Ўктам ўғли",
        "Бишкек, ул. Токомбаева, 1А, кв. 12", "+996 700 00 11 22",
        "Заставили ждать два часа, хотя жена на восьмом месяце; требовали справку о составе семьи, «иначе не примем».",
        ("Не приняли вне очереди льготную категорию.", "Потребовали документ, которого нет в стандарте."),
        "sent", ComplaintLanguage.RUSSIAN, Channel.POST, "caseworker.oktyabr",
        (Finding.UPHELD, Finding.UPHELD), ANSWER_KY, ANSWER_RU, 28,
    ),
    ComplaintPlan(
        "2026-09-14 10:05", "lenin", "Асанова Жыпар Эркиновна", "Бишкек ш., Чүй проспектиси, 21-15", "0555 00 41 07",
        "Психологго жазылууга үч жолу келдим, ар жолу башка күнгө жылдырышты.", (TURNS[0],),
        "sent", findings=(Finding.PARTLY,), text_ky=ANSWER_KY, sent_after=9,
    ),
    ComplaintPlan(
        "2026-10-27 09:30", "pervomay", "Никитин Олег Петрович", "г. Бишкек, ул. Ибраимова, 40, кв. 3", "0312 00 51 18",
        "В коридоре нет мест для ожидания, с ребёнком стояли больше часа.", ("Нет мест для ожидания.",),
        "considered", ComplaintLanguage.RUSSIAN, Channel.POST,
    ),
    ComplaintPlan(
        "2026-11-03 11:15", "sverdlov", "Турдалиев Канат", "Бишкек ш., Үсөнбаев көчөсү, 7", "0777 00 12 90",
        "Кызматкер орой сүйлөдү, баланын көзүнчө кыйкырды.", ("Кызматкердин орой мамилеси.",),
        "written", person="caseworker.sverdlov", findings=(Finding.UPHELD,), text_ky=ANSWER_KY,
    ),
    ComplaintPlan(
        "2026-11-05 14:40", "oktyabr", "Ким Светлана", "г. Бишкек, мкр. 6, д. 11, кв. 40", "0700 00 60 21",
        "Телефон доверия не отвечал сорок минут.", ("Не ответили по телефону доверия.",),
        "signed", ComplaintLanguage.RUSSIAN, Channel.EMAIL, findings=(Finding.NOT_UPHELD,),
        text_ky=ANSWER_KY, text_ru=ANSWER_RU,
    ),
    ComplaintPlan(
        "2026-11-16 16:10", "centre", "Эсен уулу Нурлан", "Бишкек ш., Карасаев көчөсү, 12", "0550 00 77 31",
        "Борбордо баламдын психологго кезеги бир ай күттүрүлдү.", ("Психологго кезек өтө узак.",), "registered",
    ),
    ComplaintPlan(
        "2026-11-17 15:30", "lenin", "Дүйшөнкулова Сайкал", "Бишкек ш., Фучик көчөсү, 3", "0702 00 14 14",
        "Социалдык кызматкер убада кылган күнү келген жок.", ("Убада кылынган жолугушуу болгон жок.",), "received",
        person="caseworker2.lenin",
    ),
    ComplaintPlan(
        "2026-11-20 09:20", "oktyabr", "Саадатова Мээрим", "Бишкек ш., Жибек Жолу, 300", "0709 00 33 02",
        "Башкармалыктын башчысы кабыл алуудан баш тартты.", ("Башчы кабыл алган жок.",), "received",
        person="head.oktyabr",
    ),
)  # fmt: skip
# No signature and no address: the second paper of New Year's Eve.
INCOMPLETE = ComplaintPlan(
    "2025-12-30 17:25", "oktyabr", "Абдиев", "", "0700 00 19 03",
    "Кезек бербейт, эмне үчүн?", ("Кезек берилбейт.",), "incomplete",
)  # fmt: skip


class _City:
    def __init__(self) -> None:
        self.offices = {office.code: office for office in Office.objects.all()}
        self.users = {user.username: user for user in User.objects.all()}


def load_complaints(count: int = COUNT) -> int:
    """Make the demo's complaints; how many there are then.

    Those told above go the way of the services at their time, among ``count`` others of three years, so that the numbers follow the days.
    """
    city, waiting = _City(), sorted((*PLANS, INCOMPLETE), key=lambda plan: plan.at)
    planner = Planner(FIRST_DAY, LAST_DAY)

    def catch_up(at: dt.datetime) -> None:
        while waiting and _at(waiting[0].at, days=1) < at:
            planner.numbers.settle()
            _make(city, waiting.pop(0))

    planner.load(count, catch_up)
    catch_up(_at("2100-01-01 00:00"))
    load_book(FIRST_DAY, LAST_DAY)
    return Complaint.objects.count()


def _at(text: str, days: int = 0, hours: int = 0) -> dt.datetime:
    """So many days and hours after it came, always within a working morning or the minute itself."""
    at = timezone.make_aware(dt.datetime.fromisoformat(text))
    return at + dt.timedelta(days=days, hours=hours)


def _do(at: dt.datetime, actor: User, action: Any, *args: Any, **kwargs: Any) -> Any:
    with clock.moved_to(at), acting_as(actor):
        return action(*args, **kwargs, actor=actor)


def _make(city: _City, plan: ComplaintPlan) -> None:
    registrar = city.users[f"registrar.{plan.office}"]
    handed = _handed_in(city, plan)
    complaint = _do(
        _at(plan.at), registrar, receiving.log_receipt, handed, office=city.offices[plan.office]
    )
    if plan.until == "incomplete":
        _do(
            _at(plan.at, hours=1),
            registrar,
            receiving.keep_incomplete,
            complaint,
            handed,
            plan.points,
            note="Телефон аркылуу эмне жетишпегени айтылды: дарек жана кол тамга.",
            seen=0,
        )
        return
    reached = STEPS.index(plan.until)
    if reached >= STEPS.index("registered"):
        complaint = _do(_at(plan.at, days=1, hours=-6), registrar, receiving.register_complaint, complaint, handed, plan.points, seen=0)  # fmt: skip
    if reached >= STEPS.index("considered"):
        _consider(city, plan, complaint, reached)


def _handed_in(city: _City, plan: ComplaintPlan) -> receiving.HandedIn:
    at = _at(plan.at)
    return receiving.HandedIn(
        received_at=at,
        channel=plan.channel,
        language=plan.language,
        complainant_name=plan.name,
        complainant_address=plan.address,
        complainant_phone=plan.phone,
        substance=plan.substance,
        is_signed=bool(plan.address),
        dated_on=clock.local(at).date() - dt.timedelta(days=1),
        about_office=city.offices[plan.office],
        about_person=city.users[plan.person] if plan.person else None,
    )


def _consider(city: _City, plan: ComplaintPlan, complaint: Complaint, reached: int) -> None:
    head, registrar = city.users[f"head.{plan.office}"], city.users[f"registrar.{plan.office}"]
    for forwarding in complaint.forwardings.filter(office=complaint.about_office):
        _do(_at(plan.at, days=1), head, receiving.acknowledge_forwarding, forwarding)
    complaint = _do(_at(plan.at, days=1), head, considering.set_considering, complaint, head)
    if reached < STEPS.index("written"):
        return
    for point, finding in zip(complaint.points.all(), plan.findings, strict=True):
        _do(_at(plan.at, days=3), head, considering.record_finding, point, finding=finding, evidence="Кабыл алуу журналы жана кызматкердин түшүндүрмөсү.")  # fmt: skip
    due = clock.local(_at(plan.at, days=20)).date()
    _do(_at(plan.at, days=3), head, considering.set_measure, complaint, text="Кызматкерге нускама өткөрүү", who="Башкармалыктын башчысы", due_on=due)  # fmt: skip
    texts = {"text_ky": plan.text_ky, "text_ru": plan.text_ru}
    _do(_at(plan.at, days=4), head, answers.write_answer, complaint, **texts, is_finished=True)
    complaint = Complaint.objects.get(pk=complaint.pk)
    if reached < STEPS.index("approved"):
        return
    _do(_at(plan.at, days=5), head, answers.approve_answer, complaint)
    complaint = Complaint.objects.get(pk=complaint.pk)
    seen = answers.answer_digest(complaint.answer)
    _do(_at(plan.at, days=6), head, answers.sign_answer, complaint, seen=seen)
    complaint = Complaint.objects.get(pk=complaint.pk)
    if reached < STEPS.index("sent"):
        return
    sent_at = _at(plan.at, days=plan.sent_after, hours=-6)
    day = clock.local(sent_at).date()
    late = complaint.is_overdue(day)
    _do(
        sent_at,
        registrar,
        answers.send_answer,
        complaint,
        channel=AnswerChannel.REGISTERED_POST,
        sent_on=day,
        late_reason="Кызматкер ооруп калды." if late else "",
    )
    if plan.language == ComplaintLanguage.RUSSIAN:
        _appeal(plan, complaint, registrar)


def _appeal(plan: ComplaintPlan, complaint: Complaint, registrar: User) -> None:
    complaint = Complaint.objects.get(pk=complaint.pk)
    filed = _at(plan.at, days=37, hours=-6)
    _do(
        filed,
        registrar,
        afterwards.record_appeal,
        complaint,
        body=AppealBody.CITY_HALL,
        filed_on=clock.local(filed).date(),
    )
