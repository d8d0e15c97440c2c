"""The sections of a psychologist's conclusion, in the order of the paper, with what each is for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Conclusion

LANGUAGES = ("ky", "ru")
LONGEST_SECTION = 20_000


@dataclass(frozen=True)
class SectionKind:
    """One numbered section. ``text`` names the pair of fields (``<text>_ky``, ``<text>_ru``) that it is written in."""

    code: str
    mark: str
    title: str | Promise
    text: str = ""
    is_required: bool = True
    guidance: str | Promise = ""


SECTIONS = (
    SectionKind(
        "general",
        "1",
        _("General information"),
        is_required=False,
    ),
    SectionKind(
        "question",
        "2",
        _("Reason for the appeal and purpose of the examination"),
        text="question",
        guidance=_("The questions that were put; the findings answer exactly these."),
    ),
    SectionKind(
        "consent",
        "3",
        _("Consent of the lawful representative"),
        text="child_assent",
        guidance=_("Who consented and when, or the ground without consent; then the child's own word."),
    ),
    SectionKind(
        "conditions",
        "4",
        _("Conditions of the examination"),
        text="conditions",
        guidance=_("Dates, number and length of the meetings, place, language, who was present."),
    ),
    SectionKind(
        "methods",
        "5",
        _("Methods used"),
        text="other_methods",
        guidance=_("The raw records of the tests stay with you; the paper names the methods only."),
    ),
    SectionKind(
        "social_history",
        "6",
        _("Social history"),
        text="social_history",
        guidance=_("Family, living conditions, events. Say the source of every statement: by the mother's words, by the school's letter."),
    ),
    SectionKind(
        "observation",
        "7",
        _("Observation"),
        text="observation",
        guidance=_("Contact, behaviour, mood, fatigue: what was seen, not what it means."),
    ),
    SectionKind(
        "results",
        "8",
        _("Results of the examination"),
        text="results",
        guidance=_("Thinking and memory; feelings and will; personality; relations in the family and with other children; signs of what was lived through."),
    ),
    SectionKind(
        "findings",
        "9",
        _("Findings"),
        text="findings",
        guidance=_("Answer the questions of section 2 in words of likelihood: «may», «is consistent with», «cannot be ruled out»."),
    ),
    SectionKind(
        "recommendations",
        "10",
        _("Recommendations"),
        text="recommendations",
        guidance=_("For the child, the parents, the school, the social worker; to which doctor to turn; when to come again."),
    ),
)  # fmt: skip

BY_CODE = {section.code: section for section in SECTIONS}
# Written in both languages though no section of its own.
EXTRA_TEXTS = ("education_place", "correction")


@dataclass(frozen=True)
class Gap:
    """Something that is not written yet: in which section and in which language ("" for what has none)."""

    section: SectionKind
    language: str


def kyrgyz_gaps(conclusion: Conclusion) -> list[Gap]:
    """What must be written before signing: every required section in Kyrgyz, a consent or its ground, a method."""
    gaps = [gap for section in SECTIONS if (gap := _gap(conclusion, section, "ky"))]
    if conclusion.replaces_id and not conclusion.correction_ky.strip():
        gaps.insert(0, Gap(BY_CODE["general"], "ky"))
    return gaps


def russian_gaps(conclusion: Conclusion) -> list[Gap]:
    """Sections that stand in Kyrgyz alone; the paper may go without them only knowingly."""
    return [
        Gap(section, "ru")
        for section in SECTIONS
        if section.text
        and getattr(conclusion, f"{section.text}_ky").strip()
        and not getattr(conclusion, f"{section.text}_ru").strip()
    ]


def _gap(conclusion: Conclusion, section: SectionKind, language: str) -> Gap | None:
    if not section.is_required:
        return None
    if section.code == "consent":
        return None if conclusion.consent_id else Gap(section, "")
    written = getattr(conclusion, f"{section.text}_{language}").strip()
    if section.code == "methods":
        return None if written or conclusion.used_methods.all() else Gap(section, "")
    return None if written else Gap(section, language)
