"""What My day says of the register of dates, and of statements that wait for a signature."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting, saying
from offices.waiting_lines import KeptLines, Lines, lines_kept

from .accompaniment_enums import StatementStatus
from .models import Statement
from .tasks import due_on_my_day, late_with_others

_TASKS, _HELP = "tasks:list", "episodes:list"
_OF_CASE = "episode__case__number"


def due_waiting_for(user: User) -> Iterable[Waiting | KeptLines]:
    """At most two queries beside the common one; none for who has no cases and no episodes."""
    own = standing(user)
    if not own.has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD):
        return
    today = clock.today()
    for due in due_on_my_day(user):
        yield Waiting(
            due.words,
            due.url,
            section=Section.TODAY if due.on == today else Section.RUNNING_OUT,
            urgency=due.urgency,
            number=due.number,
            due_at=due.starts_at if due.on == today else None,
            due_on=due.on,
            rail=_TASKS,
        )
    if late := late_with_others(user):
        yield Waiting(
            _("Late in your office, with others"),
            reverse(_TASKS) + "?whose=office&when=late",
            section=Section.RUNNING_OUT,
            urgency=Urgency.LATE,
            count=late,
            rail=_TASKS,
        )
    yield from _statements(user)


@lines_kept
def _statements(user: User) -> Iterable[Lines]:
    own = standing(user)
    if own.has(Role.HEAD):
        waits = Statement.objects.to_countersign_by(user)
        words = _("A statement of accompaniment waits for your signature")
        say = saying(words, "statements:countersign", rail=_HELP)
        yield Lines(waits, say, at="signed_at", number=_OF_CASE)
    if own.has(Role.LAWYER, Role.CASEWORKER):
        yield _returned(user)


def _returned(user: User) -> Lines:
    """Own statements that came back and have not been signed anew."""
    newer = Statement.objects.filter(
        episode=OuterRef("episode"), signed_at__gt=OuterRef("signed_at")
    )
    mine = Statement.objects.visible_to(user).filter(
        ~Exists(newer), author=user, status=StatementStatus.RETURNED
    )
    words = _("A statement of accompaniment came back: read why")
    say = saying(words, "statements:statement", rail=_HELP, urgency=Urgency.SOON)
    return Lines(mine, say, at="signed_at", number=_OF_CASE)
