"""The timeline: everything in order that its reader may see, and nothing more."""

import datetime as dt

import pytest

from casework.enums import EpisodeKind, MeetingStatus
from casework.happenings import Asked, timeline
from casework.models import Conclusion
from casework.services.cases import assign_case
from casework.services.safety import lift_alert, raise_alert
from core import clock
from core.history import acting_as
from offices.enums import Role
from tests import builders as make
from tests.casework.people_builders import make_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(opened_at=clock.now() - dt.timedelta(days=9))


def titles(user, case, person=None):
    return [entry.happening.title for entry in timeline(user, Asked([case], person))]


def kinds(user, case, person=None):
    return {entry.kind for entry in timeline(user, Asked([case], person))}


def test_newest_stands_first_and_days_without_an_hour_at_their_beginning(case):
    alert = make.make_safety_alert(case)
    make_consent(case, given_on=clock.today() - dt.timedelta(days=3))
    told = timeline(case.responsible, Asked([case]))
    moments = [entry.happening.at for entry in told]
    assert moments == sorted(moments, reverse=True)
    consent = next(entry for entry in told if entry.kind == "consent")
    assert (consent.on, consent.happening.has_hour) == (clock.today() - dt.timedelta(days=3), False)
    assert [e.happening.text for e in told if e.kind == "danger"] == [alert.text]


def test_steps_of_the_case_are_told_with_who_took_them(case):
    head = make.make_head(case.office)
    another = make.make_caseworker(case.office, surname="Башкаев")
    with acting_as(head):
        assign_case(case, another, actor=head)
    line = timeline(head, Asked([case]))[0].happening
    assert (another.short_name in line.title, line.by) == (True, head.short_name)


def test_lifted_alert_tells_both_and_why(case):
    head = make.make_head(case.office)
    alert = raise_alert(case, text="Коркунуч", actor=case.responsible)
    lift_alert(alert, "Бала тууганында", actor=head)
    told = [e.happening.text for e in timeline(head, Asked([case])) if e.kind == "danger"]
    assert told == ["Бала тууганында", "Коркунуч"]


def test_specialist_is_told_of_own_help_alone(case):
    """The lawyer's meeting stands in the worker's timeline, not in the psychologist's."""
    psychologist, lawyer = make.make_psychologist(), make.make_user(Role.LAWYER, make.make_centre())
    mine = make.make_episode(case, psychologist)
    theirs = make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL)
    make.make_meeting(mine, work_done="Тааныштык")
    make.make_meeting(theirs, work_done="Сотко даярдык")
    texts = {e.happening.text for e in timeline(psychologist, Asked([case]))}
    assert ("Тааныштык" in texts, "Сотко даярдык" in texts) == (True, False)
    whole = {e.happening.text for e in timeline(case.responsible, Asked([case]))}
    assert {"Тааныштык", "Сотко даярдык"} <= whole


def test_drafts_and_private_notes_are_never_told(case):
    episode = make.make_episode(case)
    make.make_private_note(episode, text="Жашыруун белги")
    draft = Conclusion.objects.create(episode=episode, author=episode.specialist)
    for reader in (episode.specialist, case.responsible):
        told = timeline(reader, Asked([case]))
        assert "conclusion" not in kinds(reader, case)
        assert "Жашыруун" not in "".join(e.happening.text + e.happening.title for e in told)
        assert draft.get_absolute_url() not in [e.happening.url for e in told]


def test_planned_meeting_has_not_happened(case):
    episode = make.make_episode(case)
    planned = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    missed = make.make_meeting(episode, status=MeetingStatus.MISSED)
    urls = [e.happening.url for e in timeline(case.responsible, Asked([case]))]
    assert (planned.get_absolute_url() in urls, missed.get_absolute_url() in urls) == (False, True)


def test_childs_timeline_leaves_out_the_others(case):
    sister = make.make_child("Асанбек кызы", "Ңурай")
    case.child_places.create(person=sister)
    make.make_episode(case, person=sister)
    own = case.child_places.exclude(person=sister).get().person
    asks = [
        t for t in titles(case.responsible, case) if t not in titles(case.responsible, case, own)
    ]
    assert "help" in kinds(case.responsible, case, sister)
    assert "help" not in kinds(case.responsible, case, own)
    assert len(asks) == 1


def test_page_narrows_to_a_kind_and_counts_each(case, sign_in):
    make.make_safety_alert(case, text="Балага коркунуч бар")
    make.make_meeting(make.make_episode(case), work_done="Сүйлөштүк")
    url = f"/cases/{case.pk}/timeline/"
    whole = sign_in(case.responsible).get(url)
    only = sign_in(case.responsible).get(url + "?kind=danger")
    strange = sign_in(case.responsible).get(url + "?kind=<b>")
    said = [answer.content.decode() for answer in (whole, only, strange)]
    steps = [text[text.index('class="timeline"') :] for text in said]
    assert ["Сүйлөштүк" in text for text in steps] == [True, False, True]
    assert ["Балага коркунуч бар" in text for text in steps] == [True, True, True]
    assert f'href="{url}?kind=danger"' in said[0]
