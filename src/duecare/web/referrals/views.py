"""The page of one case that was sent back, with the forms that answer it."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.audit.referral import ACKNOWLEDGED, ACTIONED, REVISITED
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.use_cases.referrals import answer_referral, list_referrals
from duecare.vocabulary.refusals import Refusal
from duecare.web.referrals.presenters import next_words
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ANSWERED_WITH = {"acknowledge": ACKNOWLEDGED, "act": ACTIONED, "revisit": REVISITED}
YES_NO = {"yes": True, "no": False}
ON_THE_FORM = frozenset({"AUD-052", "AUD-053", "AUD-054"})


@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """How far has this case come since it was sent back, and what is answered now?"""
    case = CaseKey(source, case_ref)
    asking, config = request_of(request, "page: a case sent back"), read_config()
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _answer(request, case)
        except Refusal as refusal:
            if refusal.code not in ON_THE_FORM:
                raise
            faults = refusal.faults or (refusal.kind.what, refusal.kind.todo)
        else:
            return redirect(request.path)
    found = list_referrals.read_referral(asking, config, case)
    shown = {
        "case": case,
        "found": found,
        "faults": faults,
        "typed": request.POST,
        "may_answer": Act.ANSWER_REFERRAL in asking.viewer.acts and found[0].is_open,
        "may_confirm": Act.CONFIRM_SEEN in asking.viewer.acts,
        "as_of": asking.now,
        "form": request.POST.get("form") or secrets.token_hex(16),
        "next": next_words(found[0]),
    }
    return show_page(request, "referrals/referral.html", shown, here="referrals", status=400 if faults else 200)


def _answer(request: HttpRequest, case: CaseKey) -> None:
    asking, sent = request_of(request, "form: a case sent back"), request.POST
    if sent.get("answer") == "confirm":
        answer_referral.confirm_seen(asking, case)
        return
    answer_referral.answer_referral(
        asking,
        read_config(),
        case,
        ANSWERED_WITH.get(sent.get("answer", ""), ""),
        words=sent.get("words", ""),
        further_harm=YES_NO.get(sent.get("further_harm", "")),
        charged_or_cautioned=YES_NO.get(sent.get("charged_or_cautioned", "")),
        form=sent.get("form", ""),
    )
