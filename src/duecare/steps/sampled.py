"""A file of a round as policy judges it: who was given it to grade."""

from __future__ import annotations

from duecare.access.thing import FileThing
from duecare.record.pole import CaseKey
from duecare.store.allotted import graders_of


def file_thing(round_name: str, case: CaseKey) -> FileThing:
    """This file of this round, with those to whom it was allotted; nobody, where there is no such file."""
    return FileThing(round_name, f"{case.source}:{case.case_ref}", graders_of(round_name, case))
