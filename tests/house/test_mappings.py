"""Every duty can be fed from a shipped mapping of a system's own layout, not only from the neutral one."""

import tomllib

import pytest
from tests.house import tree

from duecare.rulebook import catalogue
from duecare.vocabulary.kinds import EVENT_KINDS

MAPPINGS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (tree.ROOT / "sources").glob("*.toml")}
OWN = sorted(set(MAPPINGS) - {"pole"})
# A duty may begin with what the officers' list says of an absence, which is no event of a source.
NOT_EVENTS = {"absence"}


def kinds_of(mapping):
    """Which kinds of event does this mapping name: outright, or as the target of a code?"""
    for file in mapping.get("files", {}).values():
        parts = file.get("event", [])
        for part in parts if isinstance(parts, list) else [parts]:
            kind = part["kind"]
            if "value" in kind:
                yield kind["value"]
            else:
                yield from (word for word in mapping["tables"][kind["table"]].values() if word)


def emitted(names=OWN):
    """The kinds of event that these mappings name."""
    return {kind for name in names for kind in kinds_of(MAPPINGS[name])}


def starting(duty):
    return {fact.kind for facts in duty.starts for fact in facts} - NOT_EVENTS


def discharging(duty):
    return {fact.kind for fact in duty.met_by}


def unfed(duties, kinds):
    """Which duties could never begin, or never be met, on these kinds alone?"""
    found = [f"{duty.id} can not begin by {kind}" for duty in duties for kind in sorted(starting(duty) - kinds)]
    return found + [f"{duty.id} can not be met" for duty in duties if duty.met_by and not discharging(duty) & kinds]


def test_every_duty_can_begin_and_be_met_by_what_a_shipped_mapping_gives():
    assert unfed(catalogue.duties(), emitted()) == []


def test_every_kind_of_event_of_the_exchange_is_given_by_a_shipped_mapping():
    assert sorted(EVENT_KINDS - emitted()) == []


def test_no_mapping_names_a_kind_that_there_is_not():
    assert sorted(emitted(MAPPINGS) - EVENT_KINDS) == []


@pytest.mark.parametrize("lost", ["custody", "visor"])
def test_without_a_mapping_its_duties_are_found_to_be_unfed(lost):
    assert unfed(catalogue.duties(), emitted([name for name in OWN if name != lost])) != []


@pytest.mark.parametrize("kind", ["crime_recorded", "strategy_discussion_held", "missing_returned"])
def test_without_one_kind_the_duty_that_begins_by_it_is_found_to_be_unfed(kind):
    assert any(f"can not begin by {kind}" in fault for fault in unfed(catalogue.duties(), emitted() - {kind}))
