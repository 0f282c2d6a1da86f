"""Addresses of pages about people. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.views import note_person, person, search

urlpatterns = [
    path("search/", search.search, name="search"),
    path("people/new/", note_person.note_person, name="note_person"),
    path("people/born/<str:record_id>/", note_person.note_birth, name="note_birth"),
    path("people/<str:person>/", person.person, name="person"),
]
