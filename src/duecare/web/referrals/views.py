"""Cases sent back: the list, one case, each step of its answer, and the form that sends a case back."""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.use_cases.referrals import answer_referral, list_referrals, refer_back
from duecare.visibility.officer_names import officer_names
from duecare.vocabulary.refusals import Refusal
from duecare.web.referrals import forms
from duecare.web.referrals.presenters import next_words
from duecare.web.site.forms.deed_form import DeedForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM: Final = frozenset({"AUD-052", "AUD-053", "AUD-054"})


@require_safe
def referrals_page(http_request: HttpRequest) -> HttpResponse:
    """The cases sent back because a child was still at risk, those not known to be safe first."""
    request = request_of(http_request, "page: cases sent back")
    came_back = list_referrals.read_came_back(request, read_config())
    context = {"referrals": came_back.cases, "to_answer": came_back.to_answer, "names": came_back.names}
    context["as_of"] = request.now
    return show_page(http_request, "referrals/referrals.html", context, here="referrals")


@require_safe
def referral_page(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """One case that was sent back: how far it has come, and what can be done now."""
    return _show_referral(http_request, CaseKey(source, case_ref))


@require_POST
def acknowledge(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """Acknowledge the case."""
    return _record_answer(http_request, CaseKey(source, case_ref), forms.AcknowledgeForm(http_request.POST))


@require_POST
def record_action(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """Record what was done to make the child safe."""
    return _record_answer(http_request, CaseKey(source, case_ref), forms.ActForm(http_request.POST))


@require_POST
def record_revisit(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """Record a revisit of the case."""
    return _record_answer(http_request, CaseKey(source, case_ref), forms.RevisitForm(http_request.POST))


@require_POST
def confirm_child_seen(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """Confirm, independently, that the child was seen."""
    case = CaseKey(source, case_ref)
    form = forms.ConfirmForm(http_request.POST)
    try:
        answer_referral.confirm_seen(request_of(http_request, "form: a case sent back"), case)
        return redirect("referral", source, case_ref)
    except Refusal as refusal:
        _keep_on_form(form, refusal)
    return _show_referral(http_request, case, form)


@require_http_methods(["GET", "HEAD", "POST"])
def refer_back_page(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """The form by which a grader sends a case back: who is in danger, from what, and who must act."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, "form: send a case back")
    form = forms.ReferBackForm(http_request.POST or None)
    sent = False
    if http_request.method == "POST" and form.is_valid():
        try:
            refer_back.refer_back(
                request,
                read_config(),
                round_name,
                case,
                danger=form.cleaned_data["danger"],
                child=form.child_record,
                must_act=form.cleaned_data["must_act"],
            )
            sent = True
        except Refusal as refusal:
            if refusal.code != "AUD-052":
                raise
            form.add_refusal(refusal)
    before = None if sent else refer_back.before_sending(request, round_name, case)
    if before is not None:
        form.offer_choices(before.children)
    context = {
        "round_name": round_name,
        "case": case,
        "before": before.sent_at if before else None,
        "form": form,
        "sent": sent,
        "officers": officer_names(),
    }
    status = 400 if form.errors else 200
    return show_page(http_request, "referrals/refer_back.html", context, here="sample", status=status)


def _record_answer(http_request: HttpRequest, case: CaseKey, form: forms.AnswerForm) -> HttpResponse:
    """Record a step of the answer and go back to the case, or show the page again with the form's errors."""
    if form.is_valid():
        request = request_of(http_request, "form: a case sent back")
        try:
            answer_referral.answer_referral(request, read_config(), case, form.kind, **form.answer_values)
            return redirect("referral", *case)
        except Refusal as refusal:
            _keep_on_form(form, refusal)
    return _show_referral(http_request, case, form)


def _keep_on_form(form: DeedForm, refusal: Refusal) -> None:
    if refusal.code not in ON_THE_FORM:
        raise refusal
    form.add_refusal(refusal)


def _show_referral(http_request: HttpRequest, case: CaseKey, sent: DeedForm | None = None) -> HttpResponse:
    request = request_of(http_request, "page: a case sent back")
    referrals = list_referrals.read_referral(request, read_config(), case)
    form_token = {"form": secrets.token_hex(16)}
    kinds = (forms.AcknowledgeForm, forms.ActForm, forms.RevisitForm, forms.ConfirmForm)
    by_deed: dict[str, DeedForm] = {kind.deed: kind(initial=form_token) for kind in kinds}
    if sent is not None:
        by_deed[sent.deed] = sent
    context = {
        "case": case,
        "referrals": referrals,
        "may_answer": Act.ANSWER_REFERRAL in request.viewer.acts and referrals[0].is_open,
        "may_confirm": Act.CONFIRM_SEEN in request.viewer.acts,
        "as_of": request.now,
        "next": next_words(referrals[0]),
        "forms": by_deed,
        "sent": sent,
        "officers": officer_names(),
    }
    status = 200 if sent is None else 400
    return show_page(http_request, "referrals/referral.html", context, here="referrals", status=status)
