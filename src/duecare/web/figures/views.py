"""The pages of figures: all of a period, one with its cuts and its differences, and the list that a value counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.figure import Dimension, Unit
from duecare.figure.charts.funnel_chart import Funnel, funnel
from duecare.figure.comparison.compared_cells import areas_of, differing
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.use_cases.figures import explain_difference, list_members, view_figures
from duecare.use_cases.figures.view_figures import OneFigure
from duecare.vocabulary.refusals import Refusal
from duecare.web.figures.presenters import fairness_label, group_words
from duecare.web.site.formatting.charts import ForestPicture, forest, hours_tick, points_tick, shares_funnel
from duecare.web.site.page import show_page
from duecare.web.site.query_params import page_number
from duecare.web.site.request import request_of


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What did every figure come to in one period?"""
    page = view_figures.read_figures(request_of(request, "page: figures"), request.GET.get("period", "").strip())
    return show_page(request, "figures/figures.html", {"page": page}, here="figures")


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """What is this figure, what did it come to, by what is it cut, and whose differences does it show?"""
    asking = request_of(request, "page: a figure")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        given = request.POST
        snapshot = given.get("snapshot", "")
        try:
            explain_difference.explain_difference(
                asking,
                snapshot=int(snapshot) if snapshot.isdecimal() and len(snapshot) < 10 else 0,
                figure=figure,
                dimension=given.get("dimension", ""),
                group=given.get("group", ""),
                answer=given.get("answer", ""),
                words=given.get("words", ""),
            )
            return redirect(f"{reverse('figure', args=[figure])}?period={given.get('period', '')[:10]}#differences")
        except Refusal as refusal:
            if refusal.code != "REP-032":
                raise
            faults = refusal.faults
    period = (request.POST if faults else request.GET).get("period", "").strip()
    page = view_figures.read_figure(asking, read_config(), figure, period)
    shown = {
        "page": page,
        "funnel": _funnel(page),
        "differing": {by: differing(found) for by, found in page.fairness},
        "forests": {by: _forest(by, found) for by, found in page.fairness if found.groups},
        "may_answer": Act.EXPLAIN_DIFFERENCE in asking.viewer.acts,
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "figures/figure.html", shown, here="figures", status=400 if faults else 200)


@require_safe
def figure_list(request: HttpRequest, figure: str, key: str) -> HttpResponse:
    """Which lines does this value count, of those that this viewer may open?"""
    page = list_members.open_figure(
        request_of(request, "page: the list of a figure"),
        key,
        request.GET.get("which", "all"),
        page_number(request),
    )
    if page.definition.id != figure:
        raise Refusal("REP-031")
    return show_page(request, "figures/figure_list.html", {"page": page}, here="figures")


def _forest(by: Dimension, found: Fairness | HoursFairness) -> ForestPicture:
    """The differences between groups, like with like, around nought."""
    rows = [(group_words(fairness_label(one), by), one.like_with_like) for one in found.groups]
    return forest(rows, points_tick if isinstance(found, Fairness) else hours_tick)


def _funnel(page: OneFigure) -> dict[str, object] | None:
    """The funnel of areas, where it is a share."""
    values = next((cut for by, cut in page.cuts if by is Dimension.AREA), ())
    if page.definition.unit is not Unit.SHARE or not values:
        return None
    areas = areas_of(one.value for one in values)
    found = funnel(areas, page.allowance)
    picture = shares_funnel(found, areas) if isinstance(found, Funnel) else None
    return {"funnel": found, "areas": areas, "picture": picture}
