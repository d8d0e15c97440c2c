"""The pages of intake side by side: one entry of the rail leads to all of them, by role."""

from dataclasses import dataclass

from django.utils.functional import Promise

from offices.models import User
from offices.standing import standing


@dataclass(frozen=True)
class Section:
    """One page of intake: the name of its URL, what it is called, and who is offered it."""

    name: str
    label: str | Promise
    roles: tuple[str, ...]


# In the order of the page; each slice adds its own.
SECTIONS: list[Section] = []


def sections_for(user: User) -> list[Section]:
    own = standing(user)
    return [section for section in SECTIONS if own.has(*section.roles)]
