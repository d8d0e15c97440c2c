"""Drafts: kept within seconds, given back to their owner alone, never with what must not be kept."""

import json

import pytest

from core.drafts import find_draft, typed_into
from core.models import Draft
from tests.builders import make_caseworker, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    user = make_caseworker(make_office("lenin"))
    client.force_login(user)
    return user


def send(client, key, payload, **more):
    return client.post("/drafts/", {"key": key, "payload": json.dumps(payload), **more})


def test_draft_comes_back_as_it_was_typed(client, worker):
    answer = send(client, "case:new", {"reason": ["Бала чөгүңкү"], "categories": ["3", "5"]})
    assert answer.status_code == 200
    assert len(answer.json()["saved_at"]) == 5
    typed = typed_into(find_draft(worker, "case:new"))
    assert typed.getlist("categories") == ["3", "5"]
    assert typed["reason"] == "Бала чөгүңкү"


def test_second_draft_replaces_the_first(client, worker):
    send(client, "case:new", {"reason": ["one"]})
    send(client, "case:new", {"reason": ["two"]})
    assert [d.payload for d in Draft.objects.all()] == [{"reason": ["two"]}]


def test_draft_is_its_owners_alone(client, worker):
    send(client, "case:new", {"reason": ["one"]})
    stranger = make_caseworker(make_office("lenin"))
    client.force_login(stranger)
    send(client, "case:new", {"reason": ["strangers"]})
    assert find_draft(worker, "case:new").payload == {"reason": ["one"]}
    assert find_draft(stranger, "case:new").payload == {"reason": ["strangers"]}


@pytest.mark.parametrize(
    "name", ["private_note", "password", "csrfmiddlewaretoken", "submission_key"]
)
def test_some_fields_are_never_kept(client, worker, name):
    send(client, "meeting:1", {name: ["secret"], "work_done": ["talk"]})
    assert find_draft(worker, "meeting:1").payload == {"work_done": ["talk"]}


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ('{"rea\\u0000son": ["a"]}', {"reason": ["a"]}),
        ('{"reason": ["half \\ud800 of a character"]}', {"reason": ["half  of a character"]}),
        ('{"\\udfffreason": ["a"]}', {"reason": ["a"]}),
        ('{"reason": ["a", {"b": "c"}, ["d"], 5, null]}', {"reason": ["a", "5", "None"]}),
    ],
)
def test_what_the_database_cannot_keep_is_dropped(client, worker, raw, kept):
    assert client.post("/drafts/", {"key": "k", "payload": raw}).status_code == 200
    assert find_draft(worker, "k").payload == kept


def test_a_payload_nested_without_end_is_refused(client, worker):
    answer = client.post("/drafts/", {"key": "k", "payload": "[" * 200_000})
    assert answer.status_code == 400


def test_zero_bytes_are_dropped_rather_than_breaking_the_database(client, worker):
    assert send(client, "k", {"reason": ["a\0b"]}).status_code == 200
    assert find_draft(worker, "k").payload == {"reason": ["ab"]}


@pytest.mark.parametrize(
    ("key", "payload"),
    [("", "{}"), ("k" * 121, "{}"), ("a\0b", "{}"), ("k", "nonsense"), ("k", "[1]"), ("k", '{"a": ["' + "x" * 600_000 + '"]}')],
)  # fmt: skip
def test_nonsense_is_refused(client, worker, key, payload):
    assert client.post("/drafts/", {"key": key, "payload": payload}).status_code == 400
    assert Draft.objects.count() == 0


def test_discarding_removes_it(client, worker):
    send(client, "k", {"reason": ["one"]})
    send(client, "k", {}, discard="1")
    assert find_draft(worker, "k") is None


def test_anonymous_typing_is_not_kept(client):
    make_caseworker(make_office("lenin"))
    assert send(client, "k", {"reason": ["one"]}).status_code in (302, 401)
    assert Draft.objects.count() == 0
