"""Addresses of oversight pages, and one address a deed. Who may use each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.oversight import accountable_views, pack_views, views

urlpatterns = [
    path("meetings/", views.meetings_page, name="meetings"),
    path("meetings/arrange/", views.arrange_meeting, name="meeting_arrange"),
    path("meetings/questions/", views.ask_question, name="meeting_question"),
    path("meetings/questions/<int:question>/answer/", views.answer_question, name="meeting_answer"),
    path("meetings/actions/<int:action>/done/", views.finish_action, name="meeting_action_done"),
    path("meetings/<int:number>/", views.meeting_page, name="meeting"),
    path("meetings/<int:number>/minute/", views.record_minute, name="meeting_minute"),
    path("meetings/<int:number>/action/", views.record_action, name="meeting_action"),
    path("meetings/<int:number>/pack/", pack_views.pack_page, name="meeting_pack"),
    path("meetings/<int:number>/pack.<str:form>", pack_views.pack_file, name="meeting_pack_file"),
    path("accountable/", accountable_views.accountable_page, name="accountable"),
    path("accountable/sign-off/", accountable_views.sign_off, name="accountable_sign_off"),
    path("accountable/assign/", accountable_views.assign_post, name="accountable_assign"),
]
