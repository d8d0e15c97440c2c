"""What a person may do with an application. Views, templates and services ask here; docs/permissions.md has the table.

An application that a predicate is asked about has come through ``Application.objects.visible_to``.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import ApplicationStatus
from .models import Application
from .models.applications import UNDECIDED, WHO_HAVE_APPLICATIONS


def can_register_application(user: User) -> bool:
    return standing(user).has(*WHO_HAVE_APPLICATIONS)


def can_see_application(user: User, application: Application) -> bool:
    """At least that it is there: number, state, when."""
    return Application.objects.visible_to(user).filter(pk=application.pk).exists()


def can_read_application(user: User, application: Application) -> bool:
    """All of it: once a case has opened, only who reads the case's content."""
    return Application.objects.content_visible_to(user).filter(pk=application.pk).exists()


def can_change_application(user: User, application: Application) -> bool:
    return application.is_pending and _works_in(user, application, *WHO_HAVE_APPLICATIONS)


def can_receive_application_basis(user: User, application: Application) -> bool:
    return can_change_application(user, application)


def can_decide_application(user: User, application: Application) -> bool:
    """Caseworkers and heads; whether there is something to decide is the state's matter."""
    return application.status in UNDECIDED and _works_in(
        user, application, Role.CASEWORKER, Role.HEAD
    )


def can_read_decision(user: User, application: Application) -> bool:
    """The facts on which it was decided: not for operators."""
    return _works_in(user, application, Role.CASEWORKER, Role.HEAD)


def can_open_case_from(user: User, application: Application) -> bool:
    return application.status == ApplicationStatus.ELIGIBLE and _works_in(
        user, application, Role.CASEWORKER, Role.HEAD
    )


def can_lead_application(user: User, application: Application) -> bool:
    """The head of the office (or the deputy), unless shut out of it."""
    return _works_in(user, application, Role.HEAD)


def can_end_application_conflict(user: User, application: Application) -> bool:
    return can_lead_application(user, application)


def can_settle_refusal(user: User, application: Application) -> bool:
    """Confirm or return a proposed refusal: the head, never who proposed it."""
    rows = Application.objects.refusals_to_confirm_by(user)
    return (
        application.status == ApplicationStatus.PROPOSED and rows.filter(pk=application.pk).exists()
    )


def can_withdraw_application(user: User, application: Application) -> bool:
    """Write down that the applicant withdrew it."""
    return can_change_application(user, application)


def can_give_receipt(user: User, application: Application) -> bool:
    return _works_in(user, application, *WHO_HAVE_APPLICATIONS)


def can_keep_journal(user: User) -> bool:
    """The journal on paper and as a spreadsheet."""
    return standing(user).has(Role.HEAD)


def _works_in(user: User, application: Application, *roles: str) -> bool:
    """Holds a role in its office and reads all of it."""
    return application.office_id in standing(user).offices(*roles) and can_read_application(
        user, application
    )
