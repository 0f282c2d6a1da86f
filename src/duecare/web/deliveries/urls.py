"""Addresses of delivery pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.deliveries import views

urlpatterns = [
    path("deliveries/", views.deliveries_page, name="deliveries"),
    path("deliveries/<int:delivery>/", views.delivery_page, name="delivery"),
    path("deliveries/<int:delivery>/set-aside/<path:file>", views.export_set_aside, name="set_aside"),
]
