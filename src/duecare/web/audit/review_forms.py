"""The forms of reviews and of disagreements: an error found, the answer to it, and how two grades were resolved."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from duecare.audit.agreement.disagreements import SETTLEMENT_WAYS, Settled
from duecare.audit.reviews.found_error import KINDS, WRONGED, FoundError
from duecare.use_cases.audit.reconcile_grades import Disagreement
from duecare.vocabulary.text_lengths import REVIEW_TEXT, SETTLEMENT_TEXT
from duecare.web.site.formatting.numbers import words_of
from duecare.web.site.forms.deed_form import DeedForm, LinesField, choice_field, text_field, words_field
from duecare.web.site.forms.form import SiteForm
from duecare.web.site.forms.moment_text import MomentTextField


class RecordErrorForm(SiteForm):
    """Records an error that a review found."""

    error = text_field(
        "Short name for this error",
        hint="If you use the same name again, you replace the earlier error.",
        missing="Enter a short name for this error",
    )
    kind = choice_field(
        "Kind", [("", "Select"), *((kind, words_of(kind)) for kind in KINDS)], missing="Select a kind of error"
    )
    wronged = choice_field(
        "Who was wronged?",
        [("", "Select"), *((wronged, words_of(wronged)) for wronged in WRONGED)],
        missing="Select who was wronged",
    )
    should = words_field("What should have happened?", missing="Enter what should have happened", most=REVIEW_TEXT)
    did = words_field("What did happen?", missing="Enter what did happen", most=REVIEW_TEXT)
    standard = words_field("Which standard applies?", missing="Enter which standard applies", most=REVIEW_TEXT)
    post = text_field(
        "Post responsible",
        hint="For example, detective inspector. Never name a person.",
        missing="Enter the post responsible",
    )
    known_from = MomentTextField(
        label="When it could first have been known (optional)",
        help_text="For example, 3 December 2026, or 3 December 2026 09:30.",
        name_in_errors="When it could first have been known",
    )
    consequence = words_field("What were the consequences? (optional)", most=REVIEW_TEXT)
    remedy = words_field("What would put it right? (optional)", most=REVIEW_TEXT)

    @property
    def found_error(self) -> FoundError:
        """The error as it is recorded."""
        return FoundError(**self.cleaned_data)


class AnswerErrorForm(DeedForm):
    """Answers an error; `error` and `round` say which."""

    deed: ClassVar[str] = "answer"
    answer = words_field("Your answer", missing="Enter your answer", most=REVIEW_TEXT)
    round = forms.CharField(required=False, widget=forms.HiddenInput())
    error = forms.CharField(required=False, widget=forms.HiddenInput())


class ReconcileForm(SiteForm):
    """Records how two different grades were resolved."""

    how = choice_field(
        "Who resolved it?",
        [(how, words_of(how)) for how in SETTLEMENT_WAYS],
        missing="Select who resolved it",
        widget=forms.RadioSelect,
    )
    who = LinesField(
        label="Names",
        help_text="Enter the third grader, who must not be one of the two graders. Or enter each person at the meeting, one on "
        "each line.",
    )
    grade = forms.CharField(required=False, widget=forms.RadioSelect)
    suspect = forms.CharField(required=False, widget=forms.RadioSelect)
    narrative = words_field(
        "Why?",
        hint=f"Up to {SETTLEMENT_TEXT:,} characters. The two judgements do not change.",
        missing="Enter why",
        most=SETTLEMENT_TEXT,
        rows=6,
    )

    def offer_choices(self, page: Disagreement) -> None:
        """Offer the grades of the scheme, and those for the suspect where a side gave one."""
        grades = [(grade, words_of(grade)) for grade in page.schemes["inspectorate"].grades]
        self._offer_radios("grade", "Which grade?", grades)
        if any(given.suspect for given in page.file.pair):
            self._offer_radios("suspect", "Which grade for how the suspect was treated?", grades)
        else:
            del self.fields["suspect"]

    def _offer_radios(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(required=False, label=label, choices=choices, widget=forms.RadioSelect)

    @property
    def resolution_given(self) -> Settled:
        """What was resolved, how and by whom."""
        values: dict[str, Any] = self.cleaned_data
        return Settled(values["how"], values["grade"], values["suspect"], values["narrative"], tuple(values["who"]))
