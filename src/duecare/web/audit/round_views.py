"""All rounds, one round, and each deed by which a lead takes it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.use_cases.audit import (
    allocate_files,
    commit_and_reveal,
    draw_sample,
    end_round,
    list_rounds,
    name_graders,
    open_round,
    plan_round,
    replace_file,
)
from duecare.use_cases.casework import view_as_of
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit import round_forms
from duecare.web.audit.open_round_form import OpenForm
from duecare.web.audit.round_presenters import graded_by, method_words, tasks_of, waits_words
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

Perform = Callable[[Request, str, Any], object]


@require_http_methods(["GET", "HEAD", "POST"])
def rounds_page(http_request: HttpRequest) -> HttpResponse:
    """All rounds, and which is due again; a lead opens another here."""
    request = request_of(http_request, "page: rounds")
    form = OpenForm(http_request.POST or None)
    if http_request.method == "POST" and form.is_valid():
        try:
            open_round.open_round(request, form.round_opening)
            return redirect("round", form.round_opening.name)
        except Refusal as refusal:
            if refusal.code != "AUD-024":
                raise
            form.add_refusal(refusal)
    rounds = list_rounds.list_rounds(request)
    form.offer_choices(tuple(rounds))
    context = {
        "rounds": rounds,
        "leads": bool(request.viewer.side) and Act.LEAD_ROUND in request.viewer.acts,
        "form": form,
    }
    return show_page(http_request, "audit/rounds.html", context, here="rounds", status=400 if form.errors else 200)


@require_safe
def round_page(http_request: HttpRequest, name: str) -> HttpResponse:
    """One round: its stages, its hashes, its counts, and what this viewer's side can do now."""
    return _show_round(http_request, request_of(http_request, "page: round"), name)


@require_POST
def plan_one_round(http_request: HttpRequest, name: str) -> HttpResponse:
    """Fix the plan."""
    if "plan-looks_at" not in http_request.POST:
        return _answer_deed(http_request, name, round_forms.PlanSampleForm(http_request.POST), _plan_sample)
    names_rounds = "plan-earlier" in http_request.POST
    form = (round_forms.PlanRevisitForm if names_rounds else round_forms.PlanFileForm)(http_request.POST)
    return _answer_deed(http_request, name, form, _plan_named)


@require_POST
def commit_to_number(http_request: HttpRequest, name: str) -> HttpResponse:
    """Commit this side to a number."""

    def perform_deed(request: Request, name: str, form: round_forms.CommitForm) -> None:
        commit_and_reveal.commit_number(request, name, form.cleaned_data["commitment"])

    return _answer_deed(http_request, name, round_forms.CommitForm(http_request.POST), perform_deed)


@require_POST
def reveal_own_number(http_request: HttpRequest, name: str) -> HttpResponse:
    """Reveal this side's number."""

    def perform_deed(request: Request, name: str, form: round_forms.RevealForm) -> None:
        commit_and_reveal.reveal_number(request, name, form.cleaned_data["number"])

    return _answer_deed(http_request, name, round_forms.RevealForm(http_request.POST), perform_deed)


@require_POST
def record_pulse(http_request: HttpRequest, name: str) -> HttpResponse:
    """Record the value that a beacon published."""

    def perform_deed(request: Request, name: str, form: round_forms.PulseForm) -> None:
        commit_and_reveal.give_pulse(request, name, form.cleaned_data["value"])

    return _answer_deed(http_request, name, round_forms.PulseForm(http_request.POST), perform_deed)


@require_POST
def draw_round_sample(http_request: HttpRequest, name: str) -> HttpResponse:
    """Draw the sample."""

    def perform_deed(request: Request, name: str, form: round_forms.DrawForm) -> None:  # noqa: ARG001
        draw_sample.draw_round(request, name)

    return _answer_deed(http_request, name, round_forms.DrawForm(http_request.POST), perform_deed)


@require_POST
def name_round_graders(http_request: HttpRequest, name: str) -> HttpResponse:
    """Name graders of this side."""

    def perform_deed(request: Request, name: str, form: round_forms.GradersForm) -> None:
        name_graders.name_graders(request, name, form.officer_numbers)

    return _answer_deed(http_request, name, round_forms.GradersForm(http_request.POST), perform_deed)


@require_POST
def allocate_round_files(http_request: HttpRequest, name: str) -> HttpResponse:
    """Allocate files to graders."""

    def perform_deed(request: Request, name: str, form: round_forms.AllocateForm) -> None:
        allocate_files.allot_round(request, name, replaces=form.cleaned_data["replaces"])

    return _answer_deed(http_request, name, round_forms.AllocateForm(http_request.POST), perform_deed)


@require_POST
def replace_one_file(http_request: HttpRequest, name: str) -> HttpResponse:
    """Replace a file in the sample."""

    def perform_deed(request: Request, name: str, form: round_forms.ReplaceFileForm) -> None:
        replace_file.take_out(request, name, form.cleaned_data["file"], form.cleaned_data["reason"])

    return _answer_deed(http_request, name, round_forms.ReplaceFileForm(http_request.POST), perform_deed)


@require_POST
def end_for_side(http_request: HttpRequest, name: str) -> HttpResponse:
    """End the round for this side."""

    def perform_deed(request: Request, name: str, form: round_forms.EndForm) -> None:
        end_round.end_round(request, name, due_on=form.cleaned_data["due_on"], owner=form.cleaned_data["owner"])

    return _answer_deed(http_request, name, round_forms.EndForm(http_request.POST), perform_deed)


@require_POST
def cancel_round(http_request: HttpRequest, name: str) -> HttpResponse:
    """Cancel a round that was never drawn."""

    def perform_deed(request: Request, name: str, form: round_forms.CancelForm) -> None:  # noqa: ARG001
        end_round.end_round(request, name)

    return _answer_deed(http_request, name, round_forms.CancelForm(http_request.POST), perform_deed)


def _answer_deed(
    http_request: HttpRequest, name: str, form: round_forms.RoundDeedForm, perform_deed: Perform
) -> HttpResponse:
    """Do what a form asks and go back to the round, or show the page again with the form's errors."""
    request = request_of(http_request, "page: round")
    if form.is_valid():
        try:
            perform_deed(request, name, form)
            return redirect("round", name)
        except Refusal as refusal:
            if refusal.kind.family != "AUD":
                raise
            form.add_refusal(refusal)
    return _show_round(http_request, request, name, form)


def _show_round(
    http_request: HttpRequest, request: Request, name: str, sent: round_forms.RoundDeedForm | None = None
) -> HttpResponse:
    page = list_rounds.read_round(request, name)
    forms = {kind.deed: kind() for kind in (round_forms.plan_form_of(page.line.kind), *round_forms.DEED_FORMS)}
    if sent is not None:
        forms[sent.deed] = sent
    for form in forms.values():
        form.offer_choices(page)
    context = {
        "page": page,
        "tasks": tasks_of(page),
        "method": method_words(page.line.method),
        "graded_by": graded_by(page),
        "waits": waits_words(page),
        "sets": round_forms.SET_NAMES,
        "forms": forms,
        "sent": sent,
    }
    return show_page(http_request, "audit/round.html", context, here="rounds", status=200 if sent is None else 400)


def _plan_sample(request: Request, name: str, form: round_forms.PlanSampleForm) -> None:
    view_as_of.small_enough(reason_code="AUD-012")
    plan_round.plan_round(request, name, form.file_choice, form.sample_sizes, form.beacon_pulse)


def _plan_named(request: Request, name: str, form: round_forms.PlanNamedForm) -> None:
    view_as_of.small_enough(reason_code="AUD-012")
    plan_round.plan_whole(
        request, name, of_rounds=form.earlier_rounds, cases=form.named_cases, into_set=form.cleaned_data["into"]
    )
