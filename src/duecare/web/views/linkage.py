"""How sure we are who is one person; and the pairs drawn by chance that clerks answer, each blind to the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.config import read_config
from duecare.use_cases.linkage import answer_sampled_pairs, linkage_error
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.linkage.presenters.linkage_error import agreement_shown, groups_shown, measured_shown, share_words
from duecare.web.linkage.presenters.pairs import lines_of
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD"])
def linkage(request: HttpRequest) -> HttpResponse:
    """How sure are we who is one person?"""
    found = linkage_error.read_link_error(request_of(request, "page: how sure linkage is"), read_config())
    error, people = found.error, found.people
    why = next((end.reason for end in (people.low, people.high) if isinstance(end, Unknown)), "")
    shown = {
        "found": found,
        "why": why,
        "false_links": share_words(error.false) if error else "",
        "missed_links": share_words(error.missed) if error else "",
        "groups": groups_shown(error.by_group) if error else (),
        "measured": measured_shown(found.measured.rows) if found.measured else (),
        "agreement": agreement_shown(found.agreement),
    }
    return show_page(request, "linkage.html", shown, here="linkage")


@require_http_methods(["GET", "HEAD", "POST"])
def linkage_sample(request: HttpRequest) -> HttpResponse:
    """Which pair that was drawn is this clerk asked about next, and what do they hold of it?"""
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            return _answered(request)
        except Refusal as refusal:
            if refusal.code != "LNK-008":
                raise
            faults = refusal.faults
    found = answer_sampled_pairs.next_pair(request_of(request, "page: sample of pairs"), read_config())
    shown = {
        "found": found,
        "lines": lines_of(*found.records) if found.records else (),
        "faults": faults,
        "is_next": request.GET.get("next") == "yes",
        "agreement": agreement_shown(found.agreement),
    }
    return show_page(request, "linkage_sample.html", shown, here="pairs", status=400 if faults else 200)


def _answered(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    sample, place = (int(sent[name]) if sent.get(name, "").isdecimal() else 0 for name in ("sample", "place"))
    answer_sampled_pairs.answer_pair(
        request_of(request, "form: sample of pairs"), read_config(), sample, place, sent.get("verdict", "")
    )
    answer = redirect("linkage_sample")
    answer["Location"] += "?next=yes"
    return answer
