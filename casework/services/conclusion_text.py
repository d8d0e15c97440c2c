"""Keeping what is typed into a conclusion: field by field, so that two windows never overwrite one another.

A page remembers for every field the stamp of what it was shown. A field is written only where the record still has what
the page was shown; where both changed, the record stays and the page is told (:class:`Kept`.conflicts).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import clock
from core.drafts import discard_draft, find_draft, keep_draft
from offices.models import User

from ..conclusion_permissions import can_write_conclusion
from ..conclusion_sections import EXTRA_TEXTS, LANGUAGES, SECTIONS
from ..models import Conclusion, ConclusionMethod, PsychologicalMethod

TEXT_FIELDS = tuple(
    f"{name}_{language}"
    for name in (*EXTRA_TEXTS, *(section.text for section in SECTIONS if section.text))
    for language in LANGUAGES
)
REASON_SUFFIXES = tuple(f"_{language}" for language in LANGUAGES)


@dataclass
class Kept:
    """What became of one keeping: the stamps to go on with, and what a person must look at."""

    stamps: dict[str, str] = field(default_factory=dict)
    # Fields changed here and elsewhere: the record's text, which was not overwritten.
    conflicts: dict[str, str] = field(default_factory=dict)
    # Fields changed elsewhere and untouched here: the record's text.
    news: dict[str, str] = field(default_factory=dict)
    # Fields whose text is unfit (too long, no such day): why. The record keeps what it had.
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.conflicts and not self.errors


def tidy(text: str) -> str:
    """``text`` as it is stored: lines parted by one character, no blanks at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def stamp(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def method_field(method_id: int) -> str:
    return f"method_{method_id}"


def typed_of(conclusion: Conclusion, methods: Iterable[PsychologicalMethod]) -> dict[str, str]:
    """The record as the fields of its form, all as text; for every one of ``methods`` whether it is used and why."""
    typed = {name: getattr(conclusion, name) for name in TEXT_FIELDS}
    typed["consent"] = str(conclusion.consent_id or "")
    day = conclusion.follow_up_on
    typed["follow_up_on"] = day.strftime("%d.%m.%Y") if day else ""
    used = {u.method_id: u for u in conclusion.used_methods.all()}
    for method in methods:
        name, place = method_field(method.pk), used.get(method.pk)
        typed[name] = "on" if place else ""
        for suffix in REASON_SUFFIXES:
            typed[name + suffix] = getattr(place, f"age_reason{suffix}") if place else ""
    return {name: tidy(text) for name, text in typed.items()}


def stamps_of(typed: dict[str, str]) -> dict[str, str]:
    return {name: stamp(text) for name, text in typed.items()}


@transaction.atomic
def keep_text(
    conclusion: Conclusion,
    form: Any,
    stamps: dict[str, str],
    *,
    actor: User,
    is_explicit: bool = False,
) -> Kept:
    """Write what ``form`` (a bound ``WritingForm``) was sent, as far as nobody wrote it meanwhile.

    ``stamps`` are those of what the page was shown; a field without one is left alone. Only an explicit saving writes
    history. A conflicting text is kept apart for its author until they choose: "mine" names the fields to be written
    all the same, "settled" those whose text apart is not wanted any more.
    """
    conclusion = lock_for_writing(conclusion, actor)
    stored = typed_of(conclusion, form.methods)
    kept, changes = _compared(form, stored, stamps)
    if changes or is_explicit:
        _write(conclusion, form, changes, is_explicit)
    _keep_conflicts(actor, conclusion, form, kept)
    return kept


def lock_for_writing(conclusion: Conclusion, actor: User) -> Conclusion:
    rows = Conclusion.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("episode").filter(pk=conclusion.pk).first()
    if found is None or not can_write_conclusion(actor, found):
        raise PermissionDenied
    return found


def _compared(
    form: Any, stored: dict[str, str], stamps: dict[str, str]
) -> tuple[Kept, dict[str, str]]:
    kept, changes, mine = Kept(), {}, form.chosen("mine")
    for name, old in stored.items():
        if name not in stamps:
            continue
        new = tidy(form.sent(name))
        if new != old and stamp(new) == stamps[name]:
            kept.news[name], kept.stamps[name] = old, stamp(old)
        elif new == old:
            kept.stamps[name] = stamp(old)
        elif stamps[name] != stamp(old) and name not in mine:
            kept.conflicts[name], kept.stamps[name] = old, stamps[name]
        elif name in form.errors:
            kept.errors[name], kept.stamps[name] = list(form.errors[name]), stamp(old)
        else:
            changes[name], kept.stamps[name] = new, stamp(new)
    return kept, changes


def _write(conclusion: Conclusion, form: Any, changes: dict[str, str], is_explicit: bool) -> None:
    for name in changes:
        if name in TEXT_FIELDS:
            setattr(conclusion, name, changes[name])
    if "consent" in changes:
        conclusion.consent = form.cleaned_data["consent"]
    if "follow_up_on" in changes:
        conclusion.follow_up_on = form.cleaned_data["follow_up_on"]
    _write_methods(conclusion, changes)
    conclusion.kept_at = clock.now()
    # Every few seconds of typing would bury the history; what is saved by hand, signed or left is enough of it.
    if not is_explicit:
        conclusion.skip_history_when_saving = True  # type: ignore[attr-defined]  # django-simple-history's
    conclusion.version += is_explicit
    conclusion.save()


def _write_methods(conclusion: Conclusion, changes: dict[str, str]) -> None:
    for name, text in changes.items():
        parts = name.split("_")
        if parts[0] != "method":
            continue
        if len(parts) == 2:
            _use_method(conclusion, int(parts[1]), bool(text))
    for name, text in changes.items():
        parts = name.split("_")
        if parts[0] == "method" and len(parts) == 3:
            ConclusionMethod.objects.filter(conclusion=conclusion, method_id=int(parts[1])).update(
                **{f"age_reason_{parts[2]}": text}
            )


def _use_method(conclusion: Conclusion, method_id: int, is_used: bool) -> None:
    if is_used:
        ConclusionMethod.objects.get_or_create(conclusion=conclusion, method_id=method_id)
    else:
        ConclusionMethod.objects.filter(conclusion=conclusion, method_id=method_id).delete()


def _conflict_key(conclusion_id: UUID) -> str:
    return f"conclusion-apart:{conclusion_id}"


def _keep_conflicts(actor: User, conclusion: Conclusion, form: Any, kept: Kept) -> None:
    """What could not be written stays with its author, apart from the record, until they have settled it."""
    key = _conflict_key(conclusion.pk)
    draft = find_draft(actor, key)
    before = dict(draft.payload) if draft else {}
    settled = form.chosen("settled")
    apart = {
        name: values
        for name, values in before.items()
        if name not in settled and values != [tidy(form.sent(name))]
    }
    apart |= {name: [tidy(form.sent(name))] for name in kept.conflicts}
    if apart:
        keep_draft(actor, key, apart)
    elif draft:
        discard_draft(actor, key)


def texts_apart(conclusion: Conclusion, actor: User) -> dict[str, str]:
    """What was typed in another window and never put in, because the record had changed: field → text."""
    draft = find_draft(actor, _conflict_key(conclusion.pk))
    return {name: values[0] for name, values in draft.payload.items() if values} if draft else {}


def forget_texts_apart(conclusion: Conclusion, actor: User) -> None:
    discard_draft(actor, _conflict_key(conclusion.pk))
