"""A person at the browser: signs in, types, clicks, and has every page examined that they meet."""

import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from offices.models import User
from reports.demo.staff import PASSWORD

BACKEND = "offices.backends.StaffBackend"
# Seconds between something typed and its keeping.
PAUSE = 3

AXE = next(Path(__file__).parent.joinpath("vendor").glob("axe-core-*/axe.min.js"))
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # of use only for sound and film that begin by themselves; no page has any
}


# What a page is made of. A page of an address, language and width that brings nothing new to them is judged already.
KINDS = """
    () => [...new Set([...document.querySelectorAll("body, body *")].map(
        e => `${e.tagName} ${e.getAttribute("class")} ${e.getAttribute("role")} ${e.getAttribute("aria-live")}`
    ))]
"""
_examined: dict[tuple[str, str, int], set[str]] = {}


class Walker:
    """Wraps a Playwright page. ``examine`` fails on any axe violation, console error or sideways scroll."""

    def __init__(self, page, site, shots: Path | None = None) -> None:
        self.page, self.site, self.shots = page, site, shots
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._console)

    def _console(self, message) -> None:
        # A page left open past the idle time asks for its rail once more; htmx says aloud that it was refused.
        expected = ("Failed to load resource", "Code 401 from /reports/rail/")
        if message.type == "error" and not any(words in message.text for words in expected):
            self.errors.append(message.text)

    def sign_in(self, username: str, password: str = PASSWORD) -> "Walker":
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        with self.page.expect_navigation():
            self.page.click("main form button[type=submit], main form button:not([type])")
        assert urlsplit(self.page.url).path == "/", f"{username} was not let in: {self.page.url}"
        return self

    def come_in(self, username: str) -> "Walker":
        """Signed in already, past the form: a session of the person's own, as the form would have begun it."""
        worker = User.objects.get(username=username)
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(worker.pk), BACKEND
        session[HASH_SESSION_KEY] = worker.get_session_auth_hash()
        session.create()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key}
        self.page.context.add_cookies([{**cookie, "url": self.site.url}])
        return self

    def keep_time(self) -> "Walker":
        """Let the browser's own clock say what the moved clock of the server said when it was moved."""
        if self.site.moment:
            self.page.clock.set_fixed_time(self.site.moment)
        return self

    def go(self, path: str, status: int = 200) -> "Walker":
        answer = self.page.goto(self.site.url + path)
        assert answer.status == status, f"{path}: {answer.status}"
        return (
            self.examine() if status == 200 and "html" in answer.headers["content-type"] else self
        )

    def press(self, name: str, *, exact: bool = True) -> "Walker":
        """Press the button or follow the link called ``name``, and look at the page it leads to."""
        target = self.page.get_by_role("button", name=name, exact=exact).or_(
            self.page.get_by_role("link", name=name, exact=exact)
        )
        with self.page.expect_navigation():
            target.first.click()
        return self.examine()

    def type(self, field: str, text: str) -> "Walker":
        """Type into the field of that form name."""
        self.page.fill(f"main [name='{field}']:visible", text)
        return self

    def choose(self, field: str, value: str) -> "Walker":
        """Choose in a select, or tick the radio or box with that value."""
        box = self.page.locator(f"main [name='{field}']").first
        if box.evaluate("e => e.tagName") == "SELECT":
            box.select_option(value)
        else:
            self.page.check(f"main [name='{field}'][value='{value}']")
        return self

    def unfold(self) -> "Walker":
        """Open every fold of the page."""
        self.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        return self

    def text(self) -> str:
        return self.page.inner_text("body")

    def examine(self, *, anew: bool = False) -> "Walker":
        """Hold the page to the house's measure; axe sees each kind of page in each language and width, again when it is made of something new, or ``anew``."""
        lang = self.page.evaluate("document.documentElement.lang")
        shape = _shape(self.page.url)
        if self.shots:
            self.shots.mkdir(parents=True, exist_ok=True)
            name = shape.strip("/").replace("/", "-") or "home"
            self.page.screenshot(path=self.shots / f"{lang}-{name}.png", full_page=True)
        assert not self.errors, f"{self.errors}\n{self.site.log.read_text()[-3000:]}"
        known = _examined.setdefault((lang, shape, self.page.viewport_size["width"]), set())
        kinds = set(self.page.evaluate(KINDS))
        if anew or not kinds <= known:
            found = self.page.evaluate(f"axe.run(document, {json.dumps(RULES)})")["violations"]
            assert not found, _told(found, self.page.url)
            known |= kinds
        too_wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{self.page.url} scrolls sideways by {too_wide} px"
        return self


def until(found: Locator, seconds: int = 12) -> None:
    """Let the page's clock, which was installed before, run on until ``found`` is seen, by ``seconds`` at the most.

    Nobody waits for the pauses that a page makes between two tries; what it sends takes its real time.
    """
    for _ in range(0, seconds, PAUSE):
        found.page.clock.fast_forward(PAUSE * 1000)
        with suppress(PlaywrightTimeout):
            return found.wait_for(timeout=800)
    # Time for an answer on a busy machine, and not for a pause that is far too long.
    return found.wait_for(timeout=4_000)


def _shape(url: str) -> str:
    """The path with ids taken out, so that one kind of page is examined once."""
    parts = urlsplit(url).path.split("/")
    return "/".join("*" if len(p) > 20 or p.isdigit() else p for p in parts)


def _told(violations, url: str) -> str:
    lines = [f"{url}:"]
    for violation in violations:
        nodes = [node["html"][:160] for node in violation["nodes"][:4]]
        lines.append(f"  {violation['id']}: {violation['help']}: {nodes}")
    return "\n".join(lines)
