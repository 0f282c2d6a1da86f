"""Addresses of record linkage pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.linkage import error_views, views

urlpatterns = [
    path("links/", views.pairs_page, name="pairs"),
    path("links/later/", views.put_off_pair, name="pair_later"),
    path("links/again/", views.show_put_off_pairs, name="pairs_again"),
    path("links/sample/", error_views.sample_page, name="linkage_sample"),
    path("linkage/", error_views.linkage_page, name="linkage"),
    path("links/undo/<str:judgement>/", views.undo_page, name="link_undo"),
    path("links/<str:a>/<str:b>/", views.link_page, name="link"),
]
