"""The application that a call, finding, visitor or referral has become, on the record's own page."""

from typing import Any

from django import template
from django.urls import reverse

from offices.reading import note_read

from ..application_permissions import can_register_application
from ..sources import KINDS, Source, applications_from

register = template.Library()


@register.inclusion_tag("intake/applications_from.html", takes_context=True)
def applications_of(context: Any, code: str, record: Any) -> dict[str, Any]:
    """Its applications by number, to those who may know of them; the way to begin one where there is none yet.

    Nothing is offered where the record has become one that the reader may not see.
    """
    request = context["request"]
    made = list(applications_from(code, record, request.user))
    note_read(request, *made)
    is_free = not Source(KINDS[code], record).applications().exists()
    return {
        "made": made,
        "may_begin": is_free and can_register_application(request.user),
        "begin_url": reverse(f"applications:new_from_{code}", args=[record.pk]),
    }
