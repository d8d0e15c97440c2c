import io
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from casework.models import Person
from config.urls import urlpatterns as product
from core.logs import QuietFormatter
from tests.builders import make_caseworker

SECRET = "Купуябеков"


def crash(request):
    typed = request.POST["text"]
    raise ValueError(f"cannot read {typed}")


def broken(request):
    Person.objects.create(surname=request.POST["text"], pin="12")
    return HttpResponse()


urlpatterns = [*product, path("crash/", crash), path("broken/", broken)]


@pytest.fixture
def log():
    """What the product's own handlers write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    config = settings.LOGGING["formatters"]["quiet"]
    handler.setFormatter(QuietFormatter(config["format"]))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


@pytest.mark.urls("tests.core.test_logs")
@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/crash/", "/broken/"])
def test_log_of_an_error_tells_where_and_not_what(log, sign_in, page):
    browser = sign_in(make_caseworker())
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.post(page, {"text": SECRET})
        transaction.set_rollback(True)
    told = log.getvalue()
    assert answer.status_code == 500
    assert SECRET not in told
    assert SECRET not in answer.content.decode()
    assert "test_logs.py" in told


@pytest.mark.django_db
def test_log_of_a_database_error_names_the_constraint_and_no_row():
    try:
        with transaction.atomic():
            Person.objects.create(surname=SECRET, pin="12")
    except IntegrityError as error:
        told = _formatted(error)
        assert SECRET in str(error)  # PostgreSQL's DETAIL does quote the row
    assert SECRET not in told
    assert "pin_has_14_digits" in told
    assert "23514" in told


def test_log_keeps_words_that_speak_of_code():
    try:
        object().nothing  # noqa: B018  it is to fail
    except AttributeError as error:
        assert "no attribute 'nothing'" in _formatted(error)


def test_log_tells_the_whole_chain_without_words():
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as first:
            raise RuntimeError(SECRET) from first
    except RuntimeError as error:
        told = _formatted(error)
    assert SECRET not in told
    assert told.index("KeyError") < told.index("RuntimeError")


def _formatted(error):
    return QuietFormatter().formatException((type(error), error, error.__traceback__))


def test_nothing_is_mailed_and_statements_are_not_logged():
    assert settings.ADMINS == []
    names = {h.__class__.__name__ for h in logging.getLogger("django").handlers}
    assert "AdminEmailHandler" not in names
    assert logging.getLogger("django.db.backends").getEffectiveLevel() >= logging.WARNING
    assert not connection.force_debug_cursor
    assert not settings.DEBUG
