"""A figure as the test of a recommendation: on enough cases, and still the measure that was registered, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.made.recommended import a_snapshot, enrol_all
from tests.made.stores import NOW

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.figure import FigureValue
from duecare.figure.catalogue.all_figures import Figure, figure_catalogue
from duecare.figure.figure_definition import Dimension, Unit
from duecare.figure.figure_measure import measure_of
from duecare.figure.reporting_period import period_named
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.recommendation_state import State
from duecare.recommendation.registered_test import FigureTest, Level, as_said, hash_of, read_test
from duecare.rulebook.force_policy import read_policy
from duecare.rulebook.local_standard import Standard
from duecare.stats.interval import wilson_interval
from duecare.store.figures import figure_snapshots
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations import figure_evidence, respond_to_recommendation
from duecare.use_cases.recommendations.list_recommendations import public_register, read_recommendation
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.use_cases.recommendations.verify_recommendation import Verified, verify_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("store")
FIGURE = "return-interview-within-72-hours"
TEST = FigureTest(Level(0.9), FIGURE)
FIRST, SECOND = "2027-Q1", "2027-Q2"


def as_(account: str, *roles: str, now: datetime = NOW) -> Request:
    return Request(Viewer(account, frozenset(roles), officer=account.upper()), "a test", now)


CHIEF = as_("chief", "chief_officer")
LEAD = as_("lead-insp", "lead_inspector")
AFTERWARDS = as_("lead-insp", "lead_inspector", now=period_named(SECOND).ends + timedelta(days=9))


@pytest.fixture
def counted(monkeypatch):
    """Takes a snapshot of a period, just after its end, in which so many of so many cases count."""
    taken = {}
    monkeypatch.setattr(figure_snapshots, "latest_snapshot", taken.get)

    def take(period, part, whole, figure=FIGURE, cut=(), **rests_on):
        share = part / whole if whole else 0.0
        kept = FigureValue(figure, period, cut, part, whole, 0, share, wilson_interval(part, whole))
        taken[period] = a_snapshot(period, [kept], period_named(period).ends, **rests_on)

    return take


def registered(test: FigureTest = TEST) -> str:
    """Made, owned, accepted with this test, and claimed to be done; the hash of the test."""
    enrol_all()
    made_on = london_day(NOW - timedelta(days=1))
    make_recommendation(LEAD, Making("R1", "x", "", "inspection", "six_months", published_on=made_on))
    respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="chief_officer_lead")
    known_by = respond_to_recommendation.accept_recommendation(CHIEF, read_config(), "R1", as_said(test))
    respond_to_recommendation.claim_done(CHIEF, "R1", "Done.")
    return known_by


def verify(known_by: str) -> Verified:
    return verify_recommendation(AFTERWARDS, read_config(), "R1", known_by)


def refused(step, *given) -> str:
    with pytest.raises(Refusal) as found:
        step(*given)
    return f"{found.value.code} {found.value.found} {' '.join(found.value.faults)}"


def now():
    return read_recommendation(AFTERWARDS, read_config(), "R1").one


def test_one_case_of_one_proves_nothing_and_the_claim_stands_visibly_unproved(counted):
    known_by = registered()
    counted(FIRST, 1, 1)

    assert "RCM-009" in refused(verify, known_by)
    assert "it rests on too few cases" in refused(verify, known_by)
    one = now()
    assert (one.state, one.not_taken.evidence, one.results) == (State.DONE, f"figure {FIGURE}, {FIRST}", ())
    assert len(one.of(Deed.NOT_TAKEN)) == 1
    (row,) = public_register(read_config(), AFTERWARDS.now)
    assert "too few cases" in row["not_taken"]["why"]
    assert "at least 20 cases" in row["test"]


def test_the_first_period_with_enough_cases_decides_whether_it_passes_or_fails(counted):
    known_by = registered()
    counted(FIRST, 19, 19)
    counted(SECOND, 10, 20)

    found = verify(known_by)
    assert (found.passed, found.evidence, found.state) == (False, f"figure {FIGURE}, {SECOND}", State.REOPENED)


def test_exactly_the_least_number_of_cases_is_enough(counted):
    known_by = registered()
    counted(FIRST, 19, 20)

    assert verify(known_by).state is State.VERIFIED
    assert now().not_taken is None


def test_whoever_registers_may_ask_for_more_cases_and_not_for_fewer(counted):
    enrol_all()
    known_by = registered(replace(TEST, least=50))
    counted(FIRST, 40, 40)
    assert "RCM-009" in refused(verify, known_by)

    make_recommendation(
        LEAD, Making("R2", "x", "", "inspection", "six_months", published_on=london_day(NOW - timedelta(days=1)))
    )
    respond_to_recommendation.name_owner(CHIEF, "R2", owner_post="chief_officer_lead")
    for least, says in ((19, "fewer cases than 20"), (-1, "must be a whole number"), (True, "must be a whole number")):
        test = {**as_said(TEST), "least": least}
        assert says in refused(respond_to_recommendation.accept_recommendation, CHIEF, read_config(), "R2", test)
    known = next(
        one.definition.id for one in figure_catalogue().values() if one.definition.unit is Unit.COUNT
        and one.definition.less_is_better is not False
    )  # fmt: skip
    count = {**as_said(FigureTest(Level(5, at_least=False), known)), "least": 20}
    assert "rests on no number" in refused(
        respond_to_recommendation.accept_recommendation, CHIEF, read_config(), "R2", count
    )


def test_a_figure_that_is_redefined_is_another_measure(counted, monkeypatch):
    known_by = registered()
    was = figure_catalogue()[FIGURE]
    easier = replace(was.definition, denominator="children who asked for an interview")
    anew = {**figure_catalogue(), FIGURE: Figure(easier, was.members, was.duties)}
    monkeypatch.setattr(figure_evidence, "figure_catalogue", lambda: anew)
    counted(FIRST, 30, 30)

    why = refused(verify, known_by)
    assert "RCM-060" in why
    assert "counted by another definition" in why
    assert "replace this recommendation" in why
    assert (now().state, now().not_taken.evidence) == (State.DONE, f"figure {FIGURE}, {FIRST}")


@pytest.fixture
def own_policy(store, tmp_path, monkeypatch):
    """A policy file of this force's own, which can be changed."""
    from django.conf import settings

    own = tmp_path / "policy.toml"
    own.write_text("", "utf-8")
    config = replace(store.config, policy=own)
    monkeypatch.setattr(settings, "CONFIG", config)
    monkeypatch.setenv("DUECARE_POLICY", str(own))
    return own


LOCAL = "late-local-see-the-child"
SEEN = FigureTest(Level(0.1, at_least=False), LOCAL)


def test_hours_that_the_force_resets_itself_make_another_measure_and_other_settings_do_not(counted, own_policy):
    own_policy.write_text("[receive]\nwithdrawal_share = 0.05\n", "utf-8")
    known_by = registered(SEEN)
    own_policy.write_text("[receive]\nwithdrawal_share = 0.06\n", "utf-8")
    counted(FIRST, 1, 30, figure=LOCAL)
    assert verify(known_by).state is State.VERIFIED

    own_policy.write_text("[standards.LOCAL-see-the-child]\nhours.red = 400\n", "utf-8")
    counted(SECOND, 1, 30, figure=LOCAL)
    why = refused(verify, known_by)
    assert "RCM-060" in why
    assert "counted by another policy of the force" in why
    assert (now().state, now().not_taken.evidence) == (State.VERIFIED, f"figure {LOCAL}, {SECOND}")


def test_a_snapshot_by_a_rulebook_that_is_no_more_is_taken_again_first(counted):
    known_by = registered()
    for rests_on in ({"rulebook": "of old"}, {"catalogue": "of old"}):
        counted(FIRST, 30, 30, **rests_on)
        why = refused(verify, known_by)
        assert "RCM-008" in why
        assert f"take it again (duecare figure snapshot {FIRST})" in why
    assert now().not_taken is None


OF_OLD = "722cede5b92e76ba"
"""With what began the hash of this test before tests were bound: worked out by the code of that day."""


def test_what_was_registered_before_tests_were_bound_keeps_its_hash_and_says_on_what_it_rests(counted, monkeypatch):
    old = {
        "test": "figure",
        "level": 0.9,
        "at_least": True,
        "by": "point",
        "figure": FIGURE,
        "cut": [],
        "period": "quarter",
    }
    test = read_test(old)
    known_by = hash_of(test)
    registered()
    facts = [
        Fact(one.number, one.sequence, one.deed, one.happened_at, one.noted_at, one.by, one.party,
             {**one.said, "test": old, "test_hash": known_by} if one.deed is Deed.ACCEPTED else one.said)
        for one in recommendation_facts.facts_of("R1")
    ]  # fmt: skip
    monkeypatch.setattr(recommendation_facts, "facts_of", lambda number: tuple(facts))
    counted(FIRST, 1, 1, rulebook="of old")

    assert known_by.startswith(OF_OLD)
    assert as_said(test) == old
    assert "older than tests that are bound" in test.words
    assert verify(known_by).passed


@pytest.mark.parametrize(
    ("figure", "cut", "changes", "same"),
    [
        (LOCAL, (), {"withdrawal_share": 0.09}, True),
        (LOCAL, (), {"standards": (Standard("LOCAL-see-the-child", (("red", 9.0),)),)}, False),
        (LOCAL, (), {"standards": (Standard("LOCAL-allocate-investigator", (("child", 9.0),)),)}, True),
        (FIGURE, (), {"standards": (Standard("LOCAL-see-the-child", (("red", 9.0),)),)}, True),
        ("custody-held-overnight", (), {"overnight": 6.0}, False),
        ("custody-in-a-cell", (), {"overnight": 6.0}, True),
        (FIGURE, (Dimension.AREA,), {"commands": ("A",)}, False),
        (FIGURE, (), {"commands": ("A",)}, True),
    ],
)
def test_of_the_policy_counts_what_the_figure_rests_on_and_nothing_else(figure, cut, changes, same):
    policy = read_policy(read_config().policy)
    if "standards" in changes:
        (new,) = changes["standards"]
        changes = {"standards": (*(one for one in policy.standards if one.duty != new.duty), new)}
    if "overnight" in changes:
        changes = {"overnight": replace(policy.overnight, hours=changes["overnight"])}
    if "commands" in changes:
        changes = {"commands": replace(policy.commands, areas=(("A", ("B",)),))}
    one, other = (measure_of(figure_catalogue()[figure], cut, by) for by in (policy, replace(policy, **changes)))

    assert (one == other) is same
    assert bool(other.differs_from(one)) is not same


def test_a_month_is_shown_by_the_snapshot_of_its_quarter_where_it_has_none_of_its_own(counted):
    known_by = registered(replace(TEST, cut=(("area", "Eastmoor"),), period="month"))
    cut = ((Dimension.AREA, "Eastmoor"), (Dimension.MONTH, "2026-12"))
    counted("2026-Q4", 20, 20, cut=cut)

    assert verify(known_by).evidence == f"figure {FIGURE}, 2026-12"


def test_no_test_is_of_a_figure_cut_as_it_never_is():
    enrol_all()
    test = as_said(replace(TEST, cut=(("risk", "high"),)))
    make_recommendation(LEAD, Making("R1", "x", "", "inspection", "six_months", published_on=london_day(NOW)))
    respond_to_recommendation.name_owner(CHIEF, "R1", owner_post="chief_officer_lead")

    assert "the figure is not cut by risk" in refused(
        respond_to_recommendation.accept_recommendation, CHIEF, read_config(), "R1", test
    )


def test_facts_of_the_register_hold_what_the_test_is_bound_to():
    registered()
    (accepted,) = [one for one in recommendation_facts.facts_of("R1") if one.deed is Deed.ACCEPTED]
    test = now().test

    assert isinstance(test, FigureTest)
    assert (test.least, len(test.definition), len(test.policy)) == (20, 64, 64)
    assert accepted.said["test_hash"] == hash_of(test)
    assert test.definition[:12] in test.words
    assert (When.at(NOW), Party.FORCE) == (accepted.happened_at, accepted.party)


def test_no_test_names_the_period_in_which_it_is_taken():
    figure = next(name for name, one in figure_catalogue().items() if Dimension.MONTH in one.definition.by)
    less = figure_catalogue()[figure].definition.less_is_better is True
    test = FigureTest(Level(0.5, at_least=not less), figure, (("month", "2026-01"),), period="month")

    assert "it names a period" in figure_evidence.fault_of(test)


def test_what_a_source_had_not_sent_by_the_end_counts_for_no_test(counted):
    """A count is least where a feed has stopped: it waits for what the source says of the end of the period."""
    known_by = registered()
    end = period_named(FIRST).ends
    silent, told = (end - timedelta(days=1, hours=3)).isoformat(), (end - timedelta(hours=1)).isoformat()
    counted(FIRST, 20, 20, watermarks=(("merlin", 1, "merlin-1", silent), ("pole", 2, "pole-2", told)))

    assert "RCM-008" in refused(verify, known_by)
    assert "merlin had sent nothing about the end of 2027-Q1" in refused(verify, known_by)

    counted(FIRST, 20, 20, watermarks=(("merlin", 3, "merlin-3", told), ("cin", 1, "cin-1", silent)))
    assert verify(known_by).state is State.VERIFIED
