"""What differs between a figure's earlier inputs and its present ones, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "rulebook": "the rulebook, or the policy it is applied with",
    "policy": "the force's policy",
    "catalogue": "the catalogue of figures",
    "model": "the model of linkage",
    "link_run": "who is one person: records were linked again since",
    "link_moves": "who is one person: records came to be other people's since",
    "software": "the version of Duecare",
}


def input_differences(inputs_then: Mapping[str, object], inputs_now: Mapping[str, object]) -> Iterator[str]:
    """The inputs of a snapshot that are no longer the same.

    Shape:   deliveries that came since are no difference: they are left out when a figure is worked out again.
    """
    for field_name, words in WORDS.items():
        if inputs_then.get(field_name) != inputs_now.get(field_name):
            yield words
