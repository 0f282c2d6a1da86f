"""The form that explains a difference between groups, or says what will change."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from duecare.web.site.forms.deed_form import DeedForm, WholeNumberField, choice_field, words_field

ANSWERS: Final = (("explained", "I can explain the difference"), ("changes", "Something will change"))
_PREFIX: Final = re.compile(r"[a-z_]{1,40}-[0-9]{1,4}")


class ExplainForm(DeedForm):
    """Explains the difference of one group; hidden fields say which, and of which snapshot.

    Shape:   a page has one for each group that differs, so the prefix is sent with the form.
    """

    answer = choice_field("Your answer", ANSWERS, missing="Select your answer")
    words = words_field(
        "Why it differs, or what will change and when", missing="Enter why it differs, or what will change"
    )
    snapshot = WholeNumberField(error="Open the figure again", widget=forms.HiddenInput())
    period = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput())
    dimension = forms.CharField(required=False, widget=forms.HiddenInput())
    group = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())

    @classmethod
    def sent_in(cls, post: Any) -> ExplainForm:
        """The form that was sent, by the prefix sent with it."""
        prefix = post.get("prefix", "")
        return cls(post, prefix=prefix if _PREFIX.fullmatch(prefix) else "answer")

    def clean_snapshot(self) -> int:
        """The number of the snapshot; 0, which none has, where it is missing."""
        return self.cleaned_data["snapshot"] or 0

    @property
    def difference_values(self) -> dict[str, Any]:
        """Which difference is explained, and how."""
        return {name: self.cleaned_data[name] for name in ("snapshot", "dimension", "group", "answer", "words")}

    def is_about(self, dimension: str, group: str) -> bool:
        """Is it about this group?"""
        return (self["dimension"].data, self["group"].data) == (dimension, group)
