"""The admin's pages of offices, people and lists. Nothing is deleted: it is retired or ended."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .enums import SecurityKind
from .models import (
    CalendarDay,
    CalendarYear,
    District,
    Membership,
    Mtu,
    Office,
    Organisation,
    OrganisationContact,
    StandardVersion,
    StandIn,
    User,
)
from .security import note_security


class ReferenceAdmin(admin.ModelAdmin):
    """Added and changed, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipInline(admin.StackedInline):
    model = Membership
    extra = 0
    fields = ("office", "role", "position_ky", "position_ru", "starts_on", "ends_on")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(ReferenceAdmin):
    list_display = ("username", "surname", "given_name", "is_active", "is_superuser")
    list_filter = ("is_active", "memberships__office", "memberships__role")
    search_fields = ("username", "surname", "given_name")
    fields = (
        "username",
        ("surname", "given_name", "patronymic"),
        ("email", "phone"),
        ("is_active", "is_superuser"),
        "password_link",
    )
    readonly_fields = ("password_link",)
    inlines = (MembershipInline,)

    @admin.display(description=_("Password"))
    def password_link(self, person: User) -> str | SafeString:
        """The password itself is never seen here: the owner sets it by a one-time link."""
        if not person.created_at or person._state.adding:
            return _("After saving, make a one-time link.")
        url = reverse("account_give_link", args=[person.pk])
        return format_html('<a href="{}">{}</a>', url, _("Make a one-time link"))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.username = User.normalize_username(obj.username)
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            kind = SecurityKind.ENABLED if obj.is_active else SecurityKind.DISABLED
            note_security(kind, obj, request=request, by=request.user)
        if "is_superuser" in form.changed_data:
            note_security(SecurityKind.MEMBERSHIP_CHANGED, obj, request=request, by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            note_security(
                SecurityKind.MEMBERSHIP_CHANGED, form.instance, request=request, by=request.user
            )


@admin.register(Membership)
class MembershipAdmin(ReferenceAdmin):
    list_display = ("user", "office", "role", "starts_on", "ends_on")
    list_filter = ("office", "role")
    search_fields = ("user__surname", "user__username")
    autocomplete_fields = ("user",)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        note_security(SecurityKind.MEMBERSHIP_CHANGED, obj.user, request=request, by=request.user)


@admin.register(StandIn)
class StandInAdmin(ReferenceAdmin):
    list_display = ("membership", "user", "starts_on", "ends_on")
    autocomplete_fields = ("membership", "user")


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ("index", "name_ky", "kind", "is_confirmed", "is_active")


@admin.register(District)
class DistrictAdmin(ReferenceAdmin):
    list_display = ("code", "name_ky", "name_ru")


@admin.register(Mtu)
class MtuAdmin(ReferenceAdmin):
    list_display = ("number", "name_ky", "district", "is_active")
    list_filter = ("district", "is_active")


class ContactInline(admin.TabularInline):
    """Whom to ask for; who has left is unticked, not deleted."""

    model = OrganisationContact
    extra = 0
    can_delete = False


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    list_display = ("name_ky", "kind", "district", "is_confirmed", "is_active")
    list_filter = ("kind", "district", "is_confirmed", "is_active")
    search_fields = ("name_ky", "name_ru")
    inlines = (ContactInline,)


@admin.register(StandardVersion)
class StandardVersionAdmin(ReferenceAdmin):
    list_display = ("number", "adopted_on", "in_force_from")


class CalendarAdmin(ReferenceAdmin):
    """After a change: where it is said which stored due dates would move."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        words = _("Stored due dates stay as they are until you confirm what would move.")
        link = format_html('{} <a href="{}">{}</a>', words, reverse("offices:calendar"), _("See"))
        self.message_user(request, link, level=messages.WARNING)


@admin.register(CalendarYear)
class CalendarYearAdmin(CalendarAdmin):
    list_display = ("year", "is_confirmed")


@admin.register(CalendarDay)
class CalendarDayAdmin(CalendarAdmin):
    list_display = ("day", "is_working", "reason_ky", "reason_ru", "decree")
    list_filter = ("is_working",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A day named by mistake goes again; its history stays."""
        return self.has_change_permission(request, obj)
