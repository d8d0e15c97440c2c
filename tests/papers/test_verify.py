"""/verify/: what anybody may learn of a printed paper, and nothing more."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse

from core import clock
from papers.check_codes import new_code, printed
from papers.models import PaperKind
from papers.verification import MISSES
from tests.builders import make_centre, make_head
from tests.papers.builders import make_issued_paper

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 12, 2, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def no_misses_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def paper():
    with clock.moved_to(DAY):
        office = make_centre(name_ky="Балдарга жардам берүү борбору", name_ru="Центр помощи детям")
        return make_issued_paper(office, by=make_head(office, surname="Жашыруунова"))


def ask(client, code, **extra):
    return client.get(reverse("verify:paper", args=[code]), **extra)


def words(response):
    return response.content.decode()


def test_code_confirms_number_date_office_and_kind(client, paper):
    response = ask(client, paper.check_code)
    page = words(response)

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert "06.3-0041/26" in page
    assert "2026-жылдын 2-декабры" in page
    assert "Балдарга жардам берүү борбору" in page
    assert response.context["confirmed"].latest is None


def test_answer_names_nobody(client, paper):
    page = words(ask(client, paper.check_code))

    for name in ("Асанбек", "Үсөн", "Садырова", "Токтогулов", "Жашыруунова", "Ңурай"):
        assert name not in page


def test_answer_speaks_russian_to_who_chose_it(client, paper):
    client.cookies["language"] = "ru"
    page = words(ask(client, paper.check_code))

    assert "2 декабря 2026 года" in page and "Центр помощи детям" in page


def test_code_is_found_as_it_is_printed_and_typed(client, paper):
    for typed in (printed(paper.check_code), paper.check_code.lower(), f" {paper.check_code} "):
        assert ask(client, typed).status_code == 200


def test_typed_code_leads_to_its_answer(client, paper):
    response = client.post(reverse("verify:door"), {"code": printed(paper.check_code).lower()})

    assert (response.status_code, response.url) == (302, f"/verify/{paper.check_code}/")


@pytest.mark.parametrize("code", ["2Q2RNCYRBZM4T5AA", "7K2M", "ЖЖЖЖ", "%00", "x" * 300, "<script>"])
def test_wrong_codes_all_get_one_answer(client, paper, code):
    never_given = ask(client, new_code())
    answer = ask(client, code)

    assert (answer.status_code, answer.context["outcome"]) == (404, "unknown")
    assert answer.context["confirmed"] == never_given.context["confirmed"] is None
    assert "<script>" not in words(answer).replace("<script defer", "")


def test_malformed_code_typed_gets_the_same_answer(client):
    typed = client.post(reverse("verify:door"), {"code": "жок"})
    guessed = ask(client, new_code())

    assert (typed.status_code, typed.context["outcome"]) == (
        guessed.status_code,
        guessed.context["outcome"],
    )
    assert 'value="жок"' in words(typed)


def test_empty_and_overlong_codes_are_told_at_the_field(client):
    for code in ("", "7" * 101, "7\x002"):
        response = client.post(reverse("verify:door"), {"code": code})
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["code"])


def test_later_version_is_named_however_many_came_between(client, paper):
    second = make_issued_paper(paper.office, "06.3-0042/26", by=paper.issued_by, replaces=paper)
    third = make_issued_paper(paper.office, "06.3-0043/26", by=paper.issued_by, replaces=second)

    for older in (paper, second):
        response = ask(client, older.check_code)
        assert response.context["confirmed"].latest == third
        assert "06.3-0043/26" in words(response)
    assert ask(client, third.check_code).context["confirmed"].latest is None


def test_copy_is_out_of_date_when_its_original_is_replaced(client, paper):
    copy = make_issued_paper(
        paper.office,
        "06.5-0001/26",
        by=paper.issued_by,
        kind=PaperKind.CONCLUSION_EXTRACT,
        copy_of=paper,
    )
    assert ask(client, copy.check_code).context["confirmed"].latest is None

    newer = make_issued_paper(paper.office, "06.3-0042/26", by=paper.issued_by, replaces=paper)

    assert ask(client, copy.check_code).context["confirmed"].latest == newer


def test_guessing_is_stopped_and_then_tells_nothing(client, paper):
    for _ in range(MISSES):
        assert ask(client, new_code()).status_code == 404

    stopped = [ask(client, paper.check_code), ask(client, new_code()), ask(client, "7K2M")]

    assert [r.status_code for r in stopped] == [429] * 3
    assert "06.3-0041/26" not in words(stopped[0])
    assert ask(client, paper.check_code, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_right_codes_are_never_counted(client, paper):
    for _ in range(MISSES + 1):
        assert ask(client, paper.check_code).status_code == 200


def test_answer_never_reads_the_bytes(client, paper, django_assert_num_queries, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with django_assert_num_queries(2) as queries:
        ask(client, paper.check_code)

    assert not [q for q in queries if '"pdf"' in q["sql"]]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_answer_is_only_read(client, paper, method):
    assert getattr(client, method)(f"/verify/{paper.check_code}/").status_code == 405
