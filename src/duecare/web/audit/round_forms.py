"""The forms of a round: one for each step, from its plan and draw to its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from duecare.audit.rounds.file_replacement import CONFLICTED, REASONS
from duecare.audit.rounds.sample_sets import GRADED_BY, SET_NAMES
from duecare.audit.rounds.sampling_frame import Choice
from duecare.record.pole import CaseKey
from duecare.use_cases.audit.plan_round import Sizes
from duecare.use_cases.audit.round_pages import RoundPage
from duecare.vocabulary.kinds import CASE_KINDS
from duecare.vocabulary.london_clock import london_day, start_of_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.round_presenters import pulse_words, set_words
from duecare.web.site.formatting.labels import case_words
from duecare.web.site.formatting.numbers import words_of
from duecare.web.site.forms.day_and_moment_fields import DayField, MomentField
from duecare.web.site.forms.deed_form import (
    DeedForm,
    LinesField,
    NumberField,
    WholeNumberField,
    choice_field,
    text_field,
)

WIDTH_10: Final = "govuk-input--width-10"
WIDTH_20: Final = "govuk-input--width-20"
STRATA: Final = (("kind", "Kind of case"), ("area", "Area"), ("risk", "Risk grade"))


class RoundDeedForm(DeedForm):
    """A deed done to a round."""

    def offer_choices(self, page: RoundPage) -> None:
        """Offer what this round allows; nothing depends on it here."""

    def add_refusal(self, refusal: Refusal, field: str | None = None) -> None:
        """Show what is wrong, its details, and what to do."""
        words = (refusal.kind.what, refusal.found, *refusal.faults, refusal.kind.todo)
        for fault in filter(None, words):
            self.add_error(field, fault[:1].upper() + fault[1:])


class PlanSampleForm(RoundDeedForm):
    """Plans a sample: from which files, and how many of each set."""

    deed: ClassVar[str] = "plan"
    kind = forms.MultipleChoiceField(
        label="Kinds of case",
        help_text="Select none to include every kind.",
        required=False,
        choices=[(kind, case_words(kind).capitalize()) for kind in sorted(CASE_KINDS)],
        widget=forms.CheckboxSelectMultiple,
    )
    areas = LinesField(label="Areas", help_text="Enter one on each line. Leave blank for every area.")
    opened_from = MomentField(
        label="Opened from",
        help_text="Includes the whole of this day. Leave blank for no start date.",
        name_in_errors="Opened from",
    )
    opened_to = MomentField(
        label="Opened to",
        help_text="If you give no time, includes the whole of this day. Leave blank to include files opened up to now.",
        name_in_errors="Opened to",
    )
    by = forms.MultipleChoiceField(
        label="Group files by",
        help_text="At least 2 files are drawn from each group, so fewer groups need fewer files.",
        required=False,
        choices=STRATA,
        initial=["kind", "area"],
        widget=forms.CheckboxSelectMultiple,
    )
    within = NumberField(
        label="Or the margin of error to aim for, in percentage points",
        help_text="For example, 5. Leave the number of paired files blank if you use this.",
        error="Enter percentage points as a number, for example 5",
    )
    beacon = text_field(
        "Public beacon instead of one side’s number (optional)", hint="The name of the beacon.", css_class=WIDTH_20
    )
    pulse_at = MomentField(
        label="Time of the beacon’s pulse",
        help_text="This must be in the future, so that nobody knows its value yet.",
        name_in_errors="Time of the pulse",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sizes = {
            f"files_{name}": WholeNumberField(
                label=f"{set_words(name)}: number of files", error="Enter a whole number of files, 0 or more"
            )
            for name in SET_NAMES
        }
        order = [*list(self.fields)[:5], *sizes, *list(self.fields)[5:]]
        self.fields.update(sizes)
        self.order_fields(order)

    def offer_choices(self, page: RoundPage) -> None:
        """Offer only the sets that the sides of this round grade."""
        for name in SET_NAMES:
            if name not in gradable_sets(page):
                del self.fields[f"files_{name}"]
        if "paired" not in gradable_sets(page):
            del self.fields["within"]

    def clean(self) -> dict[str, Any]:
        """Something is to be drawn, sized in one way; a beacon has a name and a time."""
        values = self.cleaned_data
        sizes = [name for name in self.fields if name.startswith("files_") or name == "within"]
        if not any(name in self.errors for name in sizes):
            if all(values.get(name) is None for name in sizes):
                self.add_error(sizes[0], "Enter how many files to draw for at least one set")
            if values.get("files_paired") is not None and values.get("within") is not None:
                self.add_error("within", "Enter a number of paired files or percentage points, not both")
        if bool(values.get("beacon")) != bool(values.get("pulse_at")) and "pulse_at" not in self.errors:
            self.add_error("beacon", "Enter both the name of the beacon and the time of its pulse")
        return values

    @property
    def file_choice(self) -> Choice:
        """From which files the sample is drawn."""
        values = self.cleaned_data
        since = values["opened_from"]
        return Choice(
            frozenset(values["kind"]),
            frozenset(values["areas"]),
            start_of_day(london_day(since)) if since else None,
            values["opened_to"],
            frozenset(values["by"]),
        )

    @property
    def sample_sizes(self) -> Sizes:
        """How many files of each set are drawn."""
        values = self.cleaned_data
        files = {name: values[f"files_{name}"] for name in SET_NAMES if values[f"files_{name}"] is not None}
        within = values["within"]
        return Sizes(files, {"paired": float(within / 100)} if within is not None else {})

    @property
    def beacon_pulse(self) -> tuple[str, datetime] | None:
        """The beacon and the time of its pulse, where one is used."""
        values = self.cleaned_data
        return (values["beacon"], values["pulse_at"]) if values["beacon"] else None


class PlanNamedForm(RoundDeedForm):
    """Plans a round of files that are named: one case, or every file of earlier rounds."""

    deed: ClassVar[str] = "plan"
    looks_at = forms.CharField(initial="named", required=False, widget=forms.HiddenInput())
    into = choice_field(
        "Graded by", [(name, set_words(name)) for name in SET_NAMES], missing="Select who grades the files"
    )

    def offer_choices(self, page: RoundPage) -> None:
        """Offer only the sets that the sides of this round grade."""
        offered = [(name, set_words(name)) for name in gradable_sets(page)]
        field = self.fields["into"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered

    @property
    def earlier_rounds(self) -> list[str]:
        """The names of earlier rounds; none where one case is named."""
        return []

    @property
    def named_cases(self) -> list[CaseKey]:
        """The case that is named; none where rounds are."""
        return []


class PlanFileForm(PlanNamedForm):
    """Plans the review of a single file."""

    case_source = text_field(
        "System the case is recorded in",
        hint="Its short name, as in the address of the case’s page. For example, merlin for /cases/merlin/…",
        missing="Enter the system the case is recorded in",
        css_class=WIDTH_10,
    )
    case_ref = text_field("Reference of the case", missing="Enter the reference of the case", css_class=WIDTH_20)
    field_order = ("case_source", "case_ref", "into", "looks_at")

    @property
    def named_cases(self) -> list[CaseKey]:
        """The case that is named."""
        return [CaseKey(self.cleaned_data["case_source"], self.cleaned_data["case_ref"])]


class PlanRevisitForm(PlanNamedForm):
    """Plans a revisit of every file of earlier rounds."""

    earlier = LinesField(
        label="Rounds to revisit",
        help_text="Enter one short name on each line. Every file in these rounds is included, except files sealed since.",
    )
    field_order = ("earlier", "into", "looks_at")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].initial = "inspector_only"

    def clean_earlier(self) -> list[str]:
        """At least one round is named."""
        if not self.cleaned_data["earlier"]:
            raise forms.ValidationError("Enter at least one earlier round")
        return self.cleaned_data["earlier"]

    @property
    def earlier_rounds(self) -> list[str]:
        """The names of earlier rounds."""
        return self.cleaned_data["earlier"]


class CommitForm(RoundDeedForm):
    """Commits this side to a number."""

    deed: ClassVar[str] = "commit"
    commitment = text_field(
        "Commitment",
        hint="The 64 characters that the command printed on screen. Do not enter those in number.txt: they are your number, "
        "and must stay secret until you reveal it.",
        missing="Enter the commitment",
    )


class RevealForm(RoundDeedForm):
    """Reveals this side's number."""

    deed: ClassVar[str] = "reveal"
    number = text_field(
        "Your side’s number",
        hint="The 64 characters in number.txt. They are checked against your side’s commitment. Nobody sees them until the round "
        "has ended.",
        missing="Enter your side’s number",
    )


class PulseForm(RoundDeedForm):
    """Records the value that a beacon published."""

    deed: ClassVar[str] = "pulse"
    value = text_field(
        "Value of the pulse",
        hint="64 to 128 hexadecimal digits. Anyone can check them against the beacon’s own archive.",
        missing="Enter the value of the pulse",
    )

    def offer_choices(self, page: RoundPage) -> None:
        """Name the beacon and its pulse."""
        if page.beacon is not None:
            self.fields["value"].label = f"Value {page.beacon.name} published for {pulse_words(page.beacon.pulse_at)}"


class DrawForm(RoundDeedForm):
    """Draws the sample."""

    deed: ClassVar[str] = "draw"


class GradersForm(RoundDeedForm):
    """Names graders of this side, with the officer numbers that are not on record."""

    deed: ClassVar[str] = "graders"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sent = self.data.getlist(self.add_prefix("grader")) if isinstance(self.data, QueryDict) else []
        self._offer_accounts([(account, account) for account in sent], dict.fromkeys(sent, ""))

    def offer_choices(self, page: RoundPage) -> None:
        """Offer those who are enrolled to grade for this side."""
        is_force = page.side == "force"
        names = []
        for candidate in page.candidates:
            numbered = ", officer ".join(filter(None, (candidate.account, candidate.officer)))
            names.append((candidate.account, f"{candidate.display_name or candidate.account} ({numbered})"))
        optional = "" if is_force else " (optional)"
        self._offer_accounts(
            names, {candidate.account: optional for candidate in page.candidates if not candidate.officer}
        )
        self.fields["grader"].label = f"Graders for the {page.side}"
        self.fields["grader"].help_text = (
            f"People enrolled only to grade for the {page.side}, and not named yet. The officer number shows who had a part in a "
            f"case{', so every grader for the force needs one' if is_force else ''}."
        )

    def _offer_accounts(self, accounts: list[tuple[str, str]], without_number: Mapping[str, str]) -> None:
        self.fields["grader"] = forms.MultipleChoiceField(
            label="Graders",
            choices=accounts,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Select at least one grader", "invalid_choice": "Select graders from the list"},
        )
        for account, optional in without_number.items():
            self.fields[f"officer-{account}"] = text_field(
                f"Officer number of {account}{optional}", most=40, css_class=WIDTH_10
            )

    @property
    def officer_numbers(self) -> dict[str, str]:
        """The officer number given for each grader that is selected."""
        return {account: self.cleaned_data.get(f"officer-{account}", "") for account in self.cleaned_data["grader"]}


class AllocateForm(RoundDeedForm):
    """Allocates files to graders."""

    deed: ClassVar[str] = "allocate"
    replaces = forms.BooleanField(
        label="Replace files that no grader may have, using the rules of the draw", required=False
    )


class ReplaceFileForm(RoundDeedForm):
    """Replaces a file in the sample."""

    deed: ClassVar[str] = "replace_file"
    file = WholeNumberField(label="File number", error="Enter the number of the file", required=True)
    reason = choice_field(
        "Reason",
        [(reason, words_of(reason)) for reason in REASONS if reason != CONFLICTED],
        missing="Select a reason",
    )


class EndForm(RoundDeedForm):
    """Ends the round for this side."""

    deed: ClassVar[str] = "end"
    due_on = DayField(
        label="Next round due (optional)",
        help_text="For example, 3 December 2026. Leave blank for 12 months from today.",
        name_in_errors="Next round due",
        required=False,
        widget=forms.TextInput(attrs={"class": WIDTH_20}),
    )
    owner = text_field(
        "Owner of the next round (optional)",
        hint="An account. Leave blank to keep the owner already named, or to own it yourself.",
        css_class=WIDTH_20,
    )


class CancelForm(RoundDeedForm):
    """Cancels a round that was never drawn."""

    deed: ClassVar[str] = "cancel"


DEED_FORMS: Final[tuple[type[RoundDeedForm], ...]] = (
    CommitForm,
    RevealForm,
    PulseForm,
    DrawForm,
    GradersForm,
    AllocateForm,
    ReplaceFileForm,
    EndForm,
    CancelForm,
)


def plan_form_of(kind: str) -> type[RoundDeedForm]:
    """The form by which a round of this kind is planned."""
    return {"single_file": PlanFileForm, "revisit": PlanRevisitForm}.get(kind, PlanSampleForm)


def gradable_sets(page: RoundPage) -> list[str]:
    """The sets of files that the sides of this round can grade."""
    return [name for name in SET_NAMES if set(GRADED_BY[name]) <= set(page.schemes)]
