"""Translations compiled with Babel, so that no machine needs gettext."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.launch.cluster import PROJECT


def compile_all(project: Path = PROJECT) -> int:
    """Write the .mo beside every .po under a `locale` folder that is newer; the number written."""
    stale = [source for source in _catalogues(project) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return len(stale)


def _catalogues(project: Path) -> list[Path]:
    return sorted(
        [*project.glob("locale/*/LC_MESSAGES/*.po"), *project.glob("*/locale/*/LC_MESSAGES/*.po")]
    )


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    language = source.parents[1].name
    with source.open("rb") as text:
        catalogue = read_po(text, locale=language, abort_invalid=True)
    unfinished = source.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as compiled:
        write_mo(compiled, catalogue)
    # Renamed, so that a server that runs meanwhile never reads half a file.
    unfinished.rename(source.with_suffix(".mo"))
