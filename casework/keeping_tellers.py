"""What tells of who holds a case and how it ends: transfers, hand-overs, the sealed door, closing, merging."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import User

from .happenings import Asked, Happening, on_day, register_teller
from .keeping_enums import ClosingStatus, FollowUpStatus, MergeStatus, OfferStatus
from .models import (
    Case,
    Closing,
    FollowUp,
    HandOver,
    Person,
    PersonMerge,
    Reopening,
    SealedOpening,
    Transfer,
)

_FULL = Case.objects.full_visible_to


def register() -> None:
    keeping, closing = gettext_lazy("Access and transfers"), gettext_lazy("Closing")
    for teller in (of_transfers, of_hand_overs, of_openings):
        register_teller("keeping", keeping, teller)
    for teller in (of_closings, of_reopenings, of_follow_ups):
        register_teller("closing", closing, teller)
    register_teller("merge", gettext_lazy("Files brought together"), of_merges)


def of_transfers(user: User, asked: Asked) -> Iterator[Happening]:
    """Offered to another office, and what it said; to those who read the reason."""
    rows = Transfer.objects.summary_visible_to(user).filter(case__in=asked.cases)
    for row in rows.select_related("to_office", "from_office", "offered_by", "decided_by"):
        url, by = row.get_absolute_url(), row.offered_by.short_name
        named = {"office": row.to_office}
        offered = _("Offered to another office: %(office)s") % named
        yield Happening(row.offered_at, offered, url, by, row.reason, "referral")
        ends = {
            OfferStatus.ACCEPTED: _("Taken over by the office: %(office)s"),
            OfferStatus.REFUSED: _("Not taken over by the office: %(office)s"),
            OfferStatus.WITHDRAWN: _("The offer to the office was taken back: %(office)s"),
        }
        if row.decided_at and row.status in ends:
            by = row.decided_by.short_name if row.decided_by else ""
            said = ends[OfferStatus(row.status)] % named
            yield Happening(row.decided_at, said, url, by, row.decision_reason, "referral")


def of_hand_overs(user: User, asked: Asked) -> Iterator[Happening]:
    """Offered to a colleague, and what they said."""
    rows = HandOver.objects.visible_to(user).filter(case__in=asked.cases)
    for row in rows.select_related("to", "offered_by", "decided_by"):
        url, by, named = (
            row.get_absolute_url(),
            row.offered_by.short_name,
            {"name": row.to.short_name},
        )
        offered = _("Hand-over offered: %(name)s") % named
        yield Happening(row.offered_at, offered, url, by, row.summary, "staff")
        ends = {
            OfferStatus.ACCEPTED: _("Hand-over accepted: %(name)s"),
            OfferStatus.REFUSED: _("Hand-over refused: %(name)s"),
            OfferStatus.WITHDRAWN: _("Hand-over taken back: %(name)s"),
        }
        if row.decided_at and row.status in ends:
            by = row.decided_by.short_name if row.decided_by else ""
            said = ends[OfferStatus(row.status)] % named
            yield Happening(row.decided_at, said, url, by, row.decision_reason, "staff")


def of_openings(user: User, asked: Asked) -> Iterator[Happening]:
    """Who opened the sealed door, to those who are told of it: who works the case in full."""
    rows = SealedOpening.objects.filter(case__in=_FULL(user)).filter(case__in=asked.cases)
    for row in rows.select_related("user"):
        said, by = _("The sealed door was opened"), row.user.short_name
        yield Happening(row.opened_at, said, "", by, row.reason, "sealed")


def of_closings(user: User, asked: Asked) -> Iterator[Happening]:
    """Asked for, approved, returned, taken back."""
    rows = Closing.objects.visible_to(user).filter(case__in=asked.cases)
    for row in rows.select_related("reason", "asked_by", "decided_by"):
        url, why = row.get_absolute_url(), f"{row.reason} {row.reason_text}".strip()
        said = _("Closing asked for")
        yield Happening(row.asked_at, said, url, row.asked_by.short_name, why, "done")
        ends = {
            ClosingStatus.APPROVED: _("Closing approved: %(number)s") % {"number": row.number},
            ClosingStatus.RETURNED: _("Closing returned"),
            ClosingStatus.WITHDRAWN: _("The request to close was taken back"),
        }
        if row.decided_at and row.status in ends:
            by = row.decided_by.short_name if row.decided_by else ""
            said, why = ends[ClosingStatus(row.status)], row.decision_reason
            yield Happening(row.decided_at, said, url, by, why, "done")


def of_reopenings(user: User, asked: Asked) -> Iterator[Happening]:
    """Why a closed case was opened again."""
    rows = Reopening.objects.filter(case__in=_FULL(user)).filter(case__in=asked.cases)
    for row in rows.select_related("reopened_by", "case"):
        url, by = row.case.get_absolute_url(), row.reopened_by.short_name
        yield Happening(row.reopened_at, _("Case reopened"), url, by, row.reason, "case")


def of_follow_ups(user: User, asked: Asked) -> Iterator[Happening]:
    """What was found after the closing."""
    rows = FollowUp.objects.visible_to(user).filter(
        case__in=asked.cases, status=FollowUpStatus.DONE
    )
    for row in rows.select_related("made_by"):
        if row.made_on and row.made_by:
            said = _("Follow-up: %(found)s") % {"found": row.get_found_display()}
            url, by = row.get_absolute_url(), row.made_by.short_name
            yield Happening(on_day(row.made_on), said, url, by, row.text, has_hour=False)


def of_merges(user: User, asked: Asked) -> Iterator[Happening]:
    """That two files are of one person, to the heads who read that word."""
    people = Person.objects.filter(
        Q(case_places__case__in=asked.cases) | Q(family_memberships__family__cases__in=asked.cases)
    )
    if asked.person is not None:
        people = people.filter(pk=asked.person.pk)
    about = Q(ours__in=people) | Q(theirs__in=people)
    rows = PersonMerge.objects.visible_to(user).filter(about)
    for row in rows.select_related("proposed_by", "decided_by", "parted_by"):
        url, by = row.get_absolute_url(), row.proposed_by.short_name
        asks = _("It was said that two files are of one person")
        yield Happening(row.proposed_at, asks, url, by, row.reason, "family")
        ends = {
            MergeStatus.REFUSED: _("The two files were not brought together"),
            MergeStatus.WITHDRAWN: _("The proposal to bring two files together was taken back"),
        }
        if row.decided_at:
            by = row.decided_by.short_name if row.decided_by else ""
            said = ends.get(MergeStatus(row.status), _("Two files were brought together"))
            yield Happening(row.decided_at, said, url, by, row.decision_reason, "family")
        if row.parted_at:
            by = row.parted_by.short_name if row.parted_by else ""
            said = _("Two files were parted again")
            yield Happening(row.parted_at, said, url, by, row.part_reason, "family")
