"""The form that every page of the site builds on: its errors link to their fields, and a refusal becomes an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from duecare.vocabulary.refusals import Refusal


class SiteForm(forms.Form):
    """A form whose field ids are the fields' own names.

    Shape:   drawn by the macros of `templates/parts/form.html`; nothing of Django's own form templates is used.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **named: Any) -> None:
        named.setdefault("auto_id", "%s")
        named.setdefault("label_suffix", "")
        super().__init__(*args, **named)

    def set_choices(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these choices, (value, words), in a field that is known only when the form is made."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @property
    def error_links(self) -> tuple[tuple[str, str], ...]:
        """Each error with the id of the control it is about, in the order of the fields: what the error summary lists."""
        by_field = self.errors.as_data()
        own = [(self.anchor_of(name), message) for name in self.fields for message in _messages(by_field.get(name))]
        anchor = next(iter(self.fields), "main-content")
        return tuple(own + [(self.anchor_of(anchor), message) for message in _messages(by_field.get("__all__"))])

    def anchor_of(self, name: str) -> str:
        """The id of the control that an error of this field is about: a part of a date where the error names one."""
        if name not in self.fields:
            return name
        parts = getattr(self.fields[name].widget, "part_names", ())
        codes = [error.code for error in self.errors.as_data().get(name, [])] if self.is_bound else []
        wrong = next((code for code in codes if code in parts), parts[0] if parts else "")
        return f"{name}-{wrong}" if wrong else name

    def add_refusal(self, refusal: Refusal, field: str | None = None) -> None:
        """Show a refusal as errors of this field, or of the form as a whole."""
        for words in refusal.faults or (refusal.found or refusal.kind.what, refusal.kind.todo):
            if words:
                self.add_error(field, words[:1].upper() + words[1:])


def field_errors(bound: BoundField) -> tuple[str, ...]:
    """The errors of one field, as text."""
    return tuple(str(error) for error in bound.errors)


def text_value(bound: BoundField) -> str:
    """What stands in the control of this field: what was typed, else its initial value."""
    value = bound.value()
    return "" if value is None else str(value)


def part_values(bound: BoundField) -> tuple[tuple[str, str, int, str], ...]:
    """The parts of a date field: (name of the part, label, width in characters, what stands in it)."""
    widget = bound.field.widget
    value = bound.value()
    texts = value if isinstance(value, list | tuple) else widget.decompress(value)
    return tuple(
        (part, part.capitalize(), 2 if part in {"day", "month"} else 4, text or "")
        for part, text in zip(widget.part_names, texts, strict=True)
    )


def _messages(errors: Any) -> list[str]:
    return [message for error in errors or () for message in error.messages]
