"""Addresses of recommendation pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.recommendations import register_views, views

urlpatterns = [
    path("recommendations/", register_views.recommendations, name="recommendations"),
    path("recommendations/<str:number>/", views.recommendation, name="recommendation"),
]
