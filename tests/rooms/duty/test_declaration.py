"""Declarations as data: spans of days, turns of a rule, and versions that change with what they say and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from duecare.duty.allowance import Hours, LocalHours
from duecare.duty.condition import DetailIs
from duecare.duty.declaration import (
    Duty,
    Fact,
    Rule,
    Rung,
    Scope,
    Source,
    Span,
    Superseded,
    Unsure,
    Who,
    canonical_text,
    rule_version,
)
from duecare.duty.finding import Authority

DAY = date(2026, 3, 3)
RULE = Rule("R1", Hours(1), Span(DAY))
DUTY = Duty(
    id="D1",
    says="Do it.",
    authority=Authority.LOCAL,
    source=Source("A text", "s.1", "https://example.org", DAY),
    owed_by="supervisor",
    scope=Scope.CASE,
    starts=((Fact("visit"),),),
    rules=(RULE,),
    met_by=(Fact("child_seen"),),
    who=(Who("child", 18), Who("victim"), Who("child", 16)),
)


@pytest.mark.parametrize(
    ("span", "on_day", "holds"),
    [
        (Span(), date(1, 1, 1), True),
        (Span(DAY), date(2026, 3, 2), False),
        (Span(DAY), DAY, True),
        (Span(None, DAY), DAY, True),
        (Span(None, DAY), date(2026, 3, 4), False),
        (Span(DAY, DAY), DAY, True),
        (Span(DAY, date(2026, 3, 5)), date(2026, 3, 6), False),
    ],
)
def test_a_rule_is_in_force_from_its_first_day_to_its_last(span: Span, on_day: date, holds: bool) -> None:
    assert span.holds_on(on_day) is holds


def test_the_rule_of_a_day_is_the_first_in_force() -> None:
    earlier = Rule("R0", Hours(9), Span(None, date(2026, 3, 2)))
    duty = replace(DUTY, rules=(earlier, RULE, replace(RULE, ref="R2")))

    assert duty.rule_on(date(2026, 3, 2)) is earlier
    assert duty.rule_on(DAY) is RULE
    assert DUTY.rule_on(date(2026, 3, 2)) is None


def test_each_turn_of_a_chain_has_its_own_limit_and_the_last_one_repeats() -> None:
    rule = replace(RULE, later=(("R1a", Hours(2)), ("R1b", Hours(3))))

    assert [rule.turn(number) for number in range(4)] == [
        ("R1", Hours(1)),
        ("R1a", Hours(2)),
        ("R1b", Hours(3)),
        ("R1b", Hours(3)),
    ]
    assert [RULE.turn(number) for number in range(3)] == [("R1", Hours(1))] * 3
    assert rule.turns == (("R1", Hours(1)), ("R1a", Hours(2)), ("R1b", Hours(3)))
    assert RULE.turns == (("R1", Hours(1)),)


def test_the_roles_of_a_duty_are_those_of_everyone_it_is_owed_to() -> None:
    assert DUTY.roles == {"child", "victim"}
    assert replace(DUTY, who=()).roles == frozenset()


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "D2"},
        {"says": "Do it now."},
        {"authority": Authority.STATUTE},
        {"owed_by": "investigator"},
        {"scope": Scope.CHILD},
        {"starts": ((Fact("visit", (DetailIs("a", True),)),),)},
        {"met_by": (Fact("child_seen"), Fact("visit"))},
        {"who": (Who("child", 18, Unsure.CANNOT_TELL),)},
        {"ladder": (Rung("supervisor", 1.0),)},
        {"local": True},
        {"once": True},
        {"source": Source("A text", "s.1", "https://example.org", DAY, is_verified=False)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_declaration_that_says_anything_else_is_another_version(changed: dict[str, object]) -> None:
    other = replace(DUTY, **changed)

    assert other.version != DUTY.version
    assert rule_version(other, RULE) != rule_version(DUTY, RULE)
    assert replace(other, **{name: getattr(DUTY, name) for name in changed}).version == DUTY.version


@pytest.mark.parametrize(
    ("rule", "is_same"),
    [
        (replace(RULE, ref="R2"), False),
        (replace(RULE, allows=Hours(2)), False),
        (replace(RULE, allows=LocalHours("n", 1)), False),
        (replace(RULE, in_force=Span(date(2026, 3, 4))), False),
        (replace(RULE, in_force=Span(DAY, date(2026, 12, 31))), True),
        (replace(RULE, superseded=Superseded(Fact("visit"), DAY)), True),
        (replace(RULE, later=(("R1a", Hours(2)),)), False),
    ],
)
def test_ending_a_rule_does_not_change_what_was_found_under_it(rule: Rule, is_same: bool) -> None:
    assert (rule_version(DUTY, rule) == rule_version(DUTY, RULE)) is is_same


def test_another_rule_beside_it_changes_the_duty_and_not_the_rule() -> None:
    other = replace(DUTY, rules=(RULE, replace(RULE, ref="R2")))

    assert other.version != DUTY.version
    assert rule_version(other, RULE) == rule_version(DUTY, RULE)


def test_versions_are_short_and_in_hex() -> None:
    for version in (DUTY.version, rule_version(DUTY, RULE)):
        assert len(version) == 16
        assert set(version) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Hours(1), "Hours(n=1)"),
        (Hours(1.5), "Hours(n=1.5)"),
        ((), "[]"),
        (("a", 1), "['a',1]"),
        (Authority.STATUTE, "statute"),
        (DAY, "2026-03-03"),
        (None, "None"),
        (True, "True"),
        (Span(DAY), "Span(first=2026-03-03,last=None)"),
    ],
)
def test_a_declaration_is_written_in_one_way(value: object, text: str) -> None:
    assert canonical_text(value) == text


def test_declarations_are_keys_by_what_names_them_and_are_told_apart_by_all_they_say() -> None:
    assert hash(replace(DUTY, says="x")) == hash(DUTY)
    assert replace(DUTY, says="x") != DUTY
    assert hash(replace(RULE, allows=Hours(9))) == hash(RULE)
    assert len({DUTY, replace(DUTY, says="x"), replace(DUTY)}) == 2
