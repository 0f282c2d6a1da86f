"""Every duty can be fed from a shipped mapping of a system's own layout, not only from the neutral one."""

import tomllib
from dataclasses import fields, is_dataclass

import pytest
from tests.house import tree

from duecare.duty.declaration import Fact
from duecare.rulebook import all_duties
from duecare.vocabulary.kinds import EVENT_KINDS

MAPPINGS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (tree.ROOT / "sources").glob("*.toml")}
OWN = sorted(set(MAPPINGS) - {"pole"})
# A duty may begin with what the officers' list says of an absence, which is no event of a source.
NOT_EVENTS = {"absence"}
# Columns of an event that a rule may also seek in its detail, so as to say that neither tells.
COLUMNS = {"risk", "outcome"}


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
    assert unfed(all_duties.all_duties(), emitted()) == []


def test_every_kind_of_event_of_the_exchange_is_given_by_a_shipped_mapping():
    assert sorted(EVENT_KINDS - emitted()) == []


def test_no_mapping_names_a_kind_that_there_is_not():
    assert sorted(emitted(MAPPINGS) - EVENT_KINDS) == []


@pytest.mark.parametrize("lost", ["custody", "visor"])
def test_without_a_mapping_its_duties_are_found_to_be_unfed(lost):
    assert unfed(all_duties.all_duties(), emitted([name for name in OWN if name != lost])) != []


@pytest.mark.parametrize("kind", ["crime_recorded", "strategy_discussion_held", "missing_returned"])
def test_without_one_kind_the_duty_that_begins_by_it_is_found_to_be_unfed(kind):
    assert any(f"can not begin by {kind}" in fault for fault in unfed(all_duties.all_duties(), emitted() - {kind}))


# --- the details that rules look at ------------------------------------------------------------------


def details_of(mapping):
    """Which details does this mapping fill, by kind of event? `*` where a column holds them all as JSON."""
    for file in mapping.get("files", {}).values():
        parts = file.get("event", [])
        for part in parts if isinstance(parts, list) else [parts]:
            detail = part.get("detail", {})
            names = {"*"} if detail.get("as") == "json" else set(detail)
            kind = part["kind"]
            kinds = [kind["value"]] if "value" in kind else filter(None, mapping["tables"][kind["table"]].values())
            yield from ((one, name) for one in kinds for name in names)


def within(thing):
    """This declaration and everything it is made of."""
    yield thing
    if is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from within(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for item in thing:
            yield from within(item)


def looked_at(duty):
    """Which details does this duty look at, of which kind of event?"""
    for fact in within(duty):
        if isinstance(fact, Fact):
            yield from ((fact.kind, one.field) for one in within(fact.where) if type(one).__name__.startswith("Detail"))


def read_by(duty):
    """Which details does a limit of this duty follow, and which kinds of event could tell them?"""
    kinds = starting(duty) | discharging(duty)
    for rule in duty.rules:
        kinds |= {kind for one in within(rule) if type(one).__name__ == "KindAmong" for kind in one.kinds}
        for allowance in within(rule):
            if type(allowance).__name__ in {"FromDetail", "UntilDetail"}:
                yield allowance.field, kinds


def without_detail(duties, filled):
    """Which details that a duty looks at could no shipped mapping tell?"""

    def tells(kind, name):
        return name in COLUMNS or bool({(kind, name), (kind, "*")} & filled)

    found = {f"{duty.id}: {kind}.{name}" for duty in duties for kind, name in looked_at(duty) if not tells(kind, name)}
    for duty in duties:
        found |= {f"{duty.id}: {name}" for name, kinds in read_by(duty) if not any(tells(kind, name) for kind in kinds)}
    return sorted(found)


FILLED = {pair for name in OWN for pair in details_of(MAPPINGS[name])}


def test_every_detail_that_a_duty_looks_at_can_be_known_by_a_shipped_mapping():
    assert without_detail(all_duties.all_duties(), FILLED) == []


def test_a_detail_that_no_mapping_shows_is_found():
    kept = {pair for pair in FILLED if pair[0] != "strategy_discussion_held"}

    assert any("strategy_discussion_held.s47" in fault for fault in without_detail(all_duties.all_duties(), kept))
