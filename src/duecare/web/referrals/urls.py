"""Addresses of pages of files sent back to their owners. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.referrals import list_views, refer_back_views, views

urlpatterns = [
    path("referrals/", list_views.referrals, name="referrals"),
    path("referrals/<str:source>/<path:case_ref>/", views.referral, name="referral"),
    path("refer-back/<str:round_name>/<str:source>/<path:case_ref>/", refer_back_views.refer_back, name="refer_back"),
]
