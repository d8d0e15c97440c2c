"""Production refuses to start half configured, in a sentence that says what is missing."""

import os
import subprocess
import sys

import pytest

from config.launch import database
from config.launch.cluster import PROJECT

COMPLETE = {
    "SECRET_KEY": "k3y-of-a-test-that-is-long-enough-to-pass-django's-own-deploy-check-0123456789",
    "ALLOWED_HOSTS": "jardam.example.kg",
    "DATABASE_URL": "postgresql://jardam:word@db.example.kg/jardam",
}


def start(*words, **variables):
    """`manage.py <words>` under the production settings with these variables and no others of ours."""
    # The browser tests of the same process set Django's word about Playwright's loop, which is none of production's.
    ours = {*COMPLETE, "DJANGO_ALLOW_ASYNC_UNSAFE"}
    environment = {k: v for k, v in os.environ.items() if k not in ours}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.production", **variables}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "Set SECRET_KEY: a long random text that only this installation knows."),
        ("ALLOWED_HOSTS", "Set ALLOWED_HOSTS: the host names it is served under, by commas."),
        ("DATABASE_URL", "Set DATABASE_URL: the address of its PostgreSQL."),
    ],
)
@pytest.mark.parametrize("value", [None, "  "])
def test_production_refuses_to_start_without(missing, sentence, value):
    variables = {k: v for k, v in COMPLETE.items() if k != missing}
    if value is not None:
        variables[missing] = value
    done = start("check", **variables)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith(f"ImproperlyConfigured: {sentence}")


def test_production_refuses_the_embedded_server(tmp_path):
    (tmp_path / "embedded").write_text("any data folder")
    url = f"postgresql://jardam@{str(tmp_path).replace('/', '%2F')}/jardam"
    done = start("check", **{**COMPLETE, "DATABASE_URL": url})
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith(
            "ImproperlyConfigured: DATABASE_URL names the embedded PostgreSQL, which is for trying "
            "and for tests: name a server of your own."
        )
    )


def test_production_tells_its_database_how_to_plan():
    asked = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    done = start("shell", "--no-imports", "--command", asked, **COMPLETE)
    assert (done.returncode, done.stdout.strip()) == (0, str({"options": database.PLANNING}))


def test_production_passes_the_deploy_check():
    done = start("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
        "",
    )
