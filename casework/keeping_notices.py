"""What is told about who holds a case and how it ends, in words that stand before the number."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

KEEPING_NOTICES = {
    "sealed_door_opened": _("A case was opened through the sealed door, in an emergency"),
    "transfer_offered": _("Another office offers you a case"),
    "transfer_offered_of_yours": _("The head has offered a case of yours to another office"),
    "transfer_accepted": _("Another office has taken over a case"),
    "transfer_refused": _("Another office does not take over a case"),
    "transfer_withdrawn": _("The offer of a case was taken back"),
    "case_transferred": _("A case in which you help has gone to another office"),
    "hand_over_offered": _("A colleague hands a case over to you"),
    "hand_over_accepted": _("A case that was handed over has been accepted"),
    "hand_over_refused": _("A colleague does not take a case"),
    "hand_over_withdrawn": _("A hand-over was taken back"),
    "case_forsaken": _("The responsible worker has left: you hold the case until it is handed on"),
    "closing_asked": _("A case is to be closed: approve or return"),
    "closing_returned": _("The closing of a case came back with remarks"),
    "case_closed": _("A case was closed"),
    "case_reopened": _("A closed case was opened again"),
    "follow_up_bad": _("A follow-up found that it is bad again"),
    "merge_proposed": _("Another office asks whether a file of yours is of the same person"),
    "merge_agreed": _("The other head agreed: two files are brought together"),
    "merge_refused": _("The other head does not agree that two files are of one person"),
    "parting_asked": _("The other head asks to part two files again"),
    "merge_parted": _("Two files were parted again"),
    "parting_refused": _("The other head does not agree to part two files"),
}


def register() -> None:
    for kind, words in KEEPING_NOTICES.items():
        register_kind(kind, words)
