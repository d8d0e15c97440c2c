"""Builders of applications, through the services: each makes one with believable defaults."""

import datetime as dt
import json

from casework.births import Birth
from casework.enums import BasisKind, BirthPrecision, IdentifiedBy, Relation, Sex
from casework.models import SituationCategory
from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPhone,
)
from intake.services.applications import register_application
from intake.services.eligibility import (
    Finding,
    confirm_refusal,
    find_eligible,
    open_case_from,
    propose_refusal,
    return_refusal,
)
from intake.services.new_application import Applicant, AppliedAdult, NewApplication
from tests import builders as make

FACTS = Finding("Үй-бүлө кыйын абалда эмес", "Семья не в трудной ситуации")


def make_category(code="violence", **fields):
    defaults = {"name_ky": "зордук-зомбулук", "name_ru": "насилие", **fields}
    return SituationCategory.objects.get_or_create(code=code, defaults=defaults)[0]


def what_is_said(office, **fields):
    """A walk-in mother and her son."""
    fields.setdefault("children", (KnownChild(
        surname="Асанбек уулу", given_name="Үсөн", sex=Sex.MALE,
        birth=Birth(BirthPrecision.EXACT, on=dt.date(2017, 3, 14)), school_class="3-Б",
    ),))  # fmt: skip
    fields.setdefault("adults", (AppliedAdult(
        surname="Төлөгөнова", given_name="Жаңыл", sex=Sex.FEMALE, relation=Relation.MOTHER,
        phones=(KnownPhone("0555 12 34 56", True, "18:00дөн кийин"),), is_applicant=True,
    ),))  # fmt: skip
    fields.setdefault("identification", Identification(IdentifiedBy.SELF))
    fields.setdefault("basis", Basis(BasisKind.APPLICATION))
    fields.setdefault(
        "actual_address", KnownAddress(settlement="Ак-Орго", street="Мөңгүлүү", house="34-а")
    )
    fields.setdefault("reason", "Ата-эненин чыры")
    return NewApplication(office=office, **fields)


def make_application(office=None, actor=None, *, source=None, again=False, **fields):
    office = office or make.make_office()
    make.make_standard()
    actor = actor or make.make_caseworker(office)
    return register_application(
        what_is_said(office, **fields), actor=actor, source=source, again=again
    )


def make_eligible(application, actor, **fields):
    fields.setdefault("categories", (make_category(),))
    fields.setdefault("facts_ky", "Бала сабактан качат")
    find_eligible(application, Finding(**fields), actor=actor)
    application.refresh_from_db()
    return application


def make_opened(application, actor):
    case = open_case_from(make_eligible(application, actor), actor=actor)
    application.refresh_from_db()
    return case


def make_proposed(application, actor):
    propose_refusal(application, FACTS, actor=actor)
    application.refresh_from_db()
    return application


def make_returned(application, actor, head):
    return_refusal(make_proposed(application, actor), "Дагы карагыла", actor=head)
    application.refresh_from_db()
    return application


def make_refused(application, actor, head):
    confirm_refusal(make_proposed(application, actor), actor=head)
    application.refresh_from_db()
    return application


def as_shown(page):
    """What a browser sends of a page of several forms that nobody has touched."""
    sent = {}
    for form in page.forms():
        for field in form:
            value = field.value()
            if value is not None and value is not False and value != "":
                sent[field.html_name] = "on" if value is True else getattr(value, "pk", value)
    for part in page.parts.values():
        sent |= {field.html_name: field.value() for field in part.management_form}
    return {k: json.dumps(v) if isinstance(v, list) else v for k, v in sent.items()}


__all__ = ["Applicant", "KnownAdult", "KnownChild"]
