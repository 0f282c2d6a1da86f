"""The signed token that proves a search was made before a person is recorded, and for which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core import signing

_SIGNING_SALT: Final = "duecare.look-before-create"


@dataclass(frozen=True, slots=True)
class SearchToken:
    """One search: by whom, for which words, when, and who was found.

    Shape:   `words` is the digest of what was typed; `people` those shown; `sure` those of them who fit so well that
             records join by themselves; `some_restricted`: somebody who may not be shown fits; `upto` is the number of the
             last delivery that was accepted then.
    Units:   `at` is UTC, ISO 8601.
    """

    account: str
    words: str
    at: str
    people: tuple[str, ...]
    sure: tuple[str, ...]
    some_restricted: bool
    upto: int


def signed_mark(looked: SearchToken) -> str:
    """The mark of this look."""
    signed_values = [
        looked.account, looked.words, looked.at, looked.people, looked.sure, looked.some_restricted, looked.upto,
    ]  # fmt: skip
    return signing.Signer(salt=_SIGNING_SALT).sign_object(signed_values, compress=True)


def read_mark(mark_text: str) -> SearchToken | None:
    """The search of which this is the mark; None where it is none of ours."""
    try:
        account, words, looked_at, people, sure_weight, restricted, upto_delivery = signing.Signer(
            salt=_SIGNING_SALT
        ).unsign_object(mark_text)
    except (signing.BadSignature, ValueError):
        return None
    return SearchToken(
        account, words, looked_at, _read_texts(people), _read_texts(sure_weight), bool(restricted), int(upto_delivery)
    )


def _read_texts(token_values: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, token_values))
