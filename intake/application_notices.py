"""What intake tells people about applications, in words that stand before the number."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

APPLICATION_NOTICES = {
    "application_registered": _("An application was registered and waits to be decided"),
    "application_word_named": _(
        "An application was registered on your word, its document is awaited"
    ),
    "application_conflict": _("A conflict of interest was declared in an application"),
    "refusal_proposed": _("A refusal was proposed: confirm or return it"),
    "refusal_returned": _("The head returned the refusal that you proposed"),
    "application_refused": _("The head confirmed the refusal"),
}


def register() -> None:
    for kind, words in APPLICATION_NOTICES.items():
        register_kind(kind, words)
