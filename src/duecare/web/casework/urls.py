"""Addresses of casework pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.views import case, changed, custody, findings, front, visits, what_if, worklist

urlpatterns = [
    path("", front.front, name="front"),
    path("worklist/", worklist.worklist, name="worklist"),
    path("findings/", findings.findings, name="findings"),
    path("changed/<str:source>/<path:case_ref>/", changed.changed, name="changed"),
    path("cases/<str:source>/<path:case_ref>/", case.case, name="case"),
    path("custody/", custody.custody, name="custody"),
    path("visits/", visits.visits, name="visits"),
    path("what-if/", what_if.what_if, name="what_if"),
]
