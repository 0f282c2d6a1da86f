"""When a source is stale or slow: how old its latest accepted delivery is, against the hours that its mapping sets."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from duecare.config import source_folders
from duecare.extract.mapping import load_mapping
from duecare.extract.stale_after import STALE_AFTER_HOURS
from duecare.store.facts import delivery_records
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.visibility.page_types import Freshness
from duecare.vocabulary.refusals import Refusal

NIGHTLY = timedelta(hours=STALE_AFTER_HOURS)


def source_freshness(now: datetime, assessment_run: AssessmentRun | None = None) -> tuple[Freshness, ...]:
    """How old is what each source last told us? Stale: older than 26 hours, or than its own description says.

    Shape:   with `assessment_run`, whether all that each has told us is counted in that assessment, too.

    Source:  house rule: one nightly extract and two hours; docs/decisions/0009.
    """
    freshness, folders = [], source_folders()
    waiting = delivery_records.sources_after(assessment_run.upto_delivery) if assessment_run else frozenset()
    for source, extracted_at, received_at in delivery_records.latest_accepted_of_each_source():
        told_at = extracted_at or received_at
        source_age = now - told_at
        is_stale = source_age > stale_after(source, folders)
        is_slow = source_age > NIGHTLY and not is_stale
        known_at = assessment_run.known_at if assessment_run else None
        freshness.append(
            Freshness(source, extracted_at, received_at, is_stale, source not in waiting, is_slow, known_at)
        )
    return tuple(freshness)


@lru_cache(maxsize=256)
def stale_after(source: str, folders: tuple[Path, ...]) -> timedelta:
    """How old may what this source last told be, by its own description?"""
    try:
        return timedelta(hours=load_mapping(source, folders).stale_after_hours)
    except Refusal:
        return NIGHTLY  # a description that cannot be read makes no page fail, and nothing look fresher
