"""What a person may do with accompaniments, orders, drafted documents, statements and tasks. docs/permissions.md has the table.

Legal and social help are worked by the episode's specialist while it is in progress; everybody else who reads them reads.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .accompaniment_enums import KINDS_OF, RECORDED, StatementStatus, TaskStatus
from .enums import CaseStage, EpisodeKind, EpisodeStatus
from .episode_permissions import can_lead_meetings, ties_of
from .models import Accompaniment, Case, Episode, ProtectionOrder, Statement, Task
from .permissions import can_work_case, works_with_case

_OVER = (EpisodeStatus.COMPLETED, EpisodeStatus.ENDED)


def can_add_accompaniment(user: User, episode: Episode) -> bool:
    """Legal and social help, by its specialist while it is in progress."""
    return episode.kind in KINDS_OF and can_lead_meetings(user, episode)


def holds_accompaniment(user: User, accompaniment: Accompaniment) -> bool:
    """Whether it lies in the file of an episode in progress that ``user`` gives."""
    return any(can_lead_meetings(user, episode) for episode in accompaniment.episodes.all())


def is_settled_for_good(accompaniment: Accompaniment) -> bool:
    """Whether what it says is what some help was completed or ended with; it stays as it is then."""
    return accompaniment.status in RECORDED and any(
        episode.status in _OVER for episode in accompaniment.episodes.all()
    )


def can_change_accompaniment(user: User, accompaniment: Accompaniment) -> bool:
    """Another day, another court: while it is planned."""
    return accompaniment.is_planned and holds_accompaniment(user, accompaniment)


def can_cancel_accompaniment(user: User, accompaniment: Accompaniment) -> bool:
    return can_change_accompaniment(user, accompaniment)


def can_record_accompaniment(user: User, accompaniment: Accompaniment) -> bool:
    """Write down how it went, or mend that, until some help has been completed or ended with it."""
    is_open = accompaniment.is_planned or accompaniment.is_recorded
    settled = is_settled_for_good(accompaniment)
    return is_open and not settled and holds_accompaniment(user, accompaniment)


def can_keep_legal_file(user: User, episode: Episode) -> bool:
    """Protection orders, drafted documents, the state-guaranteed lawyer: the lawyer of legal help in progress."""
    return episode.kind == EpisodeKind.LEGAL and can_lead_meetings(user, episode)


def can_change_order(user: User, order: ProtectionOrder) -> bool:
    return order.closed_on is None and can_keep_legal_file(user, order.episode)


def can_close_order(user: User, order: ProtectionOrder) -> bool:
    """Say what became of it: the lawyer, and once the help is over whoever works the case, so that no reminder stays."""
    if order.closed_on is not None:
        return False
    return can_keep_legal_file(user, order.episode) or ties_of(user, order.episode).works_case


def can_sign_statement(user: User, episode: Episode) -> bool:
    """The specialist of legal or social help, in progress or completed."""
    held = episode.status in (EpisodeStatus.ACTIVE, EpisodeStatus.COMPLETED)
    return episode.kind in KINDS_OF and held and ties_of(user, episode).gives


def leads_statement(user: User, statement: Statement) -> bool:
    """Whether ``user`` heads the specialist's office, or stands in for its head."""
    return statement.episode.office_id in standing(user).offices(Role.HEAD)


def can_countersign_statement(user: User, statement: Statement) -> bool:
    """The head of the specialist's office; never the author."""
    waits = statement.status == StatementStatus.SIGNED
    return waits and leads_statement(user, statement) and statement.author_id != user.pk


def can_return_statement(user: User, statement: Statement) -> bool:
    """Before it is countersigned: the head with remarks, or the author who takes it back."""
    waits = statement.status == StatementStatus.SIGNED
    wrote = statement.author_id == user.pk and ties_of(user, statement.episode).gives
    return waits and (can_countersign_statement(user, statement) or wrote)


def can_add_task(user: User, case: Case) -> bool:
    """Whoever works with the case; the card alone is not working with it."""
    return works_with_case(user, case) and case.stage != CaseStage.CLOSED


def can_settle_task(user: User, task: Task) -> bool:
    """Whose task it is, who gave it, or who works the case."""
    if task.status != TaskStatus.OPEN:
        return False
    concerned = {task.assigned_to_id, task.made_by_id} & standing(user).holders
    return bool(concerned) or can_work_case(user, task.case)


def can_change_task(user: User, task: Task) -> bool:
    """Another day or another person: who gave it, or who works the case."""
    if task.status != TaskStatus.OPEN:
        return False
    return task.made_by_id == user.pk or can_work_case(user, task.case)
