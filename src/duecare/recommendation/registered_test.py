"""The test by which a recommendation will be closed: fixed and hashed when it is accepted, before anything is claimed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import rfc8785

from duecare.audit.rounds.sample_sets import SET_NAMES, SIDES, sets_of
from duecare.stats.interval import Interval
from duecare.vocabulary.kinds import CASE_KINDS
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

ROUND_KINDS: Final = ("inspection", "internal", "revisit")
PERIODS: Final = ("month", "quarter")
_FIGURE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CUT: Final = 120
FEWEST_FILES: Final = 5
MOST_CASES: Final = 1_000_000


class Sure(StrEnum):
    """What must reach the level: the value itself, or the end of its interval that makes it hardest."""

    POINT = "point"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Level:
    """The level that passes.

    Units:   as the figure; a proportion 0..1 of an audit sample.
    """

    level: float
    at_least: bool = True
    by: Sure = Sure.POINT

    def is_reached(self, value: float | Unknown, interval: Interval | Unknown) -> bool | Unknown:
        """Whether this value, known this surely, reaches it.

        Unknown: where the value, or the interval that was registered, is not known: that is neither passed nor failed.
        """
        if isinstance(value, Unknown):
            return value
        reached_value = value
        if self.by is Sure.INTERVAL:
            if isinstance(interval, Unknown):
                return interval
            reached_value = interval.low if self.at_least else interval.high
        return reached_value >= self.level if self.at_least else reached_value <= self.level

    @property
    def words(self) -> str:
        """The level in words, to follow what is measured."""
        bound_words = "at least" if self.at_least else "at most"
        sure_words = "" if self.by is Sure.POINT else ", by the end of the 95 % interval that makes it harder"
        return f"{bound_words} {self.level:g}{sure_words}"


@dataclass(frozen=True, slots=True)
class SampleTest:
    """A fresh draw of files, graded by one side, of which a share must meet the standard.

    Shape:   `round_kind` inspection, internal or revisit; no `case_kinds` and no `areas` are all of them; `files` the fewest
             that are graded, of these `sets`; `since_claim`: only cases opened after it was claimed to be done.
    """

    level: Level
    files: int
    round_kind: str = "inspection"
    graded_by: str = "inspectorate"
    sets: tuple[str, ...] = ("inspector_only",)
    case_kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    since_claim: bool = False

    @property
    def canonical(self) -> bytes:
        """The bytes that are hashed."""
        return rfc8785.dumps(
            {
                "test": "sample",
                "level": _level_json(self.level),
                "files": self.files,
                "round_kind": self.round_kind,
                "graded_by": self.graded_by,
                "sets": list(self.sets),
                "case_kinds": list(self.case_kinds),
                "areas": list(self.areas),
                "since_claim": self.since_claim,
            }
        )

    @property
    def words(self) -> str:
        """The test in words."""
        kinds = ", ".join(kind_name.replace("_", " ") for kind_name in self.case_kinds) or "every kind"
        areas = ", ".join(self.areas) or "the whole force"
        opened = ", opened since it was claimed to be done" if self.since_claim else ""
        return (
            f"Of at least {self.files} files ({kinds}; {areas}{opened}), drawn anew after the claim in a round of the kind"
            f" {self.round_kind.replace('_', ' ')} and graded by the {self.graded_by}, the share that meets the standard is"
            f" {self.level.words}."
        )


@dataclass(frozen=True, slots=True)
class FigureTest:
    """A figure of the catalogue that must reach a level in the first whole period after the claim.

    Shape:   `cut` pairs the names of dimensions with values; empty for the whole force. `period` is month or quarter. `least`
             is the fewest cases on which it may rest, 0 for a count of all there are; `definition` and `policy` are the hashes
             of what the figure was when the test was registered. All three are empty of a test that is older than they are.
    """

    level: Level
    figure: str
    cut: tuple[tuple[str, str], ...] = ()
    period: str = "quarter"
    least: int = 0
    definition: str = ""
    policy: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether it is bound to what the figure was when it was registered."""
        return bool(self.definition)

    @property
    def canonical(self) -> bytes:
        """The bytes that are hashed: of a test that is bound to nothing those of old, so that its hash stays valid."""
        bound: dict[str, int | str] = {}
        if self.is_bound:
            bound = {"least": self.least, "definition": self.definition, "policy": self.policy}
        canonical_json = {
            "test": "figure",
            "level": _level_json(self.level),
            "figure": self.figure,
            "cut": [list(cut_pair) for cut_pair in self.cut],
            "period": self.period,
        }
        return rfc8785.dumps({**canonical_json, **bound})

    @property
    def words(self) -> str:
        """The test in words."""
        where = (
            ", ".join(f"{dimension_name.replace('_', ' ')} {value}" for dimension_name, value in self.cut)
            or "the whole force"
        )
        enough = f" in which it rests on at least {self.least} cases" if self.least else ""
        bound = (
            f" It is taken only while the figure is counted as it was then: definition {self.definition[:12]}, policy"
            f" {self.policy[:12]}."
            if self.is_bound
            else " It is older than tests that are bound: on however few cases, and however the figure is counted by then."
        )
        return (
            f"In the first whole {self.period} after the claim{enough}, the figure {self.figure} ({where}) is"
            f" {self.level.words}.{bound}"
        )


Registered = SampleTest | FigureTest


def hash_of(registered_test: Registered) -> str:
    """The SHA-256 of the test as registered, in lower-case hex: what a verifier approves is bound to it."""
    return hashlib.sha256(registered_test.canonical).hexdigest()


def as_said(registered_test: Registered) -> dict[str, object]:
    """The test as a fact stores it, and as `read_test` reads it."""
    level: dict[str, object] = {
        "level": registered_test.level.level,
        "at_least": registered_test.level.at_least,
        "by": registered_test.level.by.value,
    }
    if isinstance(registered_test, FigureTest):
        return {
            **level,
            "test": "figure",
            "figure": registered_test.figure,
            "cut": [list(cut_pair) for cut_pair in registered_test.cut],
            "period": registered_test.period,
            **({"least": registered_test.least} if registered_test.is_bound or registered_test.least else {}),
            **(
                {"definition": registered_test.definition, "policy": registered_test.policy}
                if registered_test.is_bound
                else {}
            ),
        }
    return {
        **level,
        "test": "sample",
        "files": registered_test.files,
        "round_kind": registered_test.round_kind,
        "graded_by": registered_test.graded_by,
        "sets": list(registered_test.sets),
        "case_kinds": list(registered_test.case_kinds),
        "areas": list(registered_test.areas),
        "since_claim": registered_test.since_claim,
    }


def read_test(test_said: Mapping[str, object]) -> Registered:
    """The test that these words set.

    Raises:  RCM-006 with every fault; then nothing is registered.
    """
    faults: list[str] = []
    level = _read_level(test_said, faults)
    registered_test: Registered
    if test_said.get("test") == "figure":
        pairs, least_cases = _read_pairs(test_said.get("cut") or ()), test_said.get("least") or 0
        registered_test = FigureTest(
            level,
            str(test_said.get("figure", "")),
            pairs or (),
            str(test_said.get("period", "quarter")),
            least_cases if type(least_cases) is int and 0 <= least_cases <= MOST_CASES else -1,
            str(test_said.get("definition", "")),
            str(test_said.get("policy", "")),
        )
        faults += [] if registered_test.least >= 0 else ["the fewest cases must be a whole number"]
        faults += [] if pairs is not None else ["the cut is not made of pairs of a dimension and a value"]
        faults += [] if _FIGURE.fullmatch(registered_test.figure) else ["no figure is named"]
        faults += [] if registered_test.period in PERIODS else ["the period must be month or quarter"]
    elif test_said.get("test") == "sample":
        registered_test = _read_sample(test_said, level, faults)
    else:
        raise Refusal("RCM-006", faults=("the test must be a figure or a sample",))
    if faults:
        raise Refusal("RCM-006", faults=tuple(faults))
    return registered_test


def _read_level(level_said: Mapping[str, object], faults: list[str]) -> Level:
    level = level_said.get("level")
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 <= level < 1e9:
        faults.append("the level that passes must be a number of 0 or more")
        level = 0.0
    sure_by = str(level_said.get("by", Sure.POINT.value))
    if sure_by not in set(Sure):
        faults.append("the level must be reached by point or by interval")
        sure_by = Sure.POINT.value
    return Level(float(level), bool(level_said.get("at_least", True)), Sure(sure_by))


def _read_sample(test_said: Mapping[str, object], level: Level, faults: list[str]) -> SampleTest:
    files = test_said.get("files")
    if isinstance(files, bool) or not isinstance(files, int) or files < FEWEST_FILES:
        faults.append(f"the number of files is not a whole number of {FEWEST_FILES} or more")
        files = 0
    graded_by = str(test_said.get("graded_by", "inspectorate"))
    sample_test = SampleTest(
        level,
        files,
        str(test_said.get("round_kind", "inspection")),
        graded_by,
        _read_texts(test_said.get("sets")) or tuple(sorted(sets_of(graded_by))),
        _read_texts(test_said.get("case_kinds")),
        _read_texts(test_said.get("areas")),
        bool(test_said.get("since_claim", False)),
    )
    faults += [] if 0 < level.level <= 1 else ["the share that passes must be above 0 and at most 1"]
    faults += [] if level.at_least else ["a share of files that meet the standard is never to be at most so much"]
    faults += (
        [] if sample_test.round_kind in ROUND_KINDS else [f"the kind of round is none of {', '.join(ROUND_KINDS)}"]
    )
    faults += [] if graded_by in SIDES else [f"the side that grades is none of {', '.join(SIDES)}"]
    wrong_sets = [
        set_name
        for set_name in sample_test.sets
        if set_name not in SET_NAMES or (graded_by in SIDES and set_name not in sets_of(graded_by))
    ]
    faults += [f"{set_name} is not a set that the {graded_by} grades" for set_name in wrong_sets]
    faults += [
        f"{kind_name} is not a kind of case" for kind_name in sample_test.case_kinds if kind_name not in CASE_KINDS
    ]
    faults += (
        ["an area has no name"]
        if any(not area_name.strip() or len(area_name) > LONGEST_CUT for area_name in sample_test.areas)
        else []
    )
    return sample_test


def _level_json(level: Level) -> list[float | bool | str]:
    return [level.level, level.at_least, level.by.value]


def _read_texts(texts_said: object) -> tuple[str, ...]:
    return tuple(sorted({str(text_said) for text_said in texts_said})) if isinstance(texts_said, list | tuple) else ()


def _read_pairs(pairs_said: object) -> tuple[tuple[str, str], ...] | None:
    pair_list = pairs_said if isinstance(pairs_said, list | tuple) else (None,)
    if any(not isinstance(pair_said, list | tuple) or len(pair_said) != 2 for pair_said in pair_list):
        return None
    return tuple(sorted((str(pair_name), str(value)) for pair_name, value in pair_list))
