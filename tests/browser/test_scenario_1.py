"""Scenario 1: a school refers a boy; the Centre's psychologist gives a conclusion. Walked in Kyrgyz, over moved time."""

from casework.models import Case
from offices.models import User

from . import scenario_1 as walk


def surname(username):
    return User.objects.get(username=username).surname


def test_school_refers_a_boy_and_a_signed_conclusion_leaves(person, site):
    cast = walk.Cast(person)
    site.at("2026-11-23 09:10")
    case = walk.open_the_case(cast("caseworker.lenin"))
    walk.assign(cast("head.lenin"), case, surname("caseworker.lenin"))
    site.at("2026-11-23 11:00")
    psychologist = surname("psychologist.centre")
    episode = walk.ask_for_psychologist(cast("caseworker.lenin"), case, psychologist)
    walk.accept(cast("head.centre"), episode, psychologist)

    child = f"/children/{Case.objects.get().child_places.get().person_id}/"
    walk.record_consent(cast("psychologist.centre"), child)
    site.at("2026-11-24 10:00")
    walk.consent_on_paper(cast("psychologist.centre"), child)
    walk.consult_the_mother(cast("psychologist.centre"), episode)
    site.at("2026-11-24 12:00")
    walk.record_session(cast("psychologist.centre"), episode, "24.11", "11:00", "11:40")
    walk.keep_private_note(cast("psychologist.centre"), episode)
    walk.raise_alert_from_note(cast.people["psychologist.centre"])
    walk.see_alert(cast("caseworker.lenin"), case)
    walk.see_alert(cast("head.lenin"), case)
    walk.record_notice(cast("head.lenin"), case)
