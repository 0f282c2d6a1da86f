"""The filters of casework lists, and the numbers of a draft standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from duecare.duty.declaration import Duty
from duecare.duty.finding import State
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.local_standard import numbers_of
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.web.casework.presenters.board_headings import CUSTODY_COUNTS, VISIT_COLUMNS, VISIT_RISKS
from duecare.web.casework.presenters.duties import refs_of
from duecare.web.casework.presenters.findings import state_name
from duecare.web.site.formatting.labels import duty_label
from duecare.web.site.formatting.numbers import words_of
from duecare.web.site.forms.day_and_moment_fields import OpenChoiceField
from duecare.web.site.forms.form import SiteForm

ANY: Final = "any"


class AreaForm(SiteForm):
    """The area of the worklist, and whether only cases that nobody is allocated are listed."""

    area = OpenChoiceField(label="Area", required=False)
    unallocated = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer_areas(self, areas: Iterable[str]) -> None:
        """Let the area be chosen from these, which are known once the list has been read."""
        self.set_choices("area", [("", "All areas"), *((area, area) for area in with_chosen(self, areas))])


class FindingsForm(SiteForm):
    """Which findings are listed: overdue ones, unless another state is chosen."""

    state = forms.ChoiceField(label="State")
    duty = forms.ChoiceField(label="Duty", required=False)
    ref = forms.ChoiceField(label="Limit", required=False)
    area = OpenChoiceField(label="Area", required=False)
    case = forms.CharField(
        label="Case reference", required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )

    def __init__(self, query: QueryDict) -> None:
        filters = {name: query.get(name, "").strip() for name in self.base_fields}
        super().__init__({**filters, "state": filters["state"] or State.OVERDUE.value})
        self.set_choices("state", [(ANY, "Any"), *((state.value, state_name(state.value)) for state in State)])
        self.set_choices("duty", [("", "All duties"), *((duty.id, duty_label(duty.id)) for duty in all_duties())])
        self.set_choices("ref", [("", "All"), *((ref, ref) for ref in refs_of())])
        for name, words in (("state", "state"), ("duty", "duty"), ("ref", "limit")):
            message = f"Choose a {words} in the list."
            self.fields[name].error_messages["invalid_choice"] = message

    @property
    def wanted(self) -> Wanted:
        """The findings wanted; what is left at any is not named."""
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value not in {"", ANY}})

    @property
    def params(self) -> dict[str, str]:
        """The filters as query parameters."""
        return {name: str(self.cleaned_data[name]) for name in self.fields}

    def offer_areas(self, areas: Iterable[str]) -> None:
        """Let the area be chosen from these, which are known once the list has been read."""
        self.set_choices("area", [("", "All areas"), *((area, area) for area in with_chosen(self, areas))])


class VisitsCellForm(SiteForm):
    """The cell of the visits board whose people are listed: both a risk and a column, or neither."""

    risk = forms.ChoiceField(choices=list(VISIT_RISKS.items()), required=False)
    column = forms.ChoiceField(choices=list(VISIT_COLUMNS.items()), required=False)

    def clean(self) -> dict[str, Any]:
        """Both parts of the cell, or None for each."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("risk")) != bool(cleaned.get("column")):
            raise forms.ValidationError("Select a number in the table of visits.")
        return {name: value or None for name, value in cleaned.items()}


class CustodyCountForm(SiteForm):
    """The count of the custody board whose children are listed."""

    show = forms.ChoiceField(choices=list(CUSTODY_COUNTS.items()), required=False)

    def clean_show(self) -> str:
        """The count chosen, or all in custody."""
        return str(self.cleaned_data["show"] or "in_custody")


class StandardForm(SiteForm):
    """The numbers of a draft of one standard, each as `unit-name`."""

    def __init__(
        self, duty: Duty, in_force: Mapping[tuple[str, str], float], query: QueryDict | None = None, **options: Any
    ) -> None:
        self.keys = {f"{unit}-{name}": (unit, name) for unit, name in numbers_of(duty)}
        initial = {field: f"{in_force[key]:g}" for field, key in self.keys.items()}
        super().__init__(query, initial=initial, **options)
        for field, (unit, name) in self.keys.items():
            words, units = words_of(name), unit.replace("_", " ")
            message = f"{words} must be a number of {units}"
            self.fields[field] = forms.FloatField(
                label=f"{words}, in {units}",
                error_messages={"required": message, "invalid": message},
                widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
            )

    @property
    def numbers(self) -> dict[str, dict[str, float]]:
        """The numbers by unit and name, as a policy's table gives them."""
        by_unit: dict[str, dict[str, float]] = {}
        for field, (unit, name) in self.keys.items():
            by_unit.setdefault(unit, {})[name] = self.cleaned_data[field]
        return by_unit


def with_chosen(form: SiteForm, areas: Iterable[str]) -> list[str]:
    """These areas, and the one that is chosen already where it is not among them."""
    offered, chosen = list(areas), str(form["area"].value() or "")
    return [*offered, chosen] if chosen and chosen not in offered else offered
