"""Blank forms for a day without electricity: every main screen as a sheet to write on, its fields in the screen's own order.

A sheet is drawn from the form that the screen uses, so that a field which is added there stands on the paper too, and
typing it in later goes down the sheet line by line. Nothing of anybody is on it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from crispy_forms.layout import Field as LaidField
from django import forms
from django.forms.utils import pretty_name
from django.utils import translation
from django.utils.functional import Promise

from casework.models import Person
from core.fields import TypedDateField, TypedDateTimeField
from core.layout import Actions, Pair, Section
from offices.models import User

Kind = Literal["line", "lines", "tick", "choice", "day", "moment"]
# More than so many cannot be ticked on paper; they are written on a line.
MOST_OPTIONS = 24
_LEFT_OUT = (forms.HiddenInput, forms.PasswordInput, forms.MultipleHiddenInput)


@dataclass(frozen=True)
class BlankField:
    """One field in both languages; ``lines`` of empty room, ``options`` to tick."""

    name: str
    label_ky: str
    label_ru: str
    kind: Kind
    lines: int = 1
    options: tuple[tuple[str, str], ...] = ()

    @property
    def room(self) -> range:
        """The empty lines, for the template."""
        return range(self.lines)


@dataclass
class BlankPart:
    """A headed group of fields; without a heading where the screen has none."""

    title_ky: str = ""
    title_ru: str = ""
    fields: list[BlankField] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """One form of a screen, under a heading of its own, ``times`` over where the screen lets rows be added."""

    form: Callable[[User], Any]
    title: str | Promise = ""
    times: int = 1


@dataclass(frozen=True)
class Blank:
    """One sheet: its code in the address, its title, the pieces of its screen, and who needs it."""

    code: str
    title: str | Promise
    pieces: tuple[Piece, ...]
    roles: tuple[str, ...]


def parts_of(blank: Blank, user: User) -> list[BlankPart]:
    """What stands on the sheet, in order."""
    found: list[BlankPart] = []
    for piece in blank.pieces:
        for turn in range(piece.times):
            parts = list(_parts(piece, user))
            if piece.title:
                mark = f" {turn + 1}" if piece.times > 1 else ""
                parts.insert(0, _headed(piece, mark))
            found += parts
    return [part for part in found if part.fields or part.title_ky]


def _parts(piece: Piece, user: User) -> Iterator[BlankPart]:
    """The parts of one form, read once in each language: a helper may have put its titles in words already."""
    with translation.override("ky"):
        kyrgyz = list(_walk(piece.form(user)))
    with translation.override("ru"):
        russian = list(_walk(piece.form(user)))
    for (title_ky, fields_ky), (title_ru, fields_ru) in zip(kyrgyz, russian, strict=True):
        paired = zip(fields_ky, fields_ru, strict=True)
        yield BlankPart(title_ky, title_ru, [_joined(ky, ru) for ky, ru in paired])


@dataclass(frozen=True)
class _Said:
    """A field as it is said in one language."""

    name: str
    label: str
    kind: Kind
    lines: int
    options: tuple[str, ...]


def _joined(ky: _Said, ru: _Said) -> BlankField:
    options = tuple(zip(ky.options, ru.options, strict=True))
    return BlankField(ky.name, ky.label, ru.label, ky.kind, ky.lines, options)


def _walk(form: Any) -> Iterator[tuple[str, list[_Said]]]:
    """(title, fields) for each group of the form's layout; a form without one is a single group."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    if layout is None:
        yield "", list(_said(form, form.fields))
        return
    loose: list[str] = []
    for part in layout.fields:
        if isinstance(part, Section):
            if loose:
                yield "", list(_said(form, loose))
                loose = []
            yield str(part.title), list(_said(form, _names(part)))
        elif not isinstance(part, Actions):
            loose += _names(part)
    if loose:
        yield "", list(_said(form, loose))


def _names(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, LaidField | Pair) or hasattr(part, "fields"):
        return [name for inner in part.fields for name in _names(inner)]
    return []


def _said(form: Any, names: Iterable[str]) -> Iterator[_Said]:
    for name in names:
        asked = form.fields.get(name)
        if (
            asked is None
            or isinstance(asked.widget, _LEFT_OUT)
            or isinstance(asked, forms.FileField)
        ):
            continue
        options = _options(asked)
        label = str(asked.label or pretty_name(name))
        yield _Said(name, label, _kind(asked, options), _lines(asked), options)


def _kind(asked: forms.Field, options: tuple[str, ...]) -> Kind:
    if isinstance(asked, forms.BooleanField):
        return "tick"
    if options:
        return "choice"
    if isinstance(asked, TypedDateTimeField):
        return "moment"
    if isinstance(asked, TypedDateField):
        return "day"
    return "lines" if isinstance(asked.widget, forms.Textarea) else "line"


def _lines(asked: forms.Field) -> int:
    rows = asked.widget.attrs.get("rows", 3) if isinstance(asked.widget, forms.Textarea) else 1
    return max(1, min(int(rows), 10))


def _options(asked: forms.Field) -> tuple[str, ...]:
    """What can be ticked; none where there is no list, or one too long for paper."""
    if not isinstance(asked, forms.ChoiceField) or _names_somebody(asked):
        return ()
    choices: Any = asked.choices
    shown = [str(label) for value, label in _flat(choices) if value not in ("", None)]
    return tuple(shown) if 0 < len(shown) <= MOST_OPTIONS else ()


def _names_somebody(asked: forms.Field) -> bool:
    """Staff and clients are written down by hand; so is what only a record can offer."""
    if not isinstance(asked, forms.ModelChoiceField):
        return False
    return asked.queryset is None or asked.queryset.model in (User, Person)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _headed(piece: Piece, mark: str) -> BlankPart:
    """The heading alone, in both languages, with which of several it is."""
    title_ky, title_ru = _in_both(lambda: piece.title)
    return BlankPart(title_ky + mark, title_ru + mark)


def _in_both(words: Callable[[], Any]) -> tuple[str, str]:
    found = []
    for language in ("ky", "ru"):
        with translation.override(language):
            found.append(str(words()))
    return found[0], found[1]


class Bare:
    """The fields of a form class as they are declared, for one that is only built for a record; ``names`` chooses among them."""

    def __init__(self, form: type[Any], *names: str) -> None:
        declared = form.base_fields
        self.fields = {name: declared[name] for name in (names or declared)}


def bare(form: type[Any], *names: str) -> Callable[[User], Any]:
    return lambda _user: Bare(form, *names)


class Chosen:
    """Some fields of a form that was built for the reader, in the order in which the screen asks them."""

    def __init__(self, form: Any, names: tuple[str, ...]) -> None:
        self.fields = {name: form.fields[name] for name in names if name in form.fields}


def chosen(build: Callable[[User], Any], *names: str) -> Callable[[User], Any]:
    return lambda user: Chosen(build(user), names)


def titles_of(blank: Blank) -> tuple[str, str]:
    """Its title in Kyrgyz and in Russian."""
    return _in_both(lambda: blank.title)
