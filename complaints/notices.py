"""What complaints tell people, in words that stand before the complaint's number."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

from .danger import NOTICE, WORDS

KINDS = {
    NOTICE: WORDS,
    "complaint_to_register": _("A complaint was handed in: register it"),
    "complaint_forwarded": _("A complaint was forwarded to you: acknowledge it"),
    "complaint_to_consider": _("A complaint was given to you to consider"),
    "explanation_asked": _("The leadership asks you for an explanation"),
    "explanation_given": _("The asked explanation has come"),
    "complaint_conflict": _("Who considered a complaint is shut out of it: set another person"),
    "complaint_answer_to_approve": _("The answer to a complaint waits for your approval"),
    "complaint_answer_to_sign": _("The answer to a complaint waits for your signature"),
    "complaint_answer_returned": _("The answer to a complaint came back with remarks"),
    "complaint_answer_to_send": _("The answer to a complaint is signed: send it"),
    "complaint_answered": _("The answer to a complaint was sent"),
    "complaint_appealed": _("An answer to a complaint was appealed against"),
    "complaint_due_moved": _("The calendar changed: the due day of a complaint moved"),
    "complaint_withdrawn": _("A complaint was withdrawn"),
}


def register() -> None:
    for kind, words in KINDS.items():
        register_kind(kind, words)
