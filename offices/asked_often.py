"""Questions that every page asks, put together once for each standing.

Who may read a case is asked with every page, several times, inside other questions. Django put the words together anew
each time, and took longer over it than the database over its answer. What depends on nothing but where the person stands
today can be kept: the question as such, and its words where another question holds it. The words are the same ones.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache, wraps
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import Expression, RawSQL
from psycopg2.extensions import adapt, register_adapter

from core import clock

from .models import User
from .standing import Standing, settled_as, standing

# Of 37 kB each, some twenty for a person: those of the fifty who ask most in this process.
_KEPT_AT_MOST = 1024
# Of what is made of a whole person, 150 kB for a head in all: everybody who works in the city's offices.
_PEOPLE_AT_MOST = 256

Words = tuple[str, tuple[Any, ...]]
"""A question as the database is asked it, with what it is asked of."""


class _Now:
    """Becomes the present moment when the database is asked."""


register_adapter(_Now, lambda _now: adapt(clock.now()))


class Moment(Expression):
    """The present moment in a question that is kept: that of the asking, never that of the putting together."""

    def __init__(self) -> None:
        super().__init__(output_field=models.DateTimeField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (_Now(),)


Row = TypeVar("Row", bound=models.Model)


class AskedOftenQuerySet(models.QuerySet[Row]):
    """Holds questions marked ``asked_often``."""

    _question: "_Question | None" = None

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """What stands for it within another question: its words as they are, while nothing has been added to it."""
        kept = self._question and self._question.words
        return RawSQL(*kept) if kept else super().resolve_expression(*args, **kwargs)


class _Question:
    def __init__(self, found: AskedOftenQuerySet[Any]) -> None:
        self._found = found

    def again(self) -> AskedOftenQuerySet[Any]:
        found = self._found.all()
        found._question = self
        return found

    @cached_property
    def words(self) -> Words | None:
        """What selects the ids, or the one field that the question names; None where nothing can be found."""
        query = self._found.query.clone()
        query.clear_ordering(force=True)
        if not query.has_select_fields:
            query.clear_select_clause()
            query.add_fields(["pk"])
        return _words(query)


def words_of(rows: models.QuerySet[Any]) -> Words | None:
    """The words of ``rows``, to be kept and asked with :func:`rows_of`; None where nothing can be found."""
    return _words(rows.query)


def _words(query: Any) -> Words | None:
    try:
        return query.sql_with_params()  # type: ignore[no-any-return]  # untyped in Django
    except EmptyResultSet:
        return None


def rows_of(words: Words | None) -> list[tuple[Any, ...]]:
    """What the database answers: one query, or none where nothing can be found."""
    if words is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*words)
        return list(cursor.fetchall())


Asked = TypeVar("Asked", bound=Callable[..., Any])


class _Asker:
    """A person as the kept questions know them: by where they stand on this day."""

    def __init__(self, user: User, own: Standing) -> None:
        self.user, self._key = settled_as(user, own), (own.key, clock.today())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asker) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def asked_often(question: Asked) -> Asked:
    """Mark a question to an ``AskedOftenQuerySet`` that depends on nothing but who asks and where they stand today.

    What it finds may depend on the moment too, by :class:`Moment`. It is put together once for each standing, and anew
    where it is asked of less than everything.
    """

    @wraps(question)
    def asked(everything: Any, user: User) -> Any:
        own = standing(user)
        if own.user_id is None or not _is_everything(everything):
            return question(everything, user)
        return _put_together(question, everything.model, _Asker(user, own)).again()

    return asked  # type: ignore[return-value]  # called as the question is


@lru_cache(maxsize=_KEPT_AT_MOST)
def _put_together(question: Callable[..., Any], model: Any, asker: _Asker) -> _Question:
    return _Question(question(model._default_manager.all(), asker.user))


Made = TypeVar("Made")
MAKERS: "list[Maker[Any]]" = []


class Maker(Generic[Made]):
    """What :func:`made_once` marks."""

    def __init__(self, make: Callable[[User], Made]) -> None:
        self.make = make
        self._kept = lru_cache(maxsize=_PEOPLE_AT_MOST)(lambda asker: make(asker.user))
        MAKERS.append(self)

    def __call__(self, user: User) -> Made:
        own = standing(user)
        return self.make(user) if own.user_id is None else self._kept(_Asker(user, own))

    def forget(self) -> None:
        """What was kept is made anew."""
        self._kept.cache_clear()


def made_once(make: Callable[[User], Made]) -> Maker[Made]:
    """Mark what makes something of a person that depends on nothing but where they stand today: made once for each standing.

    It asks the database nothing, and no clock but for the day; the moment stands in it as :class:`Moment`.
    """
    return Maker(make)


def _is_everything(found: AskedOftenQuerySet[Any]) -> bool:
    """Whether nothing has been asked of ``found`` yet, neither of the rows nor of how they come."""
    query = found.query
    narrowed = query.where or query.annotations or query.select or query.combinator
    shaped = (
        query.is_sliced or query.distinct or query.order_by or query.extra or query.extra_order_by
    )
    loaded = query.select_related or query.deferred_loading[0] or query.select_for_update
    elsewhere = found._db or found._prefetch_related_lookups  # type: ignore[attr-defined]  # Django's own
    return not (narrowed or shaped or loaded or elsewhere)
