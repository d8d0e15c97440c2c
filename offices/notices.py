"""Telling people at once: a kind with its words, a record's number and a link; never a client's data."""

from collections.abc import Iterable

from django.utils.functional import Promise

from core import clock

from .models import Notice, User

# Each app names its kinds in ``AppConfig.ready()``; the words stand before the record's number.
_WORDS: dict[str, str | Promise] = {}


def register_kind(kind: str, words: str | Promise) -> None:
    """Let notices of ``kind`` be sent, said by ``words`` (lazily translated)."""
    _WORDS[kind] = words


def words_of(kind: str) -> str:
    return str(_WORDS.get(kind, kind))


def tell(
    people: Iterable[User], kind: str, *, by: User | None, number: str = "", url: str = ""
) -> None:
    """Tell each of ``people`` once, except ``by`` whose doing it is. Raises KeyError for a kind that nobody registered."""
    _WORDS[kind]
    told = {person.pk: person for person in people if by is None or person.pk != by.pk}
    Notice.objects.bulk_create(
        Notice(user=person, kind=kind, number=number, url=url, by=by, at=clock.now())
        for person in told.values()
    )
