"""State changes of an outgoing referral: asked, released by the head, sent, replied, or ended without a reply."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.enums import ReleaseForm, ReleaseStatus
from casework.hidden import hidden_facts_of, mentioned_in
from casework.models import (
    Case,
    CaseConflict,
    Consent,
    Episode,
    HiddenFact,
    LegalGround,
    Person,
    Release,
)
from casework.services.episodes import people_of
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Organisation, User
from offices.notices import tell
from offices.standing import people_in
from papers.attachment_lists import add_files
from papers.models import Attachment, Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from ..enums import OutgoingStatus
from ..models import OutgoingFile, OutgoingReferral
from ..permissions import (
    can_ask_outgoing,
    can_close_outgoing,
    can_decide_outgoing,
    can_note_reply,
    can_send_outgoing,
)
from ..referral_papers import LETTER, outgoing_paper
from .feedback import hand_over


@dataclass(frozen=True)
class OutgoingFacts:
    """What goes out: to whom, about whom, what is asked, what is shared, on what ground, by when a reply is wished."""

    people: tuple[Person, ...]
    ground: LegalGround
    purpose_ky: str
    purpose_ru: str = ""
    shared_ky: str = ""
    shared_ru: str = ""
    organisation: Organisation | None = None
    recipient_text: str = ""
    with_contacts: bool = False
    consent: Consent | None = None
    reply_due_on: dt.date | None = None


@transaction.atomic
def ask_outgoing(
    case: Case, facts: OutgoingFacts, *, episode: Episode | None = None, actor: User
) -> OutgoingReferral:
    """Ask the head of the case's office to let a referral go out; the heads are told."""
    found = Case.objects.content_visible_to(actor).filter(pk=case.pk).first()
    if found is None or not can_ask_outgoing(actor, found):
        raise PermissionDenied
    _check(found, facts, episode)
    referral = OutgoingReferral.objects.create(
        case=found,
        episode=episode,
        organisation=facts.organisation,
        recipient_text=facts.recipient_text.strip(),
        purpose_ky=facts.purpose_ky.strip(),
        purpose_ru=facts.purpose_ru.strip(),
        shared_ky=facts.shared_ky.strip(),
        shared_ru=facts.shared_ru.strip(),
        with_contacts=facts.with_contacts,
        ground=facts.ground,
        consent=facts.consent,
        reply_due_on=facts.reply_due_on,
        requested_by=actor,
        requested_at=clock.now(),
    )
    referral.people.set(facts.people)
    _tell(people_in(found.office_id, Role.HEAD), "outgoing_asked", referral, actor)
    return referral


def hidden_in(referral: OutgoingReferral) -> list[HiddenFact]:
    """Hidden facts of the case that the referral's text spells out."""
    texts = [referral.purpose_ky, referral.purpose_ru, referral.shared_ky, referral.shared_ru]
    return mentioned_in([*texts, referral.recipient_text], hidden_facts_of(referral.case))


@transaction.atomic
def release_outgoing(
    referral: OutgoingReferral,
    *,
    ground: LegalGround,
    reason: str = "",
    hidden_facts_reason: str = "",
    actor: User,
) -> OutgoingReferral:
    """The head lets it out on a legal ground: numbered, laid out once and kept, in the register of releases.

    The password has been asked by the caller. A text that spells out a hidden fact goes out only with the head's
    reason; the addresses and phones that the paper itself prints never are hidden ones.
    """
    found = _locked(referral, can_decide_outgoing, actor)
    if hidden_in(found) and not hidden_facts_reason.strip():
        raise DomainError(
            _("The text spells out what is hidden from somebody. Say why it goes out all the same.")
        )
    at = clock.now()
    day = clock.local(at).date()
    found.ground, found.decision_reason = ground, reason.strip()
    found.hidden_facts_reason = hidden_facts_reason.strip()
    found.status, found.decided_by, found.decided_at = OutgoingStatus.RELEASED, actor, at
    found.number = take_number(found.case.office, Journal.OUTGOING, on=day)
    found.paper = issue_paper(
        PaperKind.REFERRAL_OUT,
        office=found.case.office,
        number=found.number,
        on=day,
        by=actor,
        template=LETTER,
        paper=outgoing_paper(found, number=found.number, head=actor, on=day),
    )
    found.release = _registered(found, actor, at)
    found.version += 1
    found.save()
    _tell([found.requested_by, found.case.responsible], "outgoing_released", found, actor)
    return found


@transaction.atomic
def decline_outgoing(referral: OutgoingReferral, *, reason: str, actor: User) -> OutgoingReferral:
    """The head does not let it out, and says why."""
    found = _locked(referral, can_decide_outgoing, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is not released."))
    found.status, found.decision_reason = OutgoingStatus.DECLINED, reason.strip()
    found.decided_by, found.decided_at = actor, clock.now()
    found.version += 1
    found.save()
    _tell([found.requested_by], "outgoing_declined", found, actor)
    return found


@transaction.atomic
def send_outgoing(
    referral: OutgoingReferral,
    *,
    how: str,
    on: dt.date,
    reply_due_on: dt.date | None = None,
    actor: User,
) -> OutgoingReferral:
    """The day on which it left, and how; the day of the reply may be set anew with it."""
    found = _locked(referral, can_send_outgoing, actor)
    decided = clock.local(found.decided_at).date() if found.decided_at else on
    if not decided <= on <= clock.today():
        raise DomainError(_("It is sent between the decision and today."))
    if reply_due_on is not None and reply_due_on < on:
        raise DomainError(_("A reply cannot be due before the referral is sent."))
    found.status, found.sent_on, found.sent_how, found.sent_by = OutgoingStatus.SENT, on, how, actor
    found.reply_due_on = reply_due_on or found.reply_due_on
    found.version += 1
    found.save()
    hand_over(found.release, to=found.to_whom, on=on, actor=actor)
    return found


@transaction.atomic
def note_reply(
    referral: OutgoingReferral,
    *,
    on: dt.date,
    result: str,
    text: str = "",
    number: str = "",
    scans: Iterable[Attachment] = (),
    actor: User,
) -> OutgoingReferral:
    """What came back, and what came of it; the responsible worker and who asked for it are told."""
    found = _locked(referral, can_note_reply, actor)
    if found.sent_on is not None and not found.sent_on <= on <= clock.today():
        raise DomainError(_("The reply came between the sending and today."))
    found.status, found.replied_on, found.result = OutgoingStatus.REPLIED, on, result
    found.reply_text, found.reply_number, found.reply_by = text.strip(), number.strip(), actor
    found.version += 1
    found.save()
    add_files(OutgoingFile, found, scans, actor=actor)
    _tell([found.requested_by, found.case.responsible], "outgoing_replied", found, actor)
    return found


@transaction.atomic
def close_outgoing(referral: OutgoingReferral, *, reason: str, actor: User) -> OutgoingReferral:
    """No reply is awaited any more, with the reason; nobody is reminded further."""
    found = _locked(referral, can_close_outgoing, actor)
    if not reason.strip():
        raise DomainError(_("Say why it ends without a reply."))
    found.status, found.closed_on = OutgoingStatus.CLOSED, clock.today()
    found.closed_reason = reason.strip()
    found.version += 1
    found.save()
    return found


def _check(case: Case, facts: OutgoingFacts, episode: Episode | None) -> None:
    if facts.organisation is None and not facts.recipient_text.strip():
        raise DomainError(_("Say to whom the referral goes."))
    if not facts.purpose_ky.strip():
        raise DomainError(_("Write in Kyrgyz what is asked for: it is the original."))
    known = {person.pk for person in people_of(case)}
    if not facts.people or any(person.pk not in known for person in facts.people):
        raise DomainError(_("Say about whom of the family the referral is."))
    if facts.consent is not None and (
        facts.consent.case_id != case.pk or facts.consent.withdrawn_on is not None
    ):
        raise DomainError(_("This consent is not of this case, or has been withdrawn."))
    if episode is not None and episode.case_id != case.pk:
        raise DomainError(_("This help is not of this case."))
    if facts.reply_due_on is not None and facts.reply_due_on < clock.today():
        raise DomainError(_("The day of the reply has passed already."))


def _registered(referral: OutgoingReferral, actor: User, at: dt.datetime) -> Release:
    return Release.objects.create(
        case=referral.case,
        form=ReleaseForm.REFERRAL,
        number=referral.number,
        recipient=referral.organisation,
        recipient_text=referral.recipient_text,
        ground=referral.ground,
        purpose=referral.purpose_ky[:500],
        requested_by=referral.requested_by,
        requested_at=referral.requested_at,
        status=ReleaseStatus.GRANTED,
        decided_by=actor,
        decided_at=at,
        decision_reason=referral.decision_reason,
        hidden_facts_reason=referral.hidden_facts_reason,
        paper=referral.paper,
    )


def _locked(
    referral: OutgoingReferral, allows: Callable[[User, OutgoingReferral], bool], actor: User
) -> OutgoingReferral:
    rows = OutgoingReferral.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related(
        "case__office", "case__responsible", "organisation", "ground", "consent", "requested_by"
    )
    found = related.filter(pk=referral.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if referral.status != found.status:
            raise DomainError(_("This has been decided already. Look at it again."))
        raise PermissionDenied
    return found


def _tell(people: Iterable[User], kind: str, referral: OutgoingReferral, by: User) -> None:
    shut = set(
        CaseConflict.objects.filter(case=referral.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    told = [user for user in people if user.pk not in shut]
    number = referral.number or referral.case.number
    tell(told, kind, by=by, number=number, url=referral.get_absolute_url())
