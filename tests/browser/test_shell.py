"""The shell of every page, as a person meets it: signing in, languages, the account's menu, keys, a phone."""

from tests.browser.conftest import NARROW


def test_public_pages_hold_in_both_languages_and_on_a_phone(person):
    for language in ("ky", "ru"):
        for size in (None, NARROW):
            visitor = person(size=size, language=language)
            visitor.go("/accounts/login/").go("/verify/").go("/no-such-page/", status=404).examine()


def test_language_is_one_click_away_returns_to_the_page_and_is_kept(person):
    worker = person("caseworker.lenin")
    worker.go("/accounts/")
    assert worker.page.evaluate("document.documentElement.lang") == "ky"
    worker.press("Русский")
    assert worker.page.url.endswith("/accounts/")
    assert worker.page.evaluate("document.documentElement.lang") == "ru"
    worker.go("/verify/")
    assert worker.page.evaluate("document.documentElement.lang") == "ru"


def test_page_works_by_keyboard_alone(person):
    worker = person("caseworker.lenin")
    page = worker.go("/accounts/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys-help").is_visible()
    page.focus(".topbar .menu > summary")
    page.keyboard.press("Enter")
    assert page.locator(".topbar .menu-sheet").is_visible()
    worker.examine(anew=True)
    page.keyboard.press("Escape")
    assert not page.locator(".topbar .menu-sheet").is_visible()


def test_phone_shows_the_account_without_sideways_scroll(person):
    for language in ("ky", "ru"):
        person("head.lenin", size=NARROW, language=language).go("/accounts/").go(
            "/accounts/second-factor/"
        )
