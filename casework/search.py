"""The one search box: persons, cases and papers, each only as far as the reader may see it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core import clock, names, phones
from offices.models import User

from .keeping_enums import OfferStatus
from .merged import one_line_each
from .models import (
    Case,
    CaseChild,
    Conclusion,
    FamilyMember,
    Person,
    Phone,
    Release,
    Search,
    Transfer,
)
from .permissions import remember_depth
from .search_rooms import FoundPaper, papers_of_rooms

KEPT_FOR = dt.timedelta(days=30)
LONGEST = 200
MOST_SHOWN = 20
# Two spellings are alike from here on: one slip in a word of five letters passes, another word does not.
LIKENESS = 0.45
SHORTEST_GUESSED = 4
# A shorter word is guessed whole, a longer one also as the beginning of a name.
SHORTEST_BEGINNING = 6
LONGEST_GUESSED, MOST_GUESSED_WORDS, MOST_GUESSED = 20, 6, 2000
# A number of the registry, or a part of it that people read out: 04.1-0127/26, 0127/26, 127/26.
_NUMBER = re.compile(r"(?:[0-9.]+-)?[0-9]+/[0-9]{2}|[0-9.]+-[0-9]+(?:/[0-9]{0,2})?|[0-9]{2,5}")
_SHORTEST_PHONE = 5


@dataclass(frozen=True)
class Query:
    """What a text may mean: each part is empty where it cannot mean that. ``phones``: the whole key, then the bare digits."""

    words: tuple[str, ...] = ()
    pin: str = ""
    phones: tuple[str, ...] = ()
    number: str = ""


@dataclass
class Found:
    """What was found. ``guessed``: only spelt alike, not the same."""

    cases: list[Case] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    of_rooms: list[FoundPaper] = field(default_factory=list)
    guessed_cases: list[Case] = field(default_factory=list)
    guessed_people: list[Person] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than is shown."""
        return any(len(group) >= MOST_SHOWN for group in vars(self).values())


def understand(text: str) -> Query:
    """Words, and where the text has no letters a PIN, a phone or a number."""
    text = names.clean(text[:LONGEST]).replace("№", " ").strip()
    words = tuple(names.words(text))
    if any(c.isalpha() for c in text) or not any(c.isdigit() for c in text):
        return Query(words=tuple(w for w in words if any(c.isalpha() for c in w)))
    digits = re.sub(r"[^0-9]", "", text)
    bare = re.sub(r"\s", "", text)
    return Query(
        pin=digits if len(digits) == 14 else "",
        phones=(phones.normalise(text), digits) if len(digits) >= _SHORTEST_PHONE else (),
        number=bare if _NUMBER.fullmatch(bare) else "",
    )


def find(text: str, user: User) -> Found:
    """Everything that ``text`` may mean to ``user``; what is only spelt alike is asked for when little else is found."""
    asked = understand(text)
    found = Found()
    if asked.words:
        exact = _named(asked.words)
        found.people, found.cases = _people(exact, user), _cases_named(exact, user)
        if len(found.people) + len(found.cases) < 5:
            _guess(asked.words, user, found)
    known = _marked(asked)
    if known is not None:
        found.people, found.cases = _people(known, user), _cases_marked(known, user)
    if asked.number:
        _find_numbers(asked.number, user, found)
    return found


def _named(words: Iterable[str]) -> Q:
    """Persons whose names hold every word, in any order."""
    condition = Q()
    for word in words:
        condition &= Q(search_key__contains=word)
    return condition


def _alike(words: Iterable[str]) -> Q:
    """Persons whose names hold every word or one that is spelt alike.

    Trigrams find what is far off; they are blind to Cyrillic where the database's LC_CTYPE is "C", one slip is not.
    """
    condition = Q()
    for word in words:
        alike = Q(search_key__contains=word)
        if SHORTEST_GUESSED <= len(word) <= LONGEST_GUESSED:
            alike |= Q(search_key__regex=one_slip(word))
            alike |= Q(search_key__trigram_word_similar=word)
        condition &= alike
    return condition


def one_slip(word: str) -> str:
    """A pattern of the words that differ from ``word`` (folded) in one letter: another, missing, too many, or two swapped."""
    places = range(len(word))
    slips = {word[:i] + "." + word[i + 1 :] for i in places}
    slips |= {word[:i] + word[i + 1 :] for i in places}
    slips |= {word[:i] + "." + word[i:] for i in range(1, len(word) + 1)}
    slips |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]}
    end = "( |$)" if len(word) < SHORTEST_BEGINNING else ""
    return f"(^| )({'|'.join(sorted(slips))}){end}"


def _guess(words: tuple[str, ...], user: User, found: Found) -> None:
    if len(words) > MOST_GUESSED_WORDS or all(len(w) < SHORTEST_GUESSED for w in words):
        return
    with connection.cursor() as cursor:
        # Of this transaction only; the operator of the index reads it.
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold = %s", [LIKENESS])
    # The slow question is asked once; whom of them the reader may see is asked of the few.
    alike = Q(
        pk__in=list(
            Person.objects.filter(_alike(words)).values_list("pk", flat=True)[:MOST_GUESSED]
        )
    )
    people, cases = {p.pk for p in found.people}, {c.pk for c in found.cases}
    found.guessed_people = [p for p in _people(alike, user) if p.pk not in people]
    found.guessed_cases = [c for c in _cases_named(alike, user) if c.pk not in cases]


def _marked(asked: Query) -> Q | None:
    """Persons by PIN or by phone; None where the text is neither."""
    condition = Q(pk__in=[])
    if asked.pin:
        condition |= Q(pin=asked.pin)
    if asked.phones:
        same = Q(e164__in=asked.phones) | Q(e164__endswith=asked.phones[-1])
        condition |= Q(pk__in=Phone.objects.filter(same).values("person"))
    return condition if asked.pin or asked.phones else None


def _people(condition: Q, user: User) -> list[Person]:
    """Only persons of cases whose content the reader reads, each with those cases and their place in the family."""
    cases = Case.objects.content_visible_to(user)
    places = CaseChild.objects.filter(case__in=cases).select_related("case")
    members = FamilyMember.objects.select_related("family").prefetch_related(
        Prefetch("family__cases", cases, "known_cases")
    )
    people = Person.objects.visible_to(user).filter(condition).select_related("child")
    known = people.prefetch_related(
        Prefetch("case_places", places, "known_places"),
        Prefetch("family_memberships", members, "known_memberships"),
    )
    return _each_once(known.order_by("sort_key", "pk")[:MOST_SHOWN])


def _each_once(people: Iterable[Person]) -> list[Person]:
    """Those brought together by the heads on one line, with the cases of all their records that were found."""
    lines = one_line_each(people)
    for person in lines:
        for other in person.__dict__.get("also", ()):
            person.__dict__["known_places"] = [*person.known_places, *other.known_places]  # type: ignore[attr-defined]  # prefetched
    return lines


def _cases_named(condition: Q, user: User) -> list[Case]:
    """Cases by the names of their children; by those of the whole family where the content is read."""
    children, family = _places(condition)
    read = Q(pk__in=Case.objects.content_visible_to(user).values("pk"))
    named = Case.objects.named_for(user).filter(Q(Exists(children)) | (read & Exists(family)))
    return _shown(named, user)


def _cases_marked(condition: Q, user: User) -> list[Case]:
    """Cases by a PIN or a phone, which are content: whoever knows the card alone finds none by them."""
    children, family = _places(condition)
    read = Case.objects.content_visible_to(user)
    return _shown(read.filter(Exists(children) | Exists(family)), user)


def _places(condition: Q) -> tuple[QuerySet[CaseChild], QuerySet[FamilyMember]]:
    """The places of matching persons in the case at hand, and in its family."""
    matching = Person.objects.filter(condition).values("pk")
    children = CaseChild.objects.filter(case=OuterRef("pk"), person__in=matching)
    family = FamilyMember.objects.filter(family__cases=OuterRef("pk"), person__in=matching)
    return children, family


def _shown(cases: QuerySet[Case], user: User) -> list[Case]:
    """The first of them, with what a line shows and how far the reader reads into each."""
    children = CaseChild.objects.select_related("person").order_by("person__sort_key")
    found = cases.with_depth_for(user).select_related("office", "responsible")  # type: ignore[attr-defined]  # a CaseQuerySet
    shown = found.prefetch_related(Prefetch("child_places", children))
    return [remember_depth(user, case) for case in shown.order_by("-opened_at", "pk")[:MOST_SHOWN]]


def _find_numbers(number: str, user: User, found: Found) -> None:
    """Cases and papers, those of the rooms above too, by a number or its part; leading zeros of the part may be left out."""
    holds = number_condition(number)
    known = {case.pk for case in found.cases}
    cases = _shown(Case.objects.visible_to(user).filter(holds), user)
    found.cases += [case for case in cases if case.pk not in known]
    papers = Conclusion.objects.visible_to(user).filter(holds)
    found.conclusions = list(papers.select_related("episode__case", "episode__person")[:MOST_SHOWN])
    found.releases = list(
        Release.objects.visible_to(user).filter(holds).select_related("case")[:MOST_SHOWN]
    )
    found.transfers = _gone(holds, user)
    found.of_rooms = papers_of_rooms(holds, user)


def _gone(holds: Q, user: User) -> list[Transfer]:
    """Cases that have gone to another office, found by whoever knew their card there."""
    gone = Transfer.objects.visible_to(user).filter(
        status=OfferStatus.ACCEPTED, case__in=Case.objects.filter(holds)
    )
    known = Case.objects.visible_to(user).values("pk")
    return list(gone.exclude(case__in=known).select_related("case", "to_office")[:MOST_SHOWN])


def number_condition(number: str) -> Q:
    """Numbers ``{index}-{seq}/{yy}`` that ``number`` names: whole, its end, or the bare running number."""
    index, dash, rest = number.rpartition("-")
    seq, slash, year = rest.partition("/")
    padded = f"{seq:0>4}{slash}{year}"
    if dash:
        return Q(number__startswith=f"{index}-{padded}")
    return Q(number__endswith=f"-{padded}") if slash else Q(number__contains=f"-{padded}/")


def remember(text: str, user: User) -> Search:
    """Keep what is looked for, so that the address of the results names nobody; what is older than 30 days goes."""
    Search.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return Search.objects.create(user=user, text=text[:LONGEST], at=clock.now())


def kept_search(pk: UUID | str, user: User) -> Search | None:
    """One's own search that has not grown too old."""
    return Search.objects.filter(pk=pk, user=user, at__gte=clock.now() - KEPT_FOR).first()
