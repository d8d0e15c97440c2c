"""Private notes: every way in, tried by everybody. Only the author ever reads one."""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import connection

from casework.enums import EpisodeStatus
from casework.models import PrivateNote
from casework.services.episodes import hand_over_episode
from casework.services.notes import keep_note
from core.errors import ChangedMeanwhile, DomainError
from core.models import Draft
from offices.models import Membership, ReadLog
from tests import builders as make
from tests.access.world import World, cast_of

pytestmark = pytest.mark.django_db
SECRET = "Рисует себя за закрытой дверью"


@pytest.fixture
def world():
    make.make_standard()
    world = World()
    world.note.text = SECRET
    world.note.save()
    return world


def keep_url(meeting):
    return f"/episodes/meetings/{meeting.pk}/note/keep/"


def test_note_is_found_by_its_author_alone(world):
    people = cast_of(world)
    readers = {
        name
        for name, user in people.items()
        if PrivateNote.objects.visible_to(user).filter(pk=world.note.pk).exists()
    }
    assert readers == {"psychologist"}


PAGES = (
    "/episodes/",
    "/episodes/{episode}/",
    "/episodes/meetings/{meeting}/",
    "/episodes/meetings/{meeting}/record/",
    "/episodes/calendar/",
    "/episodes/load/",
    "/episodes/notes/",
    "/cases/",
    "/cases/{case}/",
    "/cases/{case}/family/",
    "/cases/{case}/episodes/",
    "/cases/{case}/papers/",
    "/cases/{case}/history/",
    "/conclusions/",
    "/",
)


def test_no_page_shows_the_note_to_anybody_else(world, sign_in):
    make.make_private_note(world.episode, SECRET, meeting=world.meeting)
    people = cast_of(world)
    places = {"episode": world.episode.pk, "meeting": world.meeting.pk, "case": world.case.pk}
    leaks = []
    for name, user in people.items():
        if name in ("anonymous", "psychologist"):
            continue
        browser = sign_in(user)
        for page in PAGES:
            url = page.format(**places)
            if SECRET in browser.get(url).content.decode():
                leaks.append((name, url))
    assert leaks == []


def test_author_reads_the_note_on_their_own_pages_alone(world, sign_in):
    make.make_private_note(world.episode, SECRET, meeting=world.meeting)
    browser = sign_in(world.psychologist)
    places = {"episode": world.episode.pk, "meeting": world.meeting.pk, "case": world.case.pk}
    shows = {p for p in PAGES if SECRET in browser.get(p.format(**places)).content.decode()}

    assert shows == {"/episodes/meetings/{meeting}/record/", "/episodes/notes/"}


def test_note_is_in_one_table_of_the_database_alone(world, sign_in):
    """Whatever the pages do with it, its words stand nowhere else: no history, draft, log, session or submitted form."""
    browser = sign_in(world.psychologist)
    browser.get(f"/episodes/{world.episode.pk}/note/")
    browser.post(keep_url(world.meeting), {"private_note": SECRET + "!", "note_version": "0"})
    browser.get(f"/episodes/meetings/{world.meeting.pk}/note/")
    browser.post(
        "/drafts/",
        {"key": "meeting-record:1", "payload": json.dumps({"private_note": [SECRET]})},
    )
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{SECRET}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    assert found == {PrivateNote._meta.db_table}
    assert Draft.objects.filter(key="meeting-record:1").first().payload == {}


def test_note_has_no_history_and_no_place_in_the_admin(world):
    assert not hasattr(PrivateNote, "history")
    assert not [m for m in apps.get_models() if m.__name__ == "HistoricalPrivateNote"]
    assert PrivateNote not in admin.site._registry


def test_read_log_names_the_case_and_not_the_note(world, sign_in):
    sign_in(world.psychologist).get(f"/episodes/{world.episode.pk}/note/")
    entry = ReadLog.objects.get()
    assert entry.page == "episodes:episode_note"
    assert sorted(mark.split(":")[0] for mark in entry.subjects) == ["case", "episode", "person"]


def test_keeping_answers_with_the_time_and_a_version(world, sign_in):
    browser = sign_in(world.psychologist)
    answer = browser.post(
        keep_url(world.meeting),
        {"private_note": "Биринчи", "note_version": "0"},
        headers={"Accept": "application/json"},
    )
    note = PrivateNote.objects.get(meeting=world.meeting)
    assert (answer.status_code, answer.json()["version"]) == (200, note.version)
    assert (note.text, note.author) == ("Биринчи", world.psychologist)
    assert not ReadLog.objects.exists()


def test_keeping_over_another_window_is_refused_and_loses_nothing(world, sign_in):
    browser = sign_in(world.psychologist)
    for text, seen in (("Биринчи терезе", "0"), ("Экинчи терезе", "0")):
        answer = browser.post(
            keep_url(world.meeting),
            {"private_note": text, "note_version": seen},
            headers={"Accept": "application/json"},
        )
    assert answer.status_code == 409
    assert PrivateNote.objects.get(meeting=world.meeting).text == "Биринчи терезе"

    plain = browser.post(
        keep_url(world.meeting), {"private_note": "Скриптсиз терезе", "note_version": "0"}
    )
    assert plain.status_code == 409
    assert "Скриптсиз терезе" in plain.content.decode()


@pytest.mark.parametrize("version", ["x", "1.5", "١x"])
def test_keeping_with_a_bad_version_is_refused(version, world, sign_in):
    answer = sign_in(world.psychologist).post(
        keep_url(world.meeting), {"private_note": "Жаңы", "note_version": version}
    )
    assert answer.status_code == 400
    assert not PrivateNote.objects.filter(meeting=world.meeting).exists()


def test_keeping_a_note_that_is_too_long_is_refused(world):
    with pytest.raises(DomainError):
        keep_note(world.episode, None, text="ы" * 100_001, seen=0, actor=world.psychologist)


def test_nul_bytes_do_not_stop_a_note(world):
    note = keep_note(
        world.episode, world.meeting, text="Бир\0эки", seen=0, actor=world.psychologist
    )
    assert note.text == "Бирэки"


def test_nobody_else_writes_a_note(world):
    people = cast_of(world)
    wrote = []
    for name, user in people.items():
        if name in ("anonymous", "psychologist"):
            continue
        try:
            keep_note(world.episode, None, text="Мен", seen=0, actor=user)
        except PermissionDenied:
            continue
        wrote.append(name)
    assert wrote == []


def test_note_on_a_meeting_of_another_episode_is_refused(world):
    other = make.make_meeting(make.make_episode(specialist=world.psychologist))
    with pytest.raises(PermissionDenied):
        keep_note(world.episode, other, text="Жаңы", seen=0, actor=world.psychologist)


@pytest.mark.parametrize("status", [EpisodeStatus.COMPLETED, EpisodeStatus.ENDED])
def test_note_outlives_the_help_for_its_author(status, world, sign_in):
    episode = world.episode
    episode.status = status
    episode.completed_on = episode.ended_on = make.clock.today()
    episode.end_reason = "Көчүп кетти"
    episode.save()
    page = sign_in(world.psychologist).get(f"/episodes/{episode.pk}/note/")

    assert SECRET in page.content.decode()


def test_note_ends_with_the_membership(world, sign_in):
    yesterday = make.clock.today() - make.dt.timedelta(days=1)
    Membership.objects.filter(user=world.psychologist).update(ends_on=yesterday)

    assert not PrivateNote.objects.visible_to(world.psychologist).exists()
    assert SECRET not in sign_in(world.psychologist).get("/episodes/notes/").content.decode()


def test_note_stays_with_its_author_after_a_hand_over(world, sign_in):
    head = make.make_head(world.centre)
    successor = make.make_psychologist(world.centre)
    hand_over_episode(world.episode, specialist=successor, reason="Өргүү", seen=0, actor=head)

    page = sign_in(successor).get(f"/episodes/{world.episode.pk}/note/")
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    assert sign_in(world.psychologist).get(f"/episodes/{world.episode.pk}/note/").status_code == 404
    own = sign_in(world.psychologist).get("/episodes/notes/").content.decode()
    assert SECRET in own
    # Of an episode that is somebody else's now, the list names nobody.
    assert world.child.surname not in own


def test_note_is_shut_to_an_author_with_a_conflict(world):
    world.shut_out(world.psychologist)
    assert not PrivateNote.objects.visible_to(world.psychologist).exists()
    with pytest.raises(PermissionDenied):
        keep_note(world.episode, None, text="Жаңы", seen=1, actor=world.psychologist)


def test_stale_version_is_refused_by_the_service(world):
    keep_note(world.episode, None, text="Бир", seen=0, actor=world.psychologist)
    with pytest.raises(ChangedMeanwhile):
        keep_note(world.episode, None, text="Эки", seen=0, actor=world.psychologist)
    assert PrivateNote.objects.get(episode=world.episode, meeting=None).text == "Бир"


def test_note_field_is_marked_to_stay_out_of_drafts(world, sign_in):
    page = sign_in(world.psychologist).get(f"/episodes/{world.episode.pk}/note/").content.decode()
    box = page[page.index("<textarea") : page.index("</textarea>")]
    assert 'name="private_note"' in box
    assert "data-no-draft" in box
    assert 'class="private no-print"' in page


def test_alert_is_raised_from_a_note_without_its_words(world, sign_in):
    page = sign_in(world.psychologist).get(f"/episodes/{world.episode.pk}/note/").content.decode()
    link = f"/cases/{world.case.pk}/alert/"
    assert f'href="{link}"' in page
    assert SECRET not in sign_in(world.psychologist).get(link).content.decode()
