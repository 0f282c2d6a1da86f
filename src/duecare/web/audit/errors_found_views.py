"""The page of the errors that a review put to those criticised, for their answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.record.pole import CaseKey
from duecare.use_cases.audit import answer_errors
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def errors_found(request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """Which errors of this case were put to those criticised, and what do they answer?"""
    case = CaseKey(source, case_ref)
    asking = request_of(request, "page: errors to answer")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        sent = request.POST
        try:
            answer_errors.answer_error(
                asking, case, sent.get("round", ""), sent.get("error", ""), sent.get("answer", "")
            )
        except Refusal as refusal:
            if refusal.code not in {"AUD-055", "AUD-056"}:
                raise
            faults = refusal.faults or (refusal.kind.what, refusal.kind.todo)
        else:
            return redirect(request.path)
    shown = {
        "case": case,
        "found": answer_errors.errors_to_answer(asking, case),
        "faults": faults,
        "typed": request.POST if faults else {},
        "as_of": asking.now,
    }
    return show_page(request, "audit/errors_found.html", shown, here="referrals", status=400 if faults else 200)
