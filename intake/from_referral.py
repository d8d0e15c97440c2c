"""What an incoming referral hands on to an application: the family, who referred it, and the paper as its basis (clause 12)."""

from referrals.models import IncomingReferral

from .carrying import Carried


def carried_from_referral(referral: IncomingReferral) -> Carried:
    """A commission's or a hospital's letter is no basis of clause 12 (``basis`` is None); how the family was found it is."""
    return Carried(
        office=referral.office,
        identification=referral.identification(),
        children=referral.known_children(),
        adults=referral.known_adults(),
        actual_address=referral.actual_address(),
        reason=referral.request,
        basis=referral.basis(),
    )
