"""Links between the pages of a long list, as GOV.UK's pagination component takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.paginator import Paginator


class Paged(Protocol):
    """A page of a list: which it is, and of how many."""

    @property
    def page(self) -> int:
        """The number of this page, from 1."""

    @property
    def pages(self) -> int:
        """The number of pages."""


def page_links(label: str, paged: Paged, address: str, params: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The previous and next page and the numbers between, with gaps where there are many; the filters stay in each link."""
    chosen = {name: value for name, value in (params or {}).items() if value}
    paginator = Paginator(range(paged.pages), 1)
    page = paginator.get_page(paged.page)

    def link(number: int | str) -> str:
        return f"{address}?{urlencode({**chosen, 'page': number})}"

    return {
        "landmarkLabel": label,
        "previous": {"href": link(page.previous_page_number())} if page.has_previous() else None,
        "next": {"href": link(page.next_page_number())} if page.has_next() else None,
        "items": [
            {"ellipsis": True}
            if not isinstance(number, int)
            else {"number": number, "current": number == page.number, "href": link(number)}
            for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        ],
    }
