"""A new password for whoever lost theirs: a link that an administrator makes, that works once and for a day."""

import datetime as dt
import hashlib
import secrets

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError

from ..enums import Role, SecurityKind
from ..models import Membership, ResetLink, User
from ..notices import tell
from ..permissions import can_keep_accounts
from ..security import note_security

LINK_WORKS_FOR = dt.timedelta(hours=24)


@transaction.atomic
def make_reset_link(
    user: User, *, removes_factors: bool = False, actor: User, request: HttpRequest | None = None
) -> str:
    """The token of a new link for ``user``; earlier links stop working. The owner and the auditors are told."""
    if not can_keep_accounts(actor):
        raise PermissionDenied
    if not user.is_active:
        raise DomainError(_("This account is closed. Open it first."))
    now, token = clock.now(), secrets.token_urlsafe(32)
    open_links = ResetLink.objects.filter(user=user, used_at=None, expires_at__gt=now)
    open_links.update(expires_at=now)
    ResetLink.objects.create(
        user=user,
        made_by=actor,
        token_sha256=_hash(token),
        removes_factors=removes_factors,
        made_at=now,
        expires_at=now + LINK_WORKS_FOR,
    )
    note_security(SecurityKind.RESET_GIVEN, user, request=request, by=actor)
    tell([user, *auditors()], "reset_given", by=actor, number=user.username)
    return token


def find_reset_link(token: str) -> ResetLink | None:
    """The link of ``token`` while it works: unused, not expired, its account open."""
    return (
        ResetLink.objects.select_related("user")
        .filter(token_sha256=_hash(token), used_at=None, expires_at__gt=clock.now())
        .filter(user__is_active=True)
        .first()
    )


@transaction.atomic
def use_reset_link(token: str, password: str, *, request: HttpRequest | None = None) -> User:
    """Set the password by the link, once; all sessions of the account end. Refused where the link works no more."""
    found = find_reset_link(token)
    link = ResetLink.objects.select_for_update().get(pk=found.pk) if found else None
    if link is None or link.used_at is not None:
        raise DomainError(_("This link works no more. Ask the administrator for another one."))
    link.used_at = clock.now()
    link.save()
    user = User.objects.select_for_update().get(pk=link.user_id)
    user.set_password(password)
    user.save()
    if link.removes_factors:
        Authenticator.objects.filter(user_id=user.pk).delete()
        note_security(SecurityKind.FACTOR_REMOVED, user, request=request, by=link.made_by)
    note_security(SecurityKind.RESET_USED, user, request=request, by=user)
    tell([user, *auditors()], "reset_used", by=None, number=user.username)
    return user


def auditors() -> list[User]:
    """Whoever audits today."""
    held = Membership.objects.active().filter(role=Role.AUDITOR)
    return list(User.objects.filter(is_active=True, memberships__in=held).distinct())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
