"""Signing in, the own account, the machinery of forms: nothing of clients."""

import uuid

from offices.models import StandIn

from .rows import ANYBODY, STAFF, Row
from .world import HEADS_OF_IT

NOBODY = set()
ACCOUNTS = {"administrator", "superuser"}
HEADS = HEADS_OF_IT | {"head shut out", "Centre's head", "other head", "city head"}


def _own(name, **fields):
    """A page of one's own account: whoever is signed in, about themselves."""
    return Row(name, opens=STAFF, sees=NOBODY, **fields)


def _placed(world):
    return StandIn.objects.filter(membership__user=world.responsible).get()


def _key(world):
    return {"pk": 987654}


ROWS = [
    Row("healthz", opens=ANYBODY, sees=NOBODY, is_marked=False),
    Row("core:save_draft", opens=STAFF, sees=NOBODY, is_marked=False,
        send=lambda w: {"key": "x:1", "payload": "{}"}),
    Row("core:fresh_token", opens=STAFF, sees=NOBODY, is_marked=False, status={"anonymous": 401}),
    Row("core:signed_in", opens=STAFF, sees=NOBODY, is_marked=False),
    Row("set_language", opens=ANYBODY, sees=NOBODY, done=302, send=lambda w: {"language": "ru"}),
    Row("account_login", opens={"anonymous"}, sees=NOBODY, otherwise=302),
    Row("account_logout", opens=STAFF, sees=NOBODY),
    _own("account_settings"),
    _own("account_reauthenticate"),
    _own("account_change_password"),
    _own("offices:notices"),
    _own("offices:notices_seen", send=lambda w: {}, done=302),
    _own("offices:notice", kwargs=lambda w: {"pk": uuid.uuid4()}, send=lambda w: {}, done=404),
    Row("account_give_link", opens=ACCOUNTS, sees=NOBODY, otherwise=403,
        kwargs=lambda w: {"pk": w.responsible.pk}),
    Row("account_new_password", opens=ANYBODY, sees=NOBODY, done=404,
        kwargs=lambda w: {"token": "not-a-token"}),
    Row("offices:staff", opens=HEADS, otherwise=403,
        shows=lambda w: w.responsible.full_name, sees=HEADS_OF_IT | {"head shut out"}),
    Row("offices:end_stand_in", opens=HEADS_OF_IT | {"head shut out"}, sees=NOBODY, done=302,
        send=lambda w: {}, kwargs=lambda w: {"pk": _placed(w).pk}),
    _own("mfa_index"),
    Row("mfa_authenticate", opens=ANYBODY, sees=NOBODY, done=302),
    _own("mfa_reauthenticate", done=302),
    _own("mfa_activate_totp", done=302),
    _own("mfa_deactivate_totp", done=404),
    _own("mfa_view_recovery_codes", done=404),
    _own("mfa_generate_recovery_codes", done=302),
    _own("mfa_list_webauthn"),
    _own("mfa_add_webauthn", done=302),
    _own("mfa_reauthenticate_webauthn", done=302),
    _own("mfa_edit_webauthn", kwargs=_key, done=302),
    _own("mfa_remove_webauthn", kwargs=_key, done=404),
]  # fmt: skip
