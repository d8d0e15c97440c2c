"""What stands on an episode's page beside its meetings: each slice hangs its own section, without touching the page.

Register in ``AppConfig.ready()``::

    register_section(conclusions_section)

A section is a function ``(request, episode) -> Section | None``, called inside the page's read-only transaction for
those who read the episode's content and for the head of the office that gives it; it asks its own querysets what the
reader may see. None means that it has nothing to show.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .models import Episode


@dataclass(frozen=True)
class Section:
    """A template and what it is given beside ``episode`` and the request; it renders one ``<section>``."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


SectionFunction = Callable[[HttpRequest, Episode], Section | None]

_SECTIONS: list[tuple[int, SectionFunction]] = []


def register_section(section: SectionFunction, *, order: int = 100) -> None:
    """Hang ``section`` on every episode's page; lower ``order`` stands higher."""
    if all(known is not section for _, known in _SECTIONS):
        _SECTIONS.append((order, section))
        _SECTIONS.sort(key=lambda entry: entry[0])


def rendered_sections(request: HttpRequest, episode: Episode) -> list[SafeString]:
    """The sections as HTML, in order."""
    shown = (section(request, episode) for _, section in _SECTIONS)
    return [
        render_to_string(s.template, {"episode": episode, **s.context}, request)
        for s in shown
        if s is not None
    ]
