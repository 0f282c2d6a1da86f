"""A file of a round as policy judges it: who was given it to grade."""

from __future__ import annotations

from duecare.access.thing import FileThing
from duecare.record.pole import CaseKey
from duecare.store.audit.file_allocations import graders_of
from duecare.store.facts.fact_lookup import sealed_cases


def file_thing(round_name: str, case: CaseKey) -> FileThing:
    """This file of this round, with those to whom it was allotted.

    Shape:   nobody, where there is no such file, or its case has been sealed since it was drawn.
    """
    graders = frozenset[str]() if case in sealed_cases() else graders_of(round_name, case)
    return FileThing(round_name, f"{case.source}:{case.case_ref}", graders)
