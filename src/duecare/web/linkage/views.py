"""Record linkage pages: possible duplicates, why two records are one person, and taking a judgement back."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from duecare.access.act import Act
from duecare.config import read_config
from duecare.record.pole import RecordKey
from duecare.use_cases.linkage import explain_link, judge_link, list_pairs
from duecare.vocabulary.refusals import Refusal
from duecare.web.linkage.forms import JudgementForm, PairForm, UndoForm
from duecare.web.linkage.presenters.links import record_named
from duecare.web.linkage.presenters.pairs import evidence_of, lines_of
from duecare.web.site.forms.form import SiteForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ABOUT_THE_FORM: Final = frozenset({"LNK-004", "LNK-005"})
NOTHING_SEEN: Final = "not said"
_PUT_OFF: Final = "pairs_put_off"
_DONE: Final = "pairs_done"
_MOST_PUT_OFF: Final = 500


@require_http_methods(["GET", "HEAD", "POST"])
def link_page(http_request: HttpRequest, a: str, b: str) -> HttpResponse:
    """Two records: why they are or are not one person, and the form by which somebody judges whether they are."""
    records = record_named(a), record_named(b)
    form = JudgementForm(http_request.POST) if http_request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            return _record_judgement(http_request, *records, form)
        except Refusal as refusal:
            add_form_refusal(form, refusal)
    request = request_of(http_request, "page: why these two records")
    explained = explain_link.explain_pair_link(request, read_config(), *records)
    context = {
        "found": explained,
        "form": form or JudgementForm(),
        "may_judge": Act.JUDGE_LINK in request.viewer.acts,
    }
    return show_page(http_request, "linkage/link.html", context, here="person", status=400 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(http_request: HttpRequest, judgement: str) -> HttpResponse:
    """What would change if a judgement were taken back and what relied on it; then the form that takes it back."""
    form = UndoForm(http_request.POST) if http_request.method == "POST" else None
    if form is not None and form.is_valid():
        request = request_of(http_request, "form: take a judgement back")
        try:
            effect_of_undo = judge_link.undo_judgement(request, read_config(), judgement, form.cleaned_data["reason"])
            return show_page(
                http_request, "linkage/judged.html", {"found": effect_of_undo, "is_undone": True}, here="person"
            )
        except Refusal as refusal:
            add_form_refusal(form, refusal)
    request = request_of(http_request, "page: take a judgement back")
    effect = judge_link.before_undo(request, read_config(), judgement)
    context = {"found": effect, "form": form or UndoForm()}
    return show_page(http_request, "linkage/undo.html", context, here="person", status=400 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pairs_page(http_request: HttpRequest) -> HttpResponse:
    """Possible duplicates, one pair after another: the two records side by side, judged by key or by form.

    Shape:   pairs put off are remembered for as long as somebody is signed in, by tokens that name no record.
    """
    form = PairForm(http_request.POST) if http_request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            return _record_pair_judgement(http_request, form)
        except Refusal as refusal:
            add_form_refusal(form, refusal)
    put_off = tuple(http_request.session.get(_PUT_OFF, ()))
    request = request_of(http_request, "page: pairs to look at")
    first_pairs = [form.pair] if form is not None else []
    pairs = list_pairs.read_pairs(request, read_config(), 1, put_off=put_off, first_pairs=first_pairs)
    context: dict[str, object] = {
        "found": None,
        "put_off": len(put_off),
        "close": list_pairs.CLOSE_TO_JOINING_BITS,
        "done": http_request.session.pop(_DONE, None),
    }
    if pairs:
        next_pair = pairs[0]
        initial = {"a": str(next_pair.pair.a), "b": str(next_pair.pair.b), "seen": next_pair.seen}
        context |= {
            "found": next_pair,
            "lines": lines_of(*next_pair.records),
            "evidence": evidence_of(next_pair.pair.levels),
            "form": form or PairForm(initial=initial),
        }
    return show_page(http_request, "linkage/pairs.html", context, here="pairs", status=400 if form else 200)


@require_POST
def put_off_pair(http_request: HttpRequest) -> HttpResponse:
    """Leave this pair for later and go on to the next."""
    token = list_pairs.token_of(*PairForm(http_request.POST).pair)
    put_off = [*http_request.session.get(_PUT_OFF, ()), token]
    http_request.session[_PUT_OFF] = put_off[-_MOST_PUT_OFF:]
    return redirect("pairs")


@require_POST
def show_put_off_pairs(http_request: HttpRequest) -> HttpResponse:
    """Show the pairs left for later again."""
    http_request.session.pop(_PUT_OFF, None)
    return redirect("pairs")


def add_form_refusal(form: SiteForm, refusal: Refusal) -> None:
    """Show a refusal on the form that it is about.

    Raises:  the refusal, where it is not about the form.
    """
    if refusal.code not in ABOUT_THE_FORM:
        raise refusal
    form.add_refusal(refusal, "reason")


def _record_judgement(http_request: HttpRequest, a: RecordKey, b: RecordKey, form: JudgementForm) -> HttpResponse:
    sent = form.cleaned_data
    judged = judge_link.judge_pair(
        request_of(http_request, "form: why these two records"),
        read_config(),
        a,
        b,
        sent["verdict"],
        sent["reason"],
        seen_mark=sent["seen"] or NOTHING_SEEN,
    )
    return show_page(http_request, "linkage/judged.html", {"found": judged, "is_undone": False}, here="person")


def _record_pair_judgement(http_request: HttpRequest, form: PairForm) -> HttpResponse:
    sent = form.cleaned_data
    judged = judge_link.judge_pair(
        request_of(http_request, "form: pairs to look at"),
        read_config(),
        *form.pair,
        sent["verdict"],
        sent["whole_reason"],
        seen_mark=sent["seen"] or NOTHING_SEEN,
    )
    changed = judged.changed
    http_request.session[_DONE] = {
        "judgement": judged.judgement.judgement_id,
        "verdict": judged.judgement.verdict.value,
        "moved": bool(changed.moved),
        "findings": [len(changed.appeared), len(changed.went), len(changed.altered)],
    }
    return redirect("pairs")
