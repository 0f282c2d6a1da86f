"""Addresses of figure pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.figures import borough_views, views

urlpatterns = [
    path("oversight/", borough_views.boroughs, name="boroughs"),
    path("figures/", views.figures, name="figures"),
    path("figures/<str:figure>/", views.figure, name="figure"),
    path("figures/<str:figure>/list/<str:key>/", views.figure_list, name="figure_list"),
]
