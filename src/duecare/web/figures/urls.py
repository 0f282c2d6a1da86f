"""Addresses of figure pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.figures import views

urlpatterns = [
    path("oversight/", views.boroughs_page, name="boroughs"),
    path("figures/", views.figures_page, name="figures"),
    path("figures/<str:figure>/", views.figure_page, name="figure"),
    path("figures/<str:figure>/explain/", views.explain_group_difference, name="figure_explain"),
    path("figures/<str:figure>/list/<str:key>/", views.figure_list_page, name="figure_list"),
]
