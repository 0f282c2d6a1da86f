"""The register of recommendations, one recommendation, and each deed that moves it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.recommendation.new_recommendation import MAKERS, Making
from duecare.recommendation.recommendation_fact import Origin, Party
from duecare.use_cases.recommendations import (
    add_evidence,
    figure_evidence,
    list_recommendations,
    make_recommendation,
    respond_to_recommendation,
    skip_round,
    verify_recommendation,
)
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.recommendations import forms
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

Cleaned = Mapping[str, Any]
Perform = Callable[[Request, str, Any], None]

ON_THE_FORM: Final = frozenset({"RCM-004", "RCM-005", "RCM-006", "RCM-007", "RCM-008", "RCM-009", "RCM-010",
                          "RCM-060", "RCM-061"})  # fmt: skip
DEED_FORMS: Final = (
    forms.VerifyForm,
    forms.SkipRoundForm,
    forms.OwnerForm,
    forms.AcceptForm,
    forms.PlanForm,
    forms.ActionForm,
    forms.EvidenceForm,
    forms.ClaimForm,
    forms.ReplyForm,
    forms.SupersedeForm,
)


@require_http_methods(["GET", "HEAD", "POST"])
def recommendations_page(http_request: HttpRequest) -> HttpResponse:
    """The register, late recommendations first, with a form for those who may add to it."""
    request = request_of(http_request, "page: recommendations")
    form = forms.MakeForm(_origins_for(request), http_request.POST or None)
    if http_request.method == "POST" and form.is_valid():
        try:
            make_recommendation.make_recommendation(request, _making_of(request, form.cleaned_data))
            return redirect("recommendation", form.cleaned_data["number"])
        except Refusal as refusal:
            if refusal.code != "RCM-003":
                raise
            form.add_refusal(refusal)
    context = {
        "recommendations": list_recommendations.read_recommendations(request, read_config()),
        "may_make": Act.MAKE_RECOMMENDATION in request.viewer.acts,
        "form": form,
        "as_of": request.now,
    }
    status = 400 if form.errors else 200
    return show_page(
        http_request, "recommendations/recommendations.html", context, here="recommendations", status=status
    )


@require_safe
def recommendation_page(http_request: HttpRequest, number: str) -> HttpResponse:
    """One recommendation: its deadlines, test, evidence and history, and the deeds that this viewer may do now."""
    return _show_recommendation(http_request, request_of(http_request, "page: a recommendation"), number)


@require_POST
def verify_by_test(http_request: HttpRequest, number: str) -> HttpResponse:
    """Carry out the registered test."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        verify_recommendation.verify_recommendation(
            request, read_config(), number, cleaned["test"], seen_facts=cleaned["seen"]
        )

    return _answer_deed(http_request, number, forms.VerifyForm, perform_deed)


@require_POST
def skip_one_round(http_request: HttpRequest, number: str) -> HttpResponse:
    """Skip a round on which the test cannot be carried out."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        skip_round.pass_over_round(request, number, cleaned["round"], cleaned["words"], cleaned["seen"])

    return _answer_deed(http_request, number, forms.SkipRoundForm, perform_deed)


@require_POST
def name_owner(http_request: HttpRequest, number: str) -> HttpResponse:
    """Name the owner."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.name_owner(
            request,
            number,
            owner_post=cleaned["post"],
            owner_area=cleaned["area"],
            officer=cleaned["officer"],
            seen_facts=cleaned["seen"],
        )

    return _answer_deed(http_request, number, forms.OwnerForm, perform_deed)


@require_POST
def accept_with_test(http_request: HttpRequest, number: str) -> HttpResponse:
    """Accept it, and register the test that will close it."""
    form = forms.AcceptForm(http_request.POST)

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.accept_recommendation(
            request, read_config(), number, form.registered_test, cleaned["words"], cleaned["seen"]
        )

    return _answer_deed(http_request, number, form, perform_deed)


@require_POST
def record_plan(http_request: HttpRequest, number: str) -> HttpResponse:
    """Record the action plan."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.give_plan(request, number, cleaned["words"], cleaned["url"], cleaned["seen"])

    return _answer_deed(http_request, number, forms.PlanForm, perform_deed)


@require_POST
def record_action(http_request: HttpRequest, number: str) -> HttpResponse:
    """Record an action."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.act_on_recommendation(request, number, cleaned["words"], cleaned["seen"])

    return _answer_deed(http_request, number, forms.ActionForm, perform_deed)


@require_POST
def record_evidence(http_request: HttpRequest, number: str) -> HttpResponse:
    """Add evidence."""
    return _answer_deed(http_request, number, forms.EvidenceForm, _add_evidence)


@require_POST
def claim_as_done(http_request: HttpRequest, number: str) -> HttpResponse:
    """Claim that it is done."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.claim_done(request, number, cleaned["words"], cleaned["seen"])

    return _answer_deed(http_request, number, forms.ClaimForm, perform_deed)


@require_POST
def publish_reply(http_request: HttpRequest, number: str) -> HttpResponse:
    """Publish a reply."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        respond_to_recommendation.reply_to_recommendation(
            request, number, cleaned["answer"], cleaned["words"], cleaned["url"], cleaned["seen"]
        )

    return _answer_deed(http_request, number, forms.ReplyForm, perform_deed)


@require_POST
def replace_with_another(http_request: HttpRequest, number: str) -> HttpResponse:
    """Replace it with another recommendation."""

    def perform_deed(request: Request, number: str, cleaned: Cleaned) -> None:
        make_recommendation.supersede_recommendation(request, number, cleaned["by"], cleaned["words"], cleaned["seen"])

    return _answer_deed(http_request, number, forms.SupersedeForm, perform_deed)


def _answer_deed(
    http_request: HttpRequest,
    number: str,
    sent: forms.RecommendationDeedForm | type[forms.RecommendationDeedForm],
    perform_deed: Perform,
) -> HttpResponse:
    """Do what a form asks and go back to the recommendation, or show the page again with the form's errors."""
    form = sent(http_request.POST) if isinstance(sent, type) else sent
    request = request_of(http_request, "page: a recommendation")
    if form.is_valid():
        try:
            perform_deed(request, number, form.cleaned_data)
            return redirect("recommendation", number)
        except Refusal as refusal:
            if refusal.code == "RCM-002" and form.deed == "supersede":
                form.add_error("by", "There is no recommendation with this number")
            elif refusal.code not in ON_THE_FORM:
                raise
            else:
                form.add_refusal(refusal)
    return _show_recommendation(http_request, request, number, form)


def _show_recommendation(
    http_request: HttpRequest, request: Request, number: str, sent: forms.RecommendationDeedForm | None = None
) -> HttpResponse:
    page = list_recommendations.read_recommendation(request, read_config(), number)
    recommendation = page.one
    not_taken = recommendation.not_taken
    skippable = not_taken.evidence.removeprefix("round ") if not_taken else ""
    initial = {"seen": recommendation.sequence, "test": recommendation.test_hash, "round": skippable}
    by_deed: dict[str, forms.RecommendationDeedForm] = {
        kind.deed: kind(initial={**initial, "test": ""} if kind is forms.AcceptForm else initial) for kind in DEED_FORMS
    }
    if sent is not None:
        by_deed[sent.deed] = sent
    context = {
        "shown": page,
        "may_compare": Act.COMPARE in request.viewer.acts,
        "may_figures": Act.READ_FIGURES in request.viewer.acts,
        "title_of": figure_evidence.title_of,
        "forms": by_deed,
        "sent": sent,
    }
    status = 400 if sent is not None else 200
    return show_page(
        http_request, "recommendations/recommendation.html", context, here="recommendations", status=status
    )


def _add_evidence(request: Request, number: str, cleaned: Cleaned) -> None:
    name, words, seen = cleaned["named"], cleaned["words"], cleaned["seen"]
    match cleaned["kind"]:
        case "round":
            add_evidence.add_round(request, number, name, words, seen)
        case "figure":
            add_evidence.add_figure(request, number, name, cleaned["period"], words, seen)
        case "facts":
            add_evidence.add_facts(request, number, name.split(), words, seen)
        case _:
            add_evidence.add_document(request, number, words, cleaned["url"], seen)


def _making_of(request: Request, cleaned: Cleaned) -> Making:
    return Making(**{**cleaned, "published_on": cleaned["published_on"] or london_day(request.now)})


def _origins_for(request: Request) -> list[Origin]:
    """The origins that those for whom the viewer speaks can make recommendations from; all, where the use case will refuse."""
    if Act.MAKE_RECOMMENDATION not in request.viewer.acts:
        return list(Origin)
    parties = {Party(role.party) for role in request.viewer.known_roles if role.party}
    return [origin for origin in Origin if MAKERS[origin] & parties]
