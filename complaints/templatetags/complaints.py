"""The strip of the room's parts."""

from typing import Any

from django import template

from ..sections import sections_for

register = template.Library()


@register.inclusion_tag("complaints/sections.html", takes_context=True)
def complaint_sections(context: Any) -> dict[str, Any]:
    """The parts of complaints that the reader is offered."""
    return {"sections": sections_for(context["request"])}
