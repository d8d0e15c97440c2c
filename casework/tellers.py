"""What cases, dangers, help, conclusions, consents and releases tell to the timeline."""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import User

from .closing_words import reasons_said
from .enums import (
    BasisKind,
    CaseStage,
    ConclusionStatus,
    EpisodeStatus,
    MeetingStatus,
    ReleaseStatus,
    RiskLevel,
)
from .happenings import Asked, Happening, on_day, register_teller
from .history import ONE_SAVE
from .models import (
    Case,
    CaseChild,
    Conclusion,
    Consent,
    Episode,
    FamilyMember,
    Meeting,
    Release,
    SafetyAlert,
)


def register() -> None:
    register_teller("case", gettext_lazy("The case"), of_cases)
    register_teller("case", gettext_lazy("The case"), of_people)
    register_teller("danger", gettext_lazy("Danger"), of_dangers)
    register_teller("help", gettext_lazy("Help"), of_help)
    register_teller("help", gettext_lazy("Help"), of_meetings)
    register_teller("conclusion", gettext_lazy("Conclusions"), of_conclusions)
    register_teller("consent", gettext_lazy("Consents"), of_consents)
    register_teller("release", gettext_lazy("Releases"), of_releases)


def of_cases(user: User, asked: Asked) -> Iterator[Happening]:
    """Its opening, and every change of stage, risk, basis, worker and office, from its history.

    Why it was restricted is told to those who work it in full.
    """
    mine = Case.objects.full_visible_to(user).filter(pk__in=[case.pk for case in asked.cases])
    full = set(mine.values_list("pk", flat=True))
    history: Any = Case.history.model  # type: ignore[attr-defined]  # by simple_history
    rows = (
        history.objects.filter(id__in=[case.pk for case in asked.cases])
        .select_related("responsible", "office", "history_user")
        .order_by("id", "history_date", "history_id")
    )
    said = reasons_said()
    for _pk, versions in groupby(rows, key=lambda row: row.id):
        steps = list(versions)
        first = steps[0]
        yield Happening(
            first.history_date,
            _("Case opened: %(number)s") % {"number": first.number},
            by=_named(first.history_user),
            text=str(first.office),
            icon="case",
        )
        for before, after in pairwise(steps):
            yield from _changes(before, after, said)
            yield from _restriction(before, after, first.id in full)


def _changes(before: Any, after: Any, said: Callable[[str], str]) -> Iterator[Happening]:
    at, by = after.history_date, _named(after.history_user)
    if before.stage != after.stage:
        stage = CaseStage(after.stage).label
        yield Happening(
            at, _("Stage: %(stage)s") % {"stage": stage}, by=by, text=said(after.closing_reason)
        )
    if before.office_id != after.office_id:
        yield Happening(at, _("Office: %(office)s") % {"office": after.office}, by=by)
    if before.responsible_id != after.responsible_id:
        worker = _("Responsible worker: %(name)s") % {"name": after.responsible.short_name}
        yield Happening(at, worker, by=by, icon="staff")
    if before.risk_level != after.risk_level:
        risk = _("Risk") + f": {RiskLevel(after.risk_level).label}"
        yield Happening(at, risk, by=by, icon="alert")
    if before.basis_kind != after.basis_kind:
        kind = BasisKind(after.basis_kind).label
        number = f"№ {after.basis_number}" if after.basis_number else ""
        yield Happening(at, _("Basis: %(what)s") % {"what": kind}, by=by, text=number, icon="paper")


def _restriction(before: Any, after: Any, says_why: bool) -> Iterator[Happening]:
    if before.is_restricted != after.is_restricted:
        said = _("The case was restricted") if after.is_restricted else _("Restriction lifted")
        why = (after.history_change_reason or "") if says_why else ""
        yield Happening(after.history_date, said, "", _named(after.history_user), why, "sealed")


def of_people(_user: User, asked: Asked) -> Iterator[Happening]:
    """Children who became part of the case after its opening, and who came into the family since."""
    places: Any = CaseChild.history.model  # type: ignore[attr-defined]  # by simple_history
    members: Any = FamilyMember.history.model  # type: ignore[attr-defined]  # by simple_history
    opened = {case.pk: case.opened_at + ONE_SAVE for case in asked.cases}
    joined = places.objects.filter(case__in=asked.cases, history_type="+")
    for row in _about(joined, asked, "person").select_related("person", "history_user"):
        if row.history_date > opened[row.case_id]:
            said, by = _("Child joined to the case"), _named(row.history_user)
            yield Happening(row.history_date, said, "", by, row.person.full_name, "child")
    first = {case.family_id: opened[case.pk] for case in asked.cases}
    came = members.objects.filter(family__in=first, history_type="+")
    for row in _about(came, asked, "person").select_related("person", "history_user"):
        if row.history_date > first[row.family_id]:
            said, by = _("Joined to the family"), _named(row.history_user)
            who = f"{row.person.full_name} · {row.relation_text or row.get_relation_display()}"
            yield Happening(row.history_date, said, "", by, who, "family")


def of_dangers(_user: User, asked: Asked) -> Iterator[Happening]:
    """Alerts raised and lifted, and to whom notice was given."""
    alerts = SafetyAlert.objects.filter(case__in=asked.cases)
    if asked.person is not None:
        alerts = alerts.filter(Q(person=asked.person) | Q(person=None))
    found = alerts.select_related("raised_by", "lifted_by", "case")
    for alert in found.prefetch_related("notices__given_by"):
        url = alert.case.get_absolute_url()
        by = _named(alert.raised_by)
        yield Happening(alert.raised_at, _("Safety alert raised"), url, by, alert.text, "alert")
        if alert.lifted_at:
            said, why = _("Safety alert lifted"), alert.lifted_reason
            yield Happening(alert.lifted_at, said, url, _named(alert.lifted_by), why)
        for notice in alert.notices.all():
            said = _("Notice of danger: %(body)s") % {"body": notice.get_body_display()}
            yield Happening(notice.given_at, said, url, _named(notice.given_by), notice.note)


def of_help(user: User, asked: Asked) -> Iterator[Happening]:
    """Help asked for, begun, completed, ended."""
    episodes = _about(
        Episode.objects.visible_to(user).filter(case__in=asked.cases), asked, "person"
    )
    for episode in episodes.select_related("requested_by", "decided_by", "office", "specialist"):
        kind, url = episode.get_kind_display(), episode.get_absolute_url()
        asks = _("Help asked for: %(kind)s") % {"kind": kind}
        office = str(episode.office)
        by = _named(episode.requested_by)
        yield Happening(episode.requested_at, asks, url, by, office, "family")
        if episode.decided_at:
            returned = episode.status == EpisodeStatus.RETURNED
            said = _("Request returned: %(kind)s") if returned else _("Help begun: %(kind)s")
            text = episode.return_reason if returned else _named(episode.specialist)
            by = _named(episode.decided_by)
            yield Happening(episode.decided_at, said % {"kind": kind}, url, by, text)
        yield from _end_of_help(episode, kind, url)


def _end_of_help(episode: Episode, kind: str, url: str) -> Iterator[Happening]:
    if episode.completed_on:
        said = _("Help completed with its result: %(kind)s") % {"kind": kind}
        at = on_day(episode.completed_on)
        yield Happening(at, said, url, icon="in-time", has_hour=False)
    if episode.ended_on:
        said = _("Help ended without result: %(kind)s") % {"kind": kind}
        at = on_day(episode.ended_on)
        yield Happening(at, said, url, text=episode.end_reason, has_hour=False)


def of_meetings(user: User, asked: Asked) -> Iterator[Happening]:
    """Consultations and sessions that were held, and those that were not. Never a private note."""
    meetings = Meeting.objects.visible_to(user).filter(episode__case__in=asked.cases)
    meetings = _about(meetings, asked, "episode__person")
    told = meetings.filter(status__in=[MeetingStatus.HELD, MeetingStatus.MISSED])
    for meeting in told.select_related("specialist", "episode"):
        url, by = meeting.get_absolute_url(), _named(meeting.specialist)
        helps = {"kind": meeting.get_kind_display(), "help": meeting.episode.get_kind_display()}
        if meeting.status == MeetingStatus.MISSED:
            at = meeting.planned_at
            said, text = _("%(kind)s did not take place (%(help)s)"), meeting.missed_reason
        else:
            at, said, text = meeting.began_at, _("%(kind)s held (%(help)s)"), meeting.work_done
        if at is not None:
            yield Happening(at, said % helps, url, by, text, "calendar")


def of_conclusions(user: User, asked: Asked) -> Iterator[Happening]:
    """Conclusions signed and countersigned; drafts are their author's."""
    found = Conclusion.objects.visible_to(user).filter(episode__case__in=asked.cases)
    found = _about(found, asked, "episode__person").exclude(status=ConclusionStatus.DRAFT)
    for conclusion in found.select_related("author", "countersigned_by"):
        number, url = {"number": conclusion.number}, conclusion.get_absolute_url()
        signed = _("Conclusion signed: %(number)s") % number
        if conclusion.signed_at:
            by = _named(conclusion.author)
            yield Happening(conclusion.signed_at, signed, url, by, icon="conclusion")
        if conclusion.countersigned_at:
            said = _("Conclusion countersigned: %(number)s") % number
            yield Happening(
                conclusion.countersigned_at, said, url, _named(conclusion.countersigned_by)
            )


def of_consents(user: User, asked: Asked) -> Iterator[Happening]:
    found = Consent.objects.visible_to(user).filter(case__in=asked.cases)
    for consent in _about(found, asked, "person").select_related("recorded_by"):
        by = _named(consent.recorded_by)
        if consent.given_on:
            at = on_day(consent.given_on)
            yield Happening(at, _("Consent given"), by=by, text=consent.scope, has_hour=False)
        else:
            said, ground = _("Help without consent, on a ground"), consent.ground_without
            yield Happening(consent.recorded_at, said, by=by, text=ground)
        if consent.withdrawn_on:
            at, note = on_day(consent.withdrawn_on), consent.withdrawal_note
            yield Happening(at, _("Consent withdrawn"), by=by, text=note, has_hour=False)


def of_releases(user: User, asked: Asked) -> Iterator[Happening]:
    """What was released to whom, and what was refused."""
    found = Release.objects.visible_to(user).filter(case__in=asked.cases)
    if asked.person is not None:
        found = found.filter(
            Q(conclusion__episode__person=asked.person) | Q(access_report__person=asked.person)
        )
    decided = found.exclude(status=ReleaseStatus.REQUESTED)
    for release in decided.select_related("decided_by", "recipient"):
        granted = release.status == ReleaseStatus.GRANTED
        said = _("Information released") if granted else _("Release of information refused")
        to_whom = str(release.recipient or release.recipient_text)
        if release.decided_at:
            url, by = release.get_absolute_url(), _named(release.decided_by)
            yield Happening(release.decided_at, said, url, by, to_whom, "release")


def _about(found: Any, asked: Asked, path: str) -> Any:
    """Only what is about the one person, where the timeline is a person's."""
    return found if asked.person is None else found.filter(**{path: asked.person})


def _named(user: User | None) -> str:
    return user.short_name if user is not None else ""
