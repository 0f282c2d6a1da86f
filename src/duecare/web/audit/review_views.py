"""Reviews of single files: the errors found, and the answers of those criticised."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from duecare.audit.reviews.found_error import ANSWER_DAYS
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import answer_errors, review_file
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.review_forms import AnswerErrorForm, RecordErrorForm
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM: Final = frozenset({"AUD-055", "AUD-056", "AUD-057"})
PURPOSE: Final = "page: review of one file"


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """The errors that the review of this file has found; another is recorded here."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, PURPOSE)
    form = RecordErrorForm(http_request.POST or None)
    if http_request.method == "POST" and form.is_valid():
        try:
            review_file.record_error(request, round_name, case, form.found_error)
            return redirect("review", round_name, source, case_ref)
        except Refusal as refusal:
            if refusal.code not in ON_THE_FORM:
                raise
            form.add_refusal(refusal)
    return _show_review(http_request, request, round_name, case, form)


@require_POST
def invite_answers(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """Send the errors to those criticised, for an answer."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, PURPOSE)
    try:
        review_file.invite_answers(request, round_name, case)
    except Refusal as refusal:
        return _refused(http_request, request, round_name, case, refusal)
    return redirect("review", round_name, source, case_ref)


@require_POST
def make_final(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """Make the errors final that were answered, or whose deadline has passed."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, PURPOSE)
    try:
        review_file.make_final(request, round_name, case)
    except Refusal as refusal:
        return _refused(http_request, request, round_name, case, refusal)
    return redirect("review", round_name, source, case_ref)


@require_http_methods(["GET", "HEAD", "POST"])
def errors_found_page(http_request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """The errors of this case that were sent to those criticised, with a form for each answer."""
    case = CaseKey(source, case_ref)
    request = request_of(http_request, "page: errors to answer")
    sent = AnswerErrorForm(http_request.POST) if http_request.method == "POST" else None
    if sent is not None and sent.is_valid():
        values = sent.cleaned_data
        try:
            answer_errors.answer_error(request, case, values["round"], values["error"], values["answer"])
            return redirect("errors_found", source, case_ref)
        except Refusal as refusal:
            if refusal.code not in ON_THE_FORM:
                raise
            sent.add_refusal(refusal)
    errors = [
        (error, _answer_form(number, round_name, error.error, sent))
        for number, (round_name, error) in enumerate(answer_errors.errors_to_answer(request, case), 1)
    ]
    context = {"case": case, "errors": errors, "sent": sent, "as_of": request.now}
    status = 200 if sent is None else 400
    return show_page(http_request, "audit/errors_found.html", context, here="referrals", status=status)


def _answer_form(number: int, round_name: str, error: str, sent: AnswerErrorForm | None) -> AnswerErrorForm:
    """The form for this error: the one that was sent, where it was about this error."""
    if sent is not None and sent["error"].data == error:
        return sent
    form = AnswerErrorForm(initial={"round": round_name, "error": error})
    form.fields["answer"].label = f"Your answer to error {number}"
    return form


def _refused(
    http_request: HttpRequest, request: Request, round_name: str, case: CaseKey, refusal: Refusal
) -> HttpResponse:
    if refusal.code not in ON_THE_FORM:
        raise refusal
    form = RecordErrorForm({})
    form.errors.clear()
    form.add_refusal(refusal)
    return _show_review(http_request, request, round_name, case, form)


def _show_review(
    http_request: HttpRequest, request: Request, round_name: str, case: CaseKey, form: RecordErrorForm
) -> HttpResponse:
    context = {
        "round_name": round_name,
        "case": case,
        "errors": review_file.read_review(request, round_name, case),
        "is_blind": review_file.waits_for_grades(request, round_name, case),
        "answer_days": ANSWER_DAYS,
        "form": form,
        "as_of": request.now,
    }
    status = 400 if form.errors else 200
    return show_page(http_request, "audit/review.html", context, here="sample", status=status)
