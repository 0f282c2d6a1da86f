"""The page on which a single file is reviewed: its errors, whom each wronged, and where their answers stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.audit.reviews.found_error import ANSWER_DAYS, KINDS, WRONGED, FoundError
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import review_file
from duecare.vocabulary.moments import read_time
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

FIELDS = ("error", "kind", "wronged", "should", "did", "standard", "consequence", "post", "remedy")
ON_THE_FORM = frozenset({"AUD-055", "AUD-056", "AUD-057"})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """Which errors has the review found, and what is recorded, put to those criticised or made final now?"""
    case = CaseKey(source, case_ref)
    asking = request_of(request, "page: review of one file")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _do(request, asking, round_name, case)
        except Refusal as refusal:
            if refusal.code not in ON_THE_FORM:
                raise
            faults = refusal.faults or (refusal.kind.what, refusal.kind.todo)
        else:
            return redirect(request.path)
    shown = {
        "round_name": round_name,
        "case": case,
        "found": review_file.read_review(asking, round_name, case),
        "is_blind": review_file.waits_for_grades(asking, round_name, case),
        "kinds": KINDS,
        "wronged": WRONGED,
        "answer_days": ANSWER_DAYS,
        "faults": faults,
        "typed": request.POST if faults else {},
        "as_of": asking.now,
    }
    return show_page(request, "audit/review.html", shown, here="sample", status=400 if faults else 200)


def _do(request: HttpRequest, asking: Request, round_name: str, case: CaseKey) -> None:
    what = request.POST.get("do", "")
    if what == "invite":
        review_file.invite_answers(asking, round_name, case)
    elif what == "final":
        review_file.make_final(asking, round_name, case)
    else:
        said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in FIELDS}
        try:
            text = request.POST.get("known_from", "").strip()
            known_from = read_time(text).when.earliest if text else None
        except ValueError as wrong:
            told = "when it could first have been known is no day such as 2016-03-01, with or without a time"
            raise Refusal("AUD-055", faults=(told,)) from wrong
        review_file.record_error(asking, round_name, case, FoundError(**said, known_from=known_from))
