"""Text from files made safe to read: nothing in it can hide, reorder or pose as something else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Control marks, and marks that reorder, join or hide what stands beside them. Tab and line ends are left alone.
_HIDING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def visible_text(text: str) -> str:
    """This text with its control and direction marks written out.

    Example:
        >>> visible_text("Ada" + chr(0x202E) + "gnp.exe")
        'Ada[U+202E]gnp.exe'
    """
    return _HIDING.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)


def as_given(text: object) -> Markup:
    """A value as its source wrote it: escaped, marks written out, and isolated from the text around it."""
    return Markup("<bdi>{}</bdi>").format(escape(visible_text(str(text))))


def shown_value(value: object) -> object:
    """The value of a template's expression before it is escaped: text has its hiding marks written out."""
    return visible_text(value) if type(value) is str else value
