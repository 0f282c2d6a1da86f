"""Releases before publication, for those who draft, check, comment and may look."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.report.release.printed_marks import MARKS
from duecare.use_cases.releases import answer_release, check_release, draft_release, view_drafts
from duecare.vocabulary.refusals import Refusal
from duecare.web.releases import forms
from duecare.web.releases.presenters import not_shown_words
from duecare.web.site.forms.deed_form import DeedForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM: Final = frozenset({"REP-023", "REP-024", "REP-025", "REP-026", "REP-027"})
"""What is refused beside its form, so that what was typed is not lost."""
ON_THE_DRAFT: Final = ON_THE_FORM | {"REP-011", "REP-012", "REP-060"}


@require_safe
def releases_page(http_request: HttpRequest) -> HttpResponse:
    """The releases that this viewer may see, and how far each has come."""
    request = request_of(http_request, "page: releases")
    context = {
        "releases": view_drafts.read_drafts(request),
        "may_draft": Act.DRAFT_RELEASE in request.viewer.acts,
    }
    return show_page(http_request, "releases/releases.html", context, here="releases")


@require_safe
def release_page(http_request: HttpRequest, slug: str) -> HttpResponse:
    """One release: what it says, who checked it, and what this viewer can do."""
    return _show_release(http_request, slug)


@require_POST
def pass_release(http_request: HttpRequest, slug: str) -> HttpResponse:
    """Pass a release: it can be published."""
    return _check_release(http_request, slug, forms.PassForm(http_request.POST), passed=True)


@require_POST
def refuse_release(http_request: HttpRequest, slug: str) -> HttpResponse:
    """Do not pass a release."""
    return _check_release(http_request, slug, forms.RefuseForm(http_request.POST), passed=False)


@require_POST
def comment_on_release(http_request: HttpRequest, slug: str) -> HttpResponse:
    """The force's comments on factual accuracy."""
    form = forms.CommentForm(http_request.POST)
    if form.is_valid():
        try:
            request = request_of(http_request, "form: answer a release")
            answer_release.answer_release(request, slug, form.cleaned_data["words"])
            return redirect(reverse("release", args=[slug]) + "#checks")
        except Refusal as refusal:
            _keep_on_form(form, refusal)
    return _show_release(http_request, slug, form)


@require_http_methods(["GET", "HEAD", "POST"])
def release_draft_page(http_request: HttpRequest) -> HttpResponse:
    """A release drafted, or drafted again from its latest version."""
    form = forms.DraftForm(http_request.POST or None)
    if http_request.method != "POST" and http_request.GET.get("slug"):
        again = request_of(http_request, "form: draft a release again")
        form = forms.DraftForm(initial=forms.initial_of(view_drafts.read_draft(again, http_request.GET["slug"])))
    request = request_of(http_request, "form: draft a release")
    if http_request.method == "POST" and form.is_valid():
        try:
            draft_release.draft_release(request, read_config(), form.draft_values)
            return redirect("release", form.draft_values.slug)
        except Refusal as refusal:
            if refusal.code not in ON_THE_DRAFT:
                raise
            form.add_refusal(refusal)
    form.offer_choices(draft_release.to_draft(request))
    status = 400 if form.errors else 200
    return show_page(http_request, "releases/release_draft.html", {"form": form}, here="releases", status=status)


def _check_release(
    http_request: HttpRequest, slug: str, form: forms.PassForm | forms.RefuseForm, *, passed: bool
) -> HttpResponse:
    if form.is_valid():
        seal, words = form.cleaned_data["seal"], form.cleaned_data["words"]
        try:
            request = request_of(http_request, "form: check a release")
            check_release.check_release(request, read_config(), slug, seal, passed=passed, words=words)
            return redirect(reverse("release", args=[slug]) + "#checks")
        except Refusal as refusal:
            _keep_on_form(form, refusal)
    return _show_release(http_request, slug, form)


def _keep_on_form(form: DeedForm, refusal: Refusal) -> None:
    if refusal.code not in ON_THE_FORM:
        raise refusal
    form.add_refusal(refusal)


def _show_release(http_request: HttpRequest, slug: str, sent: DeedForm | None = None) -> HttpResponse:
    page = view_drafts.read_draft(request_of(http_request, "page: a release"), slug)
    seal = {"seal": page.life.latest.seal}
    by_deed: dict[str, DeedForm] = {
        form.deed: form for form in (forms.PassForm(initial=seal), forms.RefuseForm(initial=seal), forms.CommentForm())
    }
    if sent is not None:
        by_deed[sent.deed] = sent
    context = {
        "page": page,
        "life": page.life,
        "released": page.released,
        "marks": MARKS,
        "not_shown": not_shown_words,
        "forms": by_deed,
        "sent": sent,
    }
    status = 200 if sent is None else 400
    return show_page(http_request, "releases/release.html", context, here="releases", status=status)
