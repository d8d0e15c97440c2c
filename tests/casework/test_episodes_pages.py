"""The pages of help: what each reader finds on them, what they cost, and that nothing is sent twice."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.enums import EpisodeStatus, MeetingStatus
from casework.models import Episode, Meeting
from core import clock
from core.models import Draft
from offices.models import ReadLog
from tests import builders as make
from tests.access.world import SURNAME, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    make.make_standard()
    world = World()
    world.case.reason = "Үйдө чыр-чатак"
    world.case.save()
    world.meeting.work_done = "Таанышуу, сүрөт тартуу"
    world.meeting.save()
    return world


def page(browser, url):
    answer = browser.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def queries(browser, url):
    """How many a page costs once the session has been touched."""
    page(browser, url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page(browser, url)
    return len(caught)


def test_head_of_the_asked_office_reads_the_request_alone(world, sign_in):
    make.make_safety_alert(world.case, text="Өгөй атасы коркутат")
    world.episode.request = "Эмне үчүн качат?"
    world.episode.save()
    head = make.make_head(world.centre)
    text = page(sign_in(head), f"/episodes/{world.episode.pk}/")

    found = {
        said: said in text
        for said in (
            SURNAME,
            world.case.number,
            "Эмне үчүн качат?",
            "Өгөй атасы коркутат",
            "Үйдө чыр-чатак",
            "Таанышуу, сүрөт тартуу",
            f"/cases/{world.case.pk}/",
        )
    }
    assert list(found.values()) == [True, True, True, True, False, False, False]


def test_specialist_and_worker_read_the_meetings_too(world, sign_in):
    url = f"/episodes/{world.episode.pk}/"
    for user in (world.psychologist, world.responsible):
        text = page(sign_in(user), url)
        assert "Таанышуу, сүрөт тартуу" in text
        assert "Үйдө чыр-чатак" in text


def test_specialist_of_an_ended_episode_reads_no_more_of_the_case(world, sign_in):
    make.make_safety_alert(world.case, text="Өгөй атасы коркутат")
    ended = make.make_episode(world.case, status=EpisodeStatus.ENDED)
    text = page(sign_in(ended.specialist), f"/episodes/{ended.pk}/")

    assert SURNAME in text
    assert "Үйдө чыр-чатак" not in text
    assert "Өгөй атасы коркутат" not in text


def test_no_name_stands_in_a_title(world, sign_in):
    planned = make.make_meeting(world.episode, status=MeetingStatus.PLANNED)
    running = make.make_meeting(world.episode, status=MeetingStatus.RUNNING)
    browser = sign_in(world.psychologist)
    for url in (
        f"/episodes/{world.episode.pk}/",
        f"/episodes/{world.episode.pk}/meetings/plan/",
        f"/episodes/{world.episode.pk}/note/",
        planned.get_absolute_url(),
        running.get_absolute_url(),
        "/episodes/calendar/",
        "/episodes/",
    ):
        text = page(browser, url)
        title = text[text.index("<title>") : text.index("</title>")]
        assert SURNAME not in title


def test_episode_page_costs_the_same_for_one_and_for_many_meetings(world, sign_in):
    browser, url = sign_in(world.psychologist), f"/episodes/{world.episode.pk}/"
    one = queries(browser, url)
    for n in range(30):
        meeting = make.make_meeting(
            world.episode,
            status=MeetingStatus.PLANNED,
            planned_at=clock.now() + dt.timedelta(n + 1),
        )
        meeting.with_whom.add(world.child)
        make.make_safety_alert(world.case)
    assert queries(browser, url) <= one <= 24


def test_meeting_page_tells_its_history_at_a_settled_cost(world, sign_in):
    browser, meeting = sign_in(world.responsible), world.meeting
    before = queries(browser, meeting.get_absolute_url())
    for n in range(5):
        meeting.next_step = f"Кадам {n}"
        meeting.save()
    assert queries(browser, meeting.get_absolute_url()) == before <= 20
    assert "Кадам 4" in page(browser, meeting.get_absolute_url())


def test_calendar_and_list_cost_the_same_for_one_and_for_many(world, sign_in):
    browser = sign_in(world.psychologist)
    make.make_meeting(world.episode).with_whom.add(world.child)
    urls = ("/episodes/calendar/", "/episodes/")
    one = [queries(browser, url) for url in urls]
    for _ in range(20):
        episode = make.make_episode(specialist=world.psychologist)
        make.make_meeting(episode).with_whom.add(episode.person)
    assert [queries(browser, url) for url in urls] == one
    assert max(one) <= 15


def test_load_costs_the_same_and_names_nobody(world, sign_in):
    head = make.make_head(world.centre)
    browser = sign_in(head)
    one = queries(browser, "/episodes/load/")
    for _ in range(10):
        helper = make.make_psychologist(world.centre)
        episode = make.make_episode(specialist=helper)
        make.make_meeting(episode, status=MeetingStatus.PLANNED, planned_at=clock.now())
    assert queries(browser, "/episodes/load/") == one
    text = page(browser, "/episodes/load/")
    assert SURNAME not in text
    assert world.case.number not in text
    assert str(world.psychologist) in text


def test_list_filters_by_state_and_counts(world, sign_in):
    make.make_episode(world.case, status=EpisodeStatus.RETURNED)
    make.make_episode(world.case, status=EpisodeStatus.COMPLETED)
    browser = sign_in(world.responsible)
    rows = {
        state: page(browser, f"/episodes/?state={state}").count("<tr") - 1
        for state in ("", "active", "returned", "completed", "ended", "nonsense")
    }
    assert rows == {"": 2, "active": 1, "returned": 1, "completed": 1, "ended": -1, "nonsense": 2}


def request_form(world, **fields):
    return {
        "submission_key": str(uuid.uuid4()),
        "kind": "psychological",
        "person": str(world.child.pk),
        "request": "Баланын абалы кандай?",
        "asked": f"{world.centre.pk}:{world.psychologist.pk}",
        **fields,
    }


def test_request_sent_twice_is_made_once(world, sign_in):
    Episode.objects.all().update(status=EpisodeStatus.ENDED, end_reason="-", ended_on=clock.today())
    browser, url = sign_in(world.responsible), f"/episodes/request/{world.case.pk}/"
    form = request_form(world)
    answers = [browser.post(url, form) for _ in range(2)]

    made = Episode.objects.get(status=EpisodeStatus.REQUESTED)
    assert [a.headers["Location"] for a in answers] == [made.get_absolute_url()] * 2
    assert (made.office, made.asked_specialist) == (world.centre, world.psychologist)


def test_request_form_offers_only_what_works(world, sign_in):
    text = page(sign_in(world.responsible), f"/episodes/request/{world.case.pk}/")
    lawyer = make.make_user("lawyer", world.centre)

    assert "psychological" in text and "legal" in text
    assert f'value="{world.centre.pk}:{lawyer.pk}"' not in text


@pytest.mark.parametrize(
    "fields",
    [
        {"request": ""},
        {"request": "ы" * 4001},
        {"request": "Бул\0эмне"},
        {"asked": "999:abc"},
        {"asked": ""},
        {"person": str(uuid.uuid4())},
        {"kind": "legal"},
    ],
)
def test_request_with_a_bad_input_is_refused_in_words(fields, world, sign_in):
    Episode.objects.all().update(status=EpisodeStatus.ENDED, end_reason="-", ended_on=clock.today())
    answer = sign_in(world.responsible).post(
        f"/episodes/request/{world.case.pk}/", request_form(world, **fields)
    )
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert not Episode.objects.filter(status=EpisodeStatus.REQUESTED).exists()


def test_accept_shows_what_each_specialist_carries_and_hides_who_is_tied(world, sign_in):
    free, tied = make.make_psychologist(world.centre), make.make_psychologist(world.centre)
    world.shut_out(tied)
    asked = make.make_episode(world.case, world.psychologist, status=EpisodeStatus.REQUESTED)
    text = page(sign_in(make.make_head(world.centre)), f"/episodes/{asked.pk}/accept/")

    assert [str(u) in text for u in (world.psychologist, free, tied)] == [True, True, False]


def test_accept_sent_twice_by_two_deputies_tells_the_second(world, sign_in):
    asked = make.make_episode(world.case, world.psychologist, status=EpisodeStatus.REQUESTED)
    url = f"/episodes/{asked.pk}/accept/"
    form = {"specialist": str(world.psychologist.pk), "record_version": "0"}
    first = sign_in(make.make_head(world.centre)).post(url, form)
    second = sign_in(make.make_head(world.centre)).post(url, form)

    assert (first.status_code, second.status_code) == (302, 200)
    assert "error-summary" in second.content.decode()
    assert asked.history.count() == 2


def test_withdraw_page_takes_the_request_back_with_its_reason(world, sign_in):
    asked = make.make_episode(world.case, world.psychologist, status=EpisodeStatus.REQUESTED)
    answer = sign_in(world.case.responsible).post(
        f"/episodes/{asked.pk}/withdraw/", {"reason": "Үй-бүлө көчүп кетти", "record_version": "0"}
    )
    asked.refresh_from_db()
    assert (answer.status_code, asked.status) == (302, EpisodeStatus.ENDED)


def test_an_old_link_to_a_step_leads_to_the_episode(world, sign_in):
    answer = sign_in(make.make_head(world.centre)).get(f"/episodes/{world.episode.pk}/accept/")
    assert answer.headers["Location"] == world.episode.get_absolute_url()


def test_complete_page_says_what_is_missing(world, sign_in):
    episode = make.make_episode(world.case, world.psychologist)
    browser = sign_in(world.psychologist)
    text = page(browser, f"/episodes/{episode.pk}/complete/")
    assert "<button" not in text[text.index('id="content"') : text.index("</main>")]
    answer = browser.post(f"/episodes/{episode.pk}/complete/", {"record_version": episode.version})
    assert answer.status_code == 200
    assert Episode.objects.get(pk=episode.pk).status == EpisodeStatus.ACTIVE


def test_page_of_an_episode_is_in_the_read_log(world, sign_in):
    sign_in(world.responsible).get(f"/episodes/{world.episode.pk}/")
    entry = ReadLog.objects.get()
    assert (entry.page, entry.user) == ("episodes:episode", world.responsible)
    assert f"case:{world.case.pk}" in entry.subjects
    assert entry.offices == sorted([world.lenin.pk, world.centre.pk])


def plan_form(world, **fields):
    tomorrow = clock.today() + dt.timedelta(days=1)
    return {
        "submission_key": str(uuid.uuid4()),
        "kind": "session",
        "day": f"{tomorrow:%d.%m}",
        "at": "14.30",
        "planned_minutes": "40",
        "with_whom": [str(world.child.pk)],
        **fields,
    }


def test_plan_takes_times_as_people_type_them(world, sign_in):
    browser, url = sign_in(world.psychologist), f"/episodes/{world.episode.pk}/meetings/plan/"
    assert browser.post(url, plan_form(world)).status_code == 302

    planned = Meeting.objects.get(status=MeetingStatus.PLANNED)
    local = clock.local(planned.planned_at)
    assert (local.date() - clock.today()).days == 1
    assert (f"{local:%H:%M}", planned.planned_minutes) == ("14:30", 40)
    assert list(planned.with_whom.all()) == [world.child]


def test_plan_warns_of_an_overlap_once(world, sign_in):
    browser, url = sign_in(world.psychologist), f"/episodes/{world.episode.pk}/meetings/plan/"
    browser.post(url, plan_form(world))
    warned = browser.post(url, plan_form(world, at="15"))
    kept = browser.post(url, plan_form(world, at="15", overlap_is_fine="on"))

    assert (warned.status_code, kept.status_code) == (200, 302)
    assert "14:30–15:10" in warned.content.decode()
    assert "overlap_is_fine" in warned.content.decode()
    assert Meeting.objects.filter(status=MeetingStatus.PLANNED).count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "25:00"},
        {"at": "эртең менен"},
        {"day": "32.13"},
        {"planned_minutes": "0"},
        {"planned_minutes": "100000"},
        {"kind": "other"},
        {"place": "ы" * 201},
        {"others_present": "а\0б"},
        {"with_whom": [str(uuid.uuid4())]},
    ],
)
def test_plan_with_a_bad_input_is_refused_in_words(fields, world, sign_in):
    answer = sign_in(world.psychologist).post(
        f"/episodes/{world.episode.pk}/meetings/plan/", plan_form(world, **fields)
    )
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (200, True)
    assert not Meeting.objects.filter(status=MeetingStatus.PLANNED).exists()


def test_consultation_from_begin_to_its_reason(world, sign_in):
    """One touch to begin, one to end with what was typed kept, then the reason is asked (clause 7)."""
    browser = sign_in(world.psychologist)
    begun = browser.post(
        f"/episodes/{world.episode.pk}/meetings/begin/",
        {"kind": "consultation", "submission_key": str(uuid.uuid4())},
    )
    meeting = Meeting.objects.get(status=MeetingStatus.RUNNING)
    assert begun.headers["Location"] == meeting.get_absolute_url()

    states = []
    for minutes in (24, 25, 30):
        with clock.advanced_by(dt.timedelta(minutes=minutes, seconds=2)):
            text = page(browser, meeting.get_absolute_url())
            states.append(text.split('class="clock" data-state="')[1].split('"')[0])
    assert states == ["in-time", "soon", "late"]

    with clock.advanced_by(dt.timedelta(minutes=35)):
        typed = {"work_done": "Эне ыйлады", "with_whom": [str(world.child.pk)], "record_version": 0}
        browser.post(f"/episodes/meetings/{meeting.pk}/stop/", typed)
        text = page(browser, meeting.get_absolute_url())
        assert "Эне ыйлады" in text
        assert text.index("overrun_reason") < text.index("work_done")
        assert f'action="/episodes/meetings/{meeting.pk}/record/"' in text

        local = [clock.local(t) for t in (meeting.began_at, clock.now())]
        form = {
            **typed,
            "submission_key": str(uuid.uuid4()),
            "day": f"{local[0]:%d.%m.%Y}",
            "began": f"{local[0]:%H:%M}",
            "ended": f"{local[1]:%H:%M}",
        }
        url = f"/episodes/meetings/{meeting.pk}/record/"
        refused = browser.post(url, form)
        assert (refused.status_code, "error-summary" in refused.content.decode()) == (200, True)
        saved = browser.post(url, {**form, "overrun_reason": "Эне ыйлап жиберди"})
        assert saved.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes, meeting.overrun_reason, meeting.work_done) == (
        MeetingStatus.HELD,
        35,
        "Эне ыйлап жиберди",
        "Эне ыйлады",
    )
    assert not Draft.objects.filter(user=world.psychologist).exists()


def test_times_left_as_the_clock_took_them_keep_their_seconds(world, sign_in):
    began = clock.now().replace(second=17, microsecond=0) - dt.timedelta(hours=2)
    meeting = make.make_meeting(
        world.episode,
        status=MeetingStatus.ENDED,
        began_at=began,
        ended_at=began + dt.timedelta(minutes=20, seconds=31),
    )
    local = [clock.local(t) for t in (meeting.began_at, meeting.ended_at)]
    sign_in(world.psychologist).post(
        f"/episodes/meetings/{meeting.pk}/record/",
        {
            "day": f"{local[0]:%d.%m.%Y}",
            "began": f"{local[0]:%H:%M}",
            "ended": f"{local[1]:%H:%M}",
            "record_version": "0",
        },
    )
    held = Meeting.objects.get(pk=meeting.pk)
    assert (held.status, held.began_at, held.ended_at) == (
        MeetingStatus.HELD,
        meeting.began_at,
        meeting.ended_at,
    )


def test_enter_in_a_running_meeting_keeps_what_is_typed_and_does_not_end_it(world, sign_in):
    meeting = make.make_meeting(world.episode, status=MeetingStatus.RUNNING)
    browser = sign_in(world.psychologist)
    text = page(browser, meeting.get_absolute_url())
    form = text[text.index('<form class="form-page running"') :]
    first = form[form.index("<button") : form.index(">", form.index("<button"))]
    assert "formaction" not in first

    browser.post(f"/episodes/meetings/{meeting.pk}/record/", {"work_done": "Сүйлөштүк"})
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.RUNNING
    assert "Сүйлөштүк" in page(browser, meeting.get_absolute_url())


def test_a_conflict_on_a_held_record_keeps_both(world, sign_in):
    local = [clock.local(t) for t in (world.meeting.began_at, world.meeting.ended_at)]
    form = {
        "day": f"{local[0]:%d.%m.%Y}",
        "began": f"{local[0]:%H:%M}",
        "ended": f"{local[1]:%H:%M}",
        "record_version": "0",
    }
    browser, url = sign_in(world.psychologist), f"/episodes/meetings/{world.meeting.pk}/record/"
    first = browser.post(url, {**form, "work_done": "Биринчи"})
    second = browser.post(url, {**form, "work_done": "Экинчи"})

    assert (first.status_code, second.status_code) == (302, 200)
    assert "Экинчи" in second.content.decode()
    assert Meeting.objects.get(pk=world.meeting.pk).work_done == "Биринчи"


def test_calendar_shows_own_appointments_alone(world, sign_in):
    other = make.make_episode(world.case)
    make.make_meeting(
        other, status=MeetingStatus.PLANNED, planned_at=clock.now(), place="Бөтөн кабинет"
    )
    make.make_meeting(
        world.episode, status=MeetingStatus.PLANNED, planned_at=clock.now(), place="Менин кабинетим"
    )
    text = page(sign_in(world.psychologist), "/episodes/calendar/?view=day")
    assert ("Менин кабинетим" in text, "Бөтөн кабинет" in text) == (True, False)


@pytest.mark.parametrize("on", ["", "nonsense", "2026-13-45", "0001-01-01", "9999-12-31"])
def test_calendar_of_a_senseless_day_is_todays(on, world, sign_in):
    assert f"on={clock.today():%Y-%m-%d}" in page(
        sign_in(world.psychologist), f"/episodes/calendar/?on={on}"
    )


def test_help_tab_of_a_case_shows_whoever_reads_it_their_own(world, sign_in):
    other = make.make_episode(world.case, request="-")
    url = f"/cases/{world.case.pk}/episodes/"
    seen = {
        name: [f"/episodes/{e.pk}/" in page(sign_in(user), url) for e in (world.episode, other)]
        for name, user in {
            "responsible": world.responsible,
            "psychologist": world.psychologist,
            "other": other.specialist,
        }.items()
    }
    assert seen == {
        "responsible": [True, True],
        "psychologist": [True, False],
        "other": [False, True],
    }
