"""The writing page of a conclusion: its sections with their fields, and what stands beside them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .conclusion_facts import examined_on, general_facts, suggested_conditions
from .conclusion_sections import (
    LANGUAGES,
    SECTIONS,
    SectionKind,
    kyrgyz_gaps,
    russian_gaps,
)
from .models import Conclusion, PsychologicalMethod
from .papers import Fact
from .wording import Caution


def offered_methods(conclusion: Conclusion) -> list[PsychologicalMethod]:
    """The list as it is offered today, and those used here though retired."""
    used = {place.method_id for place in conclusion.used_methods.all()}
    return [m for m in PsychologicalMethod.objects.all() if m.is_active or m.pk in used]


@dataclass(frozen=True)
class Side:
    """One language of one text: its field, and what a person must look at there."""

    language: str
    field: Any
    # What another window wrote meanwhile, where this page's text was therefore not put in.
    conflict: str
    # What was typed in another window and not put in.
    apart: str
    cautions: list[Caution]
    suggestion: str

    @property
    def name(self) -> str:
        return str(self.field.name)


@dataclass(frozen=True)
class WrittenSection:
    """One section of the page. ``sides`` are Kyrgyz and Russian; none for the section of facts alone."""

    kind: SectionKind
    sides: tuple[Side, ...]
    is_missing: bool
    is_russian_missing: bool


@dataclass(frozen=True)
class MethodRow:
    """One method of the list: its box, and the reasons asked where it is made for other ages than the child's."""

    method: PsychologicalMethod
    box: Any
    reason_ky: Any
    reason_ru: Any
    is_outside: bool

    @property
    def is_used(self) -> bool:
        return bool(self.box.value())


class WritingPage:
    """What the writing page shows of ``conclusion`` around ``form``."""

    def __init__(
        self,
        conclusion: Conclusion,
        form: Any,
        *,
        language: str,
        conflicts: dict[str, str],
        apart: dict[str, str],
        cautions: dict[str, list[Caution]],
    ) -> None:
        self.conclusion, self.form, self.language = conclusion, form, language
        self.conflicts, self.apart, self.cautions = conflicts, apart, cautions
        self._person = conclusion.episode.person

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Section 1 without the school, which is written in the fields below it."""
        return general_facts(self.conclusion, self.language, with_place=False)

    @cached_property
    def sections(self) -> list[WrittenSection]:
        missing = {gap.section.code for gap in kyrgyz_gaps(self.conclusion)}
        russian = {gap.section.code for gap in russian_gaps(self.conclusion)}
        return [
            WrittenSection(
                kind,
                self._sides(kind.text) if kind.text else (),
                kind.code in missing,
                kind.code in russian,
            )
            for kind in SECTIONS
        ]

    @cached_property
    def education_place(self) -> tuple[Side, ...]:
        return self._sides("education_place")

    @cached_property
    def correction(self) -> tuple[Side, ...]:
        return self._sides("correction")

    @cached_property
    def methods(self) -> list[MethodRow]:
        age = self._person.age_on(examined_on(self.conclusion.episode))
        rows = []
        for method in self.form.methods:
            name = f"method_{method.pk}"
            fields = [self.form[name + suffix] for suffix in ("", "_ky", "_ru")]
            rows.append(MethodRow(method, *fields, is_outside=not method.suits(age)))
        return rows

    @cached_property
    def age(self) -> str:
        """The person's age at the examination, in the reader's language."""
        return self._person.birth.age_in_words(examined_on(self.conclusion.episode))

    @property
    def other_conflicts(self) -> dict[str, str]:
        """Conflicts of what is chosen, not written: the consent, the day, the methods."""
        written = {side.name for section in self.sections for side in section.sides}
        written |= {side.name for side in (*self.education_place, *self.correction)}
        return {
            str(self.form[name].label): text or "—"
            for name, text in self.conflicts.items()
            if name not in written
        }

    def _sides(self, text: str) -> tuple[Side, ...]:
        names = {language: f"{text}_{language}" for language in LANGUAGES}
        return tuple(
            Side(
                language,
                self.form[name],
                self.conflicts.get(name, ""),
                self.apart.get(name, ""),
                self.cautions.get(name, []),
                self._suggestion(text, language),
            )
            for language, name in names.items()
        )

    def _suggestion(self, text: str, language: str) -> str:
        """What the meetings say now, where the field does not say it yet."""
        if text != "conditions":
            return ""
        said = suggested_conditions(self.conclusion.episode, language)
        return "" if said in getattr(self.conclusion, f"{text}_{language}") else said
