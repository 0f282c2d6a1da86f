"""Rounds in the words of a page: their kinds, sets and stages, and what is done, next and waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from duecare.audit.grading.grade_scheme import Scheme, grade_schemes
from duecare.audit.grading.grading_method import grading_methods
from duecare.audit.rounds.sample_sets import SIDES
from duecare.use_cases.audit.commit_and_reveal import pulse_time
from duecare.use_cases.audit.round_pages import RoundLine, RoundPage, Side
from duecare.web.audit.grading_presenters import grade_words
from duecare.web.site.formatting.tag import Tag
from duecare.web.site.formatting.times import day_words, moment_words

KINDS: Final[dict[str, str]] = {
    "inspection": "Inspection",
    "internal": "Internal audit",
    "single_file": "Review of a single file",
    "revisit": "Revisit of earlier files",
}
SETS: Final[dict[str, str]] = {
    "paired": "Graded by both sides",
    "inspector_only": "Inspectors only",
    "force_only": "Force only",
}
PARTIES: Final[dict[str, str]] = {"force": "Force", "inspectorate": "Inspectorate", "beacon": "Beacon"}
_STAGES: Final[dict[str, Tag]] = {
    "opened": Tag("Open", "grey"),
    "planned": Tag("Planned", "yellow"),
    "committed": Tag("Committing to numbers", "yellow"),
    "revealed": Tag("Revealing numbers", "yellow"),
    "drawn": Tag("Drawn"),
    "ended": Tag("Ended", "green"),
}
_DONE, _NOW, _LATER = Tag("Done", "green"), Tag("Next"), Tag("Not yet", "grey")


@dataclass(frozen=True, slots=True)
class Task:
    """One stage of a round: its name, a hint, and a tag that says how far it is."""

    name: str
    hint: str
    tag: Tag


def stage_tag(stage: str) -> Tag:
    """The tag of this stage of a round."""
    return _STAGES[stage]


def set_words(name: str) -> str:
    """The name of this set of files."""
    return SETS[name]


def party_words(side: str) -> str:
    """The name of this side, or of the beacon."""
    return PARTIES[side]


def round_kind(kind: str) -> str:
    """The name of this kind of round."""
    return KINDS.get(kind, kind)


def follow_up_words(line: RoundLine) -> str:
    """When the next round is due and who owns it, or which round followed; empty where none is due."""
    if line.follow_up_by:
        return f"Followed by {line.follow_up_by}"
    if line.due_on is None:
        return ""
    return f"Due {day_words(line.due_on)}. Owner: {line.owner}"


def pulse_words(pulse_at: str) -> str:
    """The time of a beacon's pulse."""
    return moment_words(pulse_time(pulse_at))


def scheme_words(scheme: Scheme) -> str:
    """The name of this scheme, with its grades."""
    return f"{scheme.says}: {', '.join(grade_words(grade).lower() for grade in scheme.grades)}"


def method_words(name: str) -> str:
    """The name of this method of grading."""
    method = grading_methods().get(name)
    return method.says if method else name


def graded_by(page: RoundPage) -> tuple[tuple[str, str], ...]:
    """Each side that grades in this round, with the grades it gives."""
    known_schemes = grade_schemes()
    return tuple(
        (PARTIES[side], scheme_words(known_schemes[page.schemes[side]]))
        for side in SIDES
        if page.schemes.get(side) in known_schemes
    )


def waits_words(page: RoundPage) -> str:
    """Who must act before this side can; empty where it can act now, or nobody must."""
    line = page.line
    if page.next or line.ended_at is not None or not page.side:
        return ""
    if line.drawn_at is not None:
        waits = [PARTIES[side].lower() for side in page.waits_for if side != page.side]
        return f"Waiting for the {' and the '.join(waits)} to end the round too." if waits else ""
    handed = {number.side: number for number in page.handed}
    if page.lacks.startswith("a beacon") and page.beacon is not None:
        return f"Waiting for the pulse of {page.beacon.name} on {pulse_words(page.beacon.pulse_at)}."
    deed = "commit to a number" if page.lacks else "reveal its number"
    lacking = [side for side in SIDES if side not in handed or (not page.lacks and not handed[side].is_told)]
    others = [PARTIES[side].lower() for side in lacking if side != page.side]
    return f"Waiting for the lead of the {' and the '.join(others)} to {deed} on this page." if others else ""


def tasks_of(page: RoundPage) -> tuple[Task, ...]:
    """The stages of this round in order, each with how far it is."""
    return tuple(_each_task(page))


def _each_task(page: RoundPage) -> Iterator[Task]:
    available, to_draw = page.numbers
    drawn = page.line.drawn_at is not None
    yield Task(
        "Plan the round",
        _to_draw_words(to_draw, available) if page.plan_hash else "",
        _DONE if page.plan_hash else _NOW,
    )
    if page.plan_hash and not page.needs_numbers:
        yield Task("Numbers", "Not needed, because every file is included", _DONE)
    else:
        yield from _number_tasks(page, is_drawn=drawn)
    yield Task("Draw the sample", "", _DONE if drawn else _tag_of(page, "draw"))
    for side in page.sides:
        yield from _tasks_of_side(page, side, is_drawn=drawn)
    waits = " and ".join(PARTIES[side].lower() for side in page.waits_for)
    yield Task(
        "End the round",
        f"Waiting for the {waits}" if page.ends and waits else "",
        _DONE if page.line.ended_at else _NOW if page.ends else _LATER,
    )


def _to_draw_words(to_draw: int, available: int) -> str:
    if available == 1:
        return "1 file will be drawn"
    return f"{to_draw:,} of {available:,} files will be drawn"


def _tasks_of_side(page: RoundPage, side: Side, *, is_drawn: bool) -> Iterator[Task]:
    files = sum(file_set.files for file_set in side.sets)
    opened = sum(file_set.opened for file_set in side.sets)
    word = "grader" if len(side.graders) == 1 else "graders"
    is_own = side.side == page.side
    stages = [
        (
            f"Name graders and allocate files ({side.side})",
            f"{len(side.graders)} {word}, {files - side.waits_for_grader:,} of {files:,} files allocated",
            _NOW if side.waits_for_grader else _DONE,
        ),
        *(
            [
                (
                    f"Create the key ({side.side})",
                    f"Fingerprint {page.key}" if page.key else "Nobody can submit grades without it",
                    _DONE if page.key else _NOW,
                )
            ]
            if is_own
            else []
        ),
        (
            f"Submit grades ({side.side})",
            f"{files - side.waits_for_grade:,} of {files:,} submitted",
            _NOW if side.waits_for_grade else _DONE,
        ),
        (
            f"Open grades ({side.side})",
            f"{opened:,} of {files:,} opened",
            _DONE if opened == files else _NOW if "open" in page.next and is_own else _LATER,
        ),
    ]
    for name, hint, tag in stages:
        yield Task(name, hint, tag) if is_drawn else Task(name, "", _LATER)


def _number_tasks(page: RoundPage, *, is_drawn: bool) -> Iterator[Task]:
    committed = [PARTIES[number.side].lower() for number in page.handed if number.commitment]
    revealed_by = [PARTIES[number.side].lower() for number in page.handed if number.is_told]
    yield Task(
        "Commit to numbers",
        f"Committed: {', '.join(committed)}" if committed else "",
        _DONE if is_drawn or (page.plan_hash and not page.lacks) else _NOW if page.plan_hash else _LATER,
    )
    yield Task(
        "Reveal the numbers",
        f"Revealed: {', '.join(revealed_by)}" if revealed_by else f"Waiting for {page.lacks}" if page.lacks else "",
        _DONE
        if is_drawn or (revealed_by and "draw" in page.next)
        else _NOW
        if page.plan_hash and not page.lacks
        else _LATER,
    )


def _tag_of(page: RoundPage, act: str) -> Tag:
    return _NOW if act in page.next else _LATER


FILTERS = {
    "round_tag": stage_tag,
    "set_words": set_words,
    "party": party_words,
    "round_kind": round_kind,
    "follow_up_words": follow_up_words,
    "pulse_at": pulse_words,
}
