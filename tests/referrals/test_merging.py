"""Two entries of one body become one, and nothing that named either is lost."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models

from casework.models import Child
from core.errors import DomainError
from intake.models import Raid
from offices.models import Organisation, OrganisationContact
from referrals.duplicates import duplicates_of, probable_duplicates
from referrals.services.merging import links_to_organisations, merge_organisation
from tests import builders as make

from . import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    school = make.make_organisation(name_ky="№ 57 мектеп-гимназиясы", name_ru="Школа-гимназия № 57")
    return school, make.make_organisation(name_ky="57-мектеп", name_ru="57 школа", phone="0312 1")


def every_link():
    """All foreign keys to an organisation, by a walk of its own over the registry; histories keep what was then."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model.__name__.startswith("Historical"):
            continue
        if "m2m_history_id" in {field.name for field in model._meta.get_fields()}:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Organisation:
                found.add((model, field.name))
    return found


def name_everywhere(organisation):
    """One record for every link, as far as a record can be made by hand; the others are copied from what there is."""
    worker = make.make_caseworker(make.make_office("lenin"))
    head = make.make_head(worker.memberships.get().office)
    case = make.make_case(responsible=worker)
    case.identified_organisation = case.basis_organisation = organisation
    case.save()
    Child.objects.update_or_create(
        person=case.child_places.get().person, defaults={"school": organisation}
    )
    referral = refer.make_incoming(worker, organisation=organisation)
    child = referral.people.first()
    child.school = organisation
    child.save()
    refer.make_feedback(referral, worker, head=head)
    refer.make_outgoing(case, worker, organisation=organisation)
    OrganisationContact.objects.create(organisation=organisation, name="Айгүл")
    make.make_organisation(merged_into=organisation, is_active=False)
    make_raid(worker, organisation)


def make_raid(worker, *organisations):
    raid = Raid.objects.create(
        number="R-1", office=make.make_office("lenin"), held_on="2026-11-20", place="базар", led_by=worker, recorded_by=worker
    )  # fmt: skip
    raid.organisations.set(organisations)
    return raid


def test_every_link_of_the_project_moves(entries):
    kept, gone = entries
    name_everywhere(gone)
    links = every_link()
    unmade = {
        (model.__name__, name)
        for model, name in links
        if not model._base_manager.filter(**{name: gone}).exists()
    }
    # Each is of a room that this test cannot fill by hand; that it is found is checked below.
    assert {(f.model, f.name) for f in links_to_organisations()} == links
    merge_organisation(gone, into=kept, actor=make.make_head())
    left = {
        (model.__name__, name)
        for model, name in links
        if model._base_manager.filter(**{name: gone}).exists()
    }
    assert left == set()
    moved = {
        (model.__name__, name)
        for model, name in links
        if model._base_manager.filter(**{name: kept}).exists()
    }
    assert moved == {(m.__name__, n) for m, n in links} - unmade
    ours = {"Case", "Child", "IncomingReferral", "OutgoingReferral", "OrganisationContact"}
    ours |= {"ReferredPerson", "Release", "Organisation", "Raid_organisations"}
    assert ours <= {name for name, _field in moved}


def test_history_says_what_was_then_and_who_moved_it(entries):
    kept, gone = entries
    case = make.make_case(basis_kind="education", basis_organisation=gone)
    version = case.version
    merge_organisation(gone, into=kept, actor=make.make_head())
    case.refresh_from_db()
    said = list(case.history.order_by("history_id").values_list("basis_organisation", flat=True))
    assert (said, case.basis_organisation, case.version) == ([gone.pk, kept.pk], kept, version + 1)


def test_alias_leads_to_the_survivor_and_both_names_are_found(entries):
    kept, gone = entries
    merge_organisation(gone, into=kept, actor=make.make_head())
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.merged_into, gone.is_active, kept.phone) == (kept, False, "0312 1")
    alone = Organisation.objects.standing_alone()
    for text in ("57-мектеп", "57 школа", "мектеп гимназия", "МЕКТЕП-ГИМНАЗИЯСЫ 57"):
        assert (text, list(alone.named_like(text))) == (text, [kept])
    assert list(Organisation.objects.offered().filter(pk=gone.pk)) == []


def test_links_of_an_alias_chain_stay_one_step_long(entries):
    kept, gone = entries
    earlier = make.make_organisation()
    head = make.make_head()
    merge_organisation(earlier, into=gone, actor=head)
    merge_organisation(gone, into=kept, actor=head)
    earlier.refresh_from_db()
    assert earlier.merged_into == kept


def test_record_that_named_both_names_the_survivor_once_and_its_history_says_so(entries):
    kept, gone = entries
    raid = make_raid(make.make_caseworker(), kept, gone)
    before = raid.history.count()
    merge_organisation(gone, into=kept, actor=make.make_head())
    assert list(raid.organisations.all()) == [kept]
    assert raid.history.count() > before
    first = raid.history.order_by("history_id").last()
    assert {row.organisation_id for row in first.organisations.all()} == {kept.pk}


@pytest.mark.parametrize("role", ["operator", "caseworker", "psychologist", "administrator"])
def test_only_heads_merge(entries, role):
    kept, gone = entries
    with pytest.raises(PermissionDenied):
        merge_organisation(gone, into=kept, actor=make.make_user(role, make.make_office()))


def test_an_entry_is_not_merged_into_itself_or_into_an_alias(entries):
    kept, gone = entries
    head = make.make_head()
    with pytest.raises(DomainError):
        merge_organisation(kept, into=kept, actor=head)
    merge_organisation(gone, into=kept, actor=head)
    with pytest.raises(DomainError):
        merge_organisation(kept, into=gone, actor=head)


def test_likely_duplicates_are_alike_in_name_kind_and_number(entries):
    kept, gone = entries
    make.make_organisation(name_ky="№ 58 мектеп-гимназиясы", name_ru="Школа-гимназия № 58")
    make.make_organisation("court", name_ky="№ 57 мектеп-гимназиясы", name_ru="Школа-гимназия № 57")
    assert duplicates_of(kept) == [gone]
    found = probable_duplicates(kind="education", name_ky="57 мектеп-гимназия", name_ru="")
    assert found[0] == kept


def test_folded_names_are_found_without_kyrgyz_letters():
    wanted = make.make_organisation(name_ky="«Үмүт шооласы» фонду", name_ru="Фонд «Луч»")
    assert list(Organisation.objects.all().named_like("умут шооласы")) == [wanted]
    assert wanted.history.count() == 1
