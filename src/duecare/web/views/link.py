"""The page of two records: why they are held to be one person, and where a human says whether they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.config import read_config
from duecare.person.judgement import Verdict
from duecare.record.pole import RecordKey
from duecare.use_cases.linkage import explain_link as steps
from duecare.use_cases.linkage import judge_link
from duecare.vocabulary.refusals import Refusal
from duecare.web.linkage.presenters.links import record_named
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM = frozenset({"LNK-004", "LNK-005"})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, a: str, b: str) -> HttpResponse:
    """Why are these two records held to be one person, or not; and what does a human say?"""
    two = record_named(a), record_named(b)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            return _judged(request, *two)
        except Refusal as refusal:
            faults = _faults_of(refusal)
    asking = request_of(request, "page: why these two records")
    found = steps.why(asking, read_config(), *two)
    shown = {
        "found": found,
        "faults": faults,
        "typed": request.POST,
        "verdicts": [one.value for one in Verdict],
        "longest": judge_link.LONGEST,
        "may_judge": Act.JUDGE_LINK in asking.viewer.acts,
    }
    return show_page(request, "link.html", shown, here="person", status=400 if faults else 200)


def _judged(request: HttpRequest, a: RecordKey, b: RecordKey) -> HttpResponse:
    asking, sent = request_of(request, "form: why these two records"), request.POST
    found = judge_link.judge(
        asking,
        read_config(),
        a,
        b,
        sent.get("verdict", ""),
        sent.get("reason", ""),
        seen=sent.get("seen") or "not said",
    )
    return show_page(request, "link_judged.html", {"found": found, "is_undone": False}, here="person")


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, judgement: str) -> HttpResponse:
    """What would change if this judgement were taken back, and what rested on it? Then: take it back."""
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        asking = request_of(request, "form: take a judgement back")
        try:
            done = judge_link.undo(asking, read_config(), judgement, request.POST.get("reason", ""))
            return show_page(request, "link_judged.html", {"found": done, "is_undone": True}, here="person")
        except Refusal as refusal:
            faults = _faults_of(refusal)
    found = judge_link.before_undo(request_of(request, "page: take a judgement back"), read_config(), judgement)
    shown = {"found": found, "faults": faults, "typed": request.POST, "longest": judge_link.LONGEST}
    return show_page(request, "link_undo.html", shown, here="person", status=400 if faults else 200)


def _faults_of(refusal: Refusal) -> tuple[str, ...]:
    """What of this refusal is told on the page of the form?

    Raises:  the refusal, where it is not about the form.
    """
    if refusal.code not in ON_THE_FORM:
        raise refusal
    return refusal.faults or (refusal.kind.what, refusal.kind.todo)
