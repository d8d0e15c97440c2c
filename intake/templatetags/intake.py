"""What every page of intake shows: the strip of its sections."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from ..sections import strip_for

register = template.Library()


@register.inclusion_tag("components/tabs.html", takes_context=True)
def intake_sections(context: Any) -> dict[str, Any]:
    """The sections of intake that the reader is offered; the one whose address begins this page's is the current one."""
    return {"entries": strip_for(context["request"]), "label": _("Parts of intake")}
