"""Changes of what a case says: its beginning, its situation, the document that has come."""

from typing import Any

from django.db.models import Q

from core.saving import KeptForm

from ..enums import BasisKind
from ..models import Case, SituationCategory
from ..services.new_case import Basis
from .case_parts import AboutFinding, AboutPaper, AboutSituation


class BasisForm(AboutPaper, KeptForm):
    """The document that was awaited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in BasisKind.choices if choice[0] != BasisKind.AWAITED]
        self.fields["basis_kind"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["basis_organisation"].help_text = ""

    @classmethod
    def said_by(cls, case: Case) -> dict[str, Any]:
        """The form's beginning: what the case says of its document now."""
        names = ("kind", "organisation", "text", "number", "on", "signatory")
        return {f"basis_{name}": getattr(case, f"basis_{name}") for name in names}

    def basis(self) -> Basis:
        return self.paper()


class ChangeForm(AboutFinding, AboutSituation, KeptForm):
    """What the case says of its beginning, its situation and its risk."""

    SAID = ("identified_by", "identified_organisation", "identified_text", "identified_number")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = Q(is_active=True) | Q(cases=case)
        offered = SituationCategory.objects.filter(kept).distinct()
        self.fields["categories"].queryset = offered  # type: ignore[attr-defined]  # a ModelMultipleChoiceField

    @classmethod
    def said_by(cls, case: Case) -> dict[str, Any]:
        """The form's beginning: what the case says now."""
        fields = (*cls.SAID, "identified_on", "reason", "risk_level")
        return {field: getattr(case, field) for field in fields} | {
            "categories": case.categories.all()
        }
