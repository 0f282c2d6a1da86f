"""How often records are linked wrongly, and the random sample of pairs that clerks answer, each without seeing the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from duecare.config import read_config
from duecare.use_cases.linkage import answer_sampled_pairs, measure_linkage_error
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.linkage.forms import SampleAnswerForm
from duecare.web.linkage.presenters.linkage_error import agreement_shown, groups_shown, measured_shown, share_words
from duecare.web.linkage.presenters.pairs import lines_of
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def linkage_page(http_request: HttpRequest) -> HttpResponse:
    """How sure we are which records are the same person."""
    report = measure_linkage_error.read_link_error(request_of(http_request, "page: how sure linkage is"), read_config())
    error, people = report.error, report.people
    why = next((bound.reason for bound in (people.low, people.high) if isinstance(bound, Unknown)), "")
    context = {
        "found": report,
        "why": why,
        "false_links": share_words(error.false) if error else "",
        "missed_links": share_words(error.missed) if error else "",
        "groups": groups_shown(error.by_group) if error else (),
        "measured": measured_shown(report.measured.rows) if report.measured else (),
        "agreement": agreement_shown(report.agreement),
    }
    return show_page(http_request, "linkage/linkage.html", context, here="linkage")


@require_http_methods(["GET", "HEAD", "POST"])
def sample_page(http_request: HttpRequest) -> HttpResponse:
    """The next pair of the sample that this clerk is asked about, and how to answer it."""
    form = SampleAnswerForm(http_request.POST) if http_request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            return _record_answer(http_request, form)
        except Refusal as refusal:
            if refusal.code != "LNK-008":
                raise
            form.add_refusal(refusal, "verdict")
    request = request_of(http_request, "page: sample of pairs")
    question = answer_sampled_pairs.next_pair(request, read_config())
    context = {
        "found": question,
        "lines": lines_of(*question.records) if question.records else (),
        "form": form or SampleAnswerForm(initial={"sample": question.sample, "place": question.place}),
        "is_next": http_request.GET.get("next") == "yes",
        "agreement": agreement_shown(question.agreement),
    }
    return show_page(http_request, "linkage/sample.html", context, here="pairs", status=400 if form else 200)


def _record_answer(http_request: HttpRequest, form: SampleAnswerForm) -> HttpResponse:
    request, sent = request_of(http_request, "form: sample of pairs"), form.cleaned_data
    answer_sampled_pairs.answer_pair(request, read_config(), sent["sample"], sent["place"], sent["verdict"])
    answer = redirect("linkage_sample")
    answer["Location"] += "?next=yes"
    return answer
