"""The page on which a grader sends a file back because a child is still at risk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duecare.config import read_config
from duecare.record.pole import CaseKey, RecordKey
from duecare.use_cases.referrals import refer_back as step
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def refer_back(request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """Who is in danger, from what, and who must act?"""
    case = CaseKey(source, case_ref)
    asking = request_of(request, "form: send a case back")
    faults: tuple[str, ...] = ()
    sent = False
    if request.method == "POST":
        named, _, record_id = request.POST.get("child", "").partition(":")
        try:
            step.refer_back(
                asking,
                read_config(),
                round_name,
                case,
                danger=request.POST.get("danger", ""),
                child=RecordKey(named, record_id),
                must_act=request.POST.get("must_act", ""),
            )
            sent = True
        except Refusal as refusal:
            if refusal.code != "AUD-052":
                raise
            faults = refusal.faults
    before = None if sent else step.before_sending(asking, round_name, case)
    shown = {
        "round_name": round_name,
        "case": case,
        "children": before.children if before else (),
        "before": before.sent_at if before else None,
        "posts": step.MUST_ACT,
        "faults": faults,
        "typed": request.POST,
        "sent": sent,
        "most": step.MOST_WORDS,
    }
    return show_page(request, "referrals/refer_back.html", shown, here="sample", status=400 if faults else 200)
