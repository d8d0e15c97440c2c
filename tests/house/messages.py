"""The messages of the sources against the catalogues, read with Babel: no tool outside Python is needed."""

import io
import re
from functools import cache

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.house import HOUSE, ROOMS, files, text

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def wanted():
    """{(context, msgid or (one, many)): a place where it stands}."""
    found = {}
    for path in files(*ROOMS, "config", suffix=".py"):
        found |= _in_python(text(path), path)
    for path in [*files("templates", suffix=".html"), *files("templates", suffix=".txt")]:
        # What it makes of a template is no whole program: its lines are read for themselves.
        lines = templatize(text(path), origin=str(path)).splitlines()
        found |= _in_python("\n".join(line.strip() for line in lines), path)
    return found


def _in_python(source, path):
    found = {}
    options = {"encoding": "utf-8"}
    for line, name, messages, _ in extract_python(
        io.BytesIO(source.encode()), list(_KEYWORDS), [], options
    ):
        spec, parts = _KEYWORDS[name], messages if isinstance(messages, tuple) else (messages,)
        context, key = _key(spec, parts)
        if key and all(
            isinstance(k, str) and k for k in (key if isinstance(key, tuple) else (key,))
        ):
            found[(context, key)] = f"{path}:{line}"
    return found


def _key(spec, parts):
    if spec is None:
        return None, parts[0]
    has_context = isinstance(spec[0], tuple)
    context = parts[0] if has_context else None
    words = parts[1:] if has_context else parts
    return context, tuple(words[:2]) if len(spec) - has_context > 1 else words[0]


@cache
def catalogue(language):
    with (HOUSE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def faults(language):
    """What is missing, fuzzy or speaks of other placeholders in the catalogue of ``language``."""
    said = catalogue(language)
    for (context, key), place in wanted().items():
        message = said.get(key[0] if isinstance(key, tuple) else key, context)
        if message is None or not _is_whole(message.string):
            yield f"missing: {key!r} ({place})"
        elif message.fuzzy:
            yield f"fuzzy: {key!r} ({place})"
        elif _placeholders(message.string) - _placeholders(key):
            yield f"other placeholders: {key!r} ({place})"


def _is_whole(words):
    return all(words) if isinstance(words, tuple | list) else bool(words)


def _placeholders(words):
    joined = " ".join(words) if isinstance(words, tuple | list) else words
    return {a or b for a, b in _PLACEHOLDER.findall(joined)}
