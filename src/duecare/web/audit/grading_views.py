"""The page on which a file is graded: its bundle beside the form."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from duecare.audit.grading.file_judgement import Said
from duecare.audit.grading.judgement_validation import Fault
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import grade_file, view_case_file
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.draft_cookie import draft_key_of, keep_draft_key
from duecare.web.audit.grading_presenters import fields_of, said_in
from duecare.web.site.formatting.times import moment_words
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, round_name: str, source: str, case_ref: str) -> HttpResponse:
    """What is there to be graded, and what does the grader say of it?"""
    key = CaseKey(source, case_ref)
    own_key, is_new = draft_key_of(request)
    if request.method == "POST":
        answer = _sent(request, round_name, key, own_key)
    else:
        given = read_moments(request)
        if given.fault:
            return errors.unreadable_request(request, given.fault)
        asking = request_of(request, "page: a file to grade")
        bundle = view_case_file.read_bundle(asking, round_name, key, own_key=own_key, known_at=given.known_at)
        answer = _page(request, bundle)
    if is_new:
        keep_draft_key(request, answer, own_key)
    return answer


def _sent(request: HttpRequest, round_name: str, key: CaseKey, own_key: bytes) -> HttpResponse:
    said = said_in(request.POST.dict())
    wanted = request.POST.get("do", "save")
    asking = request_of(request, "form: a file to grade")
    here = reverse("grade", args=[round_name, key.source, key.case_ref])
    if wanted in {"submit", "next"}:
        return _submitted(request, asking, round_name, key, said, own_key)
    grade_file.save_draft(asking, round_name, key, said, own_key)
    if wanted == "autosave":
        return HttpResponse(f"Saved {moment_words(asking.now)}", content_type="text/plain; charset=utf-8")
    return redirect(f"{here}?saved=yes#judgement")


def _submitted(
    request: HttpRequest, asking: Request, round_name: str, key: CaseKey, said: Said, own_key: bytes
) -> HttpResponse:
    try:
        done = grade_file.submit(asking, round_name, key, said, reason=request.POST.get("reason", ""), own_key=own_key)
    except grade_file.Incomplete as refusal:
        faults = refusal.missing[key]
    except Refusal as refusal:
        if refusal.code != "AUD-032":
            raise
        faults = (Fault("reason", "Say why it is corrected"),)
    else:
        to = done.next if request.POST["do"] == "next" else None
        if to is None:
            return redirect(f"{reverse('sample')}?submitted=yes")
        return redirect(f"{reverse('grade', args=[round_name, to.source, to.case_ref])}?submitted=yes")
    bundle = view_case_file.read_bundle(asking, round_name, key, own_key=own_key)
    if not bundle.seal:
        grade_file.save_draft(asking, round_name, key, said, own_key)
    return _page(request, replace(bundle, said=said), faults)


def _page(request: HttpRequest, bundle: view_case_file.Bundle, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    shown = {
        "page": bundle,
        "fields": fields_of(bundle) | {"reason": request.POST.get("reason", "")},
        "faults": {one.place: one.says for one in reversed(faults)},
        "listed": faults,
        "is_saved": request.GET.get("saved") == "yes",
        "is_done": request.GET.get("submitted") == "yes",
    }
    return show_page(request, "audit/grade.html", shown, here="sample", status=400 if faults else 200)
