"""A case sent back, from the grader's click to the child known to be safe; and everything that must not do."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.deliveries import Made, write
from tests.made.few_cases import AREA, SOURCE, filled
from tests.made.stores import Store, asking

from duecare.access.viewer import Viewer
from duecare.audit.referral import Stage
from duecare.audit.rounds.sampling_frame import Choice
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.models import Allotted, ReferredBack, Round, SampledFile
from duecare.use_cases.audit.open_round import Opening, open_round
from duecare.use_cases.audit.plan_round import Sizes, plan_round
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.referrals.answer_referral import answer_referral, confirm_seen
from duecare.use_cases.referrals.list_referrals import read_referral, read_referrals
from duecare.use_cases.referrals.refer_back import before_sending, refer_back
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE = CaseKey(SOURCE, "OPEN")
CHILD = RecordKey(SOURCE, "child-open")
ROLES = {
    "insp": Viewer("insp", frozenset({"inspector"})),
    "other-insp": Viewer("other-insp", frozenset({"inspector"})),
    "lead": Viewer("lead", frozenset({"lead_inspector"})),
    "di": Viewer("di", frozenset({"detective_inspector"}), officer="D1", areas=frozenset({AREA})),
    "elsewhere": Viewer("elsewhere", frozenset({"detective_inspector"}), officer="D2", areas=frozenset({"Westmoor"})),
}


def as_(who: str, hours: float = 0) -> Request:
    return Request(ROLES[who], "a test", NOW + timedelta(hours=hours))


@pytest.fixture
def config(store: Store, tmp_path: Path):
    """The few cases, one of them drawn into a round and allotted to an inspector."""
    with filled(store, tmp_path / "few", NOW):
        round_ = Round.objects.create(name="r1", title="Round", kind="inspection", opened_at=NOW, opened_by="lead")
        file = SampledFile.objects.create(
            round=round_, case_source=SOURCE, case_ref="OPEN", set="paired", rank=1, reached=1, held=1
        )
        Allotted.objects.create(file=file, side="inspectorate", account="insp", allotted_at=NOW)
        yield store.config


def send(config, hours=0.0, **changed):
    said = {"danger": "He still has her number.", "child": CHILD, "must_act": "detective_inspector"} | changed
    return refer_back(as_("insp", hours), config, "r1", CASE, **said)


def shown(config, who="di", hours=0.0):
    (one,) = read_referrals(as_(who, hours), config)
    return one


def deliver(config, folder, kind, hours, written=None, case="OPEN"):
    """A fact from another system about the child."""
    at = iso_text(NOW + timedelta(hours=hours))
    event = {"event_id": f"{kind}{hours}", "kind": kind, "happened_at": at, "case_ref": case, "officer": "X1"}
    made = Made(
        {
            "events": [{**event, "written_at": iso_text(NOW + timedelta(hours=written or hours))}],
            "ties": [{"event_id": event["event_id"], "record_id": "child-open", "role": "child"}],
        },
        source=SOURCE,
    )
    (taken,) = receive_files(
        replace(asking(), now=NOW + timedelta(hours=200)), config, [write(made, folder)], source=SOURCE
    )
    assert (taken.status, taken.set_aside, taken.reasons) == ("accepted", 0, ())


def test_from_the_click_to_confirmed_safe(config, tmp_path):
    send(config)
    assert shown(config).stage is Stage.REFERRED
    assert sorted(one.finding.due_at - NOW for one in shown(config).findings) == [
        timedelta(hours=4),
        timedelta(hours=24),
    ]

    answer_referral(as_("di", 3), config, CASE, "referral_acknowledged")
    assert shown(config, hours=3).stage is Stage.ACKNOWLEDGED
    answer_referral(as_("di", 20), config, CASE, "referral_actioned", words="He was arrested; her school was told.")
    assert shown(config, hours=20).stage is Stage.ACTIONED
    with pytest.raises(Refusal, match="AUD-054"):
        confirm_seen(as_("lead", 21), CASE)
    deliver(config, tmp_path / "seen", "child_seen", 22)
    confirm_seen(as_("lead", 30), CASE)
    assert shown(config, "lead", 30).stage is Stage.SEEN
    answer_referral(as_("di", 100), config, CASE, "case_revisited", further_harm=False, charged_or_cautioned=True)

    one = shown(config, hours=101)
    assert one.stage is Stage.SAFE
    assert one.said.charged_or_cautioned is True
    assert {found.finding.state.value for found in one.findings} == {"met"}

    deliver(config, tmp_path / "contact", "suspect_contact", 150)
    assert shown(config, hours=151).stage is Stage.REOPENED


def test_a_sealed_case_tells_neither_that_the_child_was_seen_nor_of_which_harm_and_harm_opens_it_again(
    config, tmp_path
):
    send(config)
    answer_referral(as_("di", 3), config, CASE, "referral_acknowledged")
    answer_referral(as_("di", 20), config, CASE, "referral_actioned", words="He was arrested.")
    deliver(config, tmp_path / "seen", "child_seen", 22, case="SEALED")
    deliver(config, tmp_path / "openly", "child_seen", 23)
    answer_referral(as_("di", 100), config, CASE, "case_revisited", further_harm=False)
    deliver(config, tmp_path / "contact", "suspect_contact", 150, case="SEALED")

    one = shown(config, hours=151)
    assert [event.event_id for event in one.said.seen] == ["child_seen23"]
    assert (one.said.against, one.stage, one.is_reopened) == ((), Stage.REOPENED, True)


def test_the_ladder_names_the_next_rank_when_nobody_answers(config, tmp_path):
    adopted = 'adopted_by = "Made Up, Deputy Chief Constable"\nadopted_from = 2015-01-01\n'
    written = config.policy.read_text().replace("hours.acknowledged = 4\n", "hours.acknowledged = 4\n" + adopted)
    config = replace(config, policy=tmp_path / "adopted.toml")
    config.policy.write_text(written)
    send(config)

    def told(hours):
        one = shown(config, hours=hours)
        (finding,) = [f.finding for f in one.findings if f.finding.duty.endswith("acknowledged")]
        return [(step.role, step.person, step.at - NOW) for step in finding.told], one.next_told

    assert told(3) == ([], ("detective_inspector", NOW + timedelta(hours=4)))
    assert told(5)[0] == [("detective_inspector", "D1", timedelta(hours=4))]
    assert told(25)[1] == ("chief_officer_lead", NOW + timedelta(hours=28))
    assert told(29)[0] == [
        ("detective_inspector", "D1", timedelta(hours=4)),
        ("chief_officer_lead", "C1", timedelta(hours=28)),
    ]


def test_what_the_file_was_is_frozen_and_the_danger_is_a_fact(config):
    event_id = send(config)

    row = ReferredBack.objects.get()
    assert hashlib.sha256(row.frozen).hexdigest() == row.frozen_hash
    assert b"suspect_contact" in bytes(row.frozen)
    assert b"case_referred_back" not in bytes(row.frozen)
    (event,) = [event for event in facts_of_case(CASE, None).events if event.event_id == event_id]
    assert (event.source, event.kind, event.text) == ("duecare", "case_referred_back", "He still has her number.")
    assert [tie.record for tie in event.ties] == [CHILD]


@pytest.mark.parametrize("who", ["other-insp", "lead", "di"])
def test_only_who_was_given_the_file_sends_it_back(config, who):
    with pytest.raises(Refusal, match="ACC-00"):
        refer_back(as_(who), config, "r1", CASE, danger="x", child=CHILD, must_act="detective_inspector")
    with pytest.raises(Refusal, match="ACC-00"):
        before_sending(as_(who), "r1", CASE)
    assert not ReferredBack.objects.exists()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"danger": "  "}, "not described"),
        ({"danger": "x" * 2_001}, "more than 2,000"),
        ({"child": RecordKey(SOURCE, "suspect")}, "none of this file's children"),
        ({"must_act": "the mayor"}, "who must act"),
        ({"danger": "He has\x00 her number"}, "not text"),
        ({"danger": "He has \ud800 her number"}, "not text"),
    ],
)
def test_too_little_is_refused_and_nothing_is_kept(config, changed, fault):
    with pytest.raises(Refusal, match=fault):
        send(config, **changed)
    assert not ReferredBack.objects.exists()
    assert not [event for event in facts_of_case(CASE, None).events if event.source == "duecare"]


def sent_facts() -> list[str]:
    return [one.event_id for one in facts_of_case(CASE, None).events if one.kind == "case_referred_back"]


def test_two_clicks_send_it_back_once_and_another_danger_is_another(config):
    first = send(config)

    assert send(config, 0.1) == first
    assert ReferredBack.objects.count() == len(sent_facts()) == 1
    assert send(config, 0.2, danger="And he knows her school.") != first
    answer_referral(as_("di", 1), config, CASE, "referral_acknowledged")
    before = set(sent_facts())
    assert send(config, 2, danger="And he knows her school.") not in before
    assert ReferredBack.objects.count() == len(sent_facts()) == 3


def test_two_clicks_at_the_same_moment_send_it_back_once(store, config):
    from django.db import connections

    def click(_: int) -> str:
        connections["default"] = store.wrapper.copy()
        try:
            return send(config)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(click, range(2))

    assert first == second
    assert ReferredBack.objects.count() == len(sent_facts()) == 1


def test_an_answer_that_is_no_text_or_endless_is_refused(config):
    send(config)
    answer_referral(as_("di", 1), config, CASE, "referral_acknowledged")
    for words in ("Done\x00", "x" * 2_001):
        with pytest.raises(Refusal, match="AUD-052"):
            answer_referral(as_("di", 2), config, CASE, "referral_actioned", words=words)


def test_a_case_sealed_since_it_was_drawn_is_sent_back_by_nobody_and_a_sealed_child_is_not_there(config, tmp_path):
    def seal(sheet, row):
        made = Made({sheet: [{**row, "sealed": "true", "written_at": iso_text(NOW)}]}, source=SOURCE)
        (taken,) = receive_files(asking(NOW), config, [write(made, tmp_path / sheet)], source=SOURCE)
        assert (taken.status, taken.set_aside) == ("accepted", 0), taken.reasons

    def children():
        return {one.record.record_id for one in before_sending(as_("insp", 1), "r1", CASE).children}

    send(config)
    assert [one.case for one in read_referrals(as_("lead", 1), config)] == [CASE]
    assert "child-open" in children()
    assert "child-sealed" not in children()
    seal("persons", {"record_id": "child-open"})
    assert "child-open" not in children()
    with pytest.raises(Refusal, match="AUD-052"):
        send(config, 1)
    seal("cases", {"case_ref": "OPEN", "kind": "crime", "opened_at": iso_text(NOW - timedelta(days=30))})
    assert read_referrals(as_("lead", 1), config) == ()
    with pytest.raises(Refusal, match="ACC-001"):
        read_referral(as_("lead", 1), config, CASE)
    with pytest.raises(Refusal, match="AUD-053"):
        confirm_seen(as_("lead", 1), CASE)
    with pytest.raises(Refusal, match="ACC-001"):
        before_sending(as_("insp", 1), "r1", CASE)
    with pytest.raises(Refusal, match="ACC-001"):
        send(config, 1)


def test_out_of_turn_in_the_future_and_by_another_borough_is_refused(config):
    with pytest.raises(Refusal, match="AUD-053"):
        answer_referral(as_("di"), config, CASE, "referral_acknowledged")
    send(config)
    with pytest.raises(Refusal, match="ACC-001"):
        answer_referral(as_("elsewhere", 1), config, CASE, "referral_acknowledged")
    with pytest.raises(Refusal, match="AUD-053"):
        answer_referral(as_("di", 1), config, CASE, "referral_actioned", words="Done.")
    with pytest.raises(Refusal, match="in the future"):
        answer_referral(as_("di", 1), config, CASE, "referral_acknowledged", happened_at=NOW + timedelta(hours=2))
    with pytest.raises(Refusal, match="before the case was sent back"):
        answer_referral(as_("di", 1), config, CASE, "referral_acknowledged", happened_at=NOW - timedelta(hours=2))
    answer_referral(as_("di", 1), config, CASE, "referral_acknowledged")
    with pytest.raises(Refusal, match="AUD-053"):
        answer_referral(as_("di", 2), config, CASE, "referral_acknowledged")
    with pytest.raises(Refusal, match="what was done is missing"):
        answer_referral(as_("di", 2), config, CASE, "referral_actioned")
    assert read_referrals(as_("elsewhere", 2), config) == ()
    with pytest.raises(Refusal, match="ACC-001"):
        read_referral(as_("elsewhere", 2), config, CASE)


def test_nobody_delivers_under_duecares_own_name(config, tmp_path):
    at = iso_text(NOW)
    made = Made(
        {"events": [{"event_id": "forged", "kind": "referral_acknowledged", "happened_at": at, "case_ref": "OPEN"}]},
        source="DUECARE",
        extracted_at=NOW,
    )
    for source in (None, "duecare"):
        (taken,) = receive_files(asking(), config, [write(made, tmp_path / f"forged-{source}")], source=source)
        assert taken.status == "refused"
        assert "AUD-051" in taken.reasons[0]
    assert not [event for event in facts_of_case(CASE, None).events if event.event_id == "forged"]


def test_the_claim_that_no_further_harm_was_found_is_tested_by_a_draw_of_its_own(config, tmp_path):
    lead = replace(as_("lead", 101), viewer=ROLES["lead"])
    scheme = {"inspectorate": "case-files-2017"}
    open_round(lead, Opening("claims", "Was no harm found?", "revisit", "child-protection-2024", scheme))
    with pytest.raises(Refusal, match=r"AUD-005|AUD-007"):
        plan_round(lead, "claims", Choice(), Sizes({"inspector_only": 1}), of_claims=True)
    send(config)
    answer_referral(as_("di", 3), config, CASE, "referral_acknowledged")
    answer_referral(as_("di", 20), config, CASE, "referral_actioned", words="He was arrested.")
    answer_referral(as_("di", 100), config, CASE, "case_revisited", further_harm=False)

    planned = plan_round(lead, "claims", Choice(), Sizes({"inspector_only": 1}), of_claims=True)

    assert [held for _, held, _ in planned.strata] == [1]
    assert list(Round.objects.get(name="claims").plan["sizes"][0][1:]) == [0, 1, 0]
    answer_referral(as_("di", 101), config, CASE, "case_revisited", further_harm=True)
    with pytest.raises(Refusal, match=r"AUD-005|AUD-007"):
        plan_round(lead, "claims", Choice(), Sizes({"inspector_only": 1}), of_claims=True)


def test_one_form_sent_twice_is_one_fact_and_another_form_is_another(config):
    send(config)
    answer_referral(as_("di", 1), config, CASE, "referral_acknowledged", form="f1")
    again = answer_referral(as_("di", 1), config, CASE, "referral_acknowledged", form="f1")
    done = {"words": "Her number was changed."}

    first = answer_referral(as_("di", 2), config, CASE, "referral_actioned", **done, form="f2")
    second = answer_referral(as_("di", 2), config, CASE, "referral_actioned", **done, form="f2")
    other = answer_referral(as_("di", 3), config, CASE, "referral_actioned", **done, form="f3")
    answer_referral(as_("di", 3), config, CASE, "referral_actioned", words="Something else.", form="f3")

    kinds = [event.kind for event in facts_of_case(CASE, None).events if event.source == "duecare"]
    assert (first, again) == (second, shown(config).said.acknowledged.event_id)
    assert other != first
    assert (kinds.count("referral_acknowledged"), kinds.count("referral_actioned")) == (1, 3)


def test_two_clicks_at_once_are_one_fact(store, config):
    from django.db import connections

    send(config)
    answer_referral(as_("di", 1), config, CASE, "referral_acknowledged")

    def click(_):
        connections["default"] = store.wrapper.copy()
        try:
            return answer_referral(as_("di", 2), config, CASE, "referral_actioned", words="Done.", form="f")
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(click, range(2)))) == 1

    kinds = [event.kind for event in facts_of_case(CASE, None).events]
    assert kinds.count("referral_actioned") == 1


def test_confirmed_twice_by_the_same_inspector_is_confirmed_once_and_by_another_refused(config, tmp_path):
    send(config)
    deliver(config, tmp_path / "seen", "child_seen", 1)
    confirm_seen(as_("lead", 2), CASE)
    at = ReferredBack.objects.get().seen_confirmed_at

    confirm_seen(as_("lead", 3), CASE)

    assert ReferredBack.objects.get().seen_confirmed_at == at
    with pytest.raises(Refusal, match="AUD-053"):
        confirm_seen(Request(replace(ROLES["lead"], account="lead-2"), "a test", NOW + timedelta(hours=4)), CASE)
