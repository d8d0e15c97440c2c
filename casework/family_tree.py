"""A family drawn as a tree: who stands in which generation, how they belong together, and the lines between them.

Pure: takes members and gives places on a sheet, so that a screen and a paper draw the same. The signs are those of a
genogram: a square for a man, a circle for a woman, a diamond where the sex is not known, a doubled edge for a child
whom a case concerns, a broken edge for somebody who has left.
"""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from offices.models import User

from .enums import Relation, Sex
from .family_page import GENERATIONS, FamilyPage, place_of
from .models import Case, CaseChild, FamilyMember

# On a sheet of points: a sign with its words below stands in a cell.
CELL, ROW, SIGN, MARGIN = 150, 150, 44, 12
LONGEST_WORD_LINE = 19
SHAPES = {Sex.MALE: "square", Sex.FEMALE: "circle"}
_ELDERS, _PARENTS, _CHILDREN, _OTHERS = range(len(GENERATIONS))
# From the left: the father's side, the couple, those beside the mother.
_ORDER = [
    Relation.STEPMOTHER,
    Relation.FATHER,
    Relation.MOTHER,
    Relation.STEPFATHER,
    Relation.GUARDIAN,
    Relation.TRUSTEE,
    Relation.FOSTER_PARENT,
]
_COUPLES = [
    (Relation.FATHER, Relation.MOTHER),
    (Relation.MOTHER, Relation.STEPFATHER),
    (Relation.STEPMOTHER, Relation.FATHER),
]


@dataclass(frozen=True)
class Sign:
    """One person's sign, its middle at (x, y), and the lines of words under it."""

    x: int
    y: int
    shape: str
    words: tuple[str, ...]
    relation: str
    is_concerned: bool = False
    has_left: bool = False

    @property
    def half(self) -> int:
        return SIGN // 2

    @property
    def left(self) -> int:
        return self.x - self.half

    @property
    def top(self) -> int:
        return self.y - self.half

    @property
    def diamond(self) -> str:
        """The corners of the sign of somebody whose sex is not known."""
        h = self.half + 3
        corners = [(0, -h), (h, 0), (0, h), (-h, 0)]
        return " ".join(f"{self.x + dx},{self.y + dy}" for dx, dy in corners)

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Where each line of words stands, the relation last."""
        below = self.y + self.half + 18
        return [(below + 16 * n, line) for n, line in enumerate((*self.words, self.relation))]


@dataclass(frozen=True)
class Stroke:
    """A line from one place to another; ``is_loose`` where it says less than descent or marriage."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_loose: bool = False


@dataclass
class FamilyTree:
    """The sheet: its size, signs and strokes, and in words what it shows."""

    width: int
    height: int
    signs: list[Sign] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What a reader who does not see the drawing is told; the list beside it says the rest."""
        return _("Drawing of the family. The same people stand in the list by generation.")


def tree_of(page: FamilyPage, user: User) -> FamilyTree | None:
    """The tree of a family's page, those who left in it too; marked are the children of cases whose content ``user`` reads."""
    cases = Case.objects.content_visible_to(user).filter(family=page.family)
    concerned = CaseChild.objects.filter(case__in=cases).values_list("person", flat=True)
    return family_tree(page.family.members.all(), set(concerned))


def family_tree(members: Iterable[FamilyMember], concerned: set[UUID]) -> FamilyTree | None:
    """The tree of ``members`` (each with its person); ``concerned`` are the persons whom a case is about.

    None where fewer than two people are known: there is nothing to draw between.
    """
    rows = _in_rows(members)
    people = [member for row in rows for member in row]
    if len(people) < 2:
        return None
    widest = max(len(row) for row in rows)
    shown = [row for row in rows if row]
    tree = FamilyTree(widest * CELL + 2 * MARGIN, len(shown) * ROW + MARGIN)
    places: dict[Any, Sign] = {}
    for depth, row in enumerate(shown):
        begin = MARGIN + (widest - len(row)) * CELL // 2 + CELL // 2
        for n, member in enumerate(row):
            sign = _sign(member, begin + n * CELL, MARGIN + SIGN // 2 + depth * ROW, concerned)
            places[member.pk] = sign
            tree.signs.append(sign)
    tree.strokes = [*_couples(rows[_PARENTS], places), *_descent(rows, places)]
    return tree


def _in_rows(members: Iterable[FamilyMember]) -> list[list[FamilyMember]]:
    """By generation; parents in the order of the couple, the others by age, the eldest first."""
    rows: list[list[FamilyMember]] = [[] for _label in GENERATIONS]
    for member in members:
        rows[place_of(member)].append(member)
    for depth, row in enumerate(rows):
        row.sort(key=_parents_order if depth == _PARENTS else _by_age)
    return rows


def _parents_order(member: FamilyMember) -> tuple[int, bool, str]:
    return _ORDER.index(Relation(member.relation)), member.to_on is not None, str(member.pk)


def _by_age(member: FamilyMember) -> tuple[int, dt.date, str]:
    """By year of birth, then by day; of whom neither is known last."""
    person = member.person
    year = person.birth.earliest_year
    return year or dt.MAXYEAR, person.birth_on or dt.date.max, person.sort_key


def _sign(member: FamilyMember, x: int, y: int, concerned: set[UUID]) -> Sign:
    person = member.person
    named = (person.surname, person.given_name) if person.given_name else (person.full_name,)
    return Sign(
        x,
        y,
        SHAPES.get(Sex(person.sex), "diamond"),
        _fitted((*named, person.age_in_words)),
        _fitted([member.relation_shown])[0],
        is_concerned=member.person_id in concerned,
        has_left=member.to_on is not None,
    )


def _fitted(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that fit a cell; the list says every name whole."""
    return tuple(
        line if len(line) <= LONGEST_WORD_LINE else line[: LONGEST_WORD_LINE - 1] + "…"
        for line in lines
        if line
    )


def _couples(parents: list[FamilyMember], places: dict[Any, Sign]) -> list[Stroke]:
    """A line between those who are, or were, a couple and stand side by side."""
    found = []
    for left, right in itertools.pairwise(parents):
        if (left.relation, right.relation) in _COUPLES:
            one, other = places[left.pk], places[right.pk]
            is_loose = one.has_left or other.has_left
            found.append(Stroke(one.x + one.half, one.y, other.x - other.half, other.y, is_loose))
    return found


def _descent(rows: list[list[FamilyMember]], places: dict[Any, Sign]) -> list[Stroke]:
    """From the parents' line, or from the one parent who is known, to a bar over the children.

    Of whose side grandparents are nothing is known, so their line to the family below is a loose one.
    """
    found: list[Stroke] = []
    children = [places[m.pk] for m in rows[_CHILDREN]]
    begin = _begin_of_descent(rows[_PARENTS], places)
    if children and begin is not None:
        found += _bar(begin, children, is_loose=not _are_parents(rows[_PARENTS]))
    elders = [places[m.pk] for m in rows[_ELDERS]]
    below = [places[m.pk] for m in rows[_PARENTS]] or children
    if elders and below:
        x, y = sum(e.x for e in elders) // len(elders), _foot(elders[0])
        found.append(Stroke(x, y, x, below[0].y - below[0].half - 12, is_loose=True))
    return found


def _are_parents(parents: list[FamilyMember]) -> bool:
    return any(m.relation in (Relation.MOTHER, Relation.FATHER) for m in parents)


def _begin_of_descent(
    parents: list[FamilyMember], places: dict[Any, Sign]
) -> tuple[int, int] | None:
    """Between father and mother; else under the one of them; else under whoever is in their place."""
    signs = {m.relation: places[m.pk] for m in reversed(parents)}
    father, mother = signs.get(Relation.FATHER), signs.get(Relation.MOTHER)
    if father and mother and abs(mother.x - father.x) == CELL:
        return (father.x + mother.x) // 2, father.y
    one = mother or father or (places[parents[0].pk] if parents else None)
    return (one.x, _foot(one)) if one else None


def _bar(begin: tuple[int, int], children: list[Sign], *, is_loose: bool) -> list[Stroke]:
    x, y = begin
    bar = children[0].y - children[0].half - 14
    ends = [x, *(c.x for c in children)]
    strokes = [Stroke(x, y, x, bar, is_loose), Stroke(min(ends), bar, max(ends), bar, is_loose)]
    return strokes + [Stroke(c.x, bar, c.x, c.y - c.half, is_loose) for c in children]


def _foot(sign: Sign) -> int:
    """Under the words of a sign."""
    return sign.lines[-1][0] + 6
