"""The form in which a grader chooses an earlier moment, to see a file as it was known then."""

from __future__ import annotations

from datetime import datetime

from django import forms

from duecare.web.site.forms.form import SiteForm
from duecare.web.site.forms.moment_text import when_in_text


class KnownAtForm(SiteForm):
    """The moment as known at which a file is shown; None is the draw."""

    known_at = forms.CharField(required=False, max_length=60)

    def clean_known_at(self) -> datetime | None:
        """The moment, at the end of a day that is named without a time."""
        text = self.cleaned_data["known_at"]
        try:
            return when_in_text(text).latest if text else None
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                "The time must be a real date, like 18 March 2016 or 18 March 2016 09:00"
            ) from None
