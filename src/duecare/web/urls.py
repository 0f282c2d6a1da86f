"""Which view answers which address? Whom each serves is said in routes.py."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from duecare.web.views import (
    accountable,
    agreement,
    case,
    changed,
    custody,
    deliveries,
    delivery,
    demo_sign_in,
    errors,
    errors_found,
    findings,
    front,
    grade,
    healthz,
    one_round,
    person,
    reconcile,
    refer_back,
    referral,
    referrals,
    review,
    round_report,
    rounds,
    sample,
    set_aside,
    static_pages,
    totals,
    visits,
    what_if,
    worklist,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("worklist/", worklist.worklist, name="worklist"),
    path("findings/", findings.findings, name="findings"),
    path("changed/<str:source>/<path:case_ref>/", changed.changed, name="changed"),
    path("people/<str:person>/", person.person, name="person"),
    path("cases/<str:source>/<path:case_ref>/", case.case, name="case"),
    path("custody/", custody.custody, name="custody"),
    path("visits/", visits.visits, name="visits"),
    path("accountable/", accountable.accountable, name="accountable"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/<str:source>/<path:case_ref>/", referral.referral, name="referral"),
    path("refer-back/<str:round_name>/<str:source>/<path:case_ref>/", refer_back.refer_back, name="refer_back"),
    path("review/<str:round_name>/<str:source>/<path:case_ref>/", review.review, name="review"),
    path("errors-found/<str:source>/<path:case_ref>/", errors_found.errors_found, name="errors_found"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<str:name>/", one_round.one_round, name="round"),
    path("what-if/", what_if.what_if, name="what_if"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:delivery>/", delivery.delivery, name="delivery"),
    path("deliveries/<int:delivery>/set-aside/<path:file>", set_aside.set_aside, name="set_aside"),
    path("agreement/", agreement.agreements, name="agreements"),
    path("rounds/<path:round_name>/agreement/", agreement.agreement, name="agreement"),
    path("rounds/<path:round_name>/report/", round_report.report, name="round_report"),
    path("rounds/<path:round_name>/report.<str:form>", round_report.report_file, name="round_report_file"),
    path("rounds/<path:round_name>/reconcile/", reconcile.reconcile, name="reconcile"),
    path("rounds/<path:round_name>/reconcile/<str:source>/<path:case_ref>/", reconcile.settle, name="settle"),
    path("sample/", sample.sample, name="sample"),
    path("sample/<str:round_name>/<str:source>/<path:case_ref>/", grade.grade, name="grade"),
    path("totals/", totals.totals, name="totals"),
    path("system/", static_pages.system, name="system"),
    path("help/", static_pages.help_page, name="help"),
    path("accessibility/", static_pages.accessibility, name="accessibility"),
    path("healthz", healthz.healthz, name="healthz"),
    path("demo/sign-in/", demo_sign_in.demo_sign_in, name="demo_sign_in"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/sign-up/", account.signup, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/none/", static_pages.no_password, name="account_set_password"),
    path("account/two-step/", mfa.index, name="mfa_index"),
    path("account/two-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/two-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-step/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/two-step/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
