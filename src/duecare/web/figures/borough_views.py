"""The page of boroughs side by side: which lie outside of chance, how far they differ, and what changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.figure.comparison.areas_side_by_side import SideBySide
from duecare.figure.comparison.hours_by_area import HoursByArea
from duecare.use_cases.figures import compare_boroughs as step
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.charts import hours_tick, series, shares_funnel, small_series
from duecare.web.site.formatting.tile_map import tile_map
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def boroughs(request: HttpRequest) -> HttpResponse:
    """How do boroughs stand in this figure and quarter?"""
    asking = request_of(request, "page: boroughs side by side")
    page = step.read_boroughs(asking, read_config(), request.GET.get("figure", ""), request.GET.get("period", ""))
    shown: dict[str, object] = {"page": page, "found": page.found, "in_hours": isinstance(page.found, HoursByArea)}
    if page.found is not None:
        of = page.found.definition.id
        shown["lists"] = {area: reverse("figure_list", args=[of, key]) for area, key in page.keys.items()}
    if isinstance(page.found, HoursByArea):
        shown |= {
            "series": series(page.found.over_time.values, hours_tick),
            "ranges": series(page.found.over_time.ranges, hours_tick),
        }
    elif page.found is not None:
        shown |= _drawn(page.found, page.rows)
    return show_page(request, "figures/boroughs.html", shown, here="boroughs")


def _drawn(found: SideBySide, rows: tuple[tuple[str, ...], ...]) -> dict[str, object]:
    charts = [chart for _, chart in found.each_over_time]
    small = zip(found.each_over_time, small_series(charts), strict=True)
    return {
        "funnel": None if isinstance(found.funnel, Unknown) else shares_funnel(found.funnel, found.areas),
        "map": tile_map(found.areas, found.funnel, rows),
        "series": series(found.over_time),
        "small": [(name, chart, picture) for (name, chart), picture in small],
    }
