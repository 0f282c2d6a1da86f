"""Every worked example again, moved over both clock changes, and with its events taken away one by one."""

from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from tests.laws.test_assess_laws import BY_ID, is_sane
from tests.made.timelines import at, scene

from duecare.duty.allowance import FromDetail, Hours, LocalHours, UntilDetail, parts_of
from duecare.duty.declaration import Scope, Span
from duecare.duty.explain import explain_finding
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate

HERE = Path(__file__).parent
MODULES = [import_module(f"tests.spec.{path.parent.name}.{path.stem}") for path in sorted(HERE.glob("*/test_*.py"))]
SCENES = {f"{module.DUTY}: {name}": text for module in MODULES for name, text in module.EXAMPLES.items()}
CHANGES = {
    "spring": (at("2025-03-29 20:00"), at("2025-03-30 00:59:30")),
    "autumn": (at("2025-10-25 20:00"), at("2025-10-26 00:30:00")),
}


def is_in_hours(duty) -> bool:
    """Are all its limits elapsed hours from its start, whenever that was?"""
    turns = [allowance for rule in duty.rules for _, allowance in rule.turns]
    dated = any(
        span != Span() for span in [*(rule.in_force for rule in duty.rules), *(who.in_force for who in duty.who)]
    )
    plain = not any(isinstance(one, FromDetail | UntilDetail) for one in turns)
    return plain and not dated and all(isinstance(p, Hours | LocalHours) for one in turns for p in parts_of(one))


IN_HOURS = {duty.id for duty in BY_ID.values() if is_in_hours(duty)}


def moved(made, by: timedelta):
    """The scene with everything so much later, birth dates too."""

    def born(record):
        if not isinstance(record.born, PartialDate):
            return record
        days = timedelta(days=by.days)
        return replace(record, born=PartialDate(record.born.earliest + days, record.born.latest + days))

    def officer(record):
        times = {n: getattr(record, n) + by for n in ("absent_from", "absent_to") if getattr(record, n)}
        return replace(record, **times)

    return replace(
        made,
        events=[
            replace(
                event,
                happened_at=When(event.happened_at.earliest + by, event.happened_at.latest + by),
                written_at=event.written_at + by,
            )
            for event in made.events
        ],
        persons={key: born(record) for key, record in made.persons.items()},
        officers=[officer(record) for record in made.officers],
        cases={
            key: replace(case, closed_at=When(case.closed_at.earliest + by, case.closed_at.latest + by))
            if case.closed_at
            else case
            for key, case in made.cases.items()
        },
    )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", SCENES)
def test_moved_over_a_clock_change_elapsed_hours_are_the_same_and_nothing_breaks(name, change):
    made, expected = scene(SCENES[name])
    first = min(event.happened_at.earliest for event in made.events)

    for target in CHANGES[change]:
        by = target - first
        for as_of, _ in expected:
            before = {f.finding: f for f in made.findings(as_of) if f.duty in IN_HOURS}
            after = moved(made, by).findings(as_of + by)
            for finding in after:
                is_sane(finding, as_of + by)
            shifted = {f.finding: f for f in after if f.duty in IN_HOURS}
            times = [e.happened_at for e in made.events] + [c.closed_at for c in made.cases.values() if c.closed_at]
            if not all(time.is_exact for time in times) or any(o.absent_from for o in made.officers):
                continue
            assert before.keys() == shifted.keys()
            for key, finding in before.items():
                assert shifted[key].state is finding.state
                assert shifted[key].due_at == finding.due_at + by
                assert shifted[key].late_by_hours == finding.late_by_hours


@pytest.mark.parametrize("name", SCENES)
def test_with_any_one_event_missing_every_finding_is_still_sane(name):
    made, expected = scene(SCENES[name])

    for place in range(len(made.events)):
        shorter = replace(made, events=made.events[:place] + made.events[place + 1 :])
        for as_of, _ in expected:
            for finding in shorter.findings(as_of):
                is_sane(finding, as_of)
                assert explain_finding(finding, BY_ID[finding.duty])
                gone = (made.events[place].source, made.events[place].event_id)
                assert gone not in {(fact.source, fact.event_id) for fact in finding.evidence}


def test_every_duty_has_its_file_of_examples():
    assert {module.DUTY for module in MODULES} == set(BY_ID)
    assert {BY_ID[module.DUTY].scope for module in MODULES} == set(Scope)
