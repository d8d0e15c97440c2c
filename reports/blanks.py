"""Which screens have a blank form, and how each is built."""

from django.utils.translation import gettext_lazy as _

from casework.forms.accompaniments import AccompanimentForm
from casework.forms.assessments import AssessmentForm
from casework.forms.closing import AskClosingForm
from casework.forms.meetings import RecordForm as MeetingForm
from casework.forms.opening import OpeningForm
from casework.forms.opening_rows import AdultRow, ChildRow
from casework.forms.people_consents import ConsentForm
from casework.forms.plans import GoalForm, MeasureRow
from casework.models import AssessmentDomain
from casework.services.opening import office_choices
from intake.forms.call_steps import FindingsForm
from intake.forms.calls import CallForm, CallPersonRow
from intake.forms.found_people import FoundRow
from intake.forms.raids import FindingForm, RaidForm
from intake.forms.reception import ArrivalForm
from intake.forms.visits import VisitForm
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from .blank_forms import Blank, Piece, bare

_CASEWORK = (Role.CASEWORKER, Role.HEAD)
_INTAKE = (Role.OPERATOR, *_CASEWORK)
_HELP = (*_CASEWORK, Role.PSYCHOLOGIST, Role.LAWYER)


def _opening(user: User) -> OpeningForm:
    return OpeningForm(offices=office_choices(user) or list(Office.objects.all()[:1]))


def _call(user: User) -> CallForm:
    return CallForm(offices=Office.objects.filter(pk__in=standing(user).offices()))


def _assessment(_user: User) -> AssessmentForm:
    return AssessmentForm(domains=AssessmentDomain.objects.filter(is_active=True))


BLANKS = (
    Blank(
        "call",
        _("Call to the trust line"),
        (
            Piece(_call),
            Piece(bare(CallPersonRow), _("Somebody in the event"), 3),
            Piece(bare(FindingsForm), _("What the team found")),
        ),
        _INTAKE,
    ),
    Blank("reception", _("Visitor at the reception"), (Piece(bare(ArrivalForm)),), _INTAKE),
    Blank(
        "case",
        _("Opening a case"),
        (
            Piece(bare(ChildRow), _("Child"), 2),
            Piece(bare(AdultRow), _("Adult"), 2),
            Piece(_opening),
        ),
        _CASEWORK,
    ),
    Blank("visit", _("Visit to a family"), (Piece(bare(VisitForm)),), _INTAKE),
    Blank(
        "raid",
        _("Raid"),
        (
            Piece(bare(RaidForm)),
            Piece(bare(FindingForm), _("A family that was found")),
            Piece(bare(FoundRow), _("Somebody who was found"), 3),
        ),
        _INTAKE,
    ),
    Blank("consent", _("Consent"), (Piece(bare(ConsentForm)),), _HELP),
    Blank("meeting", _("Consultation or session"), (Piece(bare(MeetingForm)),), _HELP),
    Blank("assessment", _("Assessment"), (Piece(_assessment),), _CASEWORK),
    Blank(
        "plan",
        _("Plan"),
        (Piece(bare(GoalForm), _("Goal")), Piece(bare(MeasureRow), _("Measure"), 4)),
        _CASEWORK,
    ),
    Blank(
        "accompaniment",
        _("Accompaniment"),
        (Piece(bare(AccompanimentForm)),),
        (Role.LAWYER, *_CASEWORK),
    ),
    Blank("closing", _("Closing a case"), (Piece(bare(AskClosingForm)),), _CASEWORK),
)
BY_CODE = {blank.code: blank for blank in BLANKS}


def blanks_for(user: User) -> list[Blank]:
    """The sheets that somebody in the reader's roles needs."""
    own = standing(user)
    return [blank for blank in BLANKS if own.has(*blank.roles)]
