"""The fixed vocabularies of casework."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    MALE = "male", pgettext_lazy("sex", "Male")
    FEMALE = "female", pgettext_lazy("sex", "Female")
    UNKNOWN = "unknown", pgettext_lazy("sex", "Unknown")


class BirthPrecision(models.TextChoices):
    """How well a birth date is known; each is a first-class answer."""

    EXACT = "exact", _("Exact date")
    YEAR = "year", _("Year only")
    ESTIMATED = "estimated", _("Age by estimate")
    UNKNOWN = "unknown", _("Not known")


class DocumentKind(models.TextChoices):
    ID_CARD = "id_card", _("ID card")
    PASSPORT = "passport", _("Passport")
    BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
    FOREIGN = "foreign", _("Foreign document")
    OTHER = "other", _("Other document")
    NONE = "none", _("No document")
    UNKNOWN = "unknown", _("Not known")


class SpokenLanguage(models.TextChoices):
    KYRGYZ = "ky", _("Kyrgyz")
    RUSSIAN = "ru", _("Russian")
    UZBEK = "uz", _("Uzbek")
    DUNGAN = "dng", _("Dungan")
    UYGHUR = "ug", _("Uyghur")
    TAJIK = "tg", _("Tajik")
    SIGN = "sign", _("Sign language")
    OTHER = "other", _("Another language")


class AddressKind(models.TextChoices):
    REGISTERED = "registered", _("Registered address")
    ACTUAL = "actual", _("Actual address")


class StreetKind(models.TextChoices):
    STREET = "street", _("Street")
    AVENUE = "avenue", _("Avenue")
    BOULEVARD = "boulevard", _("Boulevard")
    LANE = "lane", _("Lane")


class Attendance(models.TextChoices):
    ATTENDS = "attends", _("Attends")
    IRREGULAR = "irregular", _("Attends irregularly")
    NOT = "not", _("Does not attend")
    UNKNOWN = "unknown", _("Not known")


class Relation(models.TextChoices):
    """What a member is to the children of the family."""

    CHILD = "child", _("Child")
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    STEPMOTHER = "stepmother", _("Stepmother")
    STEPFATHER = "stepfather", _("Stepfather")
    GRANDMOTHER = "grandmother", _("Grandmother")
    GRANDFATHER = "grandfather", _("Grandfather")
    SISTER = "sister", _("Sister")
    BROTHER = "brother", _("Brother")
    AUNT = "aunt", _("Aunt")
    UNCLE = "uncle", _("Uncle")
    GUARDIAN = "guardian", _("Guardian")
    TRUSTEE = "trustee", _("Trustee")
    FOSTER_PARENT = "foster_parent", _("Foster parent")
    RELATIVE = "relative", _("Relative")
    OTHER = "other", pgettext_lazy("relation", "Other person")


class Capacity(models.TextChoices):
    """In what capacity a person acts for a child."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GUARDIAN = "guardian", _("Guardian")
    TRUSTEE = "trustee", _("Trustee")
    FOSTER_PARENT = "foster_parent", _("Foster parent")
    ADOPTER = "adopter", _("Adoptive parent")
    INSTITUTION = "institution", _("Head of the institution where the child lives")
    AUTHORITY = "authority", _("Guardianship authority")
    SELF = "self", _("The person themselves")


class IdentifiedBy(models.TextChoices):
    """Clause 3: how a family was identified. The list there is open ("among them"), so the last two stand in words."""

    HOTLINE = "hotline", _("A call to the trust line")
    INTERNAL_AFFAIRS = "internal_affairs", _("Ministry of Internal Affairs")
    EDUCATION = "education", _("Education institution")
    HEALTH = "health", _("Health institution")
    RAID = "raid", _("A raid")
    COMMISSION = "commission", _("Decision of the Commission on Children's Affairs")
    SELF = "self", _("Applied themselves")
    OTHER_BODY = "other_body", _("Other body")


class BasisKind(models.TextChoices):
    """Clause 12: the one document that is enough; "awaited" is the head's word until a date."""

    EDUCATION = "education", _("Referral by an education institution")
    MUNICIPAL = "municipal", _("Referral by a municipal institution")
    SOCIAL = "social", _("Referral by a social institution")
    INTERNAL_AFFAIRS = "internal_affairs", _("Referral by an internal-affairs body")
    COURT = "court", _("Referral by a court")
    PROSECUTOR = "prosecutor", _("Referral by a prosecutor's office")
    TERRITORIAL = "territorial", _("Referral by a territorial unit of City Hall")
    APPLICATION = "application", _("The recipient's own application")
    NGO = "ngo", _("Petition by the head of a non-governmental organisation")
    AWAITED = "awaited", _("Awaited, help starts by the head's word")


class RiskLevel(models.TextChoices):
    LOW = "low", pgettext_lazy("risk", "Low")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    HIGH = "high", pgettext_lazy("risk", "High")
    UNKNOWN = "unknown", pgettext_lazy("risk", "Not assessed")


class CaseStage(models.TextChoices):
    OPENED = "opened", pgettext_lazy("case", "Opened")
    ASSESSMENT = "assessment", _("Assessment")
    PLAN = "plan", _("Plan")
    HELP = "help", _("Help is given")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


class NoticeBody(models.TextChoices):
    """To whom a danger to a child is notified."""

    POLICE = "police", _("Police")
    MINORS_INSPECTORATE = "minors_inspectorate", _("Inspectorate for minors")
    PROSECUTOR = "prosecutor", _("Prosecutor's office")
    DOCTOR = "doctor", _("Doctor, ambulance")
    GUARDIANSHIP = "guardianship", _("Guardianship authority")
    OTHER = "other", _("Other body")


class EpisodeKind(models.TextChoices):
    """Clause 1: the three kinds of help."""

    PSYCHOLOGICAL = "psychological", _("Psychological help")
    LEGAL = "legal", _("Legal help")
    SOCIAL = "social", _("Social help")


class EpisodeStatus(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("episode", "Requested")
    RETURNED = "returned", pgettext_lazy("episode", "Returned")
    ACTIVE = "active", pgettext_lazy("episode", "In progress")
    COMPLETED = "completed", pgettext_lazy("episode", "Completed with its result")
    ENDED = "ended", pgettext_lazy("episode", "Ended without result")


class MeetingKind(models.TextChoices):
    """A consultation has the 30-minute clock of clause 7; a psychological session has none."""

    CONSULTATION = "consultation", _("Consultation")
    SESSION = "session", _("Session")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    RUNNING = "running", pgettext_lazy("meeting", "Running")
    ENDED = "ended", pgettext_lazy("meeting", "Ended, not yet recorded")
    HELD = "held", pgettext_lazy("meeting", "Held")
    MISSED = "missed", pgettext_lazy("meeting", "Did not take place")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Called off")


class ConclusionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("conclusion", "Draft")
    SIGNED = "signed", pgettext_lazy("conclusion", "Signed")
    RETURNED = "returned", pgettext_lazy("conclusion", "Returned")
    COUNTERSIGNED = "countersigned", pgettext_lazy("conclusion", "Countersigned")


class ReleaseStatus(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("release", "Waiting for a decision")
    GRANTED = "granted", pgettext_lazy("release", "Granted")
    REFUSED = "refused", pgettext_lazy("release", "Refused")


class ReleaseForm(models.TextChoices):
    FULL = "full", pgettext_lazy("release", "Full copy")
    EXTRACT = "extract", pgettext_lazy("release", "Extract")
    REFERRAL = "referral", pgettext_lazy("release", "Outgoing referral")
    FEEDBACK = "feedback", pgettext_lazy("release", "Answer to whoever referred")
    ACCESS = "access", pgettext_lazy("release", "Access report")
    SUMMARY = "summary", pgettext_lazy("release", "Case summary")
