"""What people are told of an episode; the case's number stands after the words, never a name."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

KINDS = {
    "episode_requested": _("Your office is asked for help"),
    "episode_withdrawn": _("A request for help was taken back"),
    "episode_accepted": _("A request for help was accepted"),
    "episode_returned": _("A request for help was returned"),
    "episode_assigned": _("You are to give help"),
    "episode_handed_over": _("Help was handed over to another specialist"),
    "episode_completed": _("Help was completed with its result"),
    "episode_ended": _("Help ended without its result"),
}


def register_kinds() -> None:
    for kind, words in KINDS.items():
        register_kind(kind, words)
