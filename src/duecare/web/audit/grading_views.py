"""A grader's own sample, and one file of it beside the form that grades it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from duecare.audit.grading.file_judgement import GradingForm
from duecare.audit.grading.judgement_validation import Fault
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import grade_file, view_case_file, view_my_sample
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.draft_key_cookie import draft_key_of, keep_draft_key
from duecare.web.audit.grading_forms import KnownAtForm
from duecare.web.audit.grading_presenters import form_values, judgement_in
from duecare.web.site.formatting.times import moment_words
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.request import request_of


@require_safe
def sample_page(http_request: HttpRequest) -> HttpResponse:
    """The files that are the viewer's to grade, and how far each has come."""
    page = view_my_sample.my_sample(request_of(http_request, "page: my sample"))
    counts = [(progress, page.count(progress)) for progress in view_my_sample.Progress]
    context = {"page": page, "counts": counts, "is_done": http_request.GET.get("submitted") == "yes"}
    return show_page(http_request, "audit/sample.html", context, here="sample")


@require_http_methods(["GET", "HEAD", "POST"])
def grade_page(http_request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """One file beside its form. One form with several buttons: save, submit, or submit and open the next."""
    case = CaseKey(source, case_ref)
    own_key, is_new = draft_key_of(http_request)
    if http_request.method == "POST":
        response = _receive(http_request, round_name, case, own_key)
    else:
        form = KnownAtForm(http_request.GET)
        if not form.is_valid():
            return errors.unreadable_request(http_request, form.error_links[0][1])
        request = request_of(http_request, "page: a file to grade")
        known_at = form.cleaned_data["known_at"]
        file = view_case_file.read_bundle(request, round_name, case, own_key=own_key, known_at=known_at)
        response = _show_file(http_request, file)
    if is_new:
        keep_draft_key(http_request, response, own_key)
    return response


def _receive(http_request: HttpRequest, round_name: str, case: CaseKey, own_key: bytes) -> HttpResponse:
    judgement = judgement_in(http_request.POST.dict())
    button = http_request.POST.get("do", "save")
    request = request_of(http_request, "form: a file to grade")
    if button in {"submit", "next"}:
        return _submit(http_request, request, round_name, case, judgement, own_key)
    grade_file.save_draft(request, round_name, case, judgement, own_key)
    if button == "autosave":
        return HttpResponse(f"Saved {moment_words(request.now)}", content_type="text/plain; charset=utf-8")
    return redirect(f"{reverse('grade', args=[round_name, *case])}?saved=yes#judgement")


def _submit(
    http_request: HttpRequest, request: Request, round_name: str, case: CaseKey, judgement: GradingForm, own_key: bytes
) -> HttpResponse:
    reason = http_request.POST.get("reason", "")
    try:
        submitted = grade_file.submit_grade(request, round_name, case, judgement, reason=reason, own_key=own_key)
    except grade_file.Incomplete as refusal:
        faults = refusal.missing[case]
    except Refusal as refusal:
        if refusal.code != "AUD-032":
            raise
        faults = (Fault("reason", "Enter why you are correcting it"),)
    else:
        following = submitted.next if http_request.POST["do"] == "next" else None
        if following is None:
            return redirect(f"{reverse('sample')}?submitted=yes")
        return redirect(f"{reverse('grade', args=[round_name, *following])}?submitted=yes")
    file = view_case_file.read_bundle(request, round_name, case, own_key=own_key)
    if not file.seal:
        grade_file.save_draft(request, round_name, case, judgement, own_key)
    return _show_file(http_request, replace(file, said=judgement), faults)


def _show_file(http_request: HttpRequest, file: view_case_file.Bundle, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    context = {
        "page": file,
        "fields": form_values(file) | {"reason": http_request.POST.get("reason", "")},
        "faults": {fault.place: fault.says for fault in reversed(faults)},
        "error_links": [(fault.place, fault.says) for fault in faults],
        "is_saved": http_request.GET.get("saved") == "yes",
        "is_done": http_request.GET.get("submitted") == "yes",
    }
    return show_page(http_request, "audit/grade.html", context, here="sample", status=400 if faults else 200)
