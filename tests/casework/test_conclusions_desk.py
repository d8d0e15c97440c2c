"""The desk: who finds what under which heading, in as many queries for many as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.conclusion_desk import complete_draft, desk_chips, desk_rows
from casework.conclusion_sections import kyrgyz_gaps
from casework.conclusion_waiting import desk_waiting_for
from casework.models import Conclusion
from offices.waiting_lines import ask_together
from tests.builders import make_case, make_child, make_episode, make_head, make_psychologist
from tests.casework.conclusion_builders import (
    KYRGYZ,
    make_conclusion,
    make_consent,
    make_countersigned_conclusion,
    make_release,
    make_returned_conclusion,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


def new_episode(author):
    return make_episode(make_case(child=make_child()), author)


@pytest.fixture
def desk():
    """One of each for the same psychologist, and as much of somebody else's."""
    author = make_psychologist()
    other = make_psychologist(author.memberships.get().office)
    found = {}
    for person in (other, author):
        found = {
            "begun": make_conclusion(new_episode(person), is_complete=False),
            "ready": make_conclusion(new_episode(person)),
            "signed": make_signed_conclusion(new_episode(person)),
            "returned": make_returned_conclusion(new_episode(person)),
            "issued": make_countersigned_conclusion(new_episode(person)),
        }
    return author, found


def under(user, heading):
    return set(desk_rows(user, heading))


def test_psychologist_finds_their_own_under_each_heading(desk):
    author, one = desk
    assert {
        h: under(author, h) for h in ("", "draft", "ready", "signed", "returned", "issued")
    } == {
        "": {one["begun"], one["ready"], one["returned"]},
        "draft": {one["begun"], one["ready"]},
        "ready": {one["ready"]},
        "signed": {one["signed"]},
        "returned": {one["returned"]},
        "issued": {one["issued"]},
    }


def test_head_finds_what_waits_for_the_signature_and_no_draft(desk):
    author, _one = desk
    head = make_head(author.memberships.get().office)
    signed = set(Conclusion.objects.filter(status="signed"))
    assert len(signed) == 2
    assert (under(head, ""), under(head, "countersign")) == (signed, signed)
    assert {c.status for c in under(head, "all")} == {"signed", "returned", "countersigned"}


def test_worker_of_the_case_finds_its_signed_conclusion_alone(desk):
    _author, one = desk
    worker = one["issued"].episode.case.responsible
    assert under(worker, "") == {one["issued"]}


def test_counts_say_what_the_headings_hold(desk):
    author, _one = desk
    for chip in desk_chips(author, ""):
        heading = chip["url"].removeprefix("?state=").removeprefix("?")
        assert chip["count"] == len(under(author, heading)), heading


def test_draft_that_can_be_signed_is_told_alike_by_query_and_by_rule():
    """``complete_draft`` against ``kyrgyz_gaps``: each required thing left out once."""
    author = make_psychologist()
    make_conclusion(new_episode(author))
    for name in KYRGYZ:
        make_conclusion(new_episode(author), **{name: ""})
    without_method = make_conclusion(new_episode(author))
    without_method.used_methods.all().delete()
    in_words = make_conclusion(new_episode(author), other_methods_ky="Кум терапиясы")
    in_words.used_methods.all().delete()
    episode = new_episode(author)
    make_consent(episode)
    make_conclusion(episode, consent=None)
    drafts = Conclusion.objects.filter(status="draft")
    whole = set(drafts.filter(complete_draft()))
    assert whole == {draft for draft in drafts if not kyrgyz_gaps(draft)}
    assert len(whole) == 2


def queries_of(client, url):
    """How often a page asks; savepoints and the session's own hour are not its doing."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return sum(query["sql"].startswith("SELECT") for query in seen.captured_queries)


def test_lists_and_pages_ask_the_same_for_one_and_for_many(sign_in):
    author = make_psychologist()
    client = sign_in(author)
    conclusion = make_countersigned_conclusion(new_episode(author))
    release = make_release(conclusion, requested_by=author)
    urls = {
        "desk": reverse("conclusions:desk") + "?state=all",
        "conclusion": conclusion.get_absolute_url(),
        "register": reverse("releases:register"),
        "release": release.get_absolute_url(),
    }
    one = {name: queries_of(client, url) for name, url in urls.items()}
    for _ in range(3):
        make_release(make_countersigned_conclusion(new_episode(author)), requested_by=author)
    many = {name: queries_of(client, url) for name, url in urls.items()}
    assert many == one
    assert one["desk"] <= 12 and one["register"] <= 12
    assert one["conclusion"] <= 20 and one["release"] <= 20


def test_writing_page_asks_the_same_whatever_is_written(sign_in):
    author = make_psychologist()
    client = sign_in(author)
    empty = make_conclusion(new_episode(author), is_complete=False)
    whole = make_conclusion(new_episode(author))
    counts = [queries_of(client, c.write_url) for c in (empty, whole)]
    assert counts[0] == counts[1]
    assert max(counts) <= 20


def test_my_day_names_what_waits_without_a_name(desk):
    author, one = desk
    lines = {line.url: line for line in ask_together(desk_waiting_for(author))}
    assert set(lines) == {
        one["begun"].write_url,
        one["ready"].write_url,
        one["returned"].get_absolute_url(),
    }
    surname = one["ready"].episode.person.surname
    assert not any(surname in f"{line.text}{line.number}" for line in lines.values())


def test_heads_day_names_signatures_and_releases(desk):
    author, one = desk
    release = make_release(one["issued"])
    head = make_head(author.memberships.get().office)
    urls = {line.url for line in ask_together(desk_waiting_for(head))}
    assert urls == {
        reverse("conclusions:countersign", args=[c.pk])
        for c in Conclusion.objects.filter(status="signed")
    }
    of_case = make_head(release.case.office)
    assert {line.url for line in ask_together(desk_waiting_for(of_case))} == {
        reverse("releases:decide", args=[release.pk])
    }
