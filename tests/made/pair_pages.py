"""A pair to look at, and none, as their page shows them."""

from __future__ import annotations

from tests.made import link_pages
from tests.made.pages import record

from duecare.store.link_review.candidate_pairs import KeptPair
from duecare.use_cases.linkage.list_pairs import PairToSee
from duecare.worklist.pair_order import Consequence

LEVELS = {"given": "same", "family": "slip", "born": "same", "home": "different", "sex": "different"}


def to_see() -> tuple[PairToSee, ...]:
    """One pair that would hide a danger if joined, of which one record is restricted."""
    pair = KeptPair(link_pages.A, link_pages.B, 1.4, LEVELS, "another sex")
    records = record("custody", restricted=True), record(key=link_pages.B, given_names="Adah", protected_address=True)
    return (PairToSee(pair, records, False, (Consequence.DANGER, Consequence.OWED), "3.1", 6.0),)
