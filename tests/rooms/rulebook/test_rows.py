"""Every row of the reference that is a duty, a limit or a rule is declared; the others say why they are none."""

import tomllib

import pytest
from tests.made.timelines import SAMPLE, check, policy

from duecare.duty.finding import Authority
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.local_standard import numbers_of

ROWS = [
    *(f"CP{n}" for n in range(1, 19)),
    *(f"MI{n}" for n in range(1, 7)),
    *(f"RO{n}" for n in range(1, 14)),
    *(f"CU{n}" for n in range(1, 21)),
    *(f"AL{n}" for n in range(1, 11)),
]
NO_DUTY = {
    "MI6": "a recommendation of the inspectorate with its own day, followed up as a recommendation",
    "AL6": "says who may be allocated: a condition of AL1, not a clock of its own",
    "CU4": "says what a review put off does to the next: part of CU1 and CU2, in the reason",
    "CU11": "says which hours of an earlier stay count: part of CU5 to CU7, in the less of their limit",
    "CU12": "an age rule: part of whom the custody duties are owed to",
    "CU15": "a definition of overnight, which counts and starts nothing",
    "CU16": "seven principles of a concordat, without a fact that would meet or break them",
    "RO13": "a second failed visit asks a senior officer to decide: a danger to look at, and counted, not a clock",
}
NOT_OF_A_TEXT = {
    "CP6": "told by people of the field",
    "CP12": "told by people of the field",
    "CP14": "the sources conflict",
    "CP16": "told by people of the field",
    "MI5": "told by people of the field",
    "AL1": "an inference",
    "AL2": "an inference",
    "AL3": "an inference",
    "AL4": "an inference",
    "AL5": "the hours are not public",
    "AL10": "an inference",
    "RO11": "told by people of the field",
    "RO12": "told by people of the field",
    "SC41": "an inference",
}
"""Rows whose number no statute gives and no source states: always the force's own."""

ONLY_LOCAL = ("CP3", "CP9", "CP18", "MI2")


def refs(duty):
    return {ref for rule in duty.rules for ref, _ in rule.turns}


DECLARED = {ref for duty in all_duties() for ref in refs(duty)}


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_the_reference_is_declared_or_says_why_it_is_no_duty(row):
    assert (row in DECLARED) is not (row in NO_DUTY)


@pytest.mark.parametrize("row", [*NOT_OF_A_TEXT, *ONLY_LOCAL])
def test_a_number_that_no_text_gives_is_the_forces_own(row):
    mine = [duty for duty in all_duties() if row in refs(duty)]

    assert mine
    assert all(duty.local for duty in mine)


@pytest.mark.parametrize("duty", [one for one in all_duties() if one.local], ids=lambda one: one.id)
def test_the_sample_policy_names_every_number_that_is_a_forces_own(duty):
    tables = tomllib.loads(SAMPLE.read_text("utf-8"))["standards"]
    said = tables[duty.id]
    named = {(unit, name): n for unit, of in said.items() if isinstance(of, dict) for name, n in of.items()}

    assert named == numbers_of(duty)
    assert bool(named) or duty.holds


def test_a_standard_that_is_only_suggested_says_so_and_notifies_nobody():
    suggested = [d for d in all_duties() if d.local and not any(s.adopted_by for s in policy().standards_of(d.id))]

    assert {d.id for d in all_duties() if d.local} - {d.id for d in suggested} == {
        "LOCAL-allocate-investigator",
        "LOCAL-see-the-child",
        "PACE-s38-accommodation",
    }
    check(
        """
        A: born 2010-01-01
        post P1: kind=mash_lead; holder=M1
        happened         | written | what          | who     | with
        2025-06-02 10:00 |         | mash_received | A child | risk=green
        as of 2025-07-01
        -> overdue | adopted=False | told=
        """,
        "LOCAL-mash-triage",
    )


def test_a_text_that_was_not_read_is_shown_as_not_verified_and_no_local_authority_is_statute():
    for duty in all_duties():
        assert duty.authority is not Authority.LOCAL or duty.local
        assert duty.source.is_verified or duty.local or duty.authority is Authority.STATUTE


OFFICE = """
[standards.LOCAL-mash-triage]
adopted_by = "Chief Constable of Northmoor"
adopted_from = 2025-01-01
clock = "office"
"""


def test_a_force_that_counts_by_the_clock_of_the_office_has_amber_due_on_wednesday(tmp_path, monkeypatch):
    from duecare.rulebook.force_policy import read_policy

    path = tmp_path / "own.toml"
    path.write_text(OFFICE)
    own = read_policy(path)
    monkeypatch.setattr("tests.made.timelines.policy", lambda: own)

    # Friday 17:30 is after closing: 8 hours each on Monday, Tuesday and Wednesday, from 09:00 to 17:00.
    check(
        """
        A: born 2010-01-01
        happened         | written | what          | who     | with
        2025-06-06 17:30 |         | mash_received | A child | risk=amber
        2025-06-06 15:30 |         | mash_received | A child | risk=red; case=M2
        as of 2025-06-06 18:00
        -> open | due=2025-06-06 19:30
        -> open | due=2025-06-11 17:00 | adopted=True
        """,
        "LOCAL-mash-triage",
    )
