"""The forms of oversight: meetings, minutes, actions, questions and answers; sign-off, and who is accountable."""

from __future__ import annotations

from typing import ClassVar, Final

from django import forms

from duecare.duty.accountable import Over
from duecare.web.site.forms.day_and_moment_fields import DayField
from duecare.web.site.forms.deed_form import DeedForm, choice_field, text_field, words_field

NO_CHILD: Final = "Do not name any child or family."
WIDTH_20: Final = "govuk-input--width-20"
THINGS: Final = {Over.DUTY: "A duty", Over.AREA: "A borough", Over.RECOMMENDATION: "A recommendation"}


def _day_field(label: str, hint: str = "For example, 3 December 2026.", *, is_required: bool = True) -> DayField:
    name = label.removesuffix(" (optional)")
    return DayField(
        label=label,
        help_text=hint,
        name_in_errors=name,
        required=is_required,
        widget=forms.TextInput(attrs={"class": WIDTH_20}),
        error_messages={"required": f"Enter the {name[:1].lower()}{name[1:]}"},
    )


class MeetingForm(DeedForm):
    """Arranges a meeting."""

    deed: ClassVar[str] = "meeting"
    words = text_field("Name of the meeting", missing="Enter the name of the meeting", most=200)
    due_on = _day_field("Date of the meeting")


class QuestionForm(DeedForm):
    """Asks the force a question."""

    deed: ClassVar[str] = "question"
    words = words_field("Ask the force a question", hint=NO_CHILD, missing="Enter your question")


class AnswerForm(DeedForm):
    """Answers a question, or adds to its answer."""

    words = words_field("Answer", missing="Enter your answer", rows=2)

    def __init__(self, *args: object, number: int, is_open: bool = True, **options: object) -> None:
        super().__init__(*args, prefix=f"answer-{number}", **options)
        self.fields["words"].label = f"{'Answer to' if is_open else 'Add to the answer to'} question {number}"


class MinuteForm(DeedForm):
    """Records a minute of a meeting."""

    deed: ClassVar[str] = "minute"
    words = words_field("Minute", hint=NO_CHILD, missing="Enter the minute")


class ActionForm(DeedForm):
    """Records an action that a meeting agreed."""

    deed: ClassVar[str] = "action"
    words = words_field("What must be done", missing="Enter what must be done", rows=2)
    owner = text_field(
        "Kind of post that must act",
        hint="The code of the post. For example, bcu_lead for a borough command lead.",
        missing="Enter the kind of post that must act",
        most=60,
        css_class=WIDTH_20,
    )
    due_on = _day_field("Due date (optional)", is_required=False)


class ActionDoneForm(DeedForm):
    """Records that an action was done."""

    words = words_field("How you know it was done", missing="Enter how you know the action was done", rows=2)

    def __init__(self, *args: object, number: int, **options: object) -> None:
        super().__init__(*args, prefix=f"done-{number}", **options)
        self.fields["words"].label = f"How you know action {number} was done"


class SignOffForm(DeedForm):
    """Signs off something that the viewer is accountable for."""

    deed: ClassVar[str] = "sign_off"
    what = forms.CharField(label="What you are signing off", widget=forms.Select())
    words = words_field("Your comment", missing="Enter your comment", most=2_000)

    def offer_choices(self, choices: list[tuple[str, str]]) -> None:
        """Offer what the viewer is accountable for."""
        self.fields["what"] = choice_field(
            "What you are signing off", choices, missing="Select what you are signing off"
        )


class AssignForm(DeedForm):
    """Assigns the post that is accountable."""

    deed: ClassVar[str] = "assign"
    over = choice_field("Type", [(over.value, words) for over, words in THINGS.items()], missing="Select a type")
    key = text_field(
        "Which one",
        hint="For a duty, its ID, for example LOCAL-see-the-child. For a borough, its name. For a recommendation, its number.",
        missing="Enter which duty, borough or recommendation",
        most=120,
    )
    post_kind = text_field(
        "Kind of post",
        hint="The code of the post. For example, bcu_lead for a borough command lead. Whoever is in the post is accountable.",
        missing="Enter the kind of post",
        most=60,
        css_class=WIDTH_20,
    )
    post_area = text_field(
        "Borough of the post", hint="Leave blank if the post covers the whole force.", most=120, css_class=WIDTH_20
    )
    from_on = _day_field("Start date")
    reason = text_field("Reason (optional)", most=400)
