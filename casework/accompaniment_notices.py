"""What people are told of accompaniments, orders, statements and tasks; the case's number stands after the words."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind

KINDS = {
    "hearing_planned": _("A hearing is fixed"),
    "hearing_recorded": _("It is written down how a hearing went"),
    "accompaniment_planned": _("An accompaniment is planned"),
    "accompaniment_recorded": _("It is written down how an accompaniment went"),
    "order_recorded": _("A protection order was issued"),
    "order_expires": _("A protection order runs out within a week"),
    "order_closed": _("A protection order is in force no more"),
    "statement_signed": _("A statement of accompaniment waits for your signature"),
    "statement_returned": _("A statement of accompaniment came back: read why"),
    "statement_issued": _("A statement of accompaniment was issued"),
    "task_given": _("You are given a task"),
    "task_settled": _("A task that you gave is done or not needed any more"),
}


def register_kinds() -> None:
    for kind, words in KINDS.items():
        register_kind(kind, words)
