"""What the product knows of a conclusion's subject, in words of either language: the facts of its paper, and suggested texts."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from papers import dates

from .enums import BasisKind, BirthPrecision, MeetingKind, MeetingStatus, Sex
from .models import Case, Child, Conclusion, Consent, Episode, Meeting, Person
from .papers import Fact


def examined_on(episode: Episode) -> dt.date:
    """The day of the first meeting that was held; today before any."""
    began = [m.began_at for m in held_meetings(episode) if m.began_at]
    return clock.local(min(began)).date() if began else clock.today()


def held_meetings(episode: Episode) -> list[Meeting]:
    """Meetings that took place, in the order of time, with who was there: three queries once for each object."""
    known: list[Meeting] | None = episode.__dict__.get("_held_meetings")
    if known is None:
        rows = episode.meetings.filter(status=MeetingStatus.HELD).order_by("began_at")
        known = list(rows.prefetch_related("with_whom"))
        episode.__dict__["_held_meetings"] = known
    return known


def consents_of(episode: Episode) -> QuerySet[Consent]:
    """The consents in force of the person whom the episode is for, newest first."""
    return (
        Consent.objects.filter(case_id=episode.case_id, person_id=episode.person_id)
        .in_force()
        .select_related("given_by")
    )


def general_facts(
    conclusion: Conclusion, language: str, *, with_place: bool = True
) -> tuple[Fact, ...]:
    """Section 1 as it stands today. A phone or an address is never among them."""
    episode = conclusion.episode
    person, case = episode.person, episode.case
    day = examined_on(episode)
    with translation.override(language):
        place = getattr(conclusion, f"education_place_{language}") or (
            conclusion.education_place_ky or conclusion.education_place_ru
        )
        facts = [
            Fact(_("Full name"), _name(person)),
            Fact(_("Birth date"), birth_words(person)),
            Fact(_("Age at the examination"), age_words(person, day, language)),
            Fact(_("Sex"), _sex(person)),
            Fact(_("Case number"), case.number),
            Fact(_("School, class"), place if with_place else ""),
            Fact(_("Who referred"), referral_words(case, language)),
        ]
    return tuple(fact for fact in facts if fact.value)


def consent_facts(conclusion: Conclusion, language: str) -> tuple[Fact, ...]:
    consent = conclusion.consent
    assent = getattr(conclusion, f"child_assent_{language}")
    with translation.override(language):
        facts = [
            Fact(_("Consent"), consent_words(consent) if consent else ""),
            Fact(_("The child's own assent"), assent),
        ]
    return tuple(fact for fact in facts if fact.value)


def consent_words(consent: Consent) -> str:
    """In the active language: who, in what capacity, when, spoken or written; or the ground without consent."""
    if consent.given_on is None:
        return _("Without consent, on the ground: %(ground)s") % {"ground": consent.ground_without}
    said = [str(consent.given_by)] if consent.given_by else []
    if consent.capacity:
        said.append(str(consent.get_capacity_display()).lower())
    said.append(_manner(consent))
    return ", ".join(said)


def _manner(consent: Consent) -> str:
    given = dates.short_date(consent.given_on) if consent.given_on else ""
    if consent.is_written and consent.written_on in (None, consent.given_on):
        return _("in writing %(day)s") % {"day": given}
    spoken = _("by word of mouth %(day)s") % {"day": given}
    if consent.written_on:
        written = _("in writing %(day)s") % {"day": dates.short_date(consent.written_on)}
        return f"{spoken}, {written}"
    return spoken


def birth_words(person: Person) -> str:
    """In the active language, as far as it is known."""
    if person.birth_precision == BirthPrecision.EXACT and person.birth_on:
        return dates.short_date(person.birth_on)
    if person.birth_precision == BirthPrecision.YEAR and person.birth_year:
        return _("%(year)s, the day is not known") % {"year": person.birth_year}
    return _("not known")


def age_words(person: Person, day: dt.date, language: str) -> str:
    """Years and months where the birth date is exact, about so many years where it is not; "" where nothing is known."""
    with translation.override(language):
        return person.birth.age_in_words(day)


def referral_words(case: Case, language: str) -> str:
    """The basis document of clause 12: its kind, organisation, number and date."""
    if case.basis_kind == BasisKind.AWAITED:
        return _("The document is awaited")
    parts = [str(case.get_basis_kind_display())]
    organisation = case.basis_organisation
    if organisation:
        parts.append(organisation.name_ru if language == "ru" else organisation.name_ky)
    elif case.basis_text:
        parts.append(case.basis_text)
    if document := numbered(case.basis_number, case.basis_on):
        parts.append(document)
    return ", ".join(parts)


def numbered(number: str, day: dt.date | None) -> str:
    """«№ 01-12/84, 20.11.2026», as much of it as there is."""
    parts = [f"№ {number}"] if number else []
    if day:
        parts.append(dates.short_date(day))
    return ", ".join(parts)


def education_place_of(child: Child | None, language: str) -> str:
    """«№ 57 мектеп-гимназиясы, 3-Б» as the child's card has it."""
    if child is None:
        return ""
    school = child.school
    named = (school.name_ru if language == "ru" else school.name_ky) if school else ""
    return ", ".join(part for part in (named or child.school_text, child.school_class) if part)


def suggested_conditions(episode: Episode, language: str) -> str:
    """What the held meetings say of the conditions: number, dates and lengths, places, who was there, the language."""
    meetings = held_meetings(episode)
    if not meetings:
        return ""
    with translation.override(language):
        lines = [
            _held_line(kind, [m for m in meetings if m.kind == kind])
            for kind in (MeetingKind.SESSION, MeetingKind.CONSULTATION)
        ]
        lines += [_places(meetings), _present(meetings), _spoken(episode.person)]
    return "\n".join(line for line in lines if line)


def _held_line(kind: str, meetings: list[Meeting]) -> str:
    if not meetings:
        return ""
    label = _("Sessions") if kind == MeetingKind.SESSION else _("Consultations")
    held = ", ".join(
        _("%(day)s (%(minutes)s min)")
        % {"day": dates.short_date(clock.local(m.began_at).date()), "minutes": m.minutes}
        for m in meetings
        if m.began_at
    )
    return f"{label}: {len(meetings)}. {held}."


def _places(meetings: Iterable[Meeting]) -> str:
    places = ", ".join(dict.fromkeys(m.place for m in meetings if m.place))
    return _("Place: %(places)s.") % {"places": places} if places else ""


def _present(meetings: Iterable[Meeting]) -> str:
    there = dict.fromkeys(
        name
        for m in meetings
        for name in [*map(_name, m.with_whom.all()), m.others_present]
        if name
    )
    return _("Who was there: %(people)s.") % {"people": ", ".join(there)} if there else ""


def _spoken(person: Person) -> str:
    if not person.language:
        return ""
    return _("Language: %(language)s.") % {"language": str(person.get_language_display()).lower()}


def _name(person: Person) -> str:
    return person.full_name


def _sex(person: Person) -> str:
    return "" if person.sex == Sex.UNKNOWN else str(person.get_sex_display())
