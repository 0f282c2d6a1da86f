"""The form of one deed on a page that offers several, with an address and ids of its own; sent twice, its use case sees to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import USUAL_TEXT
from duecare.web.site.forms.form import SiteForm


class DeedForm(SiteForm):
    """A form whose fields are prefixed with the name of its deed.

    Shape:   `deed` is the prefix. An error of the form as a whole links to its first control, else to its button.
    """

    deed: ClassVar[str] = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("prefix", self.deed)
        super().__init__(*args, **options)

    @property
    def button_id(self) -> str:
        """The id of the button that sends this form."""
        return self.add_prefix("button")

    @property
    def error_links(self) -> tuple[tuple[str, str], ...]:
        """Each error with the id of the control it is about; what is about no control links to the first, or to the button."""
        visible = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        fallback = self.anchor_of(visible[0]) if visible else self.button_id
        own, other = [], []
        for name, errors in self.errors.as_data().items():
            for message in (message for error in errors for message in error.messages):
                if name in visible:
                    own.append((visible.index(name), self.anchor_of(name), message))
                else:
                    other.append((fallback, message))
        return (*((anchor, message) for _, anchor, message in sorted(own)), *other)

    def anchor_of(self, name: str) -> str:
        """The id of the control that an error of this field is about."""
        return self.add_prefix(super().anchor_of(name))

    def add_refusal(self, refusal: Refusal, field: str | None = None) -> None:
        """Show a refusal as errors of this field, or of the form as a whole: its faults, else what is wrong and what to do."""
        words = refusal.faults or (f"{refusal.kind.what} {refusal.found}".strip(), refusal.kind.todo)
        for fault in filter(None, words):
            self.add_error(field, fault[:1].upper() + fault[1:])


def text_field(
    label: str, *, hint: str = "", missing: str = "", most: int = 500, css_class: str = "", **options: Any
) -> forms.CharField:
    """A line of text. `missing` is the error where it is blank; without one, it may be left blank."""
    widget = forms.TextInput(attrs={"class": css_class} if css_class else {})
    return _text(label, hint, missing, most, widget, options)


def words_field(
    label: str, *, hint: str = "", missing: str = "", most: int = USUAL_TEXT, rows: int = 3, **options: Any
) -> forms.CharField:
    """Text of several lines. `missing` is the error where it is blank; without one, it may be left blank."""
    return _text(label, hint, missing, most, forms.Textarea(attrs={"rows": rows}), options)


def choice_field(
    label: str, choices: Any, *, missing: str, hint: str = "", is_required: bool = True, **options: Any
) -> forms.ChoiceField:
    """A choice from a list; `missing` is the error where nothing, or nothing of the list, is chosen."""
    messages = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        choices=choices, label=label, help_text=hint, required=is_required, error_messages=messages, **options
    )


class WholeNumberField(forms.CharField):
    """A whole number in digits, at least `least`; its one error says what to enter.

    Shape:   cleans to an int, or None where it is blank and not required.
    """

    def __init__(self, *, error: str, least: int = 0, required: bool = False, **options: Any) -> None:
        self.error, self.least = error, least
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}))
        super().__init__(required=required, error_messages={"required": error}, **options)

    def clean(self, value: Any) -> int | None:
        """The number, or the error."""
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10) or int(text) < self.least:
            raise forms.ValidationError(self.error, code="invalid")
        return int(text)


class NumberField(forms.CharField):
    """A number between two bounds; its one error says what to enter.

    Shape:   cleans to a Decimal, or None where it is blank and not required.
    """

    def __init__(
        self, *, error: str, least: int = 0, most: int = 10**9, required: bool = False, **options: Any
    ) -> None:
        self.error, self.least, self.most = error, least, most
        options.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}))
        super().__init__(required=required, error_messages={"required": error}, **options)

    def clean(self, value: Any) -> Decimal | None:
        """The number, or the error."""
        text = super().clean(value).removesuffix("%").strip()
        if not text:
            return None
        is_number = text.isascii() and len(text) < 16 and text.replace(".", "", 1).isdigit()
        if not is_number or not self.least <= Decimal(text) <= self.most:
            raise forms.ValidationError(self.error, code="invalid")
        return Decimal(text)


class LinesField(forms.CharField):
    """Text of one item a line.

    Shape:   cleans to a list of the lines that are not blank.
    """

    def __init__(self, *, rows: int = 3, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def clean(self, value: Any) -> list[str]:
        """The lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _text(label: str, hint: str, missing: str, most: int, widget: Any, options: dict[str, Any]) -> forms.CharField:
    messages = {"required": missing, "max_length": f"{label} must be {most:,} characters or fewer"}
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=widget,
        error_messages=messages,
        **options,
    )
