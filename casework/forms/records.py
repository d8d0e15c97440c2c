"""What the forms of one record share: the way back, the facts for the services, and two writers at once."""

from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.layout import FormPage
from core.saving import KeptForm


class RecordForm(KeptForm):
    """A form of one record with its way back; ``facts`` is what the services take over."""

    fact_fields: tuple[str, ...] = ()
    cancel_url = ""
    save: str | Promise = gettext_lazy("Save")

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fact_fields}

    @property
    def helper(self) -> FormPage:
        return FormPage(self, *self.parts(), save=str(self.save), cancel_url=self.cancel_url)

    def parts(self) -> list[Any]:
        return list(self.fields)

    def shown_of(self, record: Any) -> dict[str, Any]:
        """What the form shows of ``record``, or of a row of its history: field → initial value."""
        known = {field.name: field.attname for field in record._meta.concrete_fields}
        return {name: getattr(record, known[name]) for name in self.fields if name in known}

    def take_over(self, record: models.Model, seen: int | None) -> None:
        """After the refusal of a second writer: what they had not touched since version ``seen`` shows what stands now.

        So saving again changes what the person changed, and nothing of what the other one did.
        """
        then = _at_version(record, seen)
        if then is None:
            return
        before, now = (
            self.shown_of(then),
            self.shown_of(type(record)._base_manager.get(pk=record.pk)),
        )
        data, taken = self.data.copy(), []
        for name, old in before.items():
            field = self.fields[name]
            if field.has_changed(old, now[name]) and not field.has_changed(old, self[name].data):
                _put(data, self.add_prefix(name), field.prepare_value(now[name]))
                taken.append(str(field.label))
        if taken:
            self.data = data
            words = _("Fields that you had not touched show the other's change now: %(fields)s.")
            self.add_error(None, words % {"fields": ", ".join(taken)})


def _at_version(record: models.Model, seen: int | None) -> Any:
    """The newest row of the record's history that has the version; None where there is none."""
    if seen is None:
        return None
    history: Any = record.history  # type: ignore[attr-defined]  # by simple_history
    return history.filter(version=seen).order_by("-history_date", "-history_id").first()


def _put(data: Any, name: str, value: Any) -> None:
    """``value`` into the sent data as a browser would send it."""
    if value is None or value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value)
