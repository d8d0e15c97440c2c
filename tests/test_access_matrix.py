"""Every URL name against everybody: who may, and each kind of one who may not. ``tests/access`` holds the table."""

import datetime as dt
import importlib
import pkgutil
import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from core import clock
from offices.session import SEEN_AT
from tests import access
from tests.access.world import SURNAME, World, cast_of

MACHINERY = {"__init__", "rows", "world"}


def _tables():
    names = [m.name for m in pkgutil.iter_modules(access.__path__) if m.name not in MACHINERY]
    return [importlib.import_module(f"tests.access.{name}") for name in names]


ROWS = [row for table in _tables() for row in table.ROWS]


def _views(resolver=None, namespaces=()):
    """(URL name, view) of every address outside the admin, which has a test of its own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            if inner[:1] != ("admin",):
                yield from _views(pattern, inner)
        else:
            yield (
                ":".join((*namespaces, pattern.name or f"unnamed {pattern.pattern}")),
                pattern.callback,
            )


def test_every_address_is_in_the_table():
    assert sorted({name for name, _ in _views()}) == sorted({row.name for row in ROWS})


def test_every_view_says_whether_it_shows_clients():
    unmarked = {row.name for row in ROWS if not row.is_marked}
    found = {
        name
        for name, view in _views()
        if not hasattr(view, "shows_clients") and not getattr(view, "is_open", False)
    }
    assert found <= unmarked


@pytest.fixture(scope="module")
def standing_world(standing_still):
    """The world, and a browser for everybody in it: built once for all rows.

    Who somebody is stands in their cookie: where sessions are kept, and how they end, has tests of its own.
    """
    with (
        standing_still(),
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),
    ):
        world = World()
        yield world, {name: _browser(user) for name, user in cast_of(world).items()}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_access(standing_world, row):
    """Statuses and what is found in the page, of everybody at once, so that one look shows who is wrong."""
    world, browsers = standing_world
    world.read_anew()
    url, text = reverse(row.name, kwargs=row.kwargs(world)), row.text(world)
    send = row.send and row.send(world)
    if send is None and not row.is_open:  # who guesses at an open page is counted
        with (
            _taken_back()
        ):  # once for all: to look at a page of staff changes nothing for the next one
            answers = {name: _ask(browser, url) for name, browser in browsers.items()}
    else:
        answers = {name: _ask_alone(browser, url, send) for name, browser in browsers.items()}
    wrong = {
        name: f"{found}, should be {should}"
        for name, answer in answers.items()
        if (found := (answer.status_code, text in answer.content.decode(errors="replace")))
        != (should := (row.expected(name), row.found_by(name)))
    }
    assert wrong == {}
    assert [name for name, answer in answers.items() if SURNAME in _title(answer)] == []
    if not row.is_open and row.expected("anonymous") == 302:
        assert urlsplit(answers["anonymous"].headers["Location"]).path == "/accounts/login/"
    if row.send is None:
        assert _sent_by_who_may_not_look(row, browsers, url) == {}


def _sent_by_who_may_not_look(row, browsers, url):
    """Who is not refused when they send something to a page that they may not even see."""
    statuses = {}
    for name in browsers:
        if row.expected(name) in (403, 404) and name != "anonymous":
            statuses[name] = _ask_alone(browsers[name], url, {}).status_code
            if statuses[name] == 405:  # nobody can send anything to this page, whoever they are
                break
    return {name: status for name, status in statuses.items() if status not in (403, 404, 405)}


def _title(answer):
    """The page's title, which stays in the history of a shared browser."""
    found = re.search(r"<title>(.*?)</title>", answer.content.decode(errors="replace"), re.S)
    return found[1] if found else ""


class _Browser(Client):
    """Answers and nothing else: which templates made them, with a copy of all they were given, nobody here asks."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


def _browser(user):
    client = _Browser()
    if user.is_authenticated:
        client.force_login(user, backend="offices.backends.StaffBackend")
        session = client.session
        # Seen a moment ago, whenever it asks: else each request of a later minute would write that down.
        session[SEEN_AT] = int((clock.now() + dt.timedelta(hours=1)).timestamp())
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def _ask_alone(browser, url, send):
    """The answer; whatever it wrote is taken back, for the next one to ask the same."""
    with _taken_back():
        return _ask(browser, url, send)


def _ask(browser, url, send=None):
    cookies = browser.cookies.copy()
    answer = browser.get(url) if send is None else browser.post(url, send)
    browser.cookies = cookies
    return answer


@contextmanager
def _taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
