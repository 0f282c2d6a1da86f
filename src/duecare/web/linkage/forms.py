"""Forms about record linkage: whether two records are one person, and why."""

from __future__ import annotations

from typing import Final

from django import forms

from duecare.record.pole import RecordKey
from duecare.vocabulary.text_lengths import LINK_REASON
from duecare.web.site.forms.form import SiteForm

VERDICTS: Final = (("same", "The same person"), ("different", "Different people"), ("unsure", "Not sure"))
REASONS: Final[tuple[tuple[str, str], ...]] = (
    ("agree", "Names, date of birth and home match"),
    ("number", "The same number, telephone or email is in both"),
    ("household", "One household: brothers, sisters or twins"),
    ("relative", "A parent and child, or other relatives with the same name"),
    ("files", "I have read both files and they show it"),
    ("little", "There is too little information to decide"),
)
"""The reasons that can be chosen: (value, words)."""
_CHECK_HINT: Final = "Include what you know about them and who told you, so that others can check it."


def verdict_field(*, label: str = "Are these two records the same person?") -> forms.ChoiceField:
    """The choice of whether two records are one person."""
    message = "Select whether these two records are the same person"
    return forms.ChoiceField(
        label=label,
        choices=VERDICTS,
        error_messages={"required": message, "invalid_choice": message},
        widget=forms.RadioSelect,
    )


def reason_field(label: str, hint: str, *, rows: int, required: bool = True) -> forms.CharField:
    """The reason for a judgement, in the person's own words."""
    return forms.CharField(
        label=label,
        help_text=f"{hint} {LINK_REASON:,} characters or fewer.".strip(),
        required=required,
        max_length=LINK_REASON,
        error_messages={
            "required": "Enter a reason",
            "max_length": f"The reason must be {LINK_REASON:,} characters or fewer",
        },
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class JudgementForm(SiteForm):
    """A person's judgement of whether two records are one person.

    Shape:   `seen` marks what had been judged when the page was shown.
    """

    verdict = verdict_field()
    reason = reason_field("Why?", _CHECK_HINT, rows=4)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PairForm(SiteForm):
    """A judgement of one of a series of possible duplicates: the reason is chosen, typed, or both."""

    verdict = verdict_field()
    chosen = forms.ChoiceField(
        label="Why?",
        choices=REASONS,
        required=False,
        error_messages={"invalid_choice": "Select a reason from the list"},
        widget=forms.RadioSelect,
    )
    reason = reason_field("More detail, or another reason", "So that others can check it.", rows=2, required=False)
    a = forms.CharField(widget=forms.HiddenInput)
    b = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """The judgement with its whole reason, which must not be blank."""
        cleaned = super().clean() or {}
        words = dict(REASONS).get(cleaned.get("chosen", ""), "")
        cleaned["whole_reason"] = ". ".join(part for part in (words, cleaned.get("reason", "").strip()) if part)
        if not cleaned["whole_reason"] and not {"chosen", "reason"} & set(self.errors):
            self.add_error("chosen", "Select or enter a reason")
        return cleaned

    @property
    def pair(self) -> tuple[RecordKey, RecordKey]:
        """The two records that the form is about, in order."""
        keys = [RecordKey(*str(self[name].value() or "").partition(":")[::2]) for name in ("a", "b")]
        return min(keys), max(keys)


class UndoForm(SiteForm):
    """Why a judgement was wrong."""

    reason = reason_field("Why was it wrong?", "", rows=4)


class SampleAnswerForm(SiteForm):
    """A clerk's answer to one pair of the sample."""

    verdict = verdict_field()
    sample = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    place = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
