"""What was known then is what a store of then would say; one case or person alone says what the whole says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.made.histories import LATEST, History, histories, moments
from tests.made.stores import Store, Stores, asking

from duecare.assessment.all_findings import every_finding
from duecare.assessment.rules_in_force import AssessmentContext, assess_case
from duecare.duty.finding import Finding
from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.linkage import linked_people
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings

EXAMPLES = settings.default.max_examples * 2 // 5
pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.guarantee]
tried = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def said(findings: Iterable[Finding]) -> list[bytes]:
    """The findings as JSON, in an order of their own."""
    return sorted(orjson.dumps(finding.as_json(), option=orjson.OPT_SORT_KEYS) for finding in findings)


def take(store: Store, history: History, folder: Path, now=LATEST):
    with store() as config:
        paths = history.written(folder)
        for one in receive_files(asking(now), config, paths, confirmed=True):
            assert one.status in {"accepted", "duplicate"}, one.reasons


def join(store: Store, groups: Iterable[Iterable[RecordKey]]) -> None:
    """Put a run of linkage in force under which each of these groups is one person."""
    with store():
        run = linked_people.begin_run(LATEST, "made-up", 0)
        members = [(*key, record_person_id(min(group))) for group in groups for key in group]
        linked_people.keep_members(run, members)
        linked_people.put_in_force(run, linked_people.founders_of(run))


@tried
@given(data=st.data())
def test_findings_as_known_then_are_those_of_a_store_of_then(stores: Stores, tmp_path: Path, data):
    history, moment = data.draw(histories()), data.draw(moments)
    groups = data.draw(st.sampled_from(([], [[RecordKey("s", "A"), RecordKey("s", "B")]])))

    with stores.some(2) as (now, then):
        take(now, history, tmp_path)
        take(then, history.by(moment), tmp_path, moment)
        join(now, groups)
        join(then, groups)

        with now() as config:
            today = said(every_finding(AssessmentContext.at(config, moment, moment)))
            event(f"{min(len(today), 3)} findings or more")
        with then() as config:
            assert said(every_finding(AssessmentContext.at(config, moment, None))) == today


@tried
@given(data=st.data())
def test_one_case_or_person_alone_says_what_the_whole_says(stores: Stores, tmp_path: Path, data):
    history, moment = data.draw(histories(most=3)), data.draw(moments)
    known = data.draw(st.sampled_from((None, moment)))
    groups = data.draw(st.sampled_from(([], [[RecordKey("s", "A"), RecordKey("s", "B")]])))

    with stores.some(1) as (store,):
        take(store, history, tmp_path)
        join(store, groups)

        with store() as config:
            one_by_one_is_the_whole(config, AssessmentContext.at(config, moment, known))


def one_by_one_is_the_whole(config, by: AssessmentContext, most: int = 10_000) -> tuple[int, int]:
    """Hold each case and person, worked out alone, against the whole; how many of each?"""
    whole = list(every_finding(by))
    cases: dict = {}
    persons: dict = {}
    for finding in whole:
        if finding.case:
            cases.setdefault(finding.case, []).append(finding)
        if finding.person:
            persons.setdefault(finding.person, []).append(finding)
    # An absence ends several allocations at once; by the exchange their findings then have one id between them.
    own = [f.finding for f in whole if not any(e.kind == "absence" and e.role == "started" for e in f.evidence)]
    assert len(set(own)) == len(own)
    for case, own in list(cases.items())[:most]:
        assert said(assess_case(case, by).findings) == said(own)
        ref = [finding for finding in whole if finding.case and finding.case.case_ref == case.case_ref]
        asked = read_findings(asking(), config, Wanted(case=case.case_ref), as_of=by.as_of, known_at=by.known_at)
        assert said(asked) == said(ref)
    for person, own in list(persons.items())[:most]:
        asked = read_findings(asking(), config, Wanted(person=person), as_of=by.as_of, known_at=by.known_at)
        assert said(finding for finding in asked if finding.person) == said(own)
        for finding in asked:
            assert finding.person or finding in cases[finding.case]
    return len(cases), len(persons)
