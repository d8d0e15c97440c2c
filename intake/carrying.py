"""What a channel knows of a family when it becomes an application, so that nothing is typed twice.

A call, a finding of a raid and an incoming referral each say it by ``carried()``; the application's form begins with it
and the application remembers where it came from. Who called, and in what words, stays in the call.
"""

from dataclasses import dataclass, field

from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
)
from offices.models import Office


@dataclass(frozen=True)
class Carried:
    """As much as the channel knows. ``basis`` is None where the channel brought no document (clause 12)."""

    office: Office
    identification: Identification
    children: tuple[KnownChild, ...] = ()
    adults: tuple[KnownAdult, ...] = ()
    actual_address: KnownAddress = field(default_factory=KnownAddress)
    registered_address: KnownAddress = field(default_factory=KnownAddress)
    reason: str = ""
    basis: Basis | None = None
