"""Addresses of oversight pages. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.oversight import accountable_views, pack_views, views

urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/pack/", pack_views.pack, name="meeting_pack"),
    path("meetings/<int:number>/pack.<str:form>", pack_views.pack_file, name="meeting_pack_file"),
    path("accountable/", accountable_views.accountable, name="accountable"),
]
