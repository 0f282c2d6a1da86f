"""The page of one recommendation: its days, its test, its proof, its history; what comes next is done here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.recommendation.registered import PERIODS, ROUND_KINDS
from duecare.use_cases.recommendations import (
    add_evidence,
    figure_evidence,
    list_recommendations,
    make_recommendation,
    respond_to_recommendation,
    skip_round,
    verify_recommendation,
)
from duecare.vocabulary.kinds import CASE_KINDS
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.round_presenters import round_kind
from duecare.web.site.formatting.numbers import words_of
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

ON_THE_FORM: Final = frozenset({"RCM-004", "RCM-005", "RCM-006", "RCM-007", "RCM-008", "RCM-009", "RCM-010",
                          "RCM-060", "RCM-061"})  # fmt: skip
SIDES: Final = (("inspectorate", "The inspectorate"), ("force", "The force"))


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: HttpRequest, number: str) -> HttpResponse:
    """How does this recommendation stand, and what is next?"""
    asking = request_of(request, "page: a recommendation")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            FORMS.get(request.POST.get("do", ""), _nothing)(asking, number, request.POST)
            return redirect("recommendation", number)
        except Refusal as refusal:
            if refusal.code == "RCM-002" and request.POST.get("do") == "supersede":
                faults = (refusal.kind.what,)
            elif refusal.code not in ON_THE_FORM:
                raise
            else:
                faults = refusal.faults or (f"{refusal.kind.what} {refusal.found}".strip(), refusal.kind.todo)
    shown = {
        "shown": list_recommendations.read_recommendation(asking, read_config(), number),
        "may_compare": Act.COMPARE in asking.viewer.acts,
        "may_figures": Act.READ_FIGURES in asking.viewer.acts,
        "title_of": figure_evidence.title_of,
        "case_kinds": sorted(CASE_KINDS),
        "sides": SIDES,
        "periods": [(one, words_of(one)) for one in PERIODS],
        "round_kinds": [(one, round_kind(one)) for one in ROUND_KINDS],
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(
        request, "recommendations/recommendation.html", shown, here="recommendations", status=400 if faults else 200
    )


def _seen(given: QueryDict) -> int:
    text = given.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _verify(asking: Request, number: str, given: QueryDict) -> None:
    test = given.get("test", "")
    verify_recommendation.verify_recommendation(asking, read_config(), number, test, seen=_seen(given))


def _pass_over(asking: Request, number: str, given: QueryDict) -> None:
    named, words = given.get("round", "").strip(), given.get("words", "")
    skip_round.pass_over_round(asking, number, named, words, _seen(given))


def _owner(asking: Request, number: str, given: QueryDict) -> None:
    post, area, officer = (given.get(name, "") for name in ("post", "area", "officer"))
    respond_to_recommendation.name_owner(asking, number, post=post, area=area, officer=officer, seen=_seen(given))


def _accept(asking: Request, number: str, given: QueryDict) -> None:
    is_figure = given.get("test") == "figure"
    test: dict[str, object] = {
        "test": given.get("test", ""),
        "level": _number(given.get("level", "")),
        "by": given.get("by", ""),
        "files": _whole(given.get("files", "")),
        "round_kind": given.get("round_kind", ""),
        "graded_by": given.get("graded_by", ""),
        "case_kinds": given.getlist("case_kinds"),
        "areas": [line.strip() for line in given.get("areas", "").splitlines() if line.strip()],
        "since_claim": given.get("since_claim") == "yes",
        "figure": given.get("figure", "").strip(),
        "period": given.get("period", ""),
        "least": _fewest(given.get("least", "")),
        "at_least": not is_figure or given.get("way") != "at_most",
    }
    respond_to_recommendation.accept_recommendation(
        asking, read_config(), number, test, given.get("words", ""), _seen(given)
    )


def _plan(asking: Request, number: str, given: QueryDict) -> None:
    respond_to_recommendation.give_plan(asking, number, given.get("words", ""), given.get("url", ""), _seen(given))


def _act(asking: Request, number: str, given: QueryDict) -> None:
    respond_to_recommendation.act_on_recommendation(asking, number, given.get("words", ""), _seen(given))


def _evidence(asking: Request, number: str, given: QueryDict) -> None:
    kind, named, words, seen = (
        given.get("kind", ""),
        given.get("named", "").strip(),
        given.get("words", ""),
        _seen(given),
    )
    if kind == "round":
        add_evidence.add_round(asking, number, named, words, seen)
    elif kind == "figure":
        add_evidence.add_figure(asking, number, named, given.get("period", ""), words, seen)
    elif kind == "facts":
        add_evidence.add_facts(asking, number, named.split(), words, seen)
    else:
        add_evidence.add_document(asking, number, words, given.get("url", ""), seen)


def _claim(asking: Request, number: str, given: QueryDict) -> None:
    respond_to_recommendation.claim_done(asking, number, given.get("words", ""), _seen(given))


def _reply(asking: Request, number: str, given: QueryDict) -> None:
    answer, words, url = (given.get(name, "") for name in ("answer", "words", "url"))
    respond_to_recommendation.reply_to_recommendation(asking, number, answer, words, url, _seen(given))


def _supersede(asking: Request, number: str, given: QueryDict) -> None:
    by, words = given.get("by", "").strip(), given.get("words", "")
    make_recommendation.supersede_recommendation(asking, number, by, words, _seen(given))


def _nothing(asking: Request, number: str, given: QueryDict) -> None:
    del asking, given
    raise Refusal("RCM-005", where=f"recommendation {number}", faults=("the form does not say what is to be done",))


FORMS: Final[Mapping[str, Callable[[Request, str, QueryDict], None]]] = MappingProxyType(
    {
        "verify": _verify,
        "pass_over": _pass_over,
        "owner": _owner,
        "accept": _accept,
        "plan": _plan,
        "act": _act,
        "evidence": _evidence,
        "claim": _claim,
        "reply": _reply,
        "supersede": _supersede,
    }
)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _fewest(text: str) -> int | None:
    return (_whole(text) or -1) if text.strip() else None


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
