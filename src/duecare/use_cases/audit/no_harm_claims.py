"""Cases that were sent back and of which the force says that no further harm was found: a claim, until it is tested."""

from __future__ import annotations

from duecare.record.pole import CaseKey
from duecare.store.audit.case_referrals import cases_sent_back
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.use_cases.referrals.list_referrals import referrals_of


def claims_of_no_harm() -> set[CaseKey]:
    """The cases whose last revisit says that it found no further harm."""
    claimed_cases = set()
    for case_key in cases_sent_back():
        sent_back = referrals_of(case_key, facts_of_case(case_key, None))
        if sent_back and sent_back[-1].further_harm is False:
            claimed_cases.add(case_key)
    return claimed_cases
