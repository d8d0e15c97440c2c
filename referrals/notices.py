"""What a referral tells people at once; the words stand before the record's number."""

from django.utils.translation import gettext_lazy as _

from offices.notices import register_kind


def register_kinds() -> None:
    register_kind("feedback_asked", _("An answer to whoever referred waits for your decision"))
    register_kind("feedback_granted", _("The answer to whoever referred is released: send it"))
    register_kind("feedback_declined", _("The answer to whoever referred is not released"))
    register_kind("referral_conflict", _("A conflict of interest was declared over a referral"))
    register_kind("outgoing_asked", _("An outgoing referral waits for your decision"))
    register_kind("outgoing_released", _("An outgoing referral is released: send it"))
    register_kind("outgoing_declined", _("An outgoing referral is not released"))
    register_kind("outgoing_replied", _("A reply to an outgoing referral has come"))
