"""The page of all rounds: how far each is, which is due again; a lead opens another here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.audit.grading.grade_scheme import schemes
from duecare.audit.grading.grading_method import methods
from duecare.audit.rounds.sample_sets import SIDES
from duecare.use_cases.audit import list_rounds, open_round
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.round_presenters import scheme_words
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Which rounds are there, and which is owed?"""
    asking = request_of(request, "page: rounds")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        given = request.POST
        chosen = {side: given.get(f"scheme-{side}", "") for side in SIDES}
        opening = open_round.Opening(
            name=given.get("name", "").strip(),
            title=given.get("title", ""),
            kind=given.get("kind", ""),
            method=given.get("method", ""),
            schemes={side: scheme for side, scheme in chosen.items() if scheme},
            follows=given.get("follows", ""),
        )
        try:
            open_round.open_round(asking, opening)
            return redirect("round", opening.name)
        except Refusal as refusal:
            if refusal.code != "AUD-024":
                raise
            faults = refusal.faults
    shown = {
        "rounds": list_rounds.list_rounds(asking),
        "leads": bool(asking.viewer.side) and Act.LEAD_ROUND in asking.viewer.acts,
        "kinds": open_round.KINDS,
        "methods": tuple(methods().values()),
        "schemes": [(one.id, scheme_words(one)) for one in reversed(tuple(schemes().values()))],
        "sides": SIDES,
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "audit/rounds.html", shown, here="rounds", status=400 if faults else 200)
