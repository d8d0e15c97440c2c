"""PostgreSQL as Django knows it, on a cluster that starts when the first connection is asked for.

A command that needs no database (makemessages, check, a rule's test) starts none.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from config.launch.database import CLUSTERS
from config.launch.trouble import Trouble


class DatabaseWrapper(base.DatabaseWrapper):
    """`EMBEDDED_CLUSTER` in the settings names the cluster to connect to: see config.launch.database."""

    def get_connection_params(self) -> dict[str, Any]:
        try:
            host = CLUSTERS[self.settings_dict["EMBEDDED_CLUSTER"]].ensure_running()
        except Trouble as trouble:
            raise ImproperlyConfigured(str(trouble)) from None
        return {**super().get_connection_params(), "host": str(host)}
