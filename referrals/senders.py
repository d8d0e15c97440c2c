"""What a sender's kind means in clause 3 (how a family was found) and clause 12 (which document it brought)."""

from casework.enums import BasisKind, IdentifiedBy
from offices.enums import OrganisationKind

_FOUND_BY = {
    OrganisationKind.EDUCATION: IdentifiedBy.EDUCATION,
    OrganisationKind.HEALTH: IdentifiedBy.HEALTH,
    OrganisationKind.INTERNAL_AFFAIRS: IdentifiedBy.INTERNAL_AFFAIRS,
    OrganisationKind.COMMISSION: IdentifiedBy.COMMISSION,
}
# Clause 12 names neither health institutions nor the Commission; whether theirs counts as a municipal or social
# institution's paper is for whoever registers it to say.
_BASIS = {
    OrganisationKind.EDUCATION: BasisKind.EDUCATION,
    OrganisationKind.MUNICIPAL: BasisKind.MUNICIPAL,
    OrganisationKind.SOCIAL: BasisKind.SOCIAL,
    OrganisationKind.INTERNAL_AFFAIRS: BasisKind.INTERNAL_AFFAIRS,
    OrganisationKind.COURT: BasisKind.COURT,
    OrganisationKind.PROSECUTOR: BasisKind.PROSECUTOR,
    OrganisationKind.TERRITORIAL: BasisKind.TERRITORIAL,
    OrganisationKind.NGO: BasisKind.NGO,
}
# What the document of an incoming referral can be: every kind of clause 12 that comes from a body.
REFERRED_ON = [
    (kind.value, kind.label)
    for kind in BasisKind
    if kind not in (BasisKind.APPLICATION, BasisKind.AWAITED)
]


def identified_by(sender_kind: str) -> str:
    """The channel of clause 3; its list is open, so "other body" is one."""
    return _FOUND_BY.get(OrganisationKind(sender_kind), IdentifiedBy.OTHER_BODY)


def basis_of(sender_kind: str) -> str:
    """The document of clause 12; "" where the kind of sender does not settle it."""
    return _BASIS.get(OrganisationKind(sender_kind), "")
