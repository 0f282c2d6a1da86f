"""Addresses of record linkage pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.views import link, linkage, pairs

urlpatterns = [
    path("links/", pairs.pairs, name="pairs"),
    path("links/sample/", linkage.linkage_sample, name="linkage_sample"),
    path("linkage/", linkage.linkage, name="linkage"),
    path("links/undo/<str:judgement>/", link.undo, name="link_undo"),
    path("links/<str:a>/<str:b>/", link.link, name="link"),
]
