"""Addresses of the register: the list, one recommendation, and one address a deed. Who may use each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.recommendations import views

urlpatterns = [
    path("recommendations/", views.recommendations_page, name="recommendations"),
    path("recommendations/<str:number>/", views.recommendation_page, name="recommendation"),
    path("recommendations/<str:number>/verify/", views.verify_by_test, name="recommendation_verify"),
    path("recommendations/<str:number>/skip-round/", views.skip_one_round, name="recommendation_skip_round"),
    path("recommendations/<str:number>/owner/", views.name_owner, name="recommendation_owner"),
    path("recommendations/<str:number>/accept/", views.accept_with_test, name="recommendation_accept"),
    path("recommendations/<str:number>/plan/", views.record_plan, name="recommendation_plan"),
    path("recommendations/<str:number>/action/", views.record_action, name="recommendation_act"),
    path("recommendations/<str:number>/evidence/", views.record_evidence, name="recommendation_evidence"),
    path("recommendations/<str:number>/claim/", views.claim_as_done, name="recommendation_claim"),
    path("recommendations/<str:number>/reply/", views.publish_reply, name="recommendation_reply"),
    path("recommendations/<str:number>/supersede/", views.replace_with_another, name="recommendation_supersede"),
]
