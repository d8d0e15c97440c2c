"""The fixed vocabularies of complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ComplaintState(models.TextChoices):
    """Where a complaint stands. ``INCOMPLETE`` is in the book and may be completed; ``PASSED_ON`` is City Hall's."""

    RECEIVED = "received", pgettext_lazy("complaint", "To register")
    INCOMPLETE = "incomplete", pgettext_lazy("complaint", "Incomplete, kept in the book")
    REGISTERED = "registered", pgettext_lazy("complaint", "Registered")
    CONSIDERED = "considered", pgettext_lazy("complaint", "Under review")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Withdrawn")
    PASSED_ON = "passed_on", pgettext_lazy("complaint", "At City Hall")


# Registered and not finished: the answer's clock runs.
OPEN_STATES = (ComplaintState.REGISTERED, ComplaintState.CONSIDERED)


class Channel(models.TextChoices):
    """How a complaint came."""

    IN_PERSON = "in_person", pgettext_lazy("channel", "In person")
    POST = "post", pgettext_lazy("channel", "By post")
    EMAIL = "email", pgettext_lazy("channel", "By e-mail")
    BODY = "body", pgettext_lazy("channel", "Through another body")
    BOOK = "book", pgettext_lazy("channel", "From the book on the counter")


class AnswerChannel(models.TextChoices):
    """How an answer went."""

    REGISTERED_POST = "registered_post", pgettext_lazy("channel", "By registered post")
    POST = "post", pgettext_lazy("channel", "By post")
    IN_PERSON = "in_person", pgettext_lazy("channel", "Handed over")
    EMAIL = "email", pgettext_lazy("channel", "By e-mail")


class ComplaintLanguage(models.TextChoices):
    KYRGYZ = "ky", _("Kyrgyz")
    RUSSIAN = "ru", _("Russian")
    OTHER = "other", _("Another language")


class Level(models.TextChoices):
    """Whose leadership considers: never that of whom the complaint is about (clauses 10 and 17)."""

    OFFICE = "office", _("The office and the city")
    CITY = "city", _("The city alone")
    CITY_HALL = "city_hall", _("City Hall")


class Particular(models.TextChoices):
    """The six that clause 17 asks for."""

    NAME = "complainant_name", _("Full name")
    ADDRESS = "complainant_address", _("Home address")
    PHONE = "complainant_phone", _("Phone number")
    SUBSTANCE = "substance", _("Substance of the claim")
    SIGNATURE = "is_signed", _("Signature")
    DATE = "dated_on", _("Date given")


class Subject(models.TextChoices):
    """What a complaint is about in the main, by what clauses 6, 7, 10, 11 and 14 promise."""

    TURN = "turn", pgettext_lazy("subject", "Turn and waiting")
    PAPERS = "papers", pgettext_lazy("subject", "Papers asked for")
    MANNERS = "manners", pgettext_lazy("subject", "Manners of the staff")
    TIMES = "times", pgettext_lazy("subject", "Late or broken promises")
    REFUSAL = "refusal", pgettext_lazy("subject", "Help refused")
    HELP = "help", pgettext_lazy("subject", "The help itself")
    PRIVACY = "privacy", pgettext_lazy("subject", "Confidentiality")
    EQUALITY = "equality", pgettext_lazy("subject", "Discrimination")
    PREMISES = "premises", pgettext_lazy("subject", "Premises and access")
    OTHER = "other", pgettext_lazy("subject", "Something else")


class Finding(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("finding", "Upheld")
    PARTLY = "partly", pgettext_lazy("finding", "Upheld in part")
    NOT_UPHELD = "not_upheld", pgettext_lazy("finding", "Not upheld")
    BEYOND = "beyond", pgettext_lazy("finding", "Not within the office's power")


class AnswerStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("answer", "Being written")
    APPROVED = "approved", pgettext_lazy("answer", "Approved")
    SIGNED = "signed", pgettext_lazy("answer", "Signed")
    SENT = "sent", pgettext_lazy("answer", "Sent")


class AppealBody(models.TextChoices):
    CITY_HALL = "city_hall", _("City Hall")
    COURT = "court", _("Court")


class AppealOutcome(models.TextChoices):
    PENDING = "pending", pgettext_lazy("appeal", "Not decided yet")
    UPHELD = "upheld", pgettext_lazy("appeal", "Granted")
    PARTLY = "partly", pgettext_lazy("appeal", "Granted in part")
    REFUSED = "refused", pgettext_lazy("appeal", "Refused")


class LinkKind(models.TextChoices):
    SAME_PERSON = "same_person", _("Same person")
    SAME_MATTER = "same_matter", _("Same matter")
    COLLECTIVE = "collective", _("Collective complaint")


class BookKind(models.TextChoices):
    """What somebody wrote into the book on the counter."""

    SUGGESTION = "suggestion", pgettext_lazy("book", "Suggestion")
    THANKS = "thanks", pgettext_lazy("book", "Thanks")
    COMPLAINT = "complaint", pgettext_lazy("book", "Complaint not in form")


class BookOutcome(models.TextChoices):
    """What became of an entry of the book."""

    WAITING = "waiting", pgettext_lazy("book", "Nothing done yet")
    NOTED = "noted", pgettext_lazy("book", "Noted")
    ANSWERED = "answered", pgettext_lazy("book", "Answered")
    RECEIVED = "received", pgettext_lazy("book", "Became a complaint")
