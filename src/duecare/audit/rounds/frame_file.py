"""The frame: every file that could be drawn, each in its stratum, in one canonical form with one hash."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rfc8785

from duecare.vocabulary.refusals import Refusal

Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """Which file is this, and in which stratum does it stand?

    Shape:   a source's case, (source, case_ref); the stratum in words, such as kind, borough and risk.
    """

    source: str
    case_ref: str
    stratum: Stratum

    @property
    def key(self) -> tuple[str, str]:
        """The case's own key."""
        return self.source, self.case_ref

    def __str__(self) -> str:
        return f"{self.source}:{self.case_ref}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Every file that could be drawn.

    Shape:   ordered by source, then case_ref; as many parts to every stratum; made by `frame`, which sees to both.
    """

    cases: tuple[Case, ...]

    @property
    def canonical(self) -> bytes:
        """The bytes that are hashed: a JSON array of [source, case_ref, [stratum ...]], in order, without spaces.

        Source:  RFC 8785, https://www.rfc-editor.org/rfc/rfc8785
        """
        return rfc8785.dumps([[case.source, case.case_ref, list(case.stratum)] for case in self.cases])

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical form, in lower-case hex."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def strata(self) -> Mapping[Stratum, tuple[Case, ...]]:
        """The files of each stratum, in order."""
        found: dict[Stratum, list[Case]] = {}
        for case in self.cases:
            found.setdefault(case.stratum, []).append(case)
        return {stratum: tuple(found[stratum]) for stratum in sorted(found)}


def frame(cases: Iterable[Case]) -> Frame:
    """The frame of these files, however they come.

    Raises:  AUD-005 if there are none, a file stands there twice, strata have unequal parts, or a key is empty, has a
             control character or cannot be written as UTF-8; then nothing can be drawn from it.
    """
    ordered = tuple(sorted(cases))
    faults = [f"file {number} in order: {fault}" for number, case in enumerate(ordered, 1) for fault in _faults(case)]
    times = Counter(case.key for case in ordered)
    faults += [f"{case} stands there more than once" for case in ordered if times[case.key] > 1]
    if len({len(case.stratum) for case in ordered}) > 1:
        faults.append("some strata have more parts than others")
    if not ordered:
        faults.append("it holds no file")
    if faults:
        raise Refusal("AUD-005", faults=tuple(dict.fromkeys(faults)))
    return Frame(ordered)


def _faults(case: Case) -> list[str]:
    found = []
    if not case.source or not case.case_ref:
        found.append("its source or case_ref is empty")
    text = "".join((case.source, case.case_ref, *case.stratum))
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        found.append("a control character, or one that cannot be written as UTF-8")
    return found
