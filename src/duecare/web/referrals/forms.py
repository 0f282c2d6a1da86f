"""The forms of cases sent back: sending one back, and each step of the force's answer."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from duecare.audit.referral import ACKNOWLEDGED, ACTIONED, REVISITED
from duecare.record.pole import RecordKey
from duecare.use_cases.referrals.refer_back import MUST_ACT
from duecare.vocabulary.text_lengths import REFERRAL_TEXT
from duecare.web.site.formatting.labels import post_words, source_words
from duecare.web.site.forms.deed_form import DeedForm, choice_field, words_field
from duecare.web.site.forms.form import SiteForm

YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_AS_BOOL: Final = {"yes": True, "no": False}


class ReferBackForm(SiteForm):
    """Sends a case back because a child is still at risk."""

    danger = words_field(
        "What is the danger?",
        hint=f"Describe what the file shows, in words the child could read. Up to {REFERRAL_TEXT:,} characters.",
        missing="Describe the danger",
        most=REFERRAL_TEXT,
        rows=4,
    )
    child = forms.CharField(label="Which child?", error_messages={"required": "Select which child is in danger"})
    must_act = choice_field(
        "Who must act?",
        [(post, post_words(post)[:1].upper() + post_words(post)[1:]) for post in MUST_ACT],
        missing="Select who must act",
        initial="detective_inspector",
    )

    def offer_choices(self, children: Any) -> None:
        """Offer the children of this file; the only one is chosen."""
        names = [
            (f"{child.record.source}:{child.record.record_id}", f"{child.label} ({source_words(child.record.source)})")
            for child in children
        ]
        self.fields["child"] = choice_field(
            "Which child?",
            names,
            missing="Select which child is in danger",
            widget=forms.RadioSelect,
            initial=names[0][0] if len(names) == 1 else "",
        )

    @property
    def child_record(self) -> RecordKey:
        """The record of the child that is chosen."""
        source, _, record_id = self.cleaned_data["child"].partition(":")
        return RecordKey(source, record_id)


class AnswerForm(DeedForm):
    """A step of the force's answer.

    Shape:   `form` names this very form, so that one sent twice is recorded once; `kind` is the event it records.
    """

    kind: ClassVar[str] = ""
    form = forms.CharField(required=False, widget=forms.HiddenInput())

    @property
    def answer_values(self) -> dict[str, Any]:
        """What the use case is given."""
        return {"words": self.cleaned_data.get("words", ""), "form": self.cleaned_data["form"]}


class AcknowledgeForm(AnswerForm):
    """Acknowledges the case."""

    deed: ClassVar[str] = "acknowledge"
    kind: ClassVar[str] = ACKNOWLEDGED


class ActForm(AnswerForm):
    """Records what was done to make the child safe."""

    deed: ClassVar[str] = "act"
    kind: ClassVar[str] = ACTIONED
    words = words_field(
        "What did you do to make the child safe?", missing="Enter what you did", most=REFERRAL_TEXT, rows=4
    )


class RevisitForm(AnswerForm):
    """Records a revisit of the case."""

    deed: ClassVar[str] = "revisit"
    kind: ClassVar[str] = REVISITED
    further_harm = choice_field(
        "Did you find further harm?",
        YES_NO,
        missing="Select yes if you found further harm",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    charged_or_cautioned = choice_field(
        "Was a further suspect charged or cautioned?",
        YES_NO,
        missing="Select yes if a further suspect was charged or cautioned",
        is_required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    words = words_field("What did you find? (optional)", most=REFERRAL_TEXT, rows=4)

    @property
    def answer_values(self) -> dict[str, Any]:
        """What the use case is given."""
        return {
            **super().answer_values,
            "further_harm": _AS_BOOL.get(self.cleaned_data["further_harm"]),
            "charged_or_cautioned": _AS_BOOL.get(self.cleaned_data["charged_or_cautioned"]),
        }


class ConfirmForm(DeedForm):
    """Confirms, independently, that the child was seen."""

    deed: ClassVar[str] = "confirm"
