"""Scenario 1: a school refers a boy; the Centre's psychologist gives a conclusion. Walked in Kyrgyz, over moved time."""

import hashlib

from casework.models import Case, Person
from offices.models import User
from papers.models import IssuedPaper

from . import scenario_1 as walk
from . import scenario_1_shut as shut
from . import scenario_1_words as words
from .conftest import NARROW


def surname(username):
    return User.objects.get(username=username).surname


def test_school_refers_a_boy_and_a_signed_conclusion_leaves(person, site):
    cast = walk.Cast(person)
    case, episode = opened_and_asked(cast, site)
    helped(cast, site, case, episode)
    conclusion = concluded(cast, site, case, episode)
    first = walk.paper_bytes(cast("caseworker.lenin"), conclusion)
    release = released(cast, site, conclusion)
    second = corrected(cast, site, conclusion)
    papers_say_what_was_typed(cast, conclusion, first, release, second)
    anybody_may_verify(person(language="ky"))
    nobody_else_learns_of_it(cast, site, case)
    pages_hold_on_a_phone(person, [case, f"{case}family/", episode, conclusion, release])


def opened_and_asked(cast, site):
    site.at("2026-11-23 09:10")
    case = walk.open_the_case(cast("caseworker.lenin"))
    walk.assign(cast("head.lenin"), case, surname("caseworker.lenin"))
    site.at("2026-11-23 11:00")
    psychologist = surname("psychologist.centre")
    episode = walk.ask_for_psychologist(cast("caseworker.lenin"), case, psychologist)
    walk.accept(cast("head.centre"), episode, psychologist)
    return case, episode


def helped(cast, site, case, episode):
    child = f"/children/{Case.objects.get().child_places.get().person_id}/"
    mother = f"/people/{Person.objects.get(surname='Төлөгөнова').pk}/"
    psychologist = cast("psychologist.centre")
    walk.sees_what_she_needs(psychologist, case, episode)
    walk.record_consent(psychologist, child)
    site.at("2026-11-24 10:00")
    psychologist = cast("psychologist.centre")
    walk.consent_on_paper(psychologist, child)
    walk.consult_the_mother(psychologist, episode)
    site.at("2026-11-24 12:00")
    psychologist = cast("psychologist.centre")
    walk.record_session(psychologist, episode, "24.11", "11:00", "11:40")
    walk.keep_private_note(psychologist, episode)
    walk.raise_alert_from_note(psychologist)
    walk.see_alert(cast("caseworker.lenin"), case)
    walk.hide_new_phone(cast.people["caseworker.lenin"], mother)
    walk.see_alert(cast("head.lenin"), case)
    walk.record_notice(cast.people["head.lenin"], case)
    site.at("2026-12-01 16:00")
    psychologist = cast("psychologist.centre")
    walk.record_session(psychologist, episode, "26.11", "11:00", "11:30")
    walk.record_session(psychologist, episode, "1.12", "15:00", "15:30")


def concluded(cast, site, case, episode):
    site.at("2026-12-02 10:00")
    writing = walk.begin_conclusion(cast("psychologist.centre"), episode)
    site.kill()
    cast.people.pop("psychologist.centre").page.context.close()
    site.start()
    psychologist = cast("psychologist.centre").go(writing)
    kept = walk.expected_typing("question", "child_assent", "conditions")
    assert walk.typed_so_far(psychologist) == kept
    walk.write_the_rest(psychologist)
    conclusion = walk.sign(psychologist)
    walk.countersign(cast("head.centre"), conclusion)
    walk.read_in_case(cast("caseworker.lenin"), case, conclusion)
    return conclusion


def released(cast, site, conclusion):
    site.at("2026-12-02 14:00")
    release = walk.ask_for_extract(cast("caseworker.lenin"), conclusion)
    walk.write_extract(cast("psychologist.centre"), release)
    walk.grant(cast("head.lenin"), release)
    walk.hand_out(cast.people["head.lenin"], release)
    return release


def corrected(cast, site, conclusion):
    site.at("2026-12-03 09:30")
    second = walk.correct_class(cast("psychologist.centre"), conclusion)
    walk.countersign(cast("head.centre"), second)
    return second


def papers_say_what_was_typed(cast, conclusion, first, release, second):
    author = cast("psychologist.centre")
    old, new = walk.paper_bytes(author, conclusion), walk.paper_bytes(author, second)
    extract = walk.paper_bytes(cast("head.lenin"), release)
    assert old == first
    kept = IssuedPaper.objects.order_by("issued_at").values_list("sha256", flat=True)
    assert [hashlib.sha256(pdf).hexdigest() for pdf in (old, extract, new)] == list(kept)
    typed = [text for pair in words.SECTIONS.values() for text in pair]
    for pdf, texts, school_class in ((old, typed, "3-Б"), (new, typed, "3-В")):
        assert [text for text in texts if not walk.is_printed(text, pdf)] == []
        assert walk.is_printed(f"№ 57 мектеп-гимназиясы, {school_class} класс", pdf)
    assert walk.is_printed("06.3-0001/26, 2026-жылдын 2-декабры", new)
    assert [text for text in words.EXTRACT if not walk.is_printed(text, extract)] == []
    hidden = (words.NEW_PHONE, words.NEW_PHONE.removeprefix("0"), words.PRIVATE_NOTE)
    for pdf in (old, extract, new):
        assert [text for text in hidden if walk.is_printed(text, pdf)] == []


def anybody_may_verify(visitor):
    papers = IssuedPaper.objects.order_by("issued_at")
    told = [walk.verify(visitor, paper.check_code) for paper in papers]
    replaced = [papers[2].number in words_told for words_told in told]
    assert [paper.number in text for paper, text in zip(papers, told, strict=True)] == [True] * 3
    assert replaced == [True, True, True]
    assert walk.ky("It is in force: no later version has replaced it") in told[2]


def nobody_else_learns_of_it(cast, site, case):
    own = shut.own_case_of("caseworker.oktyabr").number
    number = Case.objects.get(episodes__isnull=False).number
    numbers = [number, *IssuedPaper.objects.values_list("number", flat=True)]
    paths = shut.addresses()
    shut.finds_nothing(cast("caseworker.oktyabr"), own, numbers)
    paths = shut.is_shut_out(cast.people["caseworker.oktyabr"], paths)
    for username in ("psychologist2.centre", "admin"):
        shut.reads_nothing(cast(username), paths)
    shut.sees_that_a_case_exists(cast("operator.lenin"), case, paths)
    readers = {surname("psychologist.centre"), surname("head.lenin")}
    shut.sees_who_opened_what(cast("auditor"), number, readers, paths)
    for export in ("/cases/export/", "/releases/export/"):
        taken_out = shut.exported(cast("head.oktyabr"), export)
        assert (shut.tells(taken_out), [n for n in numbers if n in taken_out]) == ([], [])
    assert number in shut.exported(cast("head.lenin"), "/cases/export/")
    private_note_is_nowhere_else(cast, site, paths)


def private_note_is_nowhere_else(cast, site, paths):
    assert shut.where_it_is_written(words.PRIVATE_NOTE) == ["casework_privatenote"]
    assert words.PRIVATE_NOTE not in site.log.read_text()
    # Who reads most of the case; of everybody else tests/casework/test_private_notes.py asks the same.
    for path, (status, text) in shut.answers(cast("head.lenin"), paths).items():
        assert (path, status < 500, words.PRIVATE_NOTE in text) == (path, True, False)


def pages_hold_on_a_phone(person, paths):
    for username, language, more in (
        ("caseworker.lenin", "ru", []),
        ("psychologist.centre", "ky", ["/conclusions/"]),
    ):
        walker = person(username, size=NARROW, language=language).keep_time()
        for path in ["/cases/", "/episodes/", "/search/", *paths, *more]:
            walker.go(path)
