"""Every duty has its source and worked examples; the judge knows none of them by name."""

import re

import pytest
from tests.house import tree


def every_duty():
    """The catalogue, as soon as there is a rulebook; a rulebook without one is a fault."""
    if not (tree.SRC / "rulebook").is_dir():
        return ()
    from duecare.rulebook import catalogue

    return catalogue.duties()


def spec_files(duty):
    """The spec tests that name this duty."""
    return [path for path in tree.kept("tests/spec") if path.suffix == ".py" and duty.id in path.read_text("utf-8")]


@pytest.mark.parametrize("duty", every_duty(), ids=lambda duty: duty.id)
def test_a_duty_has_a_source(duty):
    assert duty.source


@pytest.mark.parametrize("duty", every_duty(), ids=lambda duty: duty.id)
@pytest.mark.parametrize("state", ["met", "met late", "cannot tell"])
def test_a_duty_has_a_worked_example_of(state, duty):
    examples = "\n".join(path.read_text("utf-8") for path in spec_files(duty)).lower().replace("_", " ")
    wanted = r"\bmet\b(?! late)" if state == "met" else rf"\b{state}\b"

    assert re.search(wanted, examples), f"no file in tests/spec names {duty.id} and shows it {state}"


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
