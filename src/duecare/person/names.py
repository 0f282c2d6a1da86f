"""Given names that stand for one another in English use, and given names known to be names of their own.

The names stand in two files beside this one: `name_classes.txt`, a class to a line, the full name first; and
`known_names.txt`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein


def _data_lines(file_name: str) -> list[str]:
    """The lines of this data file, without its comments."""
    data_text = (files("duecare.person") / file_name).read_text("utf-8")
    return [data_line for data_line in data_text.splitlines() if not data_line.startswith("#")]


def _class_of_names() -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for class_line in _data_lines("name_classes.txt"):
        names = class_line.split()
        for class_name in names:
            # A short form serves several names: Terry is Teresa, and Terence.
            own_classes = classes.get(class_name, ())
            full_name = classes.get(names[0], (names[0],))[0]
            classes[class_name] = own_classes if full_name in own_classes else (*own_classes, full_name)
    return classes


_CLASSES_OF: Final = _class_of_names()
_KNOWN: Final = frozenset(_CLASSES_OF) | frozenset(" ".join(_data_lines("known_names.txt")).split())
_LEAST: Final = 5
"""A shorter word is one letter from too many names to be taken for a slip of one."""


def _without_one(name_text: str) -> set[str]:
    return {
        name_text,
        *(name_text[:letter_place] + name_text[letter_place + 1 :] for letter_place in range(len(name_text))),
    }


def _near_known() -> dict[str, tuple[str, ...]]:
    near_names: dict[str, list[str]] = {}
    for known_name in sorted(_KNOWN):
        if len(known_name) >= _LEAST:
            for shorter in _without_one(known_name):
                near_names.setdefault(shorter, []).append(known_name)
    return {shorter: tuple(names) for shorter, names in near_names.items()}


_NEAR_KNOWN: Final = _near_known()


def name_class(given_name: str) -> str:
    """The name for which this given name stands in English use; itself where none is known.

    Example:
        >>> name_class("bob"), name_class("robert"), name_class("ana")
        ('robert', 'robert', 'ana')
    """
    return _CLASSES_OF.get(given_name, (given_name,))[0]


def name_classes(given_name: str) -> tuple[str, ...]:
    """The names for which this given name may stand; itself where none is known.

    Example:
        >>> name_classes("terry"), name_classes("ana")
        (('teresa', 'terence'), ('ana',))
    """
    return _CLASSES_OF.get(given_name, (given_name,))


@lru_cache(maxsize=200_000)
def meant_class(given_name: str) -> str:
    """The name for which a spelling stands that is none, but one slip from a name known; empty for any other.

    Shape:   empty, too, where names of more than one class are as near.
    Example:
        >>> meant_class("micchael"), meant_class("michael"), meant_class("zzzzzz")
        ('michael', '', '')
    """
    if given_name in _KNOWN or len(given_name) < _LEAST:
        return ""
    near_names = {known_name for shorter in _without_one(given_name) for known_name in _NEAR_KNOWN.get(shorter, ())}
    classes = {
        name_class(known_name) for known_name in near_names if DamerauLevenshtein.distance(given_name, known_name) <= 1
    }
    return classes.pop() if len(classes) == 1 else ""


def is_given_name(family: str) -> bool:
    """Whether a family name looks like a given one, by its first word: a name of its own, or only a letter.

    Example:
        >>> is_given_name("megan paula"), is_given_name("a"), is_given_name("o nianain")
        (True, True, False)
    """
    return family.partition(" ")[0] in _KNOWN or len(family) == 1


def is_known_name(given_name: str) -> bool:
    """Whether this spelling is a given name of its own, so that it is no likely slip for another."""
    return given_name in _KNOWN
