"""How far the two sides of a round agree: in figures and charts, file by file, as a report, and in published totals."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from duecare.audit.agreement.round_comparison import Comparison
from duecare.audit.grading.grading_method import grading_methods
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.report.render import FORMATS
from duecare.use_cases.audit import compare_grades, import_totals, reconcile_grades, report_round, view_agreement
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.audit.audit_charts import crosstab_picture, funnel_picture, gaps_picture, history_picture
from duecare.web.audit.review_forms import ReconcileForm
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.request import request_of


@require_safe
def agreements_page(http_request: HttpRequest) -> HttpResponse:
    """The rounds that can be compared."""
    rounds = compare_grades.rounds_to_compare(request_of(http_request, "page: agreement"))
    return show_page(http_request, "audit/agreements.html", {"rounds": rounds}, here="agreements")


@require_safe
def agreement_page(http_request: HttpRequest, round_name: str) -> HttpResponse:
    """How far the two sides of this round agree. While it is blind, the page says so, and nothing else."""
    request = request_of(http_request, "page: agreement of a round")
    try:
        page = view_agreement.read_agreement(request, round_name)
    except Refusal as refusal:
        if refusal.code != "AUD-042":
            raise
        context: dict[str, object] = {"name": round_name, "is_blind": True}
        return show_page(http_request, "audit/agreement.html", context, here="agreements", status=403)
    return show_page(http_request, "audit/agreement.html", agreement_context(page), here="agreements")


def agreement_context(page: view_agreement.AgreementPage) -> dict[str, object]:
    """What the page of a round's agreement is made of."""
    comparison = page.found if isinstance(page.found, Comparison) else None
    has_files = comparison is not None and bool(comparison.table.n)
    return {
        "name": page.round,
        "is_blind": False,
        "is_totals": comparison is None,
        "is_here": page.is_here,
        "page": page,
        "crosstab": crosstab_picture(comparison.table) if comparison is not None and has_files else None,
        "funnel": funnel_picture(page.funnel, comparison.by("area"))
        if comparison is not None and has_files and not isinstance(page.funnel, Unknown)
        else None,
        "history": history_picture(page.history) if page.history else None,
        "gaps": gaps_picture(page.gaps) if page.gaps else None,
    }


@require_safe
def report_page(http_request: HttpRequest, round_name: str) -> HttpResponse:
    """The report of this round."""
    request = request_of(http_request, "page: report of a round")
    paper = report_round.report_round(request, read_config(), round_name)
    context = {"paper": paper, "name": round_name, "forms": tuple(FORMATS)}
    return show_page(http_request, "audit/round_report.html", context, here="agreements")


@require_safe
def report_file(http_request: HttpRequest, round_name: str, form: str) -> HttpResponse:
    """The same report as a file to download."""
    if form not in FORMATS:
        return errors.not_found_page(http_request)
    request = request_of(http_request, f"report of a round as {form}")
    paper = report_round.report_round(request, read_config(), round_name)
    render, content_type = FORMATS[form]
    response = HttpResponse(render(paper), content_type=content_type)
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", round_name).strip("-") or "round"
    response["Content-Disposition"] = f'attachment; filename="report-{stem}.{form}"'
    return response


@require_safe
def disagreements_page(http_request: HttpRequest, round_name: str) -> HttpResponse:
    """The files that the two sides graded differently, unresolved ones first."""
    page = reconcile_grades.list_disagreements(request_of(http_request, "page: disagreements"), round_name)
    return show_page(http_request, "audit/reconcile.html", {"page": page}, here="agreements")


@require_http_methods(["GET", "HEAD", "POST"])
def reconcile_page(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """What each side wrote of this file, and the form that records how the disagreement was resolved."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, "form: settle a disagreement")
    form = ReconcileForm(http_request.POST or None)
    if http_request.method == "POST" and form.is_valid():
        try:
            reconcile_grades.settle_grade(request, round_name, case, form.resolution_given)
            return redirect(reverse("reconcile", args=[round_name]) + "#settled")
        except Refusal as refusal:
            if refusal.code != "AUD-044":
                raise
            form.add_refusal(refusal)
    page = reconcile_grades.read_disagreement(request, read_config(), round_name, case)
    form.offer_choices(page)
    context = {"page": page, "file": page.file, "questions": _question_texts(), "form": form}
    status = 400 if form.errors else 200
    return show_page(http_request, "audit/reconcile_file.html", context, here="agreements", status=status)


@require_safe
def totals_page(http_request: HttpRequest) -> HttpResponse:
    """Published totals of audits run elsewhere, and what they support."""
    page = import_totals.audit_totals(request_of(http_request, "page: published totals"))
    return show_page(http_request, "audit/totals.html", {"page": page}, here="totals")


def _question_texts() -> dict[str, str]:
    return {
        question.id: question.asks
        for method in grading_methods().values()
        for heading in method.headings
        for question in heading.questions
    }
