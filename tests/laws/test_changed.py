"""What `changed` says differs is what differs, and each fact it blames is one without which it would not."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.laws.test_known_then import take
from tests.made.histories import LATEST, History, histories
from tests.made.stores import Store, Stores, asking

from duecare.assessment.all_findings import every_finding
from duecare.assessment.explain_change import is_same
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.use_cases.findings.compare_moments import Moment, list_changes
from duecare.use_cases.findings.compare_moments_export import as_json
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.vocabulary.moments import iso_text

EXAMPLES = settings.default.max_examples // 3
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
FACTS = {"late_fact", "changed_fact", "new_fact", "withdrawn_fact"}


@st.composite
def two_moments(draw, history: History) -> tuple[datetime, datetime]:
    """Two moments near those at which something was written."""
    stamps = sorted({row["written_at"] for made in history.deliveries for some in made.rows.values() for row in some
                     if "event_id" in row and row.get("written_at")})  # fmt: skip
    chosen = sorted(datetime.fromisoformat(draw(st.sampled_from(stamps))) for _ in range(2))
    shift = st.sampled_from((timedelta(seconds=-1), timedelta(0), timedelta(hours=-2), timedelta(days=-2)))
    then = chosen[0] + draw(shift)
    return then, max(then, chosen[1]) + draw(st.sampled_from((timedelta(0), timedelta(hours=30), timedelta(days=9))))


def reckoned(store: Store, moment: datetime):
    with store() as config:
        by = AssessmentContext.at(config, moment, moment)
        return {(f.finding, f.source, f.case_ref): f for f in every_finding(by)}


def without(history: History, fact: dict[str, str], since: datetime) -> History:
    """The same deliveries, but of one event nothing that was written after this moment."""
    late = iso_text(since)

    def kept(made):
        stated = iso_text(made.extracted_at) if made.extracted_at else ""
        gone = {
            row["event_id"]
            for row in made.rows.get("events", ())
            if made.source == fact["source"]
            and row["event_id"] == fact["event_id"]
            and (row.get("written_at") or stated) > late
        }
        rows = {
            name: [row for row in some if row.get("event_id") not in gone] if name in {"events", "ties"} else some
            for name, some in made.rows.items()
        }
        header = {name: list({column for row in some for column in row}) for name, some in made.rows.items()}
        return dataclasses.replace(made, rows=rows, header=header, scope="changes")

    return History(tuple(kept(made) for made in history.deliveries))


@tried
@given(data=st.data())
def test_changed_lists_exactly_what_differs_with_the_states_of_both_moments(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories(most=3))
    then, now = data.draw(two_moments(history))

    with stores.some(1) as (store,):
        take(store, history, tmp_path)
        before, after = reckoned(store, then), reckoned(store, now)
        with store() as config:
            said = list_changes(asking(), config, Wanted(), Moment(then, then), Moment(now, now))

        listed = {(c.finding.finding, c.finding.source, c.finding.case_ref): c for c in said.changes}
        differs = {w for w in before.keys() | after.keys() if not is_same(before.get(w), after.get(w))}
        assert listed.keys() == differs
        for which, change in listed.items():
            assert is_same(change.before, before.get(which))
            assert is_same(change.after, after.get(which))
            assert change.cause in change.causes
        event(f"{min(len(differs), 3)} or more differ")


@tried
@given(data=st.data())
def test_without_the_one_fact_that_is_blamed_the_finding_would_be_otherwise(stores: Stores, tmp_path: Path, data):
    history = data.draw(histories(most=3))
    then, now = data.draw(two_moments(history))
    changes_only = History(tuple(dataclasses.replace(made, scope="changes") for made in history.deliveries))

    with stores.some(2) as (store, other):
        take(store, changes_only, tmp_path)
        with store() as config:
            said = as_json(list_changes(asking(), config, Wanted(), Moment(then, then), Moment(now, now)))
        blamed = [
            (one, cause["facts"][0])
            for one in said["changes"]
            for cause in one["causes"]
            if cause["cause"] in FACTS and not cause["together"] and cause["facts"][0]["sheet"] == "events"
            and len(one["causes"]) == 1
        ]  # fmt: skip
        event(f"{min(len(blamed), 2)} or more blamed")
        if not blamed:
            return
        change, fact = data.draw(st.sampled_from(blamed))
        # A fact that happened since is taken away whole; of one that was written since, what was known then is left.
        since = LATEST - timedelta(days=4000) if change["cause"] == "new_fact" else then
        take(other, without(changes_only, fact, since), tmp_path)
        which = (change["finding"], change["source"], change["case_ref"])
        assert not is_same(reckoned(store, now).get(which), reckoned(other, now).get(which))
