"""Addresses of releases and published pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.releases import published_views, views

urlpatterns = [
    path("published/", published_views.published, name="published"),
    path("published/real-rounds/", published_views.published_real, name="published_real"),
    path("published/recommendations/", published_views.published_register, name="published_register"),
    path("published/<slug:slug>/", published_views.published_release, name="published_release"),
    path("published/<slug:slug>.zip", published_views.published_whole, name="published_whole"),
    path("published/<slug:slug>/<str:name>", published_views.published_file, name="published_file"),
    path("releases/", views.releases, name="releases"),
    path("releases/draft/", views.release_draft, name="release_draft"),
    path("releases/<slug:slug>/", views.release, name="release"),
]
