"""Addresses of pages about people. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.people import views

urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("people/new/", views.new_person_page, name="note_person"),
    path("people/new/change/", views.change_description_page, name="change_description"),
    path("people/new/record/", views.record_person_page, name="record_person"),
    path("people/born/<str:record_id>/", views.record_birth_page, name="note_birth"),
    path("people/<str:person>/", views.person_page, name="person"),
]
