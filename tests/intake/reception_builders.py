"""Builders of visitors, raids and visits: each makes one believable record; what a test is about it says itself."""

import datetime as dt
import io

from django.core.files.base import ContentFile
from PIL import Image

from core import clock
from intake.enums import VisitorStatus, VisitOutcome, VisitPurpose
from intake.models import (
    CommunicationNeed,
    FoundPerson,
    PrivilegedCategory,
    QueueCounter,
    Raid,
    RaidFinding,
    Visit,
    VisitChild,
    Visitor,
    VisitPhoto,
)
from offices.models import Office
from papers.models import Attachment
from tests import builders as make

SURNAME = "Келгенбай кызы"


def make_privilege(code="pregnant"):
    return PrivilegedCategory.objects.get_or_create(
        code=code, defaults={"name_ky": "Кош бойлуу аялдар", "name_ru": "Беременные женщины"}
    )[0]


def make_need(code="sign_language"):
    return CommunicationNeed.objects.get_or_create(
        code=code, defaults={"name_ky": "Жаңсоо тили", "name_ru": "Жестовый язык"}
    )[0]


def make_visitor(office=None, *, receiver=None, **fields):
    """Somebody who waits since an hour ago; later states with the times that belong to them."""
    office = office or make.make_office()
    status = fields.setdefault("status", VisitorStatus.WAITING)
    day = fields.setdefault("came_on", clock.today())
    hour_ago = clock.now() - dt.timedelta(hours=1)
    counter = QueueCounter.objects.get_or_create(office=office, day=day)[0]
    counter.last += 1
    counter.save()
    number = counter.last
    receiver = receiver or _keeper(office)
    fields.setdefault("number", number)
    fields.setdefault("arrived_at", hour_ago + dt.timedelta(minutes=number))
    fields.setdefault("surname", SURNAME)
    if status in ("called", "running", "ended"):
        fields.setdefault("called_at", hour_ago)
        fields.setdefault("received_by", receiver)
    if status in ("running", "ended"):
        fields.setdefault("began_at", (clock.now() - dt.timedelta(minutes=10)))
        fields.setdefault("standard", make.make_standard())
        fields.setdefault("limit_minutes", 30)
        fields.setdefault("amber_minutes", 25)
    if status == "ended":
        fields.setdefault("ended_at", clock.now())
        fields.setdefault("outcome", "information")
    if status == "unserved":
        fields.setdefault("absence_reason", "Жарык өчүп калды")
    return Visitor.objects.create(office=office, registered_by=receiver, **fields)


def _keeper(office):
    held = office.memberships.filter(role="caseworker").select_related("user").first()
    return held.user if held else make.make_caseworker(office)


def make_raid(office=None, *, led_by=None, **fields):
    office = office or make.make_office()
    led_by = led_by or _keeper(office)
    fields.setdefault("held_on", clock.today())
    fields.setdefault("place", "Ош базары")
    number = Raid.objects.count() + 1
    fields.setdefault("number", f"Р-{number:04d}/26")
    return Raid.objects.create(office=office, led_by=led_by, recorded_by=led_by, **fields)


def make_finding(raid=None, *, surname=SURNAME, **fields):
    """A family with one child whose first name and age were said."""
    raid = raid or make_raid()
    fields.setdefault("seen", "Бала базарда арабача түртүп иштейт.")
    fields.setdefault("street", "Бейшеналиева")
    fields.setdefault("house", "12")
    finding = RaidFinding.objects.create(raid=raid, recorded_by=raid.recorded_by, **fields)
    FoundPerson.objects.create(
        finding=finding, surname=surname, given_name="Эрмек", birth_precision="estimated",
        estimated_age=9, estimated_on=raid.held_on,
    )  # fmt: skip
    return finding


def make_visit(case=None, *, office: Office | None = None, staff=(), **fields):
    """A visit at which the family was met: to the first child of ``case``, or before there is one."""
    office = office or (case.office if case else make.make_office())
    outcome = fields.setdefault("outcome", VisitOutcome.MET)
    fields.setdefault("purpose", VisitPurpose.SIGNAL)
    hour_ago = clock.now() - dt.timedelta(hours=1)
    if outcome in (VisitOutcome.PLANNED, VisitOutcome.CANCELLED):
        fields.setdefault("planned_at", clock.now() + dt.timedelta(hours=1))
    else:
        fields.setdefault("held_at", hour_ago)
        fields.setdefault("found_ky", "Үйдө жылуу, балдар тамактанган.")
    if outcome == VisitOutcome.CANCELLED:
        fields.setdefault("cancelled_reason", "Үй-бүлө көчүп кетти")
    went = list(staff) or [case.responsible if case else _keeper(office)]
    visit = Visit.objects.create(office=office, recorded_by=went[0], **fields)
    visit.staff.set(went)
    if case:
        child = case.child_places.first().person
        VisitChild.objects.create(visit=visit, case=case, person=child)
    return visit


def picture(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


def make_photo(visit, **fields):
    """A photograph that is kept already: its files stand where an upload would put them."""
    by = visit.recorded_by
    file = Attachment(
        name="үй.jpg", content_type="image/jpeg", size=10, sha256="0" * 64, uploaded_by=by
    )
    file.original.save("a.sealed", ContentFile(picture()), save=False)
    file.shown.save("a.jpg", ContentFile(picture()), save=False)
    file.thumbnail.save("a.jpg", ContentFile(picture()), save=False)
    file.save()
    return VisitPhoto.objects.create(visit=visit, file=file, added_by=by, **fields)
