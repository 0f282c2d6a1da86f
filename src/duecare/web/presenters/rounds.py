"""Rounds in plain words: their kinds, sets and stages, and what is done, next and waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from duecare.steps.round_shown import RoundLine, RoundPage
from duecare.web.presenters.tag import Tag
from duecare.web.presenters.times import day_words

KINDS: Final[dict[str, str]] = {
    "inspection": "Inspection",
    "internal": "Internal audit",
    "single_file": "Review of a single file",
    "revisit": "Revisit of every file examined",
}
SETS: Final[dict[str, str]] = {
    "paired": "Paired, graded by both sides",
    "inspector_only": "Inspectors only",
    "force_only": "Force only",
}
PARTIES: Final[dict[str, str]] = {"force": "Force", "inspectorate": "Inspectorate", "beacon": "Beacon"}
_STAGES: Final[dict[str, Tag]] = {
    "opened": Tag("Open", "grey"),
    "planned": Tag("Planned", "yellow"),
    "committed": Tag("Committing", "yellow"),
    "revealed": Tag("Revealing", "yellow"),
    "drawn": Tag("Drawn"),
    "ended": Tag("Ended", "green"),
}
_DONE, _NOW, _LATER = Tag("Done", "green"), Tag("Next"), Tag("Not yet", "grey")


@dataclass(frozen=True, slots=True)
class Task:
    """One stage of a round: what it is called, how far it is, in words too."""

    name: str
    hint: str
    tag: Tag


def stage_tag(stage: str) -> Tag:
    """Which word and colour stand for this stage?"""
    return _STAGES[stage]


def set_words(name: str) -> str:
    """What is this set called?"""
    return SETS[name]


def party_words(side: str) -> str:
    """What is this side, or the beacon, called?"""
    return PARTIES[side]


def round_kind(kind: str) -> str:
    """What is this kind of round called?"""
    return KINDS.get(kind, kind)


def follow_up_words(line: RoundLine) -> str:
    """When is the round due again, with whom, or which followed it? Empty where none is owed."""
    if line.follow_up_by:
        return f"Followed by {line.follow_up_by}"
    if line.due_on is None:
        return ""
    return f"Due {day_words(line.due_on)}, owned by {line.owner}"


def tasks_of(page: RoundPage) -> tuple[Task, ...]:
    """The stages of this round in order, each with how far it is."""
    return tuple(_tasks(page))


def _tasks(page: RoundPage) -> Iterator[Task]:
    held, to_draw = page.numbers
    drawn = page.line.drawn_at is not None
    yield Task(
        "Plan the round",
        f"{to_draw:,} of {held:,} files are to be drawn" if page.plan_hash else "",
        _DONE if page.plan_hash else _NOW,
    )
    if page.plan_hash and not page.needs_numbers:
        yield Task("Numbers", "None is needed: every file is drawn, and nothing is left to chance", _DONE)
    else:
        yield from _numbers(page, is_drawn=drawn)
    yield Task("Draw the sample", "", _DONE if drawn else _tag(page, "draw"))
    for side in page.sides:
        files = sum(one.files for one in side.sets)
        word = "grader" if len(side.graders) == 1 else "graders"
        graders = f"{len(side.graders)} {word}, {files - side.waits_for_grader:,} of {files:,} files allotted"
        yield Task(
            f"Name and allot the graders of the {side.side}",
            graders,
            _NOW if side.waits_for_grader else _DONE,
        )
        yield Task(
            f"Grades of the {side.side}",
            f"{files - side.waits_for_grade:,} of {files:,} submitted",
            _NOW if side.waits_for_grade else _DONE,
        )
    waits = " and ".join(PARTIES[side].lower() for side in page.waits_for)
    yield Task(
        "End the round",
        f"Waits for the {waits}" if page.ends and waits else "",
        _DONE if page.line.ended_at else _NOW if page.ends else _LATER,
    )


def _numbers(page: RoundPage, *, is_drawn: bool) -> Iterator[Task]:
    committed = [PARTIES[one.side].lower() for one in page.handed if one.commitment]
    told = [PARTIES[one.side].lower() for one in page.handed if one.is_told]
    yield Task(
        "Commit to numbers",
        f"Committed: {', '.join(committed)}" if committed else "",
        _DONE if is_drawn or (page.plan_hash and not page.lacks) else _NOW if page.plan_hash else _LATER,
    )
    yield Task(
        "Reveal the numbers",
        f"Revealed: {', '.join(told)}" if told else f"Waits for {page.lacks}" if page.lacks else "",
        _DONE if is_drawn or (told and "draw" in page.next) else _NOW if page.plan_hash and not page.lacks else _LATER,
    )


def _tag(page: RoundPage, act: str) -> Tag:
    return _NOW if act in page.next else _LATER
