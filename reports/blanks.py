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
from complaints.forms.book import EntryForm
from complaints.forms.paper import PointForm, ReceiptForm, RegisterForm
from intake.forms.application_rows import AppliedAdultRow, AppliedChildRow
from intake.forms.applications import APPLICANT, BY_WISH, ApplicationForm
from intake.forms.call_steps import FindingsForm
from intake.forms.calls import CallForm, CallPersonRow
from intake.forms.found_people import FoundRow
from intake.forms.raids import FindingForm, RaidForm
from intake.forms.reception import ArrivalForm
from intake.forms.visits import VisitForm
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing
from referrals.forms.incoming import IncomingForm, ReferredChildRow

from .blank_forms import Blank, Piece, bare, chosen

_CASEWORK = (Role.CASEWORKER, Role.HEAD)
_INTAKE = (Role.OPERATOR, *_CASEWORK)
_REGISTRY = (Role.REGISTRAR, *_INTAKE)
_HELP = (*_CASEWORK, Role.PSYCHOLOGIST, Role.LAWYER)


def _opening(user: User) -> OpeningForm:
    return OpeningForm(offices=office_choices(user) or list(Office.objects.all()[:1]))


def _call(user: User) -> CallForm:
    return CallForm(offices=Office.objects.filter(pk__in=standing(user).offices()))


def _assessment(_user: User) -> AssessmentForm:
    return AssessmentForm(domains=AssessmentDomain.objects.filter(is_active=True))


def _own_offices(user: User) -> list[Office]:
    """The reader's, so that the office need not be written; the first of the list where they have none."""
    own = Office.objects.filter(pk__in=standing(user).offices()).order_by("index")
    return list(own) or list(Office.objects.order_by("index")[:1])


def _application(user: User) -> ApplicationForm:
    return ApplicationForm(offices=_own_offices(user))


def _referral(user: User) -> IncomingForm:
    return IncomingForm(offices=_own_offices(user))


# The order of intake/application_form.html and of the parts that it shares with the opening of a case.
_PLACE = (
    "district", "settlement", "street", "street_kind", "house", "flat", "address_text",
    "registered_text",
)  # fmt: skip
_FOUND = (
    "identified_by", "identified_organisation", "identified_text", "identified_number",
    "identified_on",
)  # fmt: skip
_BASIS = (
    "basis_kind", "basis_organisation", "basis_text", "basis_number", "basis_on",
    "basis_signatory", "allowed_by", "word_on", "awaited_until",
)  # fmt: skip
_ADULT = (
    "relation", "surname", "given_name", "patronymic", "is_applicant", "phone", "phone_is_safe",
    "safe_hours", "birth", "pin", "sex", "relation_text", "description", "language",
    "communication_needs", "citizenship", "lives_together", "is_carer",
)  # fmt: skip
_CHILD = (
    "surname", "given_name", "patronymic", "birth", "sex", "pin", "description", "school",
    "school_text", "school_class", "attendance", "language", "communication_needs", "citizenship",
    "birth_certificate", "is_concerned",
)  # fmt: skip
# The order of referrals/incoming_form.html.
_PAPER = (
    "organisation", "sender_text", "sender_kind", "document_number", "document_on", "received_on",
    "signatory", "request", "basis_kind", "received_how", "address_text",
)  # fmt: skip
_REFERRED_CHILD = (
    "surname", "given_name", "patronymic", "birth", "sex", "pin", "description", "school",
    "school_text", "school_class", "language", "is_concerned",
)  # fmt: skip
_REFERRED_ADULT = (
    "relation", "surname", "given_name", "patronymic", "phone", "phone_is_safe", "safe_hours",
    "birth", "pin", "language", "lives_together", "is_carer",
)  # fmt: skip


def _complaint(user: User) -> ReceiptForm:
    return ReceiptForm(user=user)


def _book(user: User) -> EntryForm:
    return EntryForm(user=user)


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
    Blank(
        "application",
        _("Application"),
        (
            Piece(bare(AppliedAdultRow, *_ADULT), _("Adult"), 2),
            Piece(
                chosen(_application, *(f"applicant_{name}" for name in APPLICANT)),
                _("Somebody else applies, not of the family"),
            ),
            Piece(
                chosen(_application, *(f"applicant_{name}" for name in BY_WISH)),
                _("If the applicant wishes to say"),
            ),
            Piece(bare(AppliedChildRow, *_CHILD), _("Child"), 2),
            Piece(chosen(_application, *_PLACE), _("Where the family lives")),
            Piece(chosen(_application, "reason"), _("The situation")),
            Piece(chosen(_application, *_FOUND), _("How the family was found")),
            Piece(chosen(_application, *_BASIS), _("Basis document")),
        ),
        _INTAKE,
    ),
    Blank(
        "referral",
        _("Incoming referral"),
        (
            Piece(chosen(_referral, *_PAPER), _("Who referred")),
            Piece(bare(ReferredChildRow, *_REFERRED_CHILD), _("Child"), 2),
            Piece(bare(AdultRow, *_REFERRED_ADULT), _("Adult"), 2),
        ),
        _INTAKE,
    ),
    Blank(
        "complaint",
        _("Complaint"),
        (
            Piece(_complaint),
            Piece(bare(PointForm), _("What is claimed, point by point"), 4),
            Piece(bare(RegisterForm, "note"), _("If something is missing")),
        ),
        (*_REGISTRY, Role.CITY_HEAD),
    ),
    Blank(
        "book",
        _("Entry of the book"),
        (Piece(_book),),
        (*_REGISTRY, Role.PSYCHOLOGIST, Role.LAWYER, Role.CITY_HEAD),
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
