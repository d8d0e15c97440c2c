"""Blank forms: every field of the screen in its order, both languages, nothing of anybody."""

import io
import re
from dataclasses import replace

import page as pdf_check
import pypdf
import pytest

from casework.forms.opening import OpeningForm
from intake.forms.reception import ArrivalForm
from offices.enums import Role
from reports.blank_forms import Bare, parts_of
from reports.blanks import BLANKS, BY_CODE, blanks_for
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def head():
    return make.make_head()


def names(code, user):
    return [field.name for part in parts_of(BY_CODE[code], user) for field in part.fields]


@pytest.mark.parametrize("code", sorted(BY_CODE))
def test_every_sheet_has_its_fields_in_both_languages(code, head):
    parts = parts_of(BY_CODE[code], head)
    fields = [field for part in parts for field in part.fields]
    assert len(fields) >= 4
    assert [f.name for f in fields if not (f.label_ky and f.label_ru)] == []
    alike = [f.label_ky for f in fields if f.label_ky == f.label_ru]
    assert len(alike) * 2 < len(fields), alike


def test_sheet_keeps_the_order_of_its_screen(head):
    form = OpeningForm(offices=[head.memberships.get().office])
    asked = [n for n in names("case", head) if n in form.fields]
    seen = [n for n in form.fields if n in set(asked)]
    assert asked == seen
    assert {"basis_kind", "identified_by", "reason"} <= set(asked)


_ASKED = re.compile(r"<(?:input|select|textarea)[^>]*>")
_SILENT = {"csrfmiddlewaretoken", "text", "language", "seen", "next"}


def asked_on(page):
    """The fields that a screen asks, in its order: each once, of rows the first."""
    found = []
    for tag in _ASKED.findall(page[page.index('class="form-page') :]):
        name = re.search(r' name="([^"]+)"', tag)
        if name is None or re.search(r'type="(hidden|file|submit)"', tag) or " hidden" in tag:
            continue
        row = re.fullmatch(r"(\w+)-(\d+|__prefix__)-(\w+)", name[1])
        if row and (row[2] != "0" or row[3] == "DELETE"):
            continue
        said = row[3] if row else name[1]
        if (row and row[1], said) not in found:
            found.append((row and row[1], said))
    return [said for _rows, said in found]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("application", "/intake/applications/new/"),
        ("referral", "/referrals/new/"),
        ("complaint", "/complaints/receive/"),
        ("book", "/complaints/book/write/"),
    ],
)
def test_sheet_asks_what_its_screen_asks_in_the_same_order(code, path, head, sign_in):
    """So that a field which the screen gains, or moves, is missed here and not in the dark."""
    make.make_standard()
    blank = BY_CODE[code]
    once = replace(blank, pieces=tuple(replace(piece, times=1) for piece in blank.pieces))
    sheet = [field.name for part in parts_of(once, head) for field in part.fields]
    more = {"complaint": ["text", "note"]}.get(code, [])
    page = sign_in(head).get(path)
    assert page.status_code == 200
    assert asked_on(page.content.decode()) + more == sheet


def test_field_that_a_screen_gains_stands_on_its_sheet(head, monkeypatch):
    """The sheet is drawn from the form, so that nobody has to remember it."""
    from django import forms

    grown = {**ArrivalForm.base_fields, "umbrella": forms.CharField(label="Umbrella")}
    monkeypatch.setattr(ArrivalForm, "base_fields", grown)
    assert "umbrella" in names("reception", head)


def test_nobodys_name_stands_on_a_sheet(head):
    """Workers and clients could be chosen from lists on the screen; on paper they are written by hand."""
    make.make_case(head.memberships.get().office, child=make.make_child("Купуябек уулу"))
    make.make_caseworker(head.memberships.get().office, surname="Кызматкерова")
    said = [
        words
        for blank in BLANKS
        for part in parts_of(blank, head)
        for field in part.fields
        for pair in field.options
        for words in pair
    ]
    assert [w for w in said if "Купуябек" in w or "Кызматкерова" in w] == []


def test_hidden_fields_files_and_passwords_are_left_out():
    from django import forms

    class Asks(forms.Form):
        key = forms.UUIDField(widget=forms.HiddenInput)
        scan = forms.FileField()
        secret = forms.CharField(widget=forms.PasswordInput)
        told = forms.CharField()

    from reports.blank_forms import Blank, Piece

    blank = Blank("x", "X", (Piece(lambda _user: Bare(Asks)),), (Role.HEAD,))
    assert [f.name for part in parts_of(blank, None) for f in part.fields] == ["told"]


def test_each_role_is_offered_its_own(head):
    lawyer = make.make_user(Role.LAWYER, make.make_centre())
    registrar = make.make_user(Role.REGISTRAR)
    codes = {b.code for b in blanks_for(lawyer)}
    assert {"meeting", "accompaniment"} <= codes and "assessment" not in codes
    assert "call" in {b.code for b in blanks_for(head)}
    assert "case" not in {b.code for b in blanks_for(registrar)}


def test_sheet_prints_as_an_accessible_page(head, sign_in):
    answer = sign_in(head).get("/reports/blanks/call/")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Ишеним телефонуна чалуу" in " ".join(text.split())
    assert pdf_check.validate_pdf_bytes(answer.content, profile="ua1").is_compliant
    assert len(answer.content) < 100_000  # a sheet must go out by mail and be printed in a hurry
    assert (
        sign_in(make.make_user(Role.LAWYER, make.make_centre()))
        .get("/reports/blanks/call/")
        .status_code
        == 404
    )
