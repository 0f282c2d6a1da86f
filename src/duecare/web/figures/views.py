"""All figures of a period, one figure with its breakdowns and differences, the list behind a value, and boroughs compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.figure import Dimension, Unit
from duecare.figure.charts.funnel_chart import Funnel, funnel_of
from duecare.figure.comparison.areas_side_by_side import SideBySide
from duecare.figure.comparison.compared_cells import areas_of, differing_groups
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.figure.comparison.hours_by_area import HoursByArea
from duecare.use_cases.figures import compare_boroughs, explain_difference, list_members, view_figures
from duecare.use_cases.figures.view_figures import OneFigure
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.figures.forms import ExplainForm
from duecare.web.figures.presenters import fairness_label, group_words
from duecare.web.site.formatting.charts import (
    ForestPicture,
    forest,
    hours_tick,
    points_tick,
    series,
    shares_funnel,
    small_series,
)
from duecare.web.site.formatting.tile_map import tile_map
from duecare.web.site.page import show_page
from duecare.web.site.query_params import page_number
from duecare.web.site.request import request_of


@require_safe
def figures_page(http_request: HttpRequest) -> HttpResponse:
    """Every figure of one period."""
    request = request_of(http_request, "page: figures")
    page = view_figures.read_figures(request, http_request.GET.get("period", "").strip())
    return show_page(http_request, "figures/figures.html", {"page": page}, here="figures")


@require_safe
def figure_page(http_request: HttpRequest, figure: str) -> HttpResponse:
    """One figure: what it counts, its value, its breakdowns, and the groups that differ."""
    period = http_request.GET.get("period", "").strip()
    return _show_figure(http_request, request_of(http_request, "page: a figure"), figure, period)


@require_POST
def explain_group_difference(http_request: HttpRequest, figure: str) -> HttpResponse:
    """Explain the difference of a group, or say what will change."""
    request = request_of(http_request, "page: a figure")
    form = ExplainForm.sent_in(http_request.POST)
    period = (form["period"].data or "")[:10]
    if form.is_valid():
        try:
            explain_difference.explain_difference(request, figure=figure, **form.difference_values)
            return redirect(f"{reverse('figure', args=[figure])}?period={period}#differences")
        except Refusal as refusal:
            if refusal.code != "REP-032":
                raise
            form.add_refusal(refusal)
    return _show_figure(http_request, request, figure, period, form)


@require_safe
def figure_list_page(http_request: HttpRequest, figure: str, key: str) -> HttpResponse:
    """The lines that this value counts, as far as this viewer may open them."""
    page = list_members.open_figure(
        request_of(http_request, "page: the list of a figure"),
        key,
        http_request.GET.get("which", "all"),
        page_number(http_request),
    )
    if page.definition.id != figure:
        raise Refusal("REP-031")
    return show_page(http_request, "figures/figure_list.html", {"page": page}, here="figures")


@require_safe
def boroughs_page(http_request: HttpRequest) -> HttpResponse:
    """Boroughs side by side: which differ from what you would expect, by how much, and how this changed."""
    request = request_of(http_request, "page: boroughs side by side")
    figure, period = (http_request.GET.get(name, "") for name in ("figure", "period"))
    page = compare_boroughs.read_boroughs(request, read_config(), figure, period)
    comparison = page.found
    context: dict[str, object] = {
        "page": page,
        "found": comparison,
        "in_hours": isinstance(comparison, HoursByArea),
    }
    if comparison is not None:
        figure_id = comparison.definition.id
        context["lists"] = {area: reverse("figure_list", args=[figure_id, key]) for area, key in page.keys.items()}
    if isinstance(comparison, HoursByArea):
        context["series"] = series(comparison.over_time.values, hours_tick)
        context["ranges"] = series(comparison.over_time.ranges, hours_tick)
    elif comparison is not None:
        context |= _borough_pictures(comparison, page.rows)
    return show_page(http_request, "figures/boroughs.html", context, here="boroughs")


def _show_figure(
    http_request: HttpRequest, request: Request, figure: str, period: str, sent: ExplainForm | None = None
) -> HttpResponse:
    page = view_figures.read_figure(request, read_config(), figure, period)
    differing = {dimension: differing_groups(comparison) for dimension, comparison in page.fairness}
    context = {
        "page": page,
        "funnel": _area_funnel(page),
        "differing": differing,
        "forests": {
            dimension: _forest_of(dimension, comparison) for dimension, comparison in page.fairness if comparison.groups
        },
        "may_answer": Act.EXPLAIN_DIFFERENCE in request.viewer.acts,
        "explain_form": lambda dimension, group, number: _explain_form(page, dimension, group, number, sent),
        "sent": sent,
    }
    status = 200 if sent is None else 400
    return show_page(http_request, "figures/figure.html", context, here="figures", status=status)


def _explain_form(
    page: OneFigure, dimension: Dimension, group: str, number: int, sent: ExplainForm | None
) -> ExplainForm:
    """The form for this group: the one that was sent, where it was about this group."""
    if sent is not None and sent.is_about(dimension.value, group):
        return sent
    snapshot = page.snapshot
    initial = {"snapshot": snapshot.id, "period": snapshot.period, "dimension": dimension.value, "group": group}
    return ExplainForm(initial=initial, prefix=f"{dimension.value}-{number}")


def _forest_of(dimension: Dimension, comparison: Fairness | HoursFairness) -> ForestPicture:
    """The differences between groups, among similar cases, around zero."""
    rows = [(group_words(fairness_label(group), dimension), group.like_with_like) for group in comparison.groups]
    return forest(rows, points_tick if isinstance(comparison, Fairness) else hours_tick)


def _area_funnel(page: OneFigure) -> dict[str, object] | None:
    """The funnel_of of areas, where the figure is a share."""
    values = next((cut for dimension, cut in page.cuts if dimension is Dimension.AREA), ())
    if page.definition.unit is not Unit.SHARE or not values:
        return None
    areas = areas_of(kept_value.value for kept_value in values)
    limits = funnel_of(areas, page.allowance)
    picture = shares_funnel(limits, areas) if isinstance(limits, Funnel) else None
    return {"funnel": limits, "areas": areas, "picture": picture}


def _borough_pictures(comparison: SideBySide, map_rows: tuple[tuple[str, ...], ...]) -> dict[str, object]:
    charts = [chart for _, chart in comparison.each_over_time]
    pictures = zip(comparison.each_over_time, small_series(charts), strict=True)
    limits = comparison.funnel
    return {
        "funnel": None if isinstance(limits, Unknown) else shares_funnel(limits, comparison.areas),
        "map": tile_map(comparison.areas, limits, map_rows),
        "series": series(comparison.over_time),
        "small": [(name, chart, picture) for (name, chart), picture in pictures],
    }
