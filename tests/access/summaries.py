"""Case summaries: who works the case asks and reads, the head decides."""

from casework.models import CaseSummary, LegalGround
from core import clock

from .rows import Row
from .world import HEADS_OF_IT, KNOW_OF_IT, WORK_IT


def _summary(world):
    ground, _ = LegalGround.objects.get_or_create(
        code="court", defaults={"name_ky": "сот", "name_ru": "суд"}
    )
    found = CaseSummary.objects.filter(case=world.case).first()
    return {
        "pk": (
            found
            or CaseSummary.objects.create(
                case=world.case,
                recipient_text="сот",
                ground=ground,
                purpose="сот",
                sections=["children"],
                requested_by=world.responsible,
                requested_at=clock.now(),
            )
        ).pk
    }


ROWS = [
    Row(
        "summaries:ask",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"case": w.case.pk},
    ),
    Row("summaries:summary", opens=WORK_IT, kwargs=_summary),
    Row("summaries:decide", opens=HEADS_OF_IT, refuses=WORK_IT - HEADS_OF_IT, kwargs=_summary),
    Row("summaries:paper", opens=WORK_IT, kwargs=_summary, sees=set()),
]
