"""Addresses of the second look: rounds, grading, agreement and reviews. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.audit import (
    agreement_views,
    errors_found_views,
    grading_views,
    reconcile_views,
    report_views,
    review_views,
    round_views,
    rounds_views,
    sample_views,
    totals_views,
)

urlpatterns = [
    path("review/<str:round_name>/<str:source>/<path:case_ref>/", review_views.review, name="review"),
    path("errors-found/<str:source>/<path:case_ref>/", errors_found_views.errors_found, name="errors_found"),
    path("rounds/", rounds_views.rounds, name="rounds"),
    path("rounds/<str:name>/", round_views.one_round, name="round"),
    path("agreement/", agreement_views.agreements, name="agreements"),
    path("rounds/<path:round_name>/agreement/", agreement_views.agreement, name="agreement"),
    path("rounds/<path:round_name>/report/", report_views.report, name="round_report"),
    path("rounds/<path:round_name>/report.<str:form>", report_views.report_file, name="round_report_file"),
    path("rounds/<path:round_name>/reconcile/", reconcile_views.reconcile, name="reconcile"),
    path("rounds/<path:round_name>/reconcile/<str:source>/<path:case_ref>/", reconcile_views.settle, name="settle"),
    path("sample/", sample_views.sample, name="sample"),
    path("sample/<str:round_name>/<str:source>/<path:case_ref>/", grading_views.grade, name="grade"),
    path("totals/", totals_views.totals, name="totals"),
]
