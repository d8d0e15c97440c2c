"""What casework tells people, in words that stand before the number of the case."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

CASE_NOTICES = {
    "case_opened": _("A case was opened and waits to be assigned"),
    "case_assigned": _("You answer for a case"),
    "case_reassigned": _("Another worker answers for the case now"),
    "basis_word_named": _(
        "A case was opened on your word, the document is awaited: confirm or withdraw it"
    ),
    "basis_word_confirmed": _("The head confirmed that help starts without the document"),
    "basis_word_withdrawn": _("The head withdrew the word: the document is due at once"),
    "basis_received": _("The awaited basis document has come"),
    "conflict_declared": _("A conflict of interest was declared"),
    "safety_alert": _("A child is in danger: a safety alert was raised"),
    "safety_alert_lifted": _("The head lifted a safety alert"),
}


def register() -> None:
    for kind, words in CASE_NOTICES.items():
        register_kind(kind, words)
