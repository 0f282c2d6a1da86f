"""Text that came from a file, made safe to look at: nothing in it may hide, reorder or pose as something else."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

# Marks that reorder, join or hide what stands beside them. A name that holds one is shown with the mark written out.
_HIDING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")


def visible(text: str) -> str:
    """What does this text hold, with control and direction marks written out?

    Example:
        >>> visible("Ada" + chr(0x202E) + "gnp.exe")
        'Ada[U+202E]gnp.exe'
    """
    return "".join(
        f"[U+{ord(mark):04X}]" if mark in _HIDING or (unicodedata.category(mark) == "Cc" and mark not in "\n\t") else mark
        for mark in text
    )


def as_given(text: object) -> Markup:
    """A value as its source gave it: escaped, marks written out, kept from disturbing the line it stands in."""
    return Markup("<bdi>{}</bdi>").format(escape(visible(str(text))))
