"""The frame: every file that could be drawn, each in its stratum, in one canonical form with one hash."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rfc8785

from duecare.vocabulary.refusals import Refusal

FrameKey = tuple[str, str]
Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """A file of the frame and its stratum.

    Shape:   a source's case, (source, case_ref); the stratum in words, such as kind, borough and risk.
    """

    source: str
    case_ref: str
    stratum: Stratum

    @property
    def key(self) -> FrameKey:
        """The case's own key."""
        return self.source, self.case_ref

    def __str__(self) -> str:
        return f"{self.source}:{self.case_ref}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Every file that could be drawn.

    Shape:   ordered by source, then case_ref; as many parts to every stratum; made by `build_frame`, which sees to both.
    """

    cases: tuple[Case, ...]

    @property
    def canonical(self) -> bytes:
        """The bytes that are hashed: a JSON array of [source, case_ref, [stratum ...]], in order, without spaces.

        Source:  RFC 8785, https://www.rfc-editor.org/rfc/rfc8785
        """
        return rfc8785.dumps(
            [[frame_case.source, frame_case.case_ref, list(frame_case.stratum)] for frame_case in self.cases]
        )

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical form, in lower-case hex."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def strata(self) -> Mapping[Stratum, tuple[Case, ...]]:
        """The files of each stratum, in order."""
        cases_by_stratum: dict[Stratum, list[Case]] = {}
        for frame_case in self.cases:
            cases_by_stratum.setdefault(frame_case.stratum, []).append(frame_case)
        return {stratum: tuple(cases_by_stratum[stratum]) for stratum in sorted(cases_by_stratum)}


def build_frame(cases: Iterable[Case]) -> Frame:
    """The frame of these files, however they come.

    Raises:  AUD-005 if there are none, a file stands there twice, strata have unequal parts, or a key is empty, has a
             control character or cannot be written as UTF-8; then nothing can be drawn from it.
    """
    ordered = tuple(sorted(cases))
    faults = [
        f"file {number} in order: {fault}"
        for number, frame_case in enumerate(ordered, 1)
        for fault in _case_faults(frame_case)
    ]
    times = Counter(frame_case.key for frame_case in ordered)
    faults += [f"{frame_case} appears more than once" for frame_case in ordered if times[frame_case.key] > 1]
    if len({len(frame_case.stratum) for frame_case in ordered}) > 1:
        faults.append("some strata have more parts than others")
    if not ordered:
        faults.append("it has no files")
    if faults:
        raise Refusal("AUD-005", faults=tuple(dict.fromkeys(faults)))
    return Frame(ordered)


def _case_faults(frame_case: Case) -> list[str]:
    fault_list = []
    if not frame_case.source or not frame_case.case_ref:
        fault_list.append("its source or case_ref is empty")
    case_text = "".join((frame_case.source, frame_case.case_ref, *frame_case.stratum))
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in case_text):
        fault_list.append("a control character, or one that cannot be written as UTF-8")
    return fault_list
