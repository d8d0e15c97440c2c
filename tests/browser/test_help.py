"""The psychologist at work: a consultation with its clock, and the private note that is kept as it is typed."""

import pytest
from playwright.sync_api import expect

from casework.models import Meeting, PrivateNote
from core.models import Draft
from offices.models import Office, User
from tests import builders as make

from .conftest import NARROW
from .walker import until

NOTE = "На вопросы об отчиме замолкает; рисует себя за закрытой дверью."


@pytest.fixture
def episode(city):
    """Of a boy of the Lenin district, with the Centre's psychologist."""
    lenin = Office.objects.get(code="lenin")
    worker = User.objects.get(username="caseworker.lenin")
    mother = make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    child = make.make_child()
    case = make.make_case(lenin, worker, child=child, family=make.make_family(child, mother=mother))
    make.make_safety_alert(case, worker)
    helper = User.objects.get(username="psychologist.centre")
    return make.make_episode(case, helper, office=Office.objects.get(kind="centre"))


def keep_note(page, text):
    page.fill("[name=private_note]", text)
    until(note(page, "kept"))


def note(page, state):
    return page.locator(f'[data-note-status][data-state="{state}"]')


def test_consultation_runs_over_and_asks_why(episode, person, site):
    site.at("2026-11-24 10:00")
    helper = person("psychologist.centre", size=NARROW)
    helper.go(f"/episodes/{episode.pk}/")
    page = helper.page
    with page.expect_navigation():
        page.click("button[name=kind][value=consultation]")
    helper.examine()
    meeting = Meeting.objects.get()
    expect(page.locator(".clock[data-state=in-time]")).to_be_visible()
    expect(page.locator(".said-soon")).to_be_hidden()

    site.at("2026-11-24 10:26")
    page.reload()
    expect(page.locator(".said-soon")).to_be_visible()
    site.at("2026-11-24 10:36:30")
    page.reload()
    expect(page.locator(".said-late")).to_be_visible()
    page.fill("[name=work_done]", "Эне үйдөгү абалды айтып берди")
    page.press("[name=next_step]", "Tab")
    with page.expect_navigation():
        page.click(f"button[formaction='/episodes/meetings/{meeting.pk}/stop/']")
    helper.examine()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes) == ("ended", 36)
    assert page.input_value("[name=work_done]") == "Эне үйдөгү абалды айтып берди"

    with page.expect_navigation():
        page.click("form.form-page .btn-primary")
    expect(page.locator(".error-summary")).to_be_visible()
    helper.examine()
    page.fill("[name=overrun_reason]", "Эне ыйлап жиберди")
    with page.expect_navigation():
        page.click("form.form-page .btn-primary")
    helper.examine()
    meeting.refresh_from_db()
    assert (meeting.status, meeting.overrun_reason) == ("held", "Эне ыйлап жиберди")
    assert not Draft.objects.exists()


def test_clock_turns_by_itself(episode, person, site):
    site.at("2026-11-24 10:00")
    helper = person("psychologist.centre")
    helper.go(f"/episodes/{episode.pk}/")
    with helper.page.expect_navigation():
        helper.page.click("button[name=kind][value=consultation]")
    site.at("2026-11-24 10:24:30")
    helper.page.clock.install()
    helper.page.reload()
    expect(helper.page.locator(".said-soon")).to_be_hidden()
    helper.page.clock.fast_forward("01:00")
    expect(helper.page.locator(".said-soon")).to_be_visible()


def test_note_is_kept_through_a_dead_server_and_never_beside_the_draft(episode, person, site):
    meeting = make.make_meeting(episode, status="running")
    helper = person("psychologist.centre")
    helper.page.clock.install()
    helper.go(f"/episodes/meetings/{meeting.pk}/")
    page = helper.page
    helper.unfold()
    keep_note(page, NOTE[:20])
    page.fill("[name=work_done]", "Таанышуу")
    site.kill()
    page.fill("[name=private_note]", NOTE)
    until(note(page, "failed"))
    site.start()
    until(note(page, "kept"), 30)
    assert PrivateNote.objects.get().text == NOTE
    until(page.locator('[data-draft-status][data-state="kept"]'), 30)
    assert [set(d.payload) & {"private_note", "note_version"} for d in Draft.objects.all()] == [
        set()
    ]
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert NOTE[:20] not in stored


def test_note_of_another_window_is_not_overwritten(episode, person):
    meeting = make.make_meeting(episode)
    helper = person("psychologist.centre")
    helper.page.context.clock.install()
    helper.go(f"/episodes/meetings/{meeting.pk}/note/")
    other = helper.page.context.new_page()
    other.goto(helper.page.url)
    keep_note(helper.page, "Биринчи терезе")
    other.fill("[name=private_note]", "Экинчи терезе")
    until(note(other, "failed"))
    assert PrivateNote.objects.get().text == "Биринчи терезе"
    assert other.input_value("[name=private_note]") == "Экинчи терезе"


def test_note_goes_on_after_signing_in_again(episode, person):
    meeting = make.make_meeting(episode)
    helper = person("psychologist.centre")
    helper.page.context.clock.install()
    helper.go(f"/episodes/meetings/{meeting.pk}/note/")
    page, context = helper.page, helper.page.context
    keep_note(page, NOTE[:20])
    context.clear_cookies(name="sessionid")
    page.fill("[name=private_note]", NOTE)
    until(page.locator("#page-strip"))
    again = type(helper)(context.new_page(), helper.site)
    again.sign_in("psychologist.centre")
    until(note(page, "kept"), 30)
    assert PrivateNote.objects.get().text == NOTE


def test_every_page_of_help_meets_the_measure(episode, person):
    make.make_meeting(episode, status="planned").with_whom.add(episode.person)
    held = make.make_meeting(episode, kind="consultation", minutes=20)
    asked = make.make_episode(
        episode.case, episode.specialist, status="requested", office=episode.office
    )
    helper, head = person("psychologist.centre", size=NARROW), person("head.centre")
    for url in (
        f"/episodes/{episode.pk}/",
        "/episodes/",
        "/episodes/calendar/",
        "/episodes/calendar/?view=day",
        "/episodes/notes/",
        f"/episodes/{episode.pk}/note/",
        f"/episodes/{episode.pk}/meetings/plan/",
        f"/episodes/{episode.pk}/meetings/record/",
        f"/episodes/{episode.pk}/complete/",
        f"/episodes/{episode.pk}/end/",
        f"/episodes/meetings/{held.pk}/",
        f"/episodes/meetings/{held.pk}/record/",
    ):
        helper.go(url)
    for url in (
        f"/episodes/{asked.pk}/",
        f"/episodes/{asked.pk}/accept/",
        f"/episodes/{asked.pk}/return/",
        f"/episodes/{episode.pk}/hand-over/",
        "/episodes/load/",
    ):
        head.go(url)
