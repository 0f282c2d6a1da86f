"""The forms of releases: drafting one, checking it, and the force's comments on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from django import forms

from duecare.use_cases.releases.draft_release import DraftAsked, Offered, read_access
from duecare.use_cases.releases.view_drafts import DraftPage
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import RELEASE_TEXT
from duecare.web.site.forms.day_and_moment_fields import MomentField
from duecare.web.site.forms.deed_form import DeedForm, LinesField, text_field, words_field
from duecare.web.site.forms.form import SiteForm
from duecare.web.site.forms.moment_text import moment_as_text, when_in_text

BETWEEN_PARAGRAPHS: Final = re.compile(r"\r?\n[ \t]*\r?\n")
_LONGEST: Final = 1_000_000  # the use case says how many characters are too many


class DraftForm(SiteForm):
    """Drafts a release, or drafts it again."""

    slug = text_field(
        "Short name for the address",
        hint="Use lower case letters, digits and hyphens, for example 2026-q3.",
        missing="Enter a short name",
        css_class="govuk-input--width-20",
    )
    period = forms.CharField(required=False)
    publish_at = MomentField(
        label="When should it be published?",
        help_text="For example, 3 12 2026 and 09:30, in London time.",
        name_in_errors="Publication time",
        required=True,
    )
    access = LinesField(
        label="Who can see it early? (optional)",
        help_text="Enter one person on each line: their account, then when they can see it. For example, chief-officer "
        "3 December 2026 09:30. What they see counts as released, so only give access once 2 people have checked it.",
        rows=4,
    )
    words = words_field(
        "Statement by the inspectorate",
        hint="Leave a blank line between paragraphs. Do not use any number that is not in the report.",
        most=_LONGEST,
        rows=6,
    )
    corrects = forms.CharField(required=False)
    why = words_field(
        "What does it correct, and why? (optional)",
        hint="Shown at the top of the correction and beside the release it corrects.",
        most=_LONGEST,
    )

    def offer_choices(self, offered: Offered) -> None:
        """Offer the quarters with saved figures, and the releases that may be corrected."""
        hint = "You can choose any quarter with saved figures."
        if not offered.periods:
            hint = "No figures have been saved yet. First run: duecare figure snapshot"
        self._offer_select("period", "Quarter", [(period, period) for period in offered.periods], hint)
        published = [("", "No"), *((release.slug, release.slug) for release in offered.published)]
        self._offer_select("corrects", "Does it correct a release?", published)

    def _offer_select(self, name: str, label: str, choices: list[tuple[str, str]], hint: str = "") -> None:
        self.fields[name] = forms.ChoiceField(required=False, label=label, help_text=hint, choices=choices)

    def clean_publish_at(self) -> datetime:
        """The moment; a day alone is not enough."""
        if not self.data.get("publish_at-time", "").strip():
            raise forms.ValidationError("Publication time must include a time, like 09:30", code="time")
        return self.cleaned_data["publish_at"].astimezone(UTC)

    def clean_access(self) -> Any:
        """Who may see it early, and from when."""
        try:
            return read_access(self.cleaned_data["access"], moment_in_text)
        except Refusal:
            raise forms.ValidationError(
                "Enter an account and a time on each line, like chief-officer 3 December 2026 09:30"
            ) from None

    @property
    def draft_values(self) -> DraftAsked:
        """What is to be drafted."""
        values = self.cleaned_data
        paragraphs = tuple(text.strip() for text in BETWEEN_PARAGRAPHS.split(values["words"]) if text.strip())
        return DraftAsked(
            values["slug"],
            values["period"].strip(),
            values["publish_at"],
            values["access"],
            paragraphs,
            values["corrects"].strip(),
            values["why"],
        )


class PassForm(DeedForm):
    """Passes a release: it can be published."""

    deed: ClassVar[str] = "pass"
    words = words_field("What did you find? (optional)", hint="Do not mention any child or case.", most=RELEASE_TEXT)
    seal = forms.CharField(required=False, widget=forms.HiddenInput())


class RefuseForm(DeedForm):
    """Does not pass a release: it must be drafted again."""

    deed: ClassVar[str] = "refuse"
    words = words_field(
        "Why does it not pass?",
        hint="Do not mention any child or case.",
        missing="Enter why it does not pass",
        most=RELEASE_TEXT,
    )
    seal = forms.CharField(required=False, widget=forms.HiddenInput())


class CommentForm(DeedForm):
    """The force's comments on factual accuracy, once."""

    deed: ClassVar[str] = "comment"
    words = words_field(
        "What is not accurate?",
        hint=f"Up to {RELEASE_TEXT:,} characters. You can comment once, and cannot change it afterwards.",
        missing="Enter your comments",
        most=RELEASE_TEXT,
        rows=5,
    )


def initial_of(page: DraftPage) -> dict[str, Any]:
    """What stands in the fields where a release is drafted again."""
    latest = page.life.latest
    return {
        "slug": page.life.slug,
        "period": page.released.period,
        "publish_at": latest.publish_at,
        "access": "\n".join(f"{access.account} {moment_as_text(access.from_when)}" for access in latest.access),
        "words": "\n\n".join(page.words),
        "corrects": latest.corrects,
        "why": latest.why,
    }


def moment_in_text(text: str) -> datetime:
    """The latest moment that this text names.

    Raises:  ValueError where it names none.
    """
    return when_in_text(text).latest.astimezone(UTC)
