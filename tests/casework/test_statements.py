"""Statements of accompaniment: a list and nothing else, two signatures, one number, bytes kept once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework.accompaniment_enums import AccompanimentStatus, StatementStatus
from casework.models import Statement
from casework.services import statements as services
from casework.statement_papers import from_snapshot, statement_paper, to_snapshot
from core import clock
from core.errors import DomainError
from papers.models import PaperKind
from tests import builders as make
from tests.casework import people_builders as people

from .accompaniment_builders import (
    make_accompaniment,
    make_lawyer,
    make_legal_episode,
    make_social_episode,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Refusals are compared by the words that stand in the code."""
    with translation.override("en"):
        yield


SECRETS = ("Ата-энелик укуктар", "Доо канааттандырылды", "Дарыгерге көрүнүү")


@pytest.fixture
def episode():
    make.make_standard()
    episode = make_legal_episode()
    make_accompaniment(episode, result="Доо канааттандырылды")
    return episode


def sign(episode, actor=None):
    actor = actor or episode.specialist
    seen = services.statement_digest(episode, actor)
    return services.sign_statement(episode, seen=seen, actor=actor)


def words_of(paper):
    return [
        word
        for text in paper.texts
        for word in [text.title, *(c for row in text.rows for c in row), *(f.value for f in text.facts)]
    ]  # fmt: skip


def test_statement_lists_what_was_accompanied_and_nothing_else(episode):
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED)
    make_accompaniment(episode, status=AccompanimentStatus.CANCELLED)
    put_off = make_accompaniment(
        episode, status=AccompanimentStatus.PUT_OFF, on=clock.today() - dt.timedelta(days=9)
    )
    paper = statement_paper(episode, episode.specialist, on=clock.today())

    assert [len(text.rows) for text in paper.texts] == [2, 2]
    assert paper.texts[0].rows[0][0] == f"{put_off.on:%d.%m.%Y}"
    assert paper.texts[1].rows[0][-1] == "Отложено"
    assert [w for w in words_of(paper) if any(secret in w for secret in SECRETS)] == []
    assert from_snapshot(to_snapshot(paper)) == paper


def test_social_statement_does_not_say_what_for():
    make.make_standard()
    episode = make_social_episode()
    make_accompaniment(episode)
    paper = statement_paper(episode, episode.specialist, on=clock.today())
    assert paper.kind == PaperKind.SOCIAL_STATEMENT
    assert [w for w in words_of(paper) if any(secret in w for secret in SECRETS)] == []


def test_two_signatures_issue_the_paper_once(episode):
    head = make.make_head(episode.office)
    statement = sign(episode)
    issued = services.countersign_statement(statement, actor=head)

    assert (issued.status, issued.paper.kind) == (StatementStatus.ISSUED, PaperKind.COURT_STATEMENT)
    assert issued.number.endswith(f"-0001/{clock.today().year % 100}")
    assert bytes(issued.paper.pdf)[:4] == b"%PDF"
    with pytest.raises(DomainError):
        services.countersign_statement(statement, actor=head)


def test_later_statement_takes_the_place_of_the_earlier(episode):
    head = make.make_head(episode.office)
    first = services.countersign_statement(sign(episode), actor=head)
    make_accompaniment(episode)
    second = services.countersign_statement(sign(episode), actor=head)
    assert second.paper.replaces == first.paper


def test_returned_statement_burns_no_number(episode):
    head = make.make_head(episode.office)
    services.return_statement(sign(episode), reason="Күнү туура эмес", actor=head)
    issued = services.countersign_statement(sign(episode), actor=head)
    assert "-0001/" in issued.number


def test_nothing_is_signed_that_was_not_seen_or_was_not(episode):
    lawyer = episode.specialist
    seen = services.statement_digest(episode, lawyer)
    make_accompaniment(episode)
    with pytest.raises(DomainError, match="changed after this page"):
        services.sign_statement(episode, seen=seen, actor=lawyer)

    empty = make_legal_episode(make.make_case(), lawyer)
    make_accompaniment(empty, status=AccompanimentStatus.PUT_OFF)
    with pytest.raises(DomainError, match="at least one"):
        sign(empty)

    sign(episode)
    with pytest.raises(DomainError, match="still waits"):
        sign(episode)


def test_hidden_phone_typed_as_a_place_is_not_printed(episode):
    person = episode.person
    phone = people.make_phone(person, number="0555 123456")
    people.make_hidden(phone, person, set_by=episode.case.responsible)
    make_accompaniment(episode, organisation_text="Приют, 0555 12-34-56")
    with pytest.raises(DomainError, match="hidden"):
        sign(episode)


@pytest.mark.parametrize(
    "who", ["lawyer", "responsible", "case_head", "other_lawyer", "psychologist"]
)
def test_only_the_head_of_the_specialists_office_countersigns(who, episode):
    statement = make_statement(episode)
    psychologist = make.make_psychologist()
    make.make_episode(episode.case, psychologist)
    actor = {
        "lawyer": episode.specialist,
        "responsible": episode.case.responsible,
        "case_head": make.make_head(episode.case.office),
        "other_lawyer": make_lawyer(),
        "psychologist": psychologist,
    }[who]
    with pytest.raises(PermissionDenied):
        services.countersign_statement(statement, actor=actor)
    reads = Statement.objects.visible_to(actor).exists()
    assert reads == (who in ("lawyer", "responsible", "case_head"))


def test_head_who_is_the_author_does_not_countersign_their_own():
    make.make_standard()
    lawyer = make_lawyer()
    make.make_membership(lawyer, "head", lawyer.memberships.get().office)
    episode = make_legal_episode(make.make_case(), lawyer)
    make_accompaniment(episode)
    with pytest.raises(PermissionDenied):
        services.countersign_statement(sign(episode), actor=lawyer)
