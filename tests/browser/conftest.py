"""The browser tests' world: Debian's Chromium, a real server, the demo city's offices and staff, no families."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from casework.reference import load_casework_lists
from config.launch import system
from config.settings import base
from intake.reference import load_call_topics
from offices.reference import load_offices, load_standard
from reports.demo.bodies import load_bodies
from reports.demo.staff import load_staff

from .site import Site

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
# A page lives for a moment here: to make its scripts faster takes longer than to run them.
ARGUMENTS += ["--js-flags=--no-opt --no-maglev"]


@pytest.fixture(scope="session")
def collected_static():
    """The static files as they are served: hashed and compressed; one process gathers them for all."""
    with (Path(settings.VAR_DIR) / "static-collecting").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        subprocess.run(
            [
                sys.executable,
                "-c",
                "import django; django.setup(); from config.launch import serve; serve._collect_static()",
            ],
            check=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"},
        )


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    # Playwright's own loop must not make Django believe that the tests run asynchronously.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(system.chromium()), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded_city(stocked_database):
    """The offices, lists, bodies and staff of the demo city; passwords as a real server checks them."""
    with stocked_database(), override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS):
        load_offices()
        load_standard()
        load_casework_lists()
        load_call_topics()
        load_staff()
        load_bodies()


@pytest.fixture
def city(loaded_city, restocked):
    """This test's own copy of the demo city without families."""


@pytest.fixture(scope="session")
def server(loaded_city, database_url, collected_static, tmp_path_factory):
    """One server for all tests of this process: it is warm, and finds each test's city under the same name."""
    server = Site(database_url, tmp_path_factory.mktemp("site"))
    yield server
    server.stop()


@pytest.fixture
def site(city, server):
    """The server, running, with its clock set right and nothing in its log."""
    server.anew()
    return server


@pytest.fixture
def person(chromium, site, request):
    """``person("head.lenin")`` is that person at a browser of their own, signed in and on no page yet; ``size`` for a phone."""
    from .walker import AXE, Walker

    opened = []
    folder = os.environ.get("JARDAM_SHOTS")

    def come(username=None, *, size=None, language=None):
        context = chromium.new_context(viewport=size or WIDE, locale="ru-RU")
        context.set_default_timeout(15_000)
        # Every page brings it along: sent once, and not read anew for each page that is examined.
        context.add_init_script(path=AXE)
        if language:
            context.add_cookies([{"name": "language", "value": language, "url": site.url}])
        opened.append(context)
        shots = Path(folder) / request.node.name / (username or "anybody") if folder else None
        walker = Walker(context.new_page(), site, shots)
        return walker.come_in(username) if username else walker

    yield come
    for context in opened:
        context.close()
