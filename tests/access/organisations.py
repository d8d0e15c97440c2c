"""Organisations: a list that offices share; of referrals their pages show only what the reader may see."""

from tests import builders as make

from .cases import HEADS, OPENERS
from .referrals import ASKERS, KEEPERS, OF_OFFICE, _registered
from .rows import Row

READERS = ASKERS | KEEPERS | {"registrar"}


def _named(world):
    """A school that has referred the world's child."""
    school = make.make_organisation()
    _registered(world, organisation=school)
    return {"pk": school.pk}


ROWS = [
    Row("organisations:list", opens=READERS, otherwise=403, sees=set()),
    Row(
        "organisations:organisation",
        opens=READERS,
        otherwise=403,
        kwargs=_named,
        # No case stands on it yet, so nobody of the office is shut out.
        sees=OF_OFFICE | {"head shut out", "colleague shut out"},
    ),
    Row("organisations:new", opens=OPENERS, otherwise=403, sees=set()),
    Row("organisations:change", opens=OPENERS, otherwise=403, kwargs=_named, sees=set()),
    Row("organisations:merge", opens=HEADS, otherwise=403, kwargs=_named, sees=set()),
]
