"""Addresses of casework pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.casework import comparison_views, views

urlpatterns = [
    path("", views.front_page, name="front"),
    path("worklist/", views.worklist_page, name="worklist"),
    path("findings/", views.findings_page, name="findings"),
    path("changed/<str:source>/<path:case_ref>/", comparison_views.changes_page, name="changed"),
    path("cases/<str:source>/<path:case_ref>/", views.case_page, name="case"),
    path("custody/", views.custody_page, name="custody"),
    path("visits/", views.visits_page, name="visits"),
    path("what-if/", comparison_views.try_standard_page, name="what_if"),
]
