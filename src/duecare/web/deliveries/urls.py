"""Addresses of delivery pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.views import deliveries, delivery, set_aside

urlpatterns = [
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:delivery>/", delivery.delivery, name="delivery"),
    path("deliveries/<int:delivery>/set-aside/<path:file>", set_aside.set_aside, name="set_aside"),
]
