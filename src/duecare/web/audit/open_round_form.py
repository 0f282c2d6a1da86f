"""The form that opens a round."""

from __future__ import annotations

from typing import Any

from django import forms

from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.grading_method import grading_methods
from duecare.audit.rounds.sample_sets import SIDES
from duecare.use_cases.audit.open_round import KINDS, Opening
from duecare.use_cases.audit.round_pages import RoundLine
from duecare.web.audit.round_presenters import party_words, round_kind, scheme_words
from duecare.web.site.forms.deed_form import choice_field, text_field
from duecare.web.site.forms.form import SiteForm


class OpenForm(SiteForm):
    """Opens a round."""

    name = text_field(
        "Short name",
        hint="Used in addresses and commands. Use letters, digits, full stops, hyphens and underscores, for example spring-2026.",
        missing="Enter a short name",
        most=60,
        css_class="govuk-input--width-20",
    )
    title = text_field("Title", missing="Enter a title", most=200)
    kind = choice_field("Kind", [(kind, round_kind(kind)) for kind in KINDS], missing="Select a kind of round")
    method = choice_field(
        "Method",
        lambda: [(method.id, method.says) for method in reversed(tuple(grading_methods().values()))],
        missing="Select a method",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        grades = [
            ("", "Does not grade"),
            *((scheme.id, scheme_words(scheme)) for scheme in reversed(tuple(grade_schemes().values()))),
        ]
        for side in SIDES:
            self.fields[f"scheme-{side}"] = choice_field(
                f"Grades the {party_words(side).lower()} gives", grades, missing="Select the grades", is_required=False
            )
        self.fields["follows"] = forms.CharField(required=False, label="Follow-up of", widget=forms.Select())

    def offer_choices(self, rounds: tuple[RoundLine, ...]) -> None:
        """Offer the rounds that have ended, which this one may follow."""
        ended = [(line.name, line.title) for line in rounds if line.ended_at]
        widget = forms.Select(choices=[("", "No earlier round"), *ended])
        self.fields["follows"] = forms.ChoiceField(
            required=False, label="Follow-up of", choices=widget.choices, widget=widget
        )

    @property
    def round_opening(self) -> Opening:
        """What the round is opened with."""
        values = self.cleaned_data
        chosen = {side: values[f"scheme-{side}"] for side in SIDES if values[f"scheme-{side}"]}
        return Opening(values["name"], values["title"], values["kind"], values["method"], chosen, values["follows"])
