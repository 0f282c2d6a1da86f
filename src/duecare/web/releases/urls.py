"""Addresses of releases and published pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.releases import published_views, views

urlpatterns = [
    path("published/", published_views.published_page, name="published"),
    path("published/real-rounds/", published_views.real_figures_page, name="published_real"),
    path("published/recommendations/", published_views.register_page, name="published_register"),
    path("published/<slug:slug>/", published_views.published_release_page, name="published_release"),
    path("published/<slug:slug>.zip", published_views.published_zip, name="published_whole"),
    path("published/<slug:slug>/<str:name>", published_views.published_file, name="published_file"),
    path("releases/", views.releases_page, name="releases"),
    path("releases/draft/", views.release_draft_page, name="release_draft"),
    path("releases/<slug:slug>/", views.release_page, name="release"),
    path("releases/<slug:slug>/pass/", views.pass_release, name="release_pass"),
    path("releases/<slug:slug>/refuse/", views.refuse_release, name="release_refuse"),
    path("releases/<slug:slug>/comment/", views.comment_on_release, name="release_comment"),
]
