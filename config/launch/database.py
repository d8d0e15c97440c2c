"""Which database the settings name: the one in DATABASE_URL, or this checkout's embedded cluster."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from config.launch import socket_folder
from config.launch.cluster import OWNER, PROJECT, Cluster

_PLACE = PROJECT / "var" / "postgres"
RUN = Cluster(_PLACE / "run")
TEST = Cluster(_PLACE / "test", durable=False)
CLUSTERS = {"run": RUN, "test": TEST}
# A page of one record joins up to seventeen tables by their keys: to weigh the orders of eight of them at a time takes
# PostgreSQL longer than to answer. See docs/decisions/0014.
PLANNING = "-c join_collapse_limit=4"


def settings(cluster: str = "run") -> dict[str, Any]:
    """An entry for DATABASES: DATABASE_URL if set, else the embedded "run" or "test" cluster.

    The embedded server starts at the first connection, not before.
    """
    named = from_environment()
    if named is not None:
        return named
    return {
        "ENGINE": "config.launch.embedded",
        "EMBEDDED_CLUSTER": cluster,
        "NAME": OWNER,
        "USER": OWNER,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": PLANNING},
    }


def from_environment() -> dict[str, Any] | None:
    """The entry for DATABASE_URL, None when it is not set."""
    url = os.environ.get("DATABASE_URL", "")
    return at(url) if url else None


def at(url: str) -> dict[str, Any]:
    """The entry for a server's address; what the address itself says of ``options`` comes last, so that it holds."""
    entry: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    said = entry.get("OPTIONS", {})
    options = " ".join(filter(None, (PLANNING, said.get("options"))))
    return {**entry, "OPTIONS": {**said, "options": options}}


def with_name(url: str, name: str) -> str:
    """The same server's address, for another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def is_embedded(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of DATABASES leads to an embedded server, by its engine or by its socket."""
    return entry["ENGINE"].startswith("config.launch.") or socket_folder.is_embedded(
        entry.get("HOST") or ""
    )
