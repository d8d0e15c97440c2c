"""Whether somebody is already known, before a second record is made of them.

Two questions. To the reader's own records: who could this be? They are offered by name. To all the others: is somebody
like this known elsewhere? That is the one place where the product tells of a record that the reader may not see, and it
tells nothing but that (design.md §1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from core import names
from offices.models import User

from .births import Birth
from .enums import Sex
from .merged import not_known_already, one_line_each
from .models import Case, CaseChild, Person

# More would not be a choice any longer.
MOST_OFFERED = 5
# How far a year of birth that somebody estimated may be off, in years.
SLACK_YEARS = 2


@dataclass(frozen=True)
class Sought:
    """What is known of the person for whom a record is about to be made."""

    surname: str = ""
    given_name: str = ""
    birth: Birth = field(default_factory=Birth)
    sex: str = Sex.UNKNOWN
    pin: str = ""


def known_like(sought: Sought, user: User) -> list[Person]:
    """Records that ``user`` may see and that may be of the same person, the likeliest first; each with ``known_places``, and each person once."""
    mine = Person.objects.visible_to(user)
    found = list(_with_cases(mine.filter(pin=sought.pin), user)) if sought.pin else []
    words = names.words(f"{sought.surname} {sought.given_name}")
    if sought.given_name and (sought.surname or _years(sought.birth)):
        alike = mine.named_like(" ".join(words))
        found += [p for p in _with_cases(alike, user)[:50] if p not in found and _fits(p, sought)]
    return one_line_each(found)[:MOST_OFFERED]


def known_elsewhere(sought: Sought, user: User) -> QuerySet[Person]:
    """Records that ``user`` may not see of most likely the same person: one PIN, or one name and one birth date.

    Not those that the heads have brought together with a record that ``user`` sees: nothing is left to ask.
    Say nothing of them but that there are some, and note them as read.
    """
    others = Person.objects.exclude(pk__in=Person.objects.visible_to(user).values("pk"))
    same = Q(pk__in=[])
    if sought.pin:
        same |= Q(pin=sought.pin)
    if sought.surname and sought.given_name and sought.birth.on:
        named = others.named_like(f"{sought.surname} {sought.given_name}")
        same |= Q(pk__in=named.filter(birth_on=sought.birth.on).values("pk"))
    return not_known_already(others.filter(same), user)


def _with_cases(people: QuerySet[Person], user: User) -> QuerySet[Person]:
    """``people`` with the cases through which the user knows them."""
    cases = Case.objects.named_for(user)
    places = CaseChild.objects.filter(case__in=cases).select_related("case__office")
    return people.order_by("sort_key").prefetch_related(
        Prefetch("case_places", places, "known_places")
    )


def _fits(person: Person, sought: Sought) -> bool:
    """Whether sex and birth do not speak against it; what is unknown does not."""
    sexes = {person.sex, sought.sex} - {Sex.UNKNOWN, ""}
    if len(sexes) > 1:
        return False
    theirs, ours = _years(person.birth), _years(sought.birth)
    if theirs is None or ours is None:
        return True
    return theirs[0] - SLACK_YEARS <= ours[1] and ours[0] - SLACK_YEARS <= theirs[1]


def _years(birth: Birth) -> tuple[int, int] | None:
    if birth.earliest_year is None or birth.latest_year is None:
        return None
    return birth.earliest_year, birth.latest_year


def open_cases_of(people: Iterable[Person], user: User) -> QuerySet[Case]:
    """Cases not closed, known to ``user`` by name, that are about any of ``people``."""
    cases = Case.objects.named_for(user).exclude(stage="closed")
    return cases.filter(child_places__person__in=list(people)).distinct()
