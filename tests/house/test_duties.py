"""Every duty has its source and worked examples; the judge knows none of them by name."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest
from tests.house import tree


def every_duty():
    """The catalogue, as soon as there is a rulebook; a rulebook without one is a fault."""
    if not (tree.SRC / "rulebook").is_dir():
        return ()
    from duecare.rulebook import all_duties

    return all_duties.all_duties()


def examples():
    """The worked examples of each duty, by its id."""
    found = {}
    for path in sorted((tree.ROOT / "tests/spec").glob("*/test_*.py")):
        module = import_module(f"tests.spec.{path.parent.name}.{path.stem}")
        found[module.DUTY] = "\n".join(module.EXAMPLES.values())
    return found


def states_wanted(duty):
    """In which states must its examples show a duty? A rule about a fact itself is never met late."""
    wanted = ["overdue", "cannot_tell"]
    wanted += ["met"] if duty.met_by else []
    wanted += ["met_late"] if duty.met_by and not duty.holds else []
    wanted += ["excused"] if duty.excused_by or duty.late_excused_by_detail else []
    return wanted


@pytest.mark.parametrize("duty", every_duty(), ids=lambda duty: duty.id)
def test_a_duty_has_a_source(duty):
    assert duty.source


@pytest.mark.parametrize("duty", every_duty(), ids=lambda duty: duty.id)
def test_a_duty_has_a_worked_example_of_every_state_it_can_come_to(duty):
    shown = set(re.findall(r"^\s*->\s*(\w+)", examples().get(duty.id, ""), re.MULTILINE))

    assert set(states_wanted(duty)) - shown == set()


def kinds_named(part: object) -> Iterator[str]:
    """Every kind of event that a declaration names, however deep."""
    from duecare.duty.declaration import Fact

    if isinstance(part, Fact):
        yield part.kind
    if isinstance(part, tuple):
        for one in part:
            yield from kinds_named(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from kinds_named(getattr(part, field.name))


@pytest.mark.parametrize("duty", every_duty(), ids=lambda duty: duty.id)
def test_a_duty_names_only_kinds_of_event_there_are(duty):
    from duecare.vocabulary.kinds import EVENT_KINDS

    assert set(kinds_named(duty)) - set(EVENT_KINDS) == set()


def test_the_kinds_a_duty_names_are_found_in_every_part_of_it():
    from duecare.rulebook.local import ALLOCATE_INVESTIGATOR

    assert {"concern_reported", "investigator_allocated", "investigator_released"} <= set(
        kinds_named(ALLOCATE_INVESTIGATOR)
    )


def test_there_are_duties_once_there_is_a_rulebook():
    assert bool(every_duty()) == (tree.SRC / "rulebook").is_dir()


def test_the_judge_holds_no_duty_id():
    names = {duty.id for duty in every_duty()} | {
        ref for duty in every_duty() for ref in [getattr(duty, "ref", "")] if ref
    }
    found = [
        f"{tree.named(path)} names {name}"
        for path in tree.kept("src/duecare/duty")
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", path.read_text("utf-8"))
    ]

    assert found == []
