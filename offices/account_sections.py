"""What stands on the own account's page beside the account itself: upper rooms hang their sections here.

Register in ``AppConfig.ready()``. A section is a function of the request; it shows nobody's data but the person's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class AccountSection:
    """A template and what it is given; it renders one ``<section>``."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


SectionFunction = Callable[[HttpRequest], AccountSection | None]

_SECTIONS: list[SectionFunction] = []


def register_account_section(section: SectionFunction) -> None:
    if section not in _SECTIONS:
        _SECTIONS.append(section)


def rendered_account_sections(request: HttpRequest) -> list[SafeString]:
    """The sections as HTML, in the order in which they were hung."""
    shown = (section(request) for section in _SECTIONS)
    return [render_to_string(s.template, s.context, request) for s in shown if s is not None]
