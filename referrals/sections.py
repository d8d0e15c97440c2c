"""The pages of referrals side by side."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.release_permissions import ASKING_ROLES
from offices.models import User
from offices.standing import standing

from .models.incoming import KEEPING_ROLES
from .permissions import can_list_organisations


def section_tabs(user: User, current: str) -> list[dict[str, Any]]:
    """The tabs over the lists; ``current`` is the name of the URL that is shown."""
    own = standing(user)
    entries = [
        ("referrals:incoming", _("Incoming"), own.has(*KEEPING_ROLES)),
        ("referrals:outgoing", _("Outgoing"), own.has(*ASKING_ROLES)),
        ("organisations:list", _("Organisations"), can_list_organisations(user)),
    ]
    return [
        {"url": reverse(name), "label": label, "is_current": name == current}
        for name, label, offered in entries
        if offered
    ]
