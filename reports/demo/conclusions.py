"""Signed conclusions of the demo city: believable texts in both languages, through the real signing."""

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from casework.enums import Capacity, Relation
from casework.models import Case, ConclusionMethod, Episode, PsychologicalMethod
from casework.services.conclusions import (
    begin_conclusion,
    countersign_conclusion,
    sign_conclusion,
    text_digest,
)
from casework.services.consents import record_consent
from casework.services.episodes import complete_episode
from core import clock
from core.history import acting_as

if TYPE_CHECKING:
    from .city import City

METHODS = ["observation", "talk", "family_drawing", "imaginary_animal"]
WHY_OUTSIDE = {
    "age_reason_ky": "Жаш курагына ылайыкташтырылып колдонулду.",
    "age_reason_ru": "Применено с поправкой на возраст.",
}
# field → variants of (Kyrgyz, Russian)
TEXTS = {
    "question": [
        (
            "Баланын эмоционалдык абалы кандай? Окуудан баш тартуусунун мүмкүн болгон себептери кандай?",
            "Каково эмоциональное состояние ребёнка? Каковы возможные причины отказа от учёбы?",
        ),
        (
            "Үй-бүлөдөгү кырдаал баланын абалына кандай таасир этиши мүмкүн? Ага кандай жардам керек?",
            "Как семейная ситуация может влиять на состояние ребёнка? Какая помощь ему нужна?",
        ),
    ],
    "child_assent": [("Бала сүйлөшүүгө өзү макул болду.", "Ребёнок сам согласился на беседу.")],
    "social_history": [
        (
            "Апасынын айтымында, үй-бүлө ижарада турат, акыркы жылы эки жолу көчкөн. Мектептин маалыматы боюнча, мурда жакшы окучу.",
            "Со слов матери, семья снимает жильё, за последний год дважды переезжала. По сведениям школы, раньше учился хорошо.",
        ),
        (
            "Чоң энесинин айтымында, ата-энеси бир жылдан бери бөлөк турат. Бала атасын сагынат.",
            "Со слов бабушки, родители год живут раздельно. Ребёнок скучает по отцу.",
        ),
    ],
    "observation": [
        (
            "Байланышка акырындык менен кирди, көзгө карабайт, акырын сүйлөйт. Сүрөт тартканда жанданат. 25 мүнөттөн кийин чарчады.",
            "В контакт вступал постепенно, глаз избегает, говорит тихо. За рисованием оживляется. Через 25 минут устал.",
        ),
        (
            "Байланышка ачык, бирок үй-бүлө жөнүндө суроолордо унчукпай калат. Тынчы жок, колун ордуна коё албайт.",
            "В контакте открыт, но на вопросах о семье замолкает. Беспокоен, не находит места рукам.",
        ),
    ],
    "results": [
        (
            "Көңүл буруусу туруксуз, эс тутуму жаш курагына ылайык. Сүрөттөрдө тынчсызданууга мүнөздүү белгилер байкалат. Өзүнө берген баасы төмөн. Теңтуштары менен мамилеси чектелүү.",
            "Внимание неустойчиво, память соответствует возрасту. В рисунках заметны признаки, характерные для тревоги. Самооценка снижена. Общение со сверстниками ограничено.",
        ),
    ],
    "findings": [
        (
            "Баланын эмоционалдык абалы туруксуз, тынчсыздануунун деңгээли жогорулаган болушу мүмкүн. Окуудан баш тартуусу үйдөгү чыңалуу менен байланыштуу болушу ыктымал.",
            "Эмоциональное состояние ребёнка неустойчиво, уровень тревоги может быть повышен. Отказ от учёбы может быть связан с напряжением дома.",
        ),
    ],
    "recommendations": [
        (
            "Балага: жумасына бир жолку сессиялар. Ата-энеге: жазалоодон баш тартуу, күн тартибин туруктуу кармоо. Мектепке: суроону тактада эмес, жеке берүү.",
            "Ребёнку: занятия раз в неделю. Родителям: отказаться от наказаний, держать распорядок дня. Школе: спрашивать не у доски, а наедине.",
        ),
    ],
}


def conclude(
    city: "City", case: Case, episode: Episode, at: dt.datetime, *, countersign: bool
) -> None:
    """Consent, draft, signature at ``at``, the head's signature the day after, and the episode completed."""
    rng: Random = city.rng
    psychologist, head = episode.specialist, city.users["head.centre"]
    with clock.moved_to(at - dt.timedelta(days=5)), acting_as(psychologist):
        record_consent(episode.person, case, _consent(case), actor=psychologist)
    with clock.moved_to(at - dt.timedelta(hours=2)), acting_as(psychologist):
        conclusion = begin_conclusion(episode, actor=psychologist)
        for name, variants in TEXTS.items():
            ky, ru = rng.choice(variants)
            setattr(conclusion, f"{name}_ky", ky)
            setattr(conclusion, f"{name}_ru", ru)
        conclusion.save()
        age = episode.person.age_on(clock.today())
        for method in PsychologicalMethod.objects.filter(code__in=METHODS):
            reasons = {} if method.suits(age) else WHY_OUTSIDE
            ConclusionMethod.objects.get_or_create(
                conclusion=conclusion, method=method, defaults=reasons
            )
    with clock.moved_to(at), acting_as(psychologist):
        conclusion = sign_conclusion(
            conclusion, seen=text_digest(conclusion), waives_russian=True, actor=psychologist
        )
    if not countersign:
        return
    with clock.moved_to(at + dt.timedelta(days=1)), acting_as(head):
        countersign_conclusion(conclusion, actor=head)
    with clock.moved_to(at + dt.timedelta(days=2)), acting_as(psychologist):
        episode.refresh_from_db()
        complete_episode(episode, seen=episode.version, actor=psychologist)


def _consent(case: Case) -> dict[str, object]:
    mother = case.family.members.filter(relation=Relation.MOTHER).select_related("person").first()
    if mother is None:
        return {"ground_without": "Балдар иштери боюнча комиссиянын чечими"}
    return {
        "given_by": mother.person,
        "capacity": Capacity.MOTHER,
        "to_help": True,
        "to_data": True,
        "is_written": True,
        "given_on": clock.today(),
    }
