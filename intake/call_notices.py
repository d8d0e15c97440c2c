"""What intake tells people of calls and duty, in words that stand before a call's number."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

CALL_NOTICES = {
    "call_unsent": _("Nobody has been sent to a call"),
    "call_sent": _("You go out to a call"),
    "call_passed": _("A call was passed to your office"),
    "duty_set": _("The duty roster has changed for you"),
}


def register() -> None:
    for kind, words in CALL_NOTICES.items():
        register_kind(kind, words)
