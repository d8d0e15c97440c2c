"""Clauses 12 and 14: the basis is the only paper that anything can ask for, of exactly these kinds, and its scan is never needed."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.db import models

import casework.forms
import intake.forms
from casework.enums import BasisKind
from casework.models import Case
from intake.forms.applications import ApplicationForm
from intake.models import Application
from papers.fields import AttachmentField
from papers.models import Attachment, IssuedPaper
from tests import builders as make

# Every form in which a file is the matter itself: what somebody comes there to put in.
FILE_IS_THE_MATTER = {"ScanForm", "PhotoForm", "PhotosForm"}
CLAUSE_12 = {
    "education", "municipal", "social", "internal_affairs", "court", "prosecutor", "territorial",
    "application", "ngo",
}  # fmt: skip


def _forms():
    for package in (casework.forms, intake.forms):
        for module in pkgutil.iter_modules(package.__path__):
            found = import_module(f"{package.__name__}.{module.name}")
            for _name, thing in inspect.getmembers(found, inspect.isclass):
                if issubclass(thing, forms.BaseForm) and thing.__module__ == found.__name__:
                    yield thing


def test_the_kinds_of_basis_are_those_of_clause_12_and_the_heads_word():
    assert set(BasisKind.values) == CLAUSE_12 | {"awaited"}
    assert {c for c, _ in ApplicationForm.base_fields["basis_kind"].choices} == CLAUSE_12 | {"awaited", ""}  # fmt: skip


def test_no_form_demands_a_file():
    demanded = {
        f"{form.__name__}.{name}"
        for form in _forms()
        if form.__name__ not in FILE_IS_THE_MATTER
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, AttachmentField | forms.FileField) and field.required
    }
    assert demanded == set()


def test_an_application_demands_how_found_and_the_basis_and_nothing_else(db):
    make.make_standard()
    form = ApplicationForm({}, offices=[make.make_office()])
    assert set(form.errors) == {"identified_by", "basis_kind"}


@pytest.mark.parametrize("kind", sorted(CLAUSE_12))
def test_one_basis_of_any_kind_is_enough_and_needs_no_number_date_or_scan(db, kind):
    said = {"identified_by": "self", "basis_kind": kind, "basis_text": "Мекеме"}
    form = ApplicationForm(said, offices=[make.make_office()])
    assert form.errors == {}


def test_no_record_demands_a_paper():
    """A required link to a file or a paper would be a paper that somebody must bring."""
    found = {
        f"{model.__name__}.{field.name}"
        for room in ("casework", "intake")
        for model in apps.get_app_config(room).get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model in (Attachment, IssuedPaper)
        and not field.null
    }
    # A photograph is a file; a report of access is a paper that the office makes.
    assert found <= {"VisitPhoto.file", "AccessReport.paper"}
    for model in (Application, Case):
        needed = {
            f.name
            for f in model._meta.get_fields()
            if getattr(f, "blank", True) is False and f.name.startswith(("basis", "document"))
        }
        assert needed == {"basis_kind"}
