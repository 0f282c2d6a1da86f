"""Addresses of cases sent back, and one address a deed. Who may use each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.referrals import views

urlpatterns = [
    path("referrals/", views.referrals_page, name="referrals"),
    path("referrals/<str:source>/<path:case_ref>/", views.referral_page, name="referral"),
    path("referral-acknowledge/<str:source>/<path:case_ref>/", views.acknowledge, name="referral_acknowledge"),
    path("referral-action/<str:source>/<path:case_ref>/", views.record_action, name="referral_act"),
    path("referral-revisit/<str:source>/<path:case_ref>/", views.record_revisit, name="referral_revisit"),
    path("referral-confirm/<str:source>/<path:case_ref>/", views.confirm_child_seen, name="referral_confirm"),
    path("refer-back/<str:round_name>/<str:source>/<path:case_ref>/", views.refer_back_page, name="refer_back"),
]
