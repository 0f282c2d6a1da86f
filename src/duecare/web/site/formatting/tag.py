"""A word with a colour: the colour repeats what the word says and is never the only sign of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tag:
    """Which word stands in the tag, in which of GOV.UK's tag colours?

    Shape:   `colour` is one of red, orange, yellow, green, teal, purple, magenta, grey, or empty for blue.
    """

    text: str
    colour: str = ""

    @property
    def classes(self) -> str:
        """The tag's modifier class, or nothing for the default blue."""
        return f"govuk-tag--{self.colour}" if self.colour else ""
