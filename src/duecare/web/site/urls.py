"""Addresses of the pages that belong to no subject, and of signing in. Who may open each is in site/routes.py."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from duecare.web.site.pages import demo_sign_in, healthz, static_pages

urlpatterns = [
    path("system/", static_pages.system_page, name="system"),
    path("help/", static_pages.help_page, name="help"),
    path("accessibility/", static_pages.accessibility_page, name="accessibility"),
    path("healthz", healthz.health_page, name="healthz"),
    path("demo/sign-in/", demo_sign_in.demo_sign_in, name="demo_sign_in"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/sign-up/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/none/", static_pages.no_password_page, name="account_set_password"),
    path("account/two-step/", mfa.index, name="mfa_index"),
    path("account/two-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/two-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-step/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/two-step/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
