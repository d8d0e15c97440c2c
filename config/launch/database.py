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
    }


def from_environment() -> dict[str, Any] | None:
    """The entry for DATABASE_URL, None when it is not set."""
    url = os.environ.get("DATABASE_URL", "")
    return (
        dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)) if url else None
    )


def with_name(url: str, name: str) -> str:
    """The same server's address, for another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def is_embedded(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of DATABASES leads to an embedded server, by its engine or by its socket."""
    return entry["ENGINE"].startswith("config.launch.") or socket_folder.is_embedded(
        entry.get("HOST") or ""
    )
