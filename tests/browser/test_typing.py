"""What is typed: kept as it is typed, through a power cut and a lost session; letters and days as people need them.

The form is put into a page of the product as htmx would, so that the scripts and the server's side are the real ones.
"""

import datetime as dt

import pytest
from django.template import engines
from playwright.sync_api import expect

from core import clock
from core.models import Draft
from core.templatetags.dates import day
from reports.demo.staff import PASSWORD

from .walker import until

FORM = """<h1>Сыноо</h1><form method="post" action="/language/" class="form-page" data-draft-url="/drafts/" data-draft-key="test:1">
<input type="hidden" name="csrfmiddlewaretoken"><input type="hidden" name="next" value="/verify/">
<div class="field"><label for="t">Аты</label><input id="t" name="name" maxlength="8" class="form-control" data-kyrgyz-keys></div>
<div class="field"><label for="d">Күнү</label><input id="d" name="born" data-typed="date" data-expects="past" class="form-control"></div>
<label><input type="checkbox" name="kinds" value="a" checked> a</label><label><input type="checkbox" name="kinds" value="b"> b</label>
<label for="p">Сыр</label><input id="p" name="secret" type="password"><label for="n">Жеке</label><textarea id="n" name="note" data-no-draft></textarea>
<button class="btn btn-primary" name="language" value="ru">Сактоо</button><p data-draft-status role="status"></p></form>"""


def show(page, html):
    page.evaluate(
        """html => {
          const place = document.querySelector("main .content");
          place.innerHTML = html;
          const token = place.querySelector("[name=csrfmiddlewaretoken]");
          if (token) token.value = document.querySelector(".languages [name=csrfmiddlewaretoken]").value;
          place.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
        }""",
        html,
    )


@pytest.fixture
def typist(person):
    worker = person("caseworker.lenin")
    worker.page.clock.install()
    worker.go("/accounts/")
    show(worker.page, FORM)
    return worker


def status(page, state):
    until(page.locator(f'[data-draft-status][data-state="{state}"]'))


def kept():
    return {draft.key: draft.payload for draft in Draft.objects.all()}


def test_what_is_typed_is_kept_without_what_must_not_be(typist):
    page = typist.page
    page.fill("#t", "Үсөн")
    page.fill("#p", "password")
    page.fill("#n", "only mine")
    status(page, "kept")
    typed = {"next": ["/verify/"], "name": ["Үсөн"], "born": [""], "kinds": ["a"]}
    assert kept() == {"test:1": typed}
    typist.examine(anew=True)


def test_typing_goes_on_through_a_dead_server_and_is_kept_when_it_is_back(typist, site):
    page = typist.page
    page.fill("#t", "бир")
    status(page, "kept")
    site.kill()
    page.fill("#t", "бир эки")
    status(page, "failed")
    page.click("text=Сактоо")
    expect(page.locator("#page-strip")).to_be_visible()
    assert page.input_value("#t") == "бир эки"
    site.start()
    status(page, "kept")
    assert kept()["test:1"]["name"] == ["бир эки"]


def test_signed_out_page_keeps_the_text_and_goes_on_after_signing_in(typist, site):
    page = typist.page
    page.context.clear_cookies()
    page.fill("#t", "үч")
    way = page.locator("#page-strip a[target=_blank]")
    until(way)
    page.click("text=Сактоо")
    expect(way).to_be_visible()
    assert page.url.endswith("/accounts/")
    with page.context.expect_page() as opened:
        way.click()
    sign_in(opened.value, "caseworker.lenin")
    status(page, "kept")
    assert kept()["test:1"]["name"] == ["үч"]
    page.evaluate("document.querySelector('form.form-page .btn-primary').click()")
    page.wait_for_url("**/verify/")


def test_page_of_one_person_sends_nothing_for_another(typist, site):
    page = typist.page
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto(site.url + "/accounts/login/")
    sign_in(other, "operator.lenin")
    page.fill("#t", "сыр")
    until(page.locator("#page-strip.notice-late"))
    page.click("text=Сактоо")
    page.clock.fast_forward(4_000)
    page.wait_for_timeout(500)
    assert (kept(), page.input_value("#t")) == ({}, "сыр")


def sign_in(page, username):
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button")


def test_leaving_with_unkept_typing_asks_first(typist):
    page = typist.page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#n")
    page.keyboard.type("private")
    page.goto(typist.site.url + "/verify/")
    assert asked == ["beforeunload"]


def test_form_is_sent_once_however_often_the_button_is_pressed(typist):
    page = typist.page
    sent = []
    page.on("request", lambda r: sent.append(r.url) if r.url.endswith("/language/") else None)
    with page.expect_navigation(url="**/verify/"):
        page.evaluate(
            "() => { const b = document.querySelector('form.form-page .btn-primary'); b.click(); b.click(); }"
        )
    assert len(sent) == 1
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_letters_come_at_the_caret_by_button_by_keys_and_stop_at_the_limit(typist):
    page = typist.page
    page.fill("#t", "сн")
    page.focus("#t")
    page.keyboard.press("Home")
    page.click(".kyrgyz-keys button:nth-child(6)")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+KeyJ")
    assert page.input_value("#t") == "Үсөн"
    page.keyboard.press("End")
    page.keyboard.press("Alt+Shift+KeyY")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.input_value("#t") == "ҮсөнҢө"
    for _ in range(4):
        page.keyboard.press("Enter")
    assert page.input_value("#t") == "ҮсөнҢөөө"
    page.focus("#n")
    assert page.locator(".kyrgyz-keys").count() == 0


TIDIED = {
    "2017-3-14": "14.03.2017",
    "14/3/17": "14.03.2017",
    "14032017": "14.03.2017",
    "31.02.2017": "31.02.2017",
    "кече": "кече",
}


def test_days_are_tidied_as_they_are_left(typist):
    page = typist.page
    tomorrow = clock.today() + dt.timedelta(days=1)
    last_year = tomorrow.replace(year=tomorrow.year - 1)
    without_year = {f"{tomorrow.day}.{tomorrow.month}": day(last_year)}
    for typed, tidy in {**TIDIED, **without_year}.items():
        page.fill("#d", typed)
        page.press("#d", "Tab")
        assert (typed, page.input_value("#d")) == (typed, tidy)


def test_clock_runs_by_itself_and_turns_soon_and_late(person):
    worker = person("caseworker.lenin")
    worker.page.clock.install()
    worker.go("/accounts/")
    now = clock.now()
    due, started, amber = (now + dt.timedelta(minutes=n) for n in (20.5, -20, 5))
    html = engines["django"].from_string("{% load clocks %}{% clock due started=s amber=a %}")
    show(worker.page, html.render({"due": due, "s": started, "a": amber}))
    # What asks the server now and then would turn the clock too.
    worker.page.evaluate("document.querySelectorAll('[hx-trigger]').forEach(e => e.remove())")
    shown = worker.page.locator(".clock")
    expect(shown).to_have_attribute("data-state", "in-time")
    first = shown.locator(".clock-left").inner_text()
    worker.page.clock.fast_forward("10:00")
    expect(shown).to_have_attribute("data-state", "soon")
    assert (first[:2], shown.locator(".clock-left").inner_text()[:2]) == ("20", "10")
    assert shown.locator(".gone").get_attribute("width") == "74"
    worker.page.clock.fast_forward("15:00")
    expect(shown).to_have_attribute("data-state", "late")
    assert shown.locator(".clock-left").inner_text().startswith("4")
