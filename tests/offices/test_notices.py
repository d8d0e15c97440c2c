import pytest

from offices.models import Notice
from offices.notices import tell
from tests.builders import make_caseworker, make_head

pytestmark = pytest.mark.django_db


def _tell(person, **fields):
    tell([person], "reset_given", by=None, **fields)
    return Notice.objects.latest("at")


def test_notices_are_ones_own(sign_in):
    person, other = make_caseworker(), make_head()
    _tell(person, number="01-0001/26")
    _tell(other, number="02-0002/26")
    page = sign_in(person).get("/notices/").content.decode()
    assert "01-0001/26" in page
    assert "02-0002/26" not in page


def test_notice_is_seen_by_following_it(sign_in):
    person = make_caseworker()
    notice = _tell(person, url="/accounts/")
    answer = sign_in(person).post(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert (answer.headers["Location"], notice.seen_at is None) == ("/accounts/", False)


def test_nobody_sees_the_notice_of_another(sign_in):
    notice = _tell(make_caseworker())
    assert sign_in(make_head()).post(f"/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_looking_marks_nothing(sign_in):
    person = make_caseworker()
    notice = _tell(person)
    browser = sign_in(person)
    browser.get("/notices/")
    assert browser.get(f"/notices/{notice.pk}/").status_code == 405
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_all_are_marked_at_once_but_only_ones_own(sign_in):
    person, other = make_caseworker(), make_head()
    _tell(person), _tell(person), _tell(other)
    sign_in(person).post("/notices/seen/")
    assert list(Notice.objects.filter(seen_at=None)) == list(Notice.objects.filter(user=other))


@pytest.mark.parametrize("rows", [1, 30])
def test_notices_cost_the_same_with_many(sign_in, rows, django_assert_num_queries):
    person = make_caseworker()
    for _ in range(rows):
        _tell(person)
    browser = sign_in(person)
    browser.get("/notices/")
    with django_assert_num_queries(5):
        browser.get("/notices/")
