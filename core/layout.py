"""How a form's fields are laid on its page: sections, folds that say what is filled inside, pairs, buttons."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Attributes of a text widget beside which the page offers ң ө ү (static/js/keys.js).
WITH_LETTERS = {"data-kyrgyz-keys": True}


class FormPage(FormHelper):
    """One column, errors at the top, buttons and the draft's state at the foot.

    ``form.draft_key`` (set by ``core.saving.kept_form``) makes the page keep what is typed.
    """

    def __init__(
        self, form: Any, *parts: Any, save: str = "", cancel_url: str = "", wide: bool = False
    ) -> None:
        super().__init__()
        self.form_class = "form-page wide" if wide else "form-page"
        key = getattr(form, "draft_key", "")
        self.attrs: dict[str, Any] = {"novalidate": True}
        if key:
            self.attrs |= {"data-draft-url": reverse("core:save_draft"), "data-draft-key": key}
        self.form_show_errors = True
        self.render_hidden_fields = True
        self.layout = Layout(*(parts or form.fields), Actions(save, cancel_url))


class Part(LayoutObject):
    """A part rendered by a template of its own, with the fields it holds as ``content``."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def values(self, form: Any) -> dict[str, Any]:
        return {}

    def render(
        self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        content = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"content": content, **self.values(form)})


class Section(Part):
    """A headed group of fields."""

    template = "components/form_section.html"

    def __init__(self, title: str, *fields: Any) -> None:
        super().__init__(*fields)
        self.title = title

    def values(self, form: Any) -> dict[str, Any]:
        return {"title": self.title}


class Fold(Section):
    """A headed fold for the fields that are seldom needed: shut, saying what is filled; open where something is wrong."""

    template = "components/fold.html"

    def values(self, form: Any) -> dict[str, Any]:
        inside = [form[pointer.name] for pointer in self.get_field_names()]
        filled = [str(f.label) for f in inside if f.value() not in (None, "", [], False, "unknown")]
        words = _("Filled") + ": " + ", ".join(filled) if filled else _("Nothing filled yet")
        return {
            "title": self.title,
            "filled": words,
            "opened": any(field.errors for field in inside),
        }


class Row(Part):
    """Short fields side by side where there is room."""

    template = "components/form_row.html"


class Pair(Part):
    """The Kyrgyz and the Russian field of one text: side by side from 1000 px."""

    template = "components/form_pair.html"

    def __init__(self, kyrgyz: str, russian: str) -> None:
        super().__init__(kyrgyz, russian)


class Actions(Part):
    """The page's one main button, the way back, and where the draft says when it was kept."""

    template = "components/form_actions.html"

    def __init__(self, save: str = "", cancel_url: str = "") -> None:
        super().__init__()
        self.save, self.cancel_url = save, cancel_url

    def values(self, form: Any) -> dict[str, Any]:
        return {
            "save": self.save or _("Save"),
            "cancel_url": self.cancel_url,
            "draft": getattr(form, "draft", None),
            "keeps_draft": bool(getattr(form, "draft_key", "")),
        }
