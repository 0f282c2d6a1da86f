"""Files on which two sides differ, disagreements first, and the form that records on what one was settled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from duecare.audit.agreement.disagreements import HOW, MOST_WORDS, Settled
from duecare.audit.grading.grading_method import methods
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import reconcile_grades as step
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def reconcile(request: HttpRequest, round_name: str) -> HttpResponse:
    """Which files did the two sides grade differently?"""
    page = step.disagreements(request_of(request, "page: disagreements"), round_name)
    return show_page(request, "audit/reconcile.html", {"page": page}, here="agreements")


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """What did each side write of this file, and on what was it settled?"""
    key = CaseKey(source, case_ref)
    asking = request_of(request, "form: settle a disagreement")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("how", "grade", "suspect", "narrative", "who")}
        said = Settled(
            typed["how"], typed["grade"], typed["suspect"], typed["narrative"], tuple(typed["who"].splitlines())
        )
        try:
            step.reconcile(asking, round_name, key, said)
        except Refusal as refusal:
            if refusal.code != "AUD-044":
                raise
            faults = refusal.faults
        else:
            return redirect(reverse("reconcile", args=[round_name]) + "#settled")
    page = step.disagreement(asking, read_config(), round_name, key)
    shown = {
        "page": page,
        "file": page.file,
        "grades": page.schemes["inspectorate"].grades,
        "questions": _questions(),
        "how": HOW,
        "most": MOST_WORDS,
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "audit/reconcile_file.html", shown, here="agreements", status=400 if faults else 200)


def _questions() -> dict[str, str]:
    return {
        question.id: question.asks
        for method in methods().values()
        for heading in method.headings
        for question in heading.questions
    }
