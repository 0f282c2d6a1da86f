"""The navigation above every page: the pages that somebody may open, in groups where there are many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from duecare.web.site import routes

Entry = dict[str, object]
"""A page as the components take it: `text`, `href`, and whether it is the current one."""

GROUPS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "Cases",
        (
            ("worklist", "Worklist"),
            ("findings", "Findings"),
            ("search", "Search"),
            ("custody", "Children in custody"),
            ("visits", "Visits"),
            ("referrals", "Sent back"),
            ("pairs", "Possible duplicates"),
        ),
    ),
    (
        "Second look",
        (
            ("sample", "My sample"),
            ("rounds", "Rounds"),
            ("agreements", "Agreement"),
            ("totals", "Published totals"),
        ),
    ),
    ("Figures", (("figures", "Figures"), ("boroughs", "Boroughs"), ("linkage", "Accuracy of links"))),
    (
        "Oversight",
        (
            ("accountable", "Accountable"),
            ("recommendations", "Recommendations"),
            ("meetings", "Meetings"),
            ("releases", "Releases"),
        ),
    ),
    ("System", (("deliveries", "Deliveries"), ("what_if", "Try a standard"), ("system", "This system"))),
)
MANY: Final = 9
"""At most this many pages are shown in one row."""


@dataclass(frozen=True, slots=True)
class Navigation:
    """The row above a page, and the row below it for the pages of one group.

    Shape:   `every` page, in order. `beside` is empty where all are in one row, and where the group has only one.
    """

    every: tuple[Entry, ...]
    row: tuple[Entry, ...]
    group: str = ""
    beside: tuple[Entry, ...] = ()


def navigation_for(roles: Collection[str], here: str, *, is_signed_in: bool) -> Navigation:
    """The pages that these roles may open; `here` is the route to which the page belongs, empty for none."""
    groups = [(name, _open_pages(pages, roles, here, is_signed_in=is_signed_in)) for name, pages in GROUPS]
    groups = [(name, entries) for name, entries in groups if entries]
    entries_in_order = tuple(entry for _, entries in groups for entry in entries)
    if len(entries_in_order) <= MANY:
        return Navigation(entries_in_order, entries_in_order)
    row = tuple(
        entries[0]
        if len(entries) == 1
        else {"text": name, "href": entries[0]["href"], "active": any(entry["current"] for entry in entries)}
        for name, entries in groups
    )
    for name, entries in groups:
        if len(entries) > 1 and any(entry["current"] for entry in entries):
            return Navigation(entries_in_order, row, name, entries)
    return Navigation(entries_in_order, row)


def _open_pages(
    pages: Collection[tuple[str, str]], roles: Collection[str], here: str, *, is_signed_in: bool
) -> tuple[Entry, ...]:
    return tuple(
        {"text": text, "href": reverse(name), "current": name == here}
        for name, text in pages
        if routes.serves_roles(name, tuple(roles), is_signed_in=is_signed_in)
    )
