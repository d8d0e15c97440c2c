"""The pages of a conclusion, over HTTP."""

import json

import pytest
from django.urls import reverse

from casework.enums import ConclusionStatus
from casework.models import Conclusion
from casework.services.conclusion_text import stamps_of, typed_of
from offices.models import Notice, ReadLog
from tests.builders import PASSWORD, make_episode, make_head
from tests.casework.conclusion_builders import (
    make_conclusion,
    make_countersigned_conclusion,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


def at(name, conclusion):
    return reverse(f"conclusions:{name}", args=[conclusion.pk])


def test_begin_makes_one_draft_and_opens_it_again(sign_in):
    episode = make_episode()
    client = sign_in(episode.specialist)
    url = reverse("conclusions:begin", args=[episode.pk])
    first, second = client.post(url), client.post(url)
    conclusion = Conclusion.objects.get()
    assert (first.url, second.url) == (at("write", conclusion), at("write", conclusion))
    assert conclusion.status == ConclusionStatus.DRAFT
    page = client.get(first.url)
    assert page.status_code == 200
    assert str(conclusion.pk) in page.content.decode()


def test_writing_page_holds_every_section_in_both_languages(sign_in):
    conclusion = make_conclusion()
    page = sign_in(conclusion.author).get(at("write", conclusion)).content.decode()
    for name in ("question", "conditions", "findings", "recommendations"):
        for language in ("ky", "ru"):
            assert f'name="{name}_{language}"' in page
            assert getattr(conclusion, f"{name}_{language}") in page


def test_signing_asks_for_the_password_again(sign_in):
    conclusion = make_conclusion()
    client = sign_in(conclusion.author)
    page = client.get(at("sign", conclusion))
    seen = page.context["form"]["seen"].value()
    refused = client.post(at("sign", conclusion), {"seen": seen, "password": "wrong"})
    conclusion.refresh_from_db()
    assert (refused.status_code, conclusion.status) == (200, ConclusionStatus.DRAFT)
    client.post(at("sign", conclusion), {"seen": seen, "password": PASSWORD})
    conclusion.refresh_from_db()
    assert conclusion.status == ConclusionStatus.SIGNED


def test_what_changed_after_the_page_was_opened_is_not_signed(sign_in):
    conclusion = make_conclusion()
    client = sign_in(conclusion.author)
    seen = client.get(at("sign", conclusion)).context["form"]["seen"].value()
    Conclusion.objects.filter(pk=conclusion.pk).update(findings_ky="Башка терезеден")
    answer = client.post(at("sign", conclusion), {"seen": seen, "password": PASSWORD})
    conclusion.refresh_from_db()
    assert (answer.status_code, conclusion.status) == (200, ConclusionStatus.DRAFT)


def test_countersigning_issues_the_paper_and_serves_its_bytes(sign_in):
    conclusion = make_signed_conclusion()
    head = make_head(conclusion.episode.office)
    client = sign_in(head)
    assert client.get(at("countersign", conclusion)).status_code == 200
    client.post(at("countersign", conclusion), {"password": PASSWORD})
    conclusion.refresh_from_db()
    assert conclusion.status == ConclusionStatus.COUNTERSIGNED
    answer = client.get(at("paper", conclusion))
    assert answer.content == bytes(conclusion.paper.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    name = conclusion.number.replace("/", "-")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}.pdf"'
    row = ReadLog.objects.latest("pk")
    assert (row.kind, row.user) == ("paper", head)
    assert f"conclusion:{conclusion.pk}" in row.subjects


def test_every_page_opens_for_its_people(sign_in):
    draft = make_conclusion()
    author = sign_in(draft.author)
    for name in ("write", "preview", "preview_pdf", "sign"):
        assert author.get(at(name, draft)).status_code == 200, name
    assert author.get(reverse("conclusions:desk")).status_code == 200
    signed = make_countersigned_conclusion()
    author = sign_in(signed.author)
    for name in ("conclusion", "preview", "correct", "paper"):
        assert author.get(at(name, signed)).status_code == 200, name
    waiting = make_signed_conclusion()
    head = sign_in(make_head(waiting.episode.office))
    for name in ("conclusion", "countersign", "return"):
        assert head.get(at(name, waiting)).status_code == 200, name


def keep(client, conclusion, **changes):
    """Send what the page's script sends: every field, those of ``changes`` typed anew."""
    page = client.get(at("write", conclusion))
    form = page.context["form"]
    stored = typed_of(conclusion, form.methods)
    typed = {name: [text] for name, text in {**stored, **changes}.items() if text}
    typed["stamps"] = [json.dumps(stamps_of(stored))]
    return client.post(at("keep", conclusion), {"payload": json.dumps(typed), "key": "x"})


def test_keeping_writes_what_was_typed(sign_in):
    conclusion = make_conclusion()
    answer = keep(sign_in(conclusion.author), conclusion, findings_ky="Жаңы корутунду")
    assert answer.status_code == 200
    conclusion.refresh_from_db()
    assert conclusion.findings_ky == "Жаңы корутунду"
    assert Notice.objects.count() == 0
