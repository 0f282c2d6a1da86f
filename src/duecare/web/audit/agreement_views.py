"""How far the two sides of a round agree: which rounds there are, and one of them in figures and pictures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.audit.agreement.round_comparison import Comparison
from duecare.use_cases.audit import compare_grades
from duecare.use_cases.audit import view_agreement as step
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.audit.audit_charts import crosstab_picture, funnel_picture, gaps_picture, history_picture
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Which rounds can be compared?"""
    rounds = compare_grades.rounds_to_compare(request_of(request, "page: agreement"))
    return show_page(request, "audit/agreements.html", {"rounds": rounds}, here="agreements")


@require_safe
def agreement(request: HttpRequest, round_name: str) -> HttpResponse:
    """How far do the two sides of this round agree? While it is blind: that it is, and nothing else."""
    try:
        page = step.read_agreement(request_of(request, "page: agreement of a round"), round_name)
    except Refusal as refusal:
        if refusal.code != "AUD-042":
            raise
        return show_page(
            request, "audit/agreement.html", {"name": round_name, "is_blind": True}, here="agreements", status=403
        )
    return show_page(request, "audit/agreement.html", shown(page), here="agreements")


def shown(page: step.AgreementPage) -> dict[str, object]:
    """What the pages of a round's agreement and report are made of."""
    found = page.found
    by_case = isinstance(found, Comparison) and bool(found.table.n)
    return {
        "name": page.round,
        "is_blind": False,
        "is_totals": not isinstance(found, Comparison),
        "is_here": page.is_here,
        "page": page,
        "crosstab": crosstab_picture(found.table) if isinstance(found, Comparison) and by_case else None,
        "funnel": funnel_picture(page.funnel, found.by("area"))
        if isinstance(found, Comparison) and by_case and not isinstance(page.funnel, Unknown)
        else None,
        "history": history_picture(page.history) if page.history else None,
        "gaps": gaps_picture(page.gaps) if page.gaps else None,
    }
