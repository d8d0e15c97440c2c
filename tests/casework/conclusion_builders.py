"""Builders of conclusions and releases in each of their states."""

import datetime as dt
import hashlib
import itertools

from casework.enums import Capacity, ConclusionStatus, ReleaseForm
from casework.models import (
    Conclusion,
    ConclusionMethod,
    Consent,
    LegalGround,
    PsychologicalMethod,
    Release,
)
from casework.services.conclusions import sign_conclusion, text_digest
from core import clock
from papers.check_codes import new_code
from papers.models import IssuedPaper, PaperKind
from tests.builders import make_episode, make_head

_serial = itertools.count(1)

KYRGYZ = {
    "question_ky": "Баланын эмоционалдык абалы жана окуудан качуусунун мүмкүн болгон себептери кандай?",
    "conditions_ky": "Үч жолугушуу, Борбордун бөлмөсүндө.",
    "social_history_ky": "Энесинин айтуусу боюнча бала өгөй атасы менен жашайт.",
    "observation_ky": "Байланышка акырындап чыгат, көңүлү чөгүңкү.",
    "results_ky": "Тынчсыздануунун деңгээли жогору.",
    "findings_ky": "Окуудан качуу үйдөгү абал менен байланыштуу болушу мүмкүн.",
    "recommendations_ky": "Психолог менен жолугушууларды улантуу.",
}
RUSSIAN = {
    "question_ru": "Каково эмоциональное состояние ребёнка и возможные причины пропусков занятий?",
    "conditions_ru": "Три встречи, в кабинете Центра.",
    "social_history_ru": "Со слов матери, ребёнок живёт с отчимом.",
    "observation_ru": "На контакт идёт постепенно, настроение снижено.",
    "results_ru": "Уровень тревожности высокий.",
    "findings_ru": "Пропуски занятий могут быть связаны с обстановкой дома.",
    "recommendations_ru": "Продолжить встречи с психологом.",
}


def make_method(code="", **fields):
    n = next(_serial)
    fields.setdefault("name_ky", f"{n}-методика")
    fields.setdefault("name_ru", f"Методика {n}")
    return PsychologicalMethod.objects.create(code=code or f"method{n}", **fields)


def make_consent(episode, **fields):
    fields.setdefault("given_on", dt.date(2026, 11, 23))
    fields.setdefault("capacity", Capacity.MOTHER)
    return Consent.objects.create(
        person=episode.person, case=episode.case, recorded_by=episode.case.responsible, **fields
    )


def make_conclusion(episode=None, *, is_complete=True, **fields):
    """A draft of the episode's specialist; complete in both languages unless told otherwise."""
    episode = episode or make_episode()
    if is_complete:
        fields = {**KYRGYZ, **RUSSIAN, **fields}
        fields.setdefault("consent", make_consent(episode))
    fields.setdefault("author", episode.specialist)
    conclusion = Conclusion.objects.create(episode=episode, **fields)
    if is_complete:
        ConclusionMethod.objects.create(conclusion=conclusion, method=make_method())
    return conclusion


def make_signed_conclusion(episode=None, **fields):
    conclusion = make_conclusion(episode, **fields)
    seen = text_digest(conclusion)
    return sign_conclusion(conclusion, seen=seen, waives_russian=True, actor=conclusion.author)


def make_paper(office, number, head, kind=PaperKind.CONCLUSION, **fields):
    """An issued paper whose bytes are a stand-in: nothing is laid out."""
    content = f"%PDF-1.7 {number}".encode()
    return IssuedPaper.objects.create(
        kind=kind,
        office=office,
        number=number,
        issued_on=clock.today(),
        issued_by=head,
        check_code=new_code(),
        pdf=content,
        sha256=hashlib.sha256(content).hexdigest(),
        pages=1,
        **fields,
    )


def make_countersigned_conclusion(episode=None, head=None, **fields):
    """Countersigned without laying a paper out."""
    conclusion = make_signed_conclusion(episode, **fields)
    office = conclusion.episode.office
    head = head or make_head(office)
    conclusion.paper = make_paper(office, conclusion.number, head)
    conclusion.status = ConclusionStatus.COUNTERSIGNED
    conclusion.countersigned_by, conclusion.countersigned_at = head, clock.now()
    conclusion.save()
    return conclusion


def make_returned_conclusion(episode=None, reason="Корутунду так эмес", **fields):
    conclusion = make_signed_conclusion(episode, **fields)
    conclusion.status, conclusion.return_reason = ConclusionStatus.RETURNED, reason
    conclusion.returned_by, conclusion.returned_at = conclusion.author, clock.now()
    conclusion.save()
    return conclusion


def make_ground(**fields):
    n = next(_serial)
    fields.setdefault("name_ky", f"{n}-негиз")
    fields.setdefault("name_ru", f"Основание {n}")
    return LegalGround.objects.create(code=fields.pop("code", f"ground{n}"), **fields)


def make_release(conclusion=None, **fields):
    """A request by the case's responsible worker that waits for a decision."""
    conclusion = conclusion or make_countersigned_conclusion()
    case = conclusion.episode.case
    fields.setdefault("form", ReleaseForm.FULL)
    fields.setdefault("recipient_text", "№ 57 мектеп-гимназиясы")
    fields.setdefault("ground", LegalGround.objects.first() or make_ground())
    fields.setdefault("purpose", "Мектептин суроо-талабы")
    fields.setdefault("requested_by", case.responsible)
    return Release.objects.create(
        case=case, conclusion=conclusion, requested_at=clock.now(), **fields
    )
