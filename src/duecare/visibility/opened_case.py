"""A case that something is done to: refused alike where the viewer may not open it and where there is none."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.authorisation.authorise import authorise, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import Facts, facts_of_case
from duecare.visibility.case_scope import case_thing, ledger_refs_of_case


def open_case(request: Request, act: Act, case_key: CaseKey) -> Facts:
    """What is known of this case now, where the viewer may do this to it.

    Raises:  ACC-001 where they may not, and where there is no such case: the answer and the ledger's line are the same.
    """
    facts = facts_of_case(case_key, None)
    names = ledger_refs_of_case(case_key, facts) if facts.events else ()
    authorise(request, act, case_thing(case_key, facts, request.now), names)
    if not facts.events and case_key not in facts.cases:
        refuse_as_absent(request, act)
    return facts
