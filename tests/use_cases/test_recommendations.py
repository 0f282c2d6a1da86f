"""The register's steps, where a command or page does not lead: evidence of every kind, and what refuses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.made.few_cases import SOURCE, filled
from tests.made.recommended import a_test_round, enrol_all
from tests.made.stores import NOW, Store

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_fact import Deed
from duecare.recommendation.recommendation_state import State
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.use_cases.recommendations import add_evidence, respond_to_recommendation, skip_round, verify_recommendation
from duecare.use_cases.recommendations.import_register import import_recommendations
from duecare.use_cases.recommendations.list_recommendations import public_register, read_recommendation
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("store")
TEST = SampleTest(Level(0.9), 20)


def as_(account: str, *roles: str, now: datetime = NOW) -> Request:
    return Request(Viewer(account, frozenset(roles), officer=account.upper()), "a test", now)


CHIEF = as_("chief", "chief_officer")
LEAD = as_("lead-insp", "lead_inspector")
EXPERT = as_("expert", "expert")


@pytest.fixture
def accepted() -> None:
    """Made yesterday, owned by the chief officer, and accepted."""
    enrol_all()
    day = london_day(NOW - timedelta(days=1))
    make_recommendation(LEAD, Making("R1", "x", "", "inspection", "six_months", published_on=day))
    respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="chief_officer_lead")
    respond_to_recommendation.accept_recommendation(CHIEF, read_config(), "R1", as_said(TEST))


def refused(step: Callable[..., object], *given: object, **more: object) -> str:
    with pytest.raises(Refusal) as found:
        step(*given, **more)
    return f"{found.value.code} {' '.join(found.value.faults)}"


def test_evidence_of_every_kind_is_shown(accepted):
    a_test_round("spring", NOW - timedelta(days=30), good=1, bad=1)
    add_evidence.add_round(CHIEF, "R1", "spring", "Before.")
    add_evidence.add_figure(CHIEF, "R1", "visits-overdue", "2026q3")
    add_evidence.add_document(CHIEF, "R1", "The course.", "https://example.org/course")
    shown = read_recommendation(EXPERT, read_config(), "R1").as_json(whole=True)

    assert [{name: one[name] for name in one if one[name]} for one in shown["evidence"]] == [
        {"kind": "round", "words": "Before.", "round": "spring"},
        {"kind": "figure", "figure": "visits-overdue", "period": "2026-Q3"},
        {"kind": "document", "words": "The course.", "url": "https://example.org/course"},
    ]
    assert shown["state"] == "accepted"


def test_evidence_that_is_none_is_refused(accepted):
    for given, says in (
        ((add_evidence.add_round, "no-such"), "no round of this name was drawn"),
        ((add_evidence.add_figure, "no-such", "someday"), "no figure has this name the period is neither"),
        ((add_evidence.add_document, " "), "the description of the document"),
        ((add_evidence.add_document, "x", "http://example.org"), "https://"),
        ((add_evidence.add_facts, ()), "no fact is named"),
        ((add_evidence.add_facts, ("cris:none",)), "not yours to open"),
        ((add_evidence.add_facts, ["cris:none"] * 51), "more than 50"),
    ):
        step, *rest = given
        assert says in refused(step, CHIEF, "R1", *rest)
    assert "no case is named" in refused(add_evidence.add_revisits, CHIEF, "R1")
    late = {"of_rounds": ["x"], "first_day": london_day(NOW), "last_day": london_day(NOW - timedelta(days=1))}
    assert "no round x the period ends" in refused(add_evidence.add_revisits, CHIEF, "R1", **late)
    assert "ACC-003" in refused(add_evidence.add_document, as_("bcu", "bcu_lead"), "R1", "x")
    assert "ACC-003" in refused(add_evidence.add_document, EXPERT, "R1", "x")


def test_facts_of_cases_are_shown_only_to_those_who_may_open_them(stores, tmp_path: Path):
    with filled(stores.new(), tmp_path / "few", NOW) as store:
        assert isinstance(store, Store)
        make_recommendation(LEAD, Making("R1", "x", "", "inspection", "immediate", published_on=london_day(NOW)))
        respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="chief_officer_lead")
        respond_to_recommendation.accept_recommendation(CHIEF, read_config(), "R1", as_said(TEST))
        facts = facts_of_case(CaseKey(SOURCE, "OPEN"), None).events
        key = next(f"{SOURCE}:{one.event_id}" for one in facts if one.case == CaseKey(SOURCE, "OPEN"))
        add_evidence.add_facts(CHIEF, "R1", [key], "As the file shows.")
        sealed = next(iter(facts_of_case(CaseKey(SOURCE, "SEALED"), None).events))

        assert "not yours to open" in refused(add_evidence.add_facts, CHIEF, "R1", [f"{SOURCE}:{sealed.event_id}"])
        (seen,) = read_recommendation(CHIEF, read_config(), "R1").as_json(whole=True)["evidence"]
        (told,) = read_recommendation(EXPERT, read_config(), "R1").as_json(whole=True)["evidence"]
    assert (seen["cases"], seen["not_shown"]) == ([[SOURCE, "OPEN"]], 0)
    assert (told["cases"], told["not_shown"]) == ([], 1)
    assert key not in str(told)


def test_graders_of_the_area_that_owns_it_do_not_test_it():
    from duecare.store import accounts

    enrol_all()
    day = london_day(NOW - timedelta(days=1))
    make_recommendation(LEAD, Making("R1", "x", "", "inspection", "immediate", published_on=day))
    respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="bcu_lead", owner_area="Eastmoor")
    respond_to_recommendation.accept_recommendation(CHIEF, read_config(), "R1", as_said(TEST))
    respond_to_recommendation.claim_done(CHIEF, "R1", "Done.")
    a_test_round("own", NOW + timedelta(days=1), good=20, bad=0)
    accounts.enrol_account("an-inspector", ["inspector"], areas=["EASTMOOR"])
    found = refused(verify_recommendation.verify_recommendation, LEAD, read_config(), "R1", hash_of(TEST), "own")
    accounts.enrol_account("an-inspector", ["inspector"], areas=["Westering"])

    assert "of the team or area that did" in found
    assert verify_recommendation.verify_recommendation(LEAD, read_config(), "R1", hash_of(TEST), "own").passed


def test_what_is_not_known_is_neither_passed_nor_failed(accepted):
    claimed_at = NOW + timedelta(hours=1)
    chief = as_("chief", "chief_officer", now=claimed_at)
    respond_to_recommendation.claim_done(chief, "R1", "Done.")
    of = a_test_round("alone", claimed_at + timedelta(days=1), good=20, bad=0)
    of.frame = b""
    of.save()
    lead = as_("lead-insp", "lead_inspector", now=claimed_at + timedelta(days=2))

    assert "RCM-009" in refused(verify_recommendation.verify_recommendation, lead, read_config(), "R1", hash_of(TEST))
    assert "this round does not exist" in refused(
        verify_recommendation.verify_recommendation, lead, read_config(), "R1", hash_of(TEST), "never"
    )
    assert verify_recommendation.verify_again(lead, read_config()).as_json() == {"verified": [], "reopened": []}


def test_a_round_left_ungraded_decides_until_it_is_passed_over_in_the_open(accepted):
    claimed_at = NOW + timedelta(hours=1)
    respond_to_recommendation.claim_done(as_("chief", "chief_officer", now=claimed_at), "R1", "Done.")
    a_test_round("left", claimed_at + timedelta(days=1), good=2, bad=3, ungraded=15)
    a_test_round("later", claimed_at + timedelta(days=2), good=20, bad=0)
    lead = as_("lead-insp", "lead_inspector", now=claimed_at + timedelta(days=3))
    why = "5 of its files were graded by the inspectorate, of 20 registered"
    verify, over = verify_recommendation.verify_recommendation, skip_round.pass_over_round

    assert refused(verify, lead, read_config(), "R1", hash_of(TEST)) == f"RCM-060 {why}"
    assert "an earlier fresh draw decides: left" in refused(verify, lead, read_config(), "R1", hash_of(TEST), "later")
    refused(verify, lead, read_config(), "R1", hash_of(TEST))
    shown = read_recommendation(as_("expert", "expert", now=lead.now), read_config(), "R1").as_json(whole=True)
    assert (shown["state"], shown["not_taken"]["evidence"], shown["not_taken"]["why"]) == ("done", "round left", why)
    assert [one["deed"] for one in shown["history"]].count("not_taken") == 1, "the same is written down once"
    (row,) = public_register(read_config(), lead.now)
    assert (row["state"], row["not_taken"]["why"]) == ("done", why)

    assert "it is not the round that decides" in refused(over, lead, "R1", "later", "Why not.")
    assert "RCM-005" in refused(over, lead, "R1", "left", " ")
    assert "RCM-007" in refused(over, as_("chief", "lead_inspector", now=lead.now), "R1", "left", "Why not.")
    assert "ACC-003" in refused(over, CHIEF, "R1", "left", "Why not.")
    over(lead, "R1", "left", "Its graders were called away; the next was drawn by the same plan.")
    (row,) = public_register(read_config(), lead.now)
    assert row["not_taken"] is None
    assert [(one["by"], one["round"], one["words"][:11]) for one in row["passed_over"]] == [
        ("inspectorate", "left", "Its graders")
    ]
    assert verify(lead, read_config(), "R1", hash_of(TEST)).evidence == "round later"


def test_when_all_are_asked_again_a_claim_whose_test_cannot_be_taken_is_said_to_stand_unproved(accepted):
    claimed_at = NOW + timedelta(hours=1)
    respond_to_recommendation.claim_done(as_("chief", "chief_officer", now=claimed_at), "R1", "Done.")
    lead = as_("lead-insp", "lead_inspector", now=claimed_at + timedelta(days=3))
    again = verify_recommendation.verify_again

    assert again(lead, read_config()).as_json() == {"verified": [], "reopened": []}
    assert read_recommendation(as_("expert", "expert", now=lead.now), read_config(), "R1").one.not_taken is None
    a_test_round("left", claimed_at + timedelta(days=1), good=2, bad=3, ungraded=15)
    again(lead, read_config())
    again(lead, read_config())
    one = read_recommendation(as_("expert", "expert", now=lead.now), read_config(), "R1").one
    assert (one.state, one.not_taken.evidence) == (State.DONE, "round left")
    assert len(one.of(Deed.NOT_TAKEN)) == 1


def test_only_a_round_that_has_ended_and_says_nothing_is_passed_over(accepted):
    claimed_at = NOW + timedelta(hours=1)
    respond_to_recommendation.claim_done(as_("chief", "chief_officer", now=claimed_at), "R1", "Done.")
    lead = as_("lead-insp", "lead_inspector", now=claimed_at + timedelta(days=3))
    over = skip_round.pass_over_round

    assert "it is not the round that decides" in refused(over, lead, "R1", "none", "Why not.")
    of = a_test_round("first", claimed_at + timedelta(days=1), good=10, bad=10, ended_at=None)
    assert "it has not ended" in refused(over, lead, "R1", "first", "Why not.")
    of.ended_at = claimed_at + timedelta(days=2)
    of.save()
    assert "the test can be applied to it" in refused(over, lead, "R1", "first", "Why not.")
    of.frame = b""
    of.save()
    over(lead, "R1", "first", "The frame from which it was drawn was lost.")
    assert refused(verify_recommendation.verify_recommendation, lead, read_config(), "R1", hash_of(TEST)) == (
        "RCM-008 there is no new draw yet"
    )


def test_a_test_that_does_not_fit_its_hash_is_not_verified_by(accepted):
    from duecare.recommendation.recommendation_fact import Fact
    from duecare.store.oversight import recommendation_facts

    real = recommendation_facts.facts_of("R1")
    spoilt = [
        Fact(one.number, one.sequence, one.deed, one.happened_at, one.noted_at, one.by, one.party,
             {**one.said, "test": as_said(SampleTest(Level(0.1), 20))} if one.deed is Deed.ACCEPTED else one.said)
        for one in real
    ]  # fmt: skip
    respond_to_recommendation.claim_done(CHIEF, "R1", "Done.")
    spoilt.append(recommendation_facts.facts_of("R1")[-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recommendation_facts, "facts_of", lambda number: tuple(spoilt))
        assert "RCM-010" in refused(
            verify_recommendation.verify_recommendation, LEAD, read_config(), "R1", hash_of(TEST)
        )


def test_what_is_refused_at_the_door(accepted, tmp_path):
    making = Making("R1", "x", "", "inspection", "immediate", published_on=london_day(NOW))

    assert "another has this number" in refused(make_recommendation, LEAD, making)
    later = Making("R2", "x", "", "inspection", "immediate", published_on=london_day(NOW + timedelta(days=1)))
    assert "in the future" in refused(make_recommendation, LEAD, later)
    both = as_("both", "mayors_office", "chief_officer")
    assert "ACC-003" in refused(respond_to_recommendation.give_plan, both, "R1", "x")
    assert "RCM-005" in refused(respond_to_recommendation.give_plan, CHIEF, "R1", "x" * 4_001)
    assert "RCM-005" in refused(respond_to_recommendation.name_owner, CHIEF, "R1", owner_post="a post!")
    assert "RCM-002" in refused(respond_to_recommendation.give_plan, CHIEF, "R9", "x")
    data = as_("data", "data_officer")
    assert "RCM-001" in refused(import_recommendations, data, tmp_path / "missing.csv")
    assert "ACC-003" in refused(import_recommendations, CHIEF, tmp_path / "missing.csv")


def test_a_boroughs_lead_answers_by_number_too_and_nobody_where_there_is_no_owner():
    enrol_all()
    day = london_day(NOW - timedelta(days=1))
    make_recommendation(LEAD, Making("R1", "x", "", "inspection", "immediate", published_on=day))
    bcu = as_("bcu", "bcu_lead")

    assert "ACC-003" in refused(respond_to_recommendation.give_plan, bcu, "R1", "x")
    respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="bcu_lead", officer=" bcu ")
    respond_to_recommendation.give_plan(bcu, "R1", "The plan.")
    assert "planned" in read_recommendation(bcu, read_config(), "R1").as_json(whole=True)["may"]
