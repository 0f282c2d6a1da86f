"""The register of recommendations by command, as the issue's scenarios have it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Inside
from tests.made.deliveries import Made, write
from tests.made.recommended import MET_2016, a_snapshot, a_test_round, enrol_all
from tests.made.stores import Stores

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both

MAKE = ("recommend", "make", "R1", "--title", "See every child", "--from", "inspection", "--class", "three_months")
SAMPLE = ("--files", "20", "--level", "0.9")


@pytest.fixture
def run(stores: Stores, tmp_path: Path) -> Inside:
    """An empty store with an account for each who has a part in the register."""
    store = stores.new()
    with store():
        enrol_all()
        from duecare.store import accounts

        accounts.enrol_account("tester", ["data_officer"])
    return Inside(store, tmp_path)


def done(run: Inside, who: str, *args: str):
    answer = run("recommend", *args, "--json", DUECARE_USER=who)
    assert answer.code == 0, answer.err
    return answer.json


def refused(run: Inside, who: str, *args: str) -> str:
    answer = run("recommend", *args, "--json", DUECARE_USER=who)
    assert answer.code != 0
    assert answer.out == ""
    return answer.err


def show(run: Inside, number: str = "R1", *more: str):
    return done(run, "chief", "show", number, *more)


def deadline(shown: dict, name: str) -> dict:
    return next(one for one in shown["deadlines"] if one["id"] == name)


def claimed(run: Inside, *test: str) -> dict:
    """Made by the inspectorate, owned and accepted by the force, acted on, claimed to be done."""
    assert run(*MAKE, DUECARE_USER="lead-insp").code == 0
    done(run, "chief", "owner", "R1", "--post", "chief_officer_lead", "--officer", "CO1")
    done(run, "chief", "accept", "R1", *(test or SAMPLE))
    done(run, "chief", "act", "R1", "--words", "Officers were trained.")
    done(run, "chief", "claim", "R1", "--words", "Every child is seen now.")
    return show(run)


def later(run: Inside, hours: float = 1) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)


def test_the_real_register_of_2016_is_taken_in_and_an_immediate_one_is_open_at_427_days(run):
    people = Made(
        {"posts": [{"post": "P1", "kind": "chief_officer_lead", "holder": "CO1", "from": "2015-01-01"}],
         "officers": [{"officer": "CO1", "from": "2015-01-01"}]}
    )  # fmt: skip
    assert run("receive", write(people, run.folder / "pole-2016-04-01")).code == 0
    read = done(run, "tester", "import", str(MET_2016))
    again = done(run, "tester", "import", str(MET_2016))

    assert (read["rows_in"], read["accepted"], read["unchanged"], read["set_aside"]) == (12, 12, 0, 0)
    assert (again["rows_in"], again["accepted"], again["unchanged"], again["set_aside"]) == (12, 0, 12, 0)
    shown = show(run, "4104", "--as-of", "2018-01-26")
    assert (shown["age_days"], shown["rag"], shown["state"]) == (427, "red", "in_hand")
    assert [(one["role"], one["person"]) for one in shown["told"]] == [("owner", None), ("chief_officer_lead", "CO1")]
    assert deadline(shown, "comments")["kept"] == "no_limit"
    assert deadline(shown, "comments")["due_on"] is None
    assert deadline(shown, "done")["due_on"] is None
    assert show(run, "MET-2016-5", "--as-of", "2016-12-01")["due_on"] == "2017-02-25"
    assert show(run, "MET-2016-7", "--as-of", "2016-12-01")["due_on"] == "2017-05-25"
    assert len(done(run, "expert", "list")) == 9


def test_what_a_register_elsewhere_calls_complete_is_a_claim_and_closes_nothing(run):
    register = run.folder / "register.csv"
    register.write_text(
        "number,event,on,title,origin,class\n4104,made,2016-11-25,Governance,inspection,immediate\n"
        "4104,complete,2018-06-01,,,\n4104,open,2018-07-01,,,\nX1,complete,2018-01-01,,,\n",
        encoding="utf-8",
    )
    read = done(run, "tester", "import", str(register))
    shown = show(run, "4104", "--as-of", "2018-06-02")

    assert (read["rows_in"], read["accepted"], read["set_aside"]) == (4, 2, 2)
    assert [reason.split(",")[0] for reason in read["reasons"]] == ["row 4", "row 5"]
    assert (shown["state"], shown["reported_only"], shown["rag"]) == ("done", True, "red")
    assert "RCM-004" in refused(run, "mayor", "verify", "4104", "--test", "0" * 12)


def test_comments_are_due_56_days_beginning_with_publication_where_that_is_the_law(run):
    done(run, "lead-insp", "make", "PIR-1", "--title", "Online abuse", "--from", "inspection", "--class", "six_months",
         "--published-on", "2019-03-28")  # fmt: skip
    shown = show(run, "PIR-1", "--as-of", "2019-05-22T23:59:59")
    late = show(run, "PIR-1", "--as-of", "2019-05-23")

    assert deadline(shown, "comments")["due_on"] == "2019-05-22"
    assert deadline(shown, "comments")["kept"] == "open"
    assert deadline(late, "comments")["kept"] == "overdue"
    assert deadline(shown, "action-plan")["due_on"] == "2019-05-09"
    assert "2 May 2017" in deadline(shown, "comments")["source"]


def test_claimed_done_then_the_audit_fails_and_it_opens_again(run):
    shown = claimed(run)
    with run.store():
        a_test_round("spring-2027", later(run), good=15, bad=5)
    found = done(run, "lead-insp", "verify", "R1", "--test", shown["test"]["hash"])
    after = show(run)

    assert (found["passed"], found["value"], found["state"]) == (False, 0.75, "reopened")
    assert (after["state"], after["rag"], after["claimed_at"]) == ("reopened", "red", None)
    assert {(one["role"], one["because"]) for one in after["told"]} == {
        ("chief_officer_lead", "opened again: its test was failed")
    }
    assert [one["person"] for one in after["told"]] == ["CO1", None]  # its owner; and the post, which nobody holds here


def test_verified_by_a_passing_fresh_draw_and_opened_again_when_it_slips(run):
    shown = claimed(run)
    assert (shown["state"], shown["test"]["level"]) == ("done", 0.9)
    with run.store():
        a_test_round("first", later(run), good=19, bad=1)
        a_test_round("second", later(run, 2), good=10, bad=10)
    found = done(run, "mayor", "verify", "R1", "--test", shown["test"]["hash"][:12])
    assert (found["passed"], found["evidence"], found["state"]) == (True, "round first", "verified")
    assert found["low"] < 0.95 < found["high"]
    assert show(run)["rag"] == "green"

    again = done(run, "lead-insp", "verify", "--all")

    assert [(one["number"], one["passed"], one["state"]) for one in again["verified"]] == [("R1", False, "reopened")]
    assert show(run)["state"] == "reopened"
    assert done(run, "lead-insp", "verify", "--all")["verified"] == []


def test_a_draw_from_before_the_claim_is_refused_and_so_is_choosing_among_draws(run):
    with run.store():
        a_test_round("old", datetime.now(UTC) - timedelta(days=2), good=20, bad=0)
    hash_ = claimed(run)["test"]["hash"]

    assert "RCM-008" in refused(run, "lead-insp", "verify", "R1", "--test", hash_)
    assert "before the claim" in refused(run, "lead-insp", "verify", "R1", "--test", hash_, "--round", "old")
    with run.store():
        a_test_round("failing", later(run), good=10, bad=10)
        a_test_round("passing", later(run, 2), good=20, bad=0)
    assert "an earlier fresh draw decides: failing" in refused(
        run, "lead-insp", "verify", "R1", "--test", hash_, "--round", "passing"
    )
    assert show(run)["state"] == "done"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "internal"}, "kind internal"),
        ({"ended_at": None}, "has not ended"),
        ({"frame_of": {"rounds": ["old"], "by": ["kind"]}}, "named one by one"),
        ({"frame_of": {"kinds": ["missing"], "areas": []}}, "other kinds of case"),
        ({"frame_of": {"kinds": [], "areas": ["Eastmoor"]}}, "other areas"),
        ({"frame_of": {"kinds": [], "areas": [], "opened_from": "2026-01-01T00:00:00+00:00"}}, "not registered"),
    ],
    ids=["kind", "not ended", "chosen files", "kinds", "areas", "period"],
)
def test_a_round_that_is_not_the_registered_one_is_refused(run, changes, says):
    hash_ = claimed(run)["test"]["hash"]
    with run.store():
        a_test_round("other", later(run), good=20, bad=0, **changes)

    assert says in refused(run, "lead-insp", "verify", "R1", "--test", hash_, "--round", "other")


def test_too_few_files_and_a_level_by_the_end_of_the_interval(run):
    hash_ = claimed(run, *SAMPLE, "--by", "interval")["test"]["hash"]
    with run.store():
        a_test_round("few", later(run), good=10, bad=0)
        a_test_round("enough", later(run, 2), good=19, bad=1)

    assert "10 files of the registered sets were drawn, of 20" in refused(
        run, "lead-insp", "verify", "R1", "--test", hash_, "--round", "few"
    )
    found = done(run, "lead-insp", "verify", "R1", "--test", hash_)
    assert (found["value"], found["passed"], found["evidence"]) == (0.95, False, "round enough")


def test_no_one_verifies_a_claim_of_their_own_side_or_by_another_test(run):
    from duecare.store import accounts

    shown = claimed(run)
    with run.store():
        a_test_round("first", later(run), good=20, bad=0)
        accounts.enrol_account("chief-inspects", ["lead_inspector"], officer="co1")
        accounts.enrol_account("both", ["chief_officer", "lead_inspector"])

    assert "RCM-010" in refused(run, "lead-insp", "verify", "R1", "--test", "0" * 64)
    assert "RCM-010" in refused(run, "lead-insp", "verify", "R1", "--test", shown["test"]["hash"][:6])
    assert "ACC-003" in refused(run, "chief", "verify", "R1", "--test", shown["test"]["hash"])
    assert "RCM-007" in refused(run, "chief-inspects", "verify", "R1", "--test", shown["test"]["hash"])
    assert show(run)["state"] == "done"


def test_graders_of_the_team_that_claimed_do_not_test_it(run):
    from duecare.store import accounts

    with run.store():
        accounts.enrol_account("chief", ["chief_officer"], officer="CO1", teams=["Team A"])
        accounts.enrol_account("an-inspector", ["inspector"], teams=["team a"])
    hash_ = claimed(run)["test"]["hash"]
    with run.store():
        a_test_round("first", later(run), good=20, bad=0)

    assert "of the team or area that did" in refused(
        run, "lead-insp", "verify", "R1", "--test", hash_, "--round", "first"
    )


def test_a_test_is_registered_once_and_nothing_closes_by_being_said(run):
    claimed(run)

    assert "RCM-004" in refused(run, "chief", "accept", "R1", *SAMPLE)
    assert "RCM-010" in refused(run, "chief", "reply", "R1", "--answer", "has_acted", "--words", "Done.", "--seen", "1")
    assert "RCM-006" in refused(run, "chief", "accept", "R1", "--files", "2", "--level", "1.4")
    assert "ACC-003" in refused(run, "expert", "claim", "R1", "--words", "Done.")


def test_a_boroughs_lead_answers_what_is_theirs_alone(run):
    assert run(*MAKE, DUECARE_USER="lead-insp").code == 0
    assert "ACC-003" in refused(run, "bcu", "accept", "R1", *SAMPLE)
    done(run, "chief", "owner", "R1", "--post", "bcu_lead", "--area", "Eastmoor")
    done(run, "bcu", "accept", "R1", *SAMPLE)
    done(run, "bcu", "plan", "R1", "--words", "The plan of 1 May.")

    assert deadline(show(run), "action-plan")["kept"] == "met"


def test_the_experts_advice_and_the_mayors_reply_stand_in_the_register(run):
    done(run, "expert", "make", "A1", "--title", "Publish the custody figures", "--from", "expert_group", "--kind", "advice",
         "--class", "dated", "--due-on", "2030-01-01", "--to", "mayors_office")  # fmt: skip
    done(
        run,
        "mayor",
        "reply",
        "A1",
        "--answer",
        "will_act",
        "--words",
        "They will be.",
        "--url",
        "https://example.org/r",
    )
    assert "ACC-003" in refused(run, "chief", "reply", "A1", "--answer", "will_act", "--words", "No.")
    shown = show(run, "A1")

    assert [one["answer"] for one in shown["history"]] == [None, "will_act"]
    assert [one["id"] for one in shown["deadlines"]] == ["done"]
    assert "RCM-003" in refused(
        run, "expert", "make", "A2", "--title", "x", "--from", "inspection", "--class", "immediate"
    )


def test_superseded_only_by_whoever_made_it(run):
    assert run(*MAKE, DUECARE_USER="lead-insp").code == 0
    done(run, "lead-insp", "make", "R2", "--title", "Both", "--from", "inspection", "--class", "six_months")

    assert "ACC-003" in refused(run, "expert", "supersede", "R1", "--by", "R2")
    assert "RCM-002" in refused(run, "lead-insp", "supersede", "R1", "--by", "R9")
    done(run, "lead-insp", "supersede", "R1", "--by", "R2")
    shown = show(run)
    assert (shown["state"], shown["rag"], shown["superseded_by"], shown["told"]) == ("superseded", None, "R2", [])


def revisited(count: int) -> Made:
    """So many cases, each sent back, acted on and revisited: no further harm was found."""
    events, ties, cases, persons = [], [], [], []
    for at in range(count):
        ref = f"V{at:03}"
        cases.append({"case_ref": ref, "kind": "child_concern", "area": "Eastmoor"})
        persons.append({"record_id": f"K{at}", "given_names": "Quillabon", "family_name": f"Zarathorn{at}",
                        "date_of_birth": "2010-06-01"})  # fmt: skip
        events += [
            {"event_id": f"S{at}", "kind": "case_referred_back", "happened_at": "2026-05-01T09:00:00+00:00",
             "case_ref": ref, "written_at": "2026-05-01T09:00:00+00:00"},
            {"event_id": f"R{at}", "kind": "case_revisited", "happened_at": "2026-06-01T09:00:00+00:00", "case_ref": ref,
             "written_at": "2026-06-01T09:00:00+00:00", "detail": '{"further_harm": "no"}'},
        ]  # fmt: skip
        ties += [{"event_id": f"{kind}{at}", "record_id": f"K{at}", "role": "child"} for kind in "SR"]
    return Made({"persons": persons, "cases": cases, "events": events, "ties": ties})


def charge(at: int, **detail: str) -> Made:
    """A later charge in another case of the same child."""
    import json

    return Made(
        {
            "events": [
                {"event_id": f"C{at}", "kind": "charged", "happened_at": "2026-09-01T09:00:00+00:00", "case_ref": f"NEW{at}",
                 "written_at": "2026-09-01T10:00:00+00:00", "detail": json.dumps(detail)},
            ],
            "ties": [{"event_id": f"C{at}", "record_id": f"K{at}", "role": "victim"}],
        }
    )  # fmt: skip


def receive(run: Inside, made: Made, name: str) -> None:
    answer = run("receive", write(made, run.folder / name))
    assert answer.code == 0, answer.err


def test_374_revisits_claimed_clear_and_one_later_charge_leaves_373(run):
    from duecare.use_cases.recommendations.list_recommendations import public_register
    from duecare.use_cases.recommendations.revisit_claims import revisits_claimed

    receive(run, revisited(374), "pole-2026-06-02")
    claimed(run)
    cases = [word for at in range(374) for word in ("--revisited", "pole", f"V{at:03}")]
    period = ("--harm-from", "2026-05-01", "--harm-to", "2026-08-31")
    assert "RCM-005" in refused(run, "chief", "evidence", "R1", "--revisited", "pole", "NONE")
    assert done(run, "chief", "evidence", "R1", *cases, *period)["claimed"] == 374
    with run.store():
        a_test_round("first", later(run), good=20, bad=0)
    done(run, "lead-insp", "verify", "R1", "--test", show(run)["test"]["hash"])
    assert done(run, "lead-insp", "verify", "--all") == {"verified": [], "reopened": []}

    receive(run, charge(7, harm_on="2026-04-30"), "pole-2026-09-01")
    assert done(run, "lead-insp", "verify", "--all")["reopened"] == []
    receive(run, charge(8, harm_on="2026-07-14"), "pole-2026-09-02")
    assert (show(run)["state"], show(run)["sequence"]) == ("reopened", 8)  # though nobody has asked again
    assert [one["state"] for one in done(run, "expert", "list")] == ["reopened"]
    assert done(run, "lead-insp", "verify", "--all")["reopened"] == [
        {"number": "R1", "claimed": 374, "still_clear": 373}
    ]
    assert done(run, "lead-insp", "verify", "--all")["reopened"] == []

    shown = show(run)
    (evidence,) = shown["evidence"]
    assert (shown["state"], shown["rag"]) == ("reopened", "red")
    assert (evidence["claimed"], evidence["still_clear"], evidence["cases"]) == (374, 373, [["pole", "V008"]])
    assert "chief_officer_lead" in {one["role"] for one in shown["told"]}
    (seen,) = done(run, "expert", "show", "R1")["evidence"]
    assert (seen["still_clear"], seen["cases"], seen["not_shown"]) == (373, [], 1)
    with run.store() as config:
        ((number, tally),) = [(one.number, one.tally) for one in revisits_claimed(later(run))]
        (row,) = public_register(config, later(run))
    assert (number, tally.claimed, tally.still_clear, len(tally.reopened)) == ("R1", 374, 373, 1)
    assert row["history"][-1]["what"] == "a later fact contradicts it: opened again"
    assert not any(word in str(row) for word in ("V008", "chief'", "CO1"))


AT_MOST = ("--level", "0.1", "--at-most", "--period", "quarter")


@pytest.fixture
def counted(monkeypatch):
    """Takes a snapshot of a period, some days after its end, in which a figure comes to this."""
    from duecare.figure import FigureValue
    from duecare.figure.reporting_period import period_named
    from duecare.stats.interval import Interval
    from duecare.store.figures import figure_snapshots

    taken = {}
    monkeypatch.setattr(figure_snapshots, "latest_snapshot", taken.get)

    def take(figure: str, period: str, value: float, days: float = 0) -> None:
        at = period_named(period).ends + timedelta(days=days)
        kept = FigureValue(figure, period, (), 5, 100, 0, value, Interval(value - 0.04, value + 0.05, "Wilson score"))
        taken[period] = a_snapshot(period, [kept], at)

    return take


def test_a_figure_passes_by_the_first_whole_period_after_the_claim_and_opens_again_by_a_later_one(run, counted):
    from duecare.figure.catalogue.all_figures import figure_catalogue
    from duecare.figure.reporting_period import first_period_after

    figure = "late-local-see-the-child"
    shown = claimed(run, "--figure", figure, *AT_MOST)
    hash_ = shown["test"]["hash"]
    assert figure_catalogue()[figure].definition.title in shown["test"]["words"]
    first = first_period_after(datetime.fromisoformat(shown["claimed_at"]), "quarter")
    second = first_period_after(datetime.fromisoformat(shown["claimed_at"]) + timedelta(days=92), "quarter")
    assert first in refused(run, "lead-insp", "verify", "R1", "--test", hash_)
    counted(figure, first, 0.02, days=-1)
    assert "RCM-008" in refused(run, "lead-insp", "verify", "R1", "--test", hash_)
    counted(figure, first, 0.05)
    counted(figure, second, 0.11)

    found = done(run, "lead-insp", "verify", "R1", "--test", hash_)
    assert (found["passed"], found["value"], found["state"]) == (True, 0.05, "verified")
    assert found["evidence"] == f"figure {figure}, {first}"
    (again,) = done(run, "lead-insp", "verify", "--all")["verified"]
    assert (again["passed"], again["evidence"], again["state"]) == (False, f"figure {figure}, {second}", "reopened")


def test_a_test_names_only_figures_that_there_are(run):
    assert run(*MAKE, DUECARE_USER="lead-insp").code == 0
    done(run, "chief", "owner", "R1", "--post", "chief_officer_lead")

    assert "no figure of this name" in refused(run, "chief", "accept", "R1", "--figure", "no-such", "--level", "1")


@pytest.mark.parametrize(
    ("level", "says"), [(("0.1",), "less is better"), (("1", "--at-most"), "every value reaches this level")]
)
def test_no_test_is_fixed_that_cannot_fail(run, level, says):
    assert run(*MAKE, DUECARE_USER="lead-insp").code == 0
    done(run, "chief", "owner", "R1", "--post", "chief_officer_lead")

    assert says in refused(run, "chief", "accept", "R1", "--figure", "late-local-see-the-child", "--level", *level)


def test_by_how_much_a_test_that_counts_children_was_passed_is_shown_to_those_who_may_open_them_alone(run, counted):
    from duecare.figure.reporting_period import first_period_after

    shown = claimed(run, "--figure", "custody-in-a-cell", *AT_MOST)
    counted("custody-in-a-cell", first_period_after(datetime.fromisoformat(shown["claimed_at"]), "quarter"), 0.05)

    found = done(run, "lead-insp", "verify", "R1", "--test", shown["test"]["hash"])
    assert (found["passed"], found["value"], found["low"], found["high"]) == (True, None, None, None)
    results = {who: done(run, who, "show", "R1")["results"][0]["value"] for who in ("expert", "mayor", "chief")}
    assert results == {"expert": None, "mayor": None, "chief": 0.05}


def test_asked_again_in_words_a_test_that_counts_children_says_by_what_and_not_by_how_much(run, counted):
    from duecare.figure.reporting_period import first_period_after

    shown = claimed(run, "--figure", "custody-in-a-cell", *AT_MOST)
    at = datetime.fromisoformat(shown["claimed_at"])
    first, second = (first_period_after(at + timedelta(days=days), "quarter") for days in (0, 92))
    counted("custody-in-a-cell", first, 0.05)
    done(run, "lead-insp", "verify", "R1", "--test", shown["test"]["hash"])
    counted("custody-in-a-cell", second, 0.2)

    answer = run("recommend", "verify", "--all", DUECARE_USER="lead-insp")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.strip() == f"R1: reopened, by figure custody-in-a-cell, {second}"


@pytest.mark.parametrize(
    "given",
    [
        ("--round", "spring", "--figure", "visits-overdue", "--period", "2026-Q3"),
        ("--round", "spring", "--url", "https://example.org/r"),
        ("--revisited", "pole", "V001", "--fact", "pole:R1"),
        ("--revisited", "pole", "V001", "--words", "All of them."),
        ("--words", "The course.", "--harm-from", "2026-05-01"),
        ("--round", "spring", "--period", "2026-Q3"),
    ],
    ids=["two kinds", "a document too", "facts too", "words of revisits", "days of no revisit", "period of no figure"],
)
def test_evidence_is_of_one_kind_and_nothing_given_with_it_is_dropped(run, given):
    claimed(run)

    assert "Give one kind of evidence" in refused(run, "chief", "evidence", "R1", *given)
    assert show(run)["evidence"] == []


def test_one_made_here_of_2016_is_seen_as_it_stood_427_days_later_with_its_owner_notified(run):
    done(run, "lead-insp", "make", "4104", "--title", "Governance", "--from", "inspection", "--class", "immediate",
         "--published-on", "2016-11-25", "--owner-post", "chief_officer_lead", "--owner-officer", "CO1")  # fmt: skip
    shown = show(run, "4104", "--as-of", "2018-01-26T00:00")
    (line,) = done(run, "chief", "list", "--as-of", "2018-01-26")

    assert (shown["age_days"], shown["rag"], shown["state"], shown["may"]) == (427, "red", "made", [])
    assert [one["person"] for one in shown["told"]] == ["CO1", None]
    assert (line["number"], line["age_days"]) == ("4104", 427)
    assert done(run, "chief", "list", "--as-of", "2016-11-24") == []
    assert "RCM-002" in refused(run, "chief", "show", "4104", "--as-of", "2016-11-24")
    assert "RCM-002" in refused(run, "chief", "show", "4104", "--known-at", "2018-01-26")
