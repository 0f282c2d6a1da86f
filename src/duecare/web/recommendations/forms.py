"""The forms of the register: one for each deed that moves a recommendation on, and one that adds a recommendation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_definition import Unit
from duecare.recommendation.new_recommendation import ADDRESSED
from duecare.recommendation.recommendation_fact import Kind, Origin, Urgency
from duecare.recommendation.registered_test import FEWEST_FILES, PERIODS, ROUND_KINDS
from duecare.vocabulary.kinds import CASE_KINDS
from duecare.web.audit.round_presenters import round_kind
from duecare.web.recommendations.presenters import class_words, kind_words, origin_words, party_words
from duecare.web.site.formatting.labels import case_words
from duecare.web.site.formatting.numbers import words_of
from duecare.web.site.forms.day_and_moment_fields import DayField
from duecare.web.site.forms.deed_form import (
    DeedForm,
    LinesField,
    NumberField,
    WholeNumberField,
    choice_field,
    text_field,
    words_field,
)
from duecare.web.site.forms.form import SiteForm

PUBLISHED: Final = "This is published. Do not name anyone."
WIDTH_10: Final = "govuk-input--width-10"
WIDTH_20: Final = "govuk-input--width-20"
WIDTH_30: Final = "govuk-input--width-30"


class RecommendationDeedForm(DeedForm):
    """A deed done to a recommendation as the viewer saw it.

    Shape:   `seen` is the number of the last fact on the page; 0 where it is missing, which no recommendation has.
    """

    seen = WholeNumberField(error="Open the recommendation again", widget=forms.HiddenInput())

    def clean_seen(self) -> int:
        """The last fact that the viewer saw."""
        return self.cleaned_data["seen"] or 0


class VerifyForm(RecommendationDeedForm):
    """Approves the registered test, by its hash, and carries it out."""

    deed: ClassVar[str] = "verify"
    test = forms.CharField(required=False, widget=forms.HiddenInput())


class SkipRoundForm(RecommendationDeedForm):
    """Skips a round on which the test cannot be carried out."""

    deed: ClassVar[str] = "skip_round"
    words = words_field(
        "Why the next round counts instead", hint=PUBLISHED, missing="Enter why the next round counts instead"
    )
    round = forms.CharField(required=False, widget=forms.HiddenInput())


class OwnerForm(RecommendationDeedForm):
    """Names the post or officer who owns the recommendation."""

    deed: ClassVar[str] = "owner"
    post = text_field(
        "Kind of post",
        hint="The code in posts.csv. For example, bcu_lead for a borough command lead.",
        most=60,
        css_class=WIDTH_20,
    )
    area = text_field("Area of the post (optional)", most=120, css_class=WIDTH_20)
    officer = text_field("Officer’s number (optional)", most=40, css_class=WIDTH_10)

    def clean(self) -> dict[str, Any]:
        """Either a post or an officer is given."""
        if not (self.cleaned_data.get("post") or self.cleaned_data.get("officer")):
            self.add_error("post", "Enter a kind of post or an officer’s number")
        return self.cleaned_data


class AcceptForm(RecommendationDeedForm):
    """Accepts the recommendation, and registers the test that will close it.

    Shape:   `registered_test` is the test as `read_test` reads it, with shares as proportions.
    """

    deed: ClassVar[str] = "accept"
    test = choice_field(
        "Kind of test", (("sample", "Audit sample"), ("figure", "Figure")), missing="Select a kind of test"
    )
    by = choice_field(
        "How the test is passed",
        (
            ("point", "The value itself reaches the level"),
            ("interval", "The less favourable end of its 95% interval reaches the level"),
        ),
        missing="Select how the test is passed",
    )
    percent = NumberField(
        label="Audit sample: percentage of files that must meet the standard",
        help_text="For example, 90.",
        error="Enter a percentage from 1 to 100",
        least=1,
        most=100,
    )
    fewest_files = WholeNumberField(
        label="Audit sample: smallest number of files",
        error=f"Enter a whole number, {FEWEST_FILES} or more",
        least=FEWEST_FILES,
    )
    round_kind = choice_field(
        "Audit sample: kind of round",
        [(kind, round_kind(kind)) for kind in ROUND_KINDS],
        missing="Select a kind of round",
        is_required=False,
    )
    graded_by = choice_field(
        "Audit sample: graded by",
        (("inspectorate", "The inspectorate"), ("force", "The force")),
        missing="Select who grades the files",
        is_required=False,
    )
    case_kinds = forms.MultipleChoiceField(
        label="Audit sample: kinds of case",
        help_text="Select none to include every kind.",
        required=False,
        choices=[(kind, case_words(kind).capitalize()) for kind in sorted(CASE_KINDS)],
        widget=forms.CheckboxSelectMultiple,
    )
    areas = LinesField(
        label="Audit sample: areas", help_text="Enter one on each line. Leave blank for the whole force.", rows=2
    )
    since_claim = forms.BooleanField(
        label="Only use cases opened after the recommendation is claimed as done",
        help_text="If you do not select this, the sample is drawn from all cases.",
        required=False,
    )
    figure = choice_field(
        "Figure: which figure",
        lambda: [
            ("", "Select"),
            *sorted(((key, figure.definition.title) for key, figure in figure_catalogue().items()), key=_title_of),
        ],
        missing="Select a figure",
        is_required=False,
    )
    figure_level = NumberField(
        label="Figure: level it must reach",
        help_text="For a share, enter a percentage. Otherwise, enter hours or a count.",
        error="Enter 0 or more",
    )
    way = choice_field(
        "Figure: passes at",
        (("at_least", "The level or above"), ("at_most", "The level or below")),
        missing="Select when the figure passes",
        is_required=False,
    )
    period = choice_field(
        "Figure: period",
        [(period, words_of(period)) for period in PERIODS],
        missing="Select a period",
        is_required=False,
    )
    least = WholeNumberField(
        label="Figure: smallest number of cases (optional)",
        help_text="Leave blank to use the number in the force’s policy.",
        error="Enter a whole number, 1 or more",
        least=1,
    )
    words = words_field("What you will do about it")

    def clean(self) -> dict[str, Any]:
        """What the chosen kind of test needs is given."""
        needed = {"sample": ("percent", "fewest_files"), "figure": ("figure", "figure_level")}
        for name in needed.get(self.cleaned_data.get("test", ""), ()):
            if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, self.fields[name].error_messages.get("required", "Enter this"))
        return self.cleaned_data

    @property
    def registered_test(self) -> dict[str, object]:
        """The test that the form describes."""
        values = self.cleaned_data
        is_figure = values["test"] == "figure"
        unit = figure_catalogue()[values["figure"]].definition.unit if is_figure else Unit.SHARE
        level = values["figure_level"] if is_figure else values["percent"]
        return {
            "test": values["test"],
            "level": float(level / 100 if unit in {Unit.SHARE, Unit.DIFFERENCE} else level),
            "by": values["by"],
            "files": values["fewest_files"],
            "round_kind": values["round_kind"],
            "graded_by": values["graded_by"],
            "case_kinds": values["case_kinds"],
            "areas": values["areas"],
            "since_claim": values["since_claim"],
            "figure": values["figure"],
            "period": values["period"],
            "least": values["least"],
            "at_least": not is_figure or values["way"] != "at_most",
        }


class PlanForm(RecommendationDeedForm):
    """Records the action plan."""

    deed: ClassVar[str] = "plan"
    words = words_field("What the plan says, and where it is kept", missing="Enter what the plan says")
    url = text_field("Web address of the plan (optional)", css_class=WIDTH_30)


class ActionForm(RecommendationDeedForm):
    """Records an action."""

    deed: ClassVar[str] = "act"
    words = words_field("What was done", missing="Enter what was done")


class EvidenceForm(RecommendationDeedForm):
    """Adds evidence: a document, a round, a figure or recorded events."""

    deed: ClassVar[str] = "evidence"
    kind = choice_field(
        "Kind of evidence",
        (("document", "Document"), ("round", "Round of files"), ("figure", "Figure"), ("facts", "Recorded events")),
        missing="Select a kind of evidence",
    )
    named = text_field(
        "Name of the round or figure, or the events",
        hint="Enter events as source:event, with a space between them.",
        most=4_000,
        css_class=WIDTH_30,
    )
    period = text_field("Quarter or month of the figure", hint="For example, 2026-Q3.", most=60, css_class=WIDTH_10)
    url = text_field("Web address of the document", css_class=WIDTH_30)
    words = words_field("What it shows")


class ClaimForm(RecommendationDeedForm):
    """Claims that the recommendation is done."""

    deed: ClassVar[str] = "claim"
    words = words_field("What is different now", missing="Enter what is different now")


class ReplyForm(RecommendationDeedForm):
    """Publishes a reply."""

    deed: ClassVar[str] = "reply"
    answer = choice_field(
        "Answer",
        (("will_act", "Will act"), ("has_acted", "Has acted"), ("will_not_act", "Will not act")),
        missing="Select an answer",
    )
    words = words_field(
        "What you are doing about it, or why you are doing nothing",
        hint=PUBLISHED,
        missing="Enter what you are doing about it, or why you are doing nothing",
    )
    url = text_field("Web address of the published reply (optional)", css_class=WIDTH_30)


class SupersedeForm(RecommendationDeedForm):
    """Replaces the recommendation with another."""

    deed: ClassVar[str] = "supersede"
    by = text_field(
        "Number of the new recommendation", missing="Enter the number of the new recommendation", most=40,
        css_class=WIDTH_10,
    )  # fmt: skip
    words = words_field("Reason")


class MakeForm(SiteForm):
    """Adds a recommendation, an action or advice to the register."""

    number = text_field(
        "Number",
        hint="Use letters, digits, full stops, hyphens and underscores. You cannot reuse a number.",
        missing="Enter a number",
        most=40,
        css_class=WIDTH_10,
    )
    title = text_field("Title", missing="Enter a title", most=200)
    words = words_field("What must change", hint=PUBLISHED, rows=4)
    kind = choice_field("Type", [(kind.value, kind_words(kind)) for kind in Kind], missing="Select a type")
    origin = choice_field("From", (), missing="Select who it comes from")
    addressed_to = choice_field("To", (), missing="Select who it is for")
    urgency = choice_field(
        "Timescale", [(urgency.value, class_words(urgency)) for urgency in Urgency], missing="Select a timescale"
    )
    published_on = DayField(
        label="Date published (optional)",
        help_text="For example, 3 December 2026. Leave blank for today.",
        name_in_errors="Date published",
        required=False,
        widget=forms.TextInput(attrs={"class": WIDTH_20}),
    )
    due_on = DayField(
        label="Due date, if it has one",
        help_text="For example, 3 December 2026.",
        name_in_errors="Due date",
        required=False,
        widget=forms.TextInput(attrs={"class": WIDTH_20}),
    )
    report = text_field("Report it comes from (optional)", most=300)

    def __init__(self, origins: Iterable[Origin], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = {
            "origin": [(origin.value, _sentence_case(origin_words(origin))) for origin in origins],
            "addressed_to": [(party.value, _sentence_case(party_words(party))) for party in ADDRESSED],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _title_of(choice: tuple[str, str]) -> str:
    return choice[1]
