"""Addresses of the second look: rounds, grading, agreement and reviews. Who may open each is in site/routes.py."""

from __future__ import annotations

from django.urls import path

from duecare.web.audit import agreement_views, grading_views, review_views, round_views

urlpatterns = [
    path("review/<str:round_name>/<str:source>/<path:case_ref>/", review_views.review_page, name="review"),
    path(
        "review-invite/<str:round_name>/<str:source>/<path:case_ref>/",
        review_views.invite_answers,
        name="review_invite",
    ),
    path("review-final/<str:round_name>/<str:source>/<path:case_ref>/", review_views.make_final, name="review_final"),
    path("errors-found/<str:source>/<path:case_ref>/", review_views.errors_found_page, name="errors_found"),
    path("rounds/", round_views.rounds_page, name="rounds"),
    path("rounds/<str:name>/", round_views.round_page, name="round"),
    path("rounds/<str:name>/plan/", round_views.plan_one_round, name="round_plan"),
    path("rounds/<str:name>/commit/", round_views.commit_to_number, name="round_commit"),
    path("rounds/<str:name>/reveal/", round_views.reveal_own_number, name="round_reveal"),
    path("rounds/<str:name>/pulse/", round_views.record_pulse, name="round_pulse"),
    path("rounds/<str:name>/draw/", round_views.draw_round_sample, name="round_draw"),
    path("rounds/<str:name>/graders/", round_views.name_round_graders, name="round_graders"),
    path("rounds/<str:name>/allocate/", round_views.allocate_round_files, name="round_allocate"),
    path("rounds/<str:name>/replace-file/", round_views.replace_one_file, name="round_replace_file"),
    path("rounds/<str:name>/end/", round_views.end_for_side, name="round_end"),
    path("rounds/<str:name>/cancel/", round_views.cancel_round, name="round_cancel"),
    path("agreement/", agreement_views.agreements_page, name="agreements"),
    path("rounds/<path:round_name>/agreement/", agreement_views.agreement_page, name="agreement"),
    path("rounds/<path:round_name>/report/", agreement_views.report_page, name="round_report"),
    path("rounds/<path:round_name>/report.<str:form>", agreement_views.report_file, name="round_report_file"),
    path("rounds/<path:round_name>/reconcile/", agreement_views.disagreements_page, name="reconcile"),
    path(
        "rounds/<path:round_name>/reconcile/<str:source>/<path:case_ref>/",
        agreement_views.reconcile_page,
        name="settle",
    ),
    path("sample/", grading_views.sample_page, name="sample"),
    path("sample/<str:round_name>/<str:source>/<path:case_ref>/", grading_views.grade_page, name="grade"),
    path("totals/", agreement_views.totals_page, name="totals"),
]
