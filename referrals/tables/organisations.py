"""The list of organisations."""

from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.templatetags.look import state
from offices.models import Organisation


class OrganisationTable(tables.Table):
    """Needs rows with their district and aliases."""

    name = tables.Column(
        gettext_lazy("Organisation"),
        order_by=("name_ky", "pk"),
        attrs={"td": {"class": "name"}},
    )
    kind = tables.Column(gettext_lazy("Kind"), order_by=("kind", "name_ky"))
    district = tables.Column(
        gettext_lazy("District"), order_by=("district__name_ky", "name_ky"), default=""
    )
    phone = tables.Column(gettext_lazy("Phone"), orderable=False, attrs={"td": {"class": "quiet"}}, default="")  # fmt: skip

    class Meta:
        attrs = {"class": "table"}
        order_by = "name"
        empty_text = gettext_lazy("No organisation of this kind or name. A new one is entered with the button above.")  # fmt: skip

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        super().__init__(rows, order_by_field="sort", **kwargs)

    def order_name(self, rows: QuerySet[Organisation], is_descending: bool) -> Any:
        """By the name that is shown; one that has no name in the language stands first, by the other."""
        names = ["name_ru", "name_ky"] if get_language() == "ru" else ["name_ky", "name_ru"]
        sign = "-" if is_descending else ""
        return rows.order_by(*(sign + name for name in names), "pk"), True

    def render_name(self, record: Organisation) -> SafeString:
        link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)
        also = [alias.name for alias in record.aliases.all() if alias.name != record.name]
        marks = "" if record.is_active else state("sealed", _("Not offered any more"))
        if not also:
            return format_html("{} {}", link, marks)
        quiet = _("also: %(names)s") % {"names": ", ".join(also)}
        return format_html('{} {}<span class="row-number">{}</span>', link, marks, quiet)

    def render_kind(self, record: Organisation) -> str:
        return str(record.get_kind_display())
