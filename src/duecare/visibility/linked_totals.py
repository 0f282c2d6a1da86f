"""How many people and records linkage has joined, as pages tell it: what is sealed counts for nobody."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.store.linkage.linkage_runs import people_held, records_linked
from duecare.store.linkage.linked_people import LinkageRun
from duecare.visibility.sealed_filter import hidden_from_all


@dataclass(frozen=True, slots=True)
class LinkedTotals:
    """The people of a run of linkage and their records, without whoever is sealed or known by sealed cases alone."""

    people: int
    records: int


def people_linked(link_run: LinkageRun) -> int:
    """The people of this run, as `LinkedTotals` has them."""
    people, records = hidden_from_all()
    held = people_held(link_run, records)
    return link_run.people - len(people & set(held.values()))


def linked_totals(link_run: LinkageRun) -> LinkedTotals:
    """The people and records of this run."""
    people, records = hidden_from_all()
    held = people_held(link_run, records)
    return LinkedTotals(link_run.people - len(people & set(held.values())), records_linked(link_run) - len(held))
