"""Pairs to look at: one after the other, the two records side by side, judged by key or by form."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.config import read_config
from duecare.record.pole import RecordKey
from duecare.use_cases.linkage import judge_link, list_pairs
from duecare.vocabulary.refusals import Refusal
from duecare.web.linkage.presenters.pairs import REASONS, evidence_of, lines_of, reason_of
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM = frozenset({"LNK-004", "LNK-005"})
_OFF: Final = "pairs_put_off"
_DONE: Final = "pairs_done"
_MOST_OFF: Final = 500


@require_http_methods(["GET", "HEAD", "POST"])
def pairs(request: HttpRequest) -> HttpResponse:
    """Which two records should be looked at next, and what does a human say of them?

    Shape:   pairs put off are remembered for as long as somebody is signed in, by tokens that name no record.
    """
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            return _sent(request)
        except Refusal as refusal:
            if refusal.code not in ON_THE_FORM:
                raise
            faults = refusal.faults or (refusal.kind.what, refusal.kind.todo)
    off = tuple(request.session.get(_OFF, ()))
    asking = request_of(request, "page: pairs to look at")
    found = list_pairs.read_pairs(asking, read_config(), 1, put_off=off, first=[two_sent(request)] if faults else [])
    shown = {
        "found": found[0] if found else None,
        "lines": lines_of(*found[0].records) if found else (),
        "evidence": evidence_of(found[0].pair.levels) if found else (),
        "faults": faults,
        "typed": request.POST,
        "reasons": REASONS,
        "longest": judge_link.LONGEST,
        "put_off": len(off),
        "close": list_pairs.CLOSE,
        "done": request.session.pop(_DONE, None),
    }
    return show_page(request, "pairs.html", shown, here="pairs", status=400 if faults else 200)


def two_sent(request: HttpRequest) -> tuple[RecordKey, RecordKey]:
    """Which two records does the form that was sent speak of?"""
    named = [RecordKey(*request.POST.get(name, "").partition(":")[::2]) for name in ("a", "b")]
    return min(named), max(named)


def _sent(request: HttpRequest) -> HttpResponse:
    if "again" in request.POST:
        request.session.pop(_OFF, None)
        return redirect("pairs")
    a, b = two_sent(request)
    if "later" in request.POST:
        off = [*request.session.get(_OFF, ()), list_pairs.token_of(a, b)]
        request.session[_OFF] = off[-_MOST_OFF:]
        return redirect("pairs")
    sent = request.POST
    done = judge_link.judge(
        request_of(request, "form: pairs to look at"),
        read_config(),
        a,
        b,
        sent.get("verdict", ""),
        reason_of(sent.get("chosen", ""), sent.get("reason", "")),
        seen=sent.get("seen") or "not said",
    )
    changed = done.changed
    request.session[_DONE] = {
        "judgement": done.judgement.judgement_id,
        "verdict": done.judgement.verdict.value,
        "moved": bool(changed.moved),
        "findings": [len(changed.appeared), len(changed.went), len(changed.altered)],
    }
    return redirect("pairs")
