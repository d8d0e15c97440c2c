"""The records of referrals: incoming ones with their feedback, outgoing ones with their replies."""

from .conflicts import ReferralConflict
from .incoming import Feedback, IncomingFile, IncomingReferral, ReferredPerson
from .outgoing import OutgoingFile, OutgoingReferral

__all__ = [
    "Feedback",
    "IncomingFile",
    "IncomingReferral",
    "OutgoingFile",
    "OutgoingReferral",
    "ReferralConflict",
    "ReferredPerson",
]
