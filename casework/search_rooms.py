"""What the rooms above casework find by its number: each registers its own finder in ``AppConfig.ready()``.

    register_finder(referrals_numbered)

A finder is a function ``(condition, user) -> list[FoundPaper]``: ``condition`` holds for the ``number`` of its records, and
it gives at most ``search.MOST_SHOWN`` of those that its own querysets let the person know of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from offices.models import User


@dataclass(frozen=True)
class FoundPaper:
    """A line of what was found. ``about`` says what it is, and names only what whoever searches may read."""

    record: models.Model
    number: str
    url: str
    about: str | Promise


def of_field(condition: Q, field: str) -> Q:
    """The same condition of another field that holds a number of the registry."""
    parts: list[Any] = condition.children
    children = [
        of_field(one, field) if isinstance(one, Q) else (one[0].replace("number", field, 1), one[1])
        for one in parts
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


Finder = Callable[[Q, User], list[FoundPaper]]
_FINDERS: list[Finder] = []


def register_finder(finder: Finder) -> None:
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def papers_of_rooms(condition: Q, user: User) -> list[FoundPaper]:
    """What every room finds, in the order of their registration."""
    return [paper for finder in _FINDERS for paper in finder(condition, user)]
