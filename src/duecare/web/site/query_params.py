"""The moments and page numbers that an address or its form names, read strictly: an error, never silently now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.moments import iso_text
from duecare.web.site.forms.day_and_moment_fields import MomentField, MomentParts
from duecare.web.site.forms.form import SiteForm

AS_OF: Final[dict[str, str]] = {"as_of": "Date", "known_at": "Known by"}
SPAN: Final[dict[str, str]] = {"from": "From", "to": "To"}
_PAGING: Final = frozenset({"page", "first"})


class AsOfForm(SiteForm):
    """Which date a page shows, and using what was known by when."""

    as_of = MomentField(
        label="Date and time",
        name_in_errors="The date",
        help_text="For example, 18 3 2016 and 09:00. Leave the time blank for the end of the day. Leave everything blank to "
        "see the page as it is now.",
    )
    known = forms.ChoiceField(
        label="What was known",
        choices=(
            ("then", "Only what was recorded by that date and time"),
            ("all", "Everything recorded up to today"),
            ("other", "What was recorded by another date and time"),
        ),
        required=False,
        initial="all",
        error_messages={"invalid_choice": "Select what was known"},
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    known_at = MomentField(
        label="Recorded by",
        name_in_errors="The date recorded by",
        help_text="Only if you chose another date and time. Anything recorded in a source system later is left out.",
    )

    def clean(self) -> dict[str, Any]:
        """The two moments, with what is missing for the choice that was made."""
        cleaned = super().clean() or {}
        choice, as_of = cleaned.get("known") or "all", cleaned.get("as_of")
        if choice == "then":
            cleaned["known_at"] = as_of
            if as_of is None and "as_of" not in self.errors:
                self.add_error("as_of", forms.ValidationError("Enter the date", code="day"))
        elif choice == "all":
            cleaned["known_at"] = None
        elif choice == "other" and cleaned.get("known_at") is None and "known_at" not in self.errors:
            self.add_error("known_at", forms.ValidationError("Enter the date recorded by", code="day"))
        return cleaned


class SpanForm(SiteForm):
    """From which moment to which; blank is what the page takes by itself."""

    to = MomentField(label="To", name_in_errors="“To”", help_text="Leave blank to use the current date and time.")

    def __init__(self, *args: Any, from_hint: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        from_field = MomentField(label="From", name_in_errors="“From”", help_text=from_hint)
        self.fields = {"from": from_field, **self.fields}

    def clean(self) -> dict[str, Any]:
        """Both moments, the later not before the earlier."""
        cleaned = super().clean() or {}
        earliest, latest = cleaned.get("from"), cleaned.get("to")
        if earliest is not None and latest is not None and earliest > latest:
            self.add_error("to", forms.ValidationError("“To” must not be before “From”", code="day"))
        return cleaned


@dataclass(frozen=True, slots=True)
class Moments:
    """The moment a page shows and the moment by which it was known; None is now, or everything recorded so far.

    Shape:   `fault` is empty, or what of an address cannot be read. `form` is what was sent or, where nothing was, the
             form at these moments. `other_params` is what else the address names.
    """

    as_of: datetime | None
    known_at: datetime | None
    form: AsOfForm
    fault: str = ""
    other_params: tuple[tuple[str, str], ...] = ()

    @property
    def is_now(self) -> bool:
        """True when no other moment is named."""
        return self.as_of is None and self.known_at is None

    @property
    def at(self) -> dict[str, datetime | None]:
        """These moments as the parameters of a use case."""
        return {"as_of": self.as_of, "known_at": self.known_at}

    @property
    def query(self) -> dict[str, str]:
        """These moments as query parameters; empty for now."""
        return moment_params(self.at)

    @property
    def address(self) -> str:
        """The query string that leads to this page again: the moments, and what else the address names."""
        params = [*self.other_params, *self.query.items()]
        return f"?{urlencode(params)}" if params else ""


def read_moments(http_request: HttpRequest) -> Moments:
    """The `as_of` and `known_at` that a request names, in its address or by the form of a page.

    Units:   without an offset, Europe/London; a day alone is the end of that day.
    Unknown: what cannot be read is a fault, never silently now.
    """
    query = http_request.GET
    controls = _control_names(AS_OF) | {"known"}
    own_names = {*AS_OF, *controls, *_PAGING}
    other_params = tuple((name, str(value)) for name, value in query.items() if name not in own_names)
    if controls & set(query):
        form = AsOfForm(query)
        cleaned = form.cleaned_data if form.is_valid() else {}
        return Moments(cleaned.get("as_of"), cleaned.get("known_at"), form, other_params=other_params)
    moments, fault = _moments_named(http_request, AS_OF)
    as_of, known_at = moments.get("as_of"), moments.get("known_at")
    choice = "all" if known_at is None else "then" if known_at == as_of else "other"
    form = AsOfForm(initial={"as_of": as_of, "known": choice, "known_at": known_at})
    return Moments(as_of, known_at, form, fault, other_params)


@dataclass(frozen=True, slots=True)
class Span:
    """From which moment to which a page is shown; None is what the page takes by itself.

    Shape:   `fault` and `form` as of `Moments`.
    """

    first: datetime | None
    last: datetime | None
    form: SpanForm
    fault: str = ""


def read_span(http_request: HttpRequest, *, from_hint: str = "Leave blank for 1 week earlier.") -> Span:
    """From which moment to which, as the address or the form of the page names them."""
    if _control_names(SPAN) & set(http_request.GET):
        form = SpanForm(http_request.GET, from_hint=from_hint)
        cleaned = form.cleaned_data if form.is_valid() else {}
        return Span(cleaned.get("from"), cleaned.get("to"), form)
    moments, fault = _moments_named(http_request, SPAN)
    return Span(moments.get("from"), moments.get("to"), SpanForm(initial=moments, from_hint=from_hint), fault)


def moment_params(moments: Mapping[str, datetime | None]) -> dict[str, str]:
    """Moments as query parameters; those that are None are left out."""
    return {name: iso_text(moment) for name, moment in moments.items() if moment is not None}


def page_number(http_request: HttpRequest) -> int:
    """The page of a list; the first where none, or no number, is given."""
    return whole_number(http_request.GET.get("page", "")) or 1


def place_number(http_request: HttpRequest) -> int:
    """The place in a list to start from; the beginning where none, or no number, is given."""
    return whole_number(http_request.GET.get("first", ""))


def whole_number(text: str) -> int:
    """The whole number that this text is, at most a million; 0 where it is none."""
    return min(int(text[:9]), 1_000_000) if text.isascii() and text.isdigit() else 0


def _control_names(names: Collection[str]) -> set[str]:
    return {f"{name}-{part}" for name in names for part in MomentParts.part_names}


def _moments_named(http_request: HttpRequest, names: Mapping[str, str]) -> tuple[dict[str, datetime | None], str]:
    """The moments that an address names, or which of them cannot be read."""
    moments: dict[str, datetime | None] = {}
    for name, words in names.items():
        text = http_request.GET.get(name, "").strip()
        try:
            moments[name] = read_time(text).when.latest if text else None
        except ValueError:
            return {}, f"“{words}” must be a date or time, like 2016-03-18 or 2016-03-18T09:00."
    return moments, ""
