"""The mark that somebody has looked: signed, so that only a look makes one, and bound to what was looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core import signing

_SALT: Final = "duecare.look-before-create"


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looked, for which words, when, and who was found?

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


def mark(looked: Looked) -> str:
    """The mark of this look."""
    said = [
        looked.account, looked.words, looked.at, looked.people, looked.sure, looked.some_restricted, looked.upto,
    ]  # fmt: skip
    return signing.Signer(salt=_SALT).sign_object(said, compress=True)


def read_mark(text: str) -> Looked | None:
    """Which look is this the mark of? None where it is none of ours."""
    try:
        account, words, at, people, sure, restricted, upto = signing.Signer(salt=_SALT).unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    return Looked(account, words, at, _texts(people), _texts(sure), bool(restricted), int(upto))


def _texts(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, said))
