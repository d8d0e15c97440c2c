"""Scenario 2, one walk on one case: the call at night, the girl's name and her two files, the plan, the court, the hospital."""

from core import clock

from . import scenario_2_december as december
from . import scenario_2_morning as morning
from . import scenario_2_plan as plan
from .conftest import NARROW
from .scenario_1 import Cast
from .scenario_2_night import the_night


def test_from_the_call_at_night_to_the_statements_of_december(person, site):
    cast = Cast(person)
    case = the_night(cast, person, site)
    site.at("2026-11-29 10:00")
    plan.danger_on_sunday(person, case)
    the_girl_gets_her_name(cast, person, site, case)
    site.at("2026-12-02 10:00")
    with clock.moved_to(site.moment):
        legal, girl, boy = december.help_begins(case)
    lawyer = person("lawyer.centre", size=NARROW)
    december.hearing_is_planned(lawyer, legal)
    december.order_is_typed(lawyer, legal)
    site.at("2026-12-07 11:00")
    plan.plan_is_laid_and_approved(person, case)
    december.on(site, lawyer, "lawyer.centre", "2026-12-09 11:20")
    december.hearing_is_put_off(lawyer, legal)
    site.at("2026-12-10 16:00")
    worker = person("caseworker.sverdlov", language="ru")
    december.hospital(worker, girl, boy)
    december.on(site, worker, "caseworker.sverdlov", "2026-12-14 17:00")
    december.kindergarten(worker, girl, boy)
    december.social_help_is_completed(person, worker, girl)
    site.at("2026-12-15 16:00")
    plan.commission_agrees(person)
    december.on(site, lawyer, "lawyer.centre", "2026-12-23 15:00")
    december.court_decides(lawyer)
    december.on(site, lawyer, "lawyer.centre", "2026-12-24 09:00")
    december.order_runs_out(lawyer, case)
    december.statement_of_the_court(person, lawyer, legal)


def the_girl_gets_her_name(cast, person, site, case):
    site.at("2026-11-30 09:10")
    with clock.moved_to(site.moment):
        old = morning.known_since_2024()
    morning.the_paper_comes(cast("caseworker.sverdlov"), case)
    site.at("2026-12-01 10:20")
    morning.grandmother_brings_the_certificate(cast("caseworker.sverdlov"), case)
    merge = morning.heads_bring_the_files_together(cast, case)
    morning.nobody_sees_more_and_nothing_is_lost(cast, person, case, old, merge)
