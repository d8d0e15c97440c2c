"""Signing in and the own account. Names that allauth looks for keep allauth's form (``account_…``, ``mfa_…``)."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import include, path

from .reading import open_page, staff_page
from .views import account, calendar, factors, language, notices, reset, staff

_FACTOR = "accounts/second-factor/"
_own = [
    path("accounts/staff/", staff.show_staff, name="staff"),
    path("accounts/staff/stand-ins/<int:pk>/end/", staff.end_stand_in, name="end_stand_in"),
    path("accounts/calendar/", calendar.show_calendar, name="calendar"),
    path("notices/", notices.show_notices, name="notices"),
    path("notices/seen/", notices.see_all, name="notices_seen"),
    path("notices/<uuid:pk>/", notices.see_notice, name="notice"),
]
urlpatterns = [
    path("", include((_own, "offices"))),
    path("language/", language.set_language, name="set_language"),
    path("accounts/", account.show_account, name="account_settings"),
    path("accounts/login/", open_page(sign_in.login), name="account_login"),
    path("accounts/logout/", open_page(sign_in.logout), name="account_logout"),
    path(
        "accounts/confirm/",
        staff_page(sign_in.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "accounts/password/",
        staff_page(sign_in.password_change),
        name="account_change_password",
    ),
    path("accounts/people/<uuid:pk>/link/", reset.give_link, name="account_give_link"),
    path("accounts/new-password/<str:token>/", reset.new_password, name="account_new_password"),
    path(_FACTOR, staff_page(second_factor.index), name="mfa_index"),
    path(f"{_FACTOR}sign-in/", open_page(second_factor.authenticate), name="mfa_authenticate"),
    path(f"{_FACTOR}confirm/", staff_page(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path(f"{_FACTOR}app/", staff_page(app.activate_totp), name="mfa_activate_totp"),
    path(f"{_FACTOR}app/remove/", staff_page(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_FACTOR}codes/", staff_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{_FACTOR}codes/new/",
        staff_page(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(f"{_FACTOR}keys/", staff_page(keys.list_webauthn), name="mfa_list_webauthn"),
    path(f"{_FACTOR}keys/add/", staff_page(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        f"{_FACTOR}keys/confirm/",
        staff_page(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{_FACTOR}keys/<int:pk>/name/", staff_page(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        f"{_FACTOR}keys/<int:pk>/remove/",
        factors.remove_key,
        name="mfa_remove_webauthn",
    ),
]
