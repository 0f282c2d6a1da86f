"""G10 and what goes with it: a join and its undoing restore what was, at once or not at all, and one of several wins."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError
from tests.guarantees.test_g2_failing_statements import failing
from tests.made.judged import KEYS, NOW, State, begun, later, state, take
from tests.made.stores import asking

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.figure import quarter_of
from duecare.ledger import Act as LedgerAct
from duecare.person.judgement import Verdict
from duecare.record.pole import RecordKey
from duecare.store.linkage.linked_people import standing_judgements, whose_are
from duecare.store.models import FindingRow, LedgerEntry
from duecare.use_cases.casework.view_case import read_case
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.linkage import judge_link as steps
from duecare.use_cases.linkage.explain_link import explain_pair_link
from duecare.use_cases.linkage.list_judgements import read_judgements
from duecare.use_cases.people.view_person import read_person
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

ANA, QUILL, BOB, ALONE = (RecordKey("made", name) for name in ("ana-1", "quill", "bob-1", "alone"))
AT_ONCE = 4


@contextmanager
def few(stores, folder: Path):
    """A store of the few children, linked and assessed."""
    store = stores.new()
    with store() as config:
        begun(config, folder)
        yield store, config


def lead() -> Request:
    """A supervisor on the site, of the team to which some of the cases are allocated."""
    viewer = Viewer("made-up-lead", frozenset({"supervisor"}), teams=frozenset({"Team one"}))
    return Request(viewer, "a test", NOW)


def said() -> list[tuple[str, str]]:
    """The entries by which links were combined or altered: (act, outcome)."""
    rows = LedgerEntry.objects.filter(purpose__startswith="judge link").exclude(act=LedgerAct.CONSULTATION.value)
    return list(rows.order_by("number").values_list("act", "outcome"))


def test_a_join_and_its_undo_restore_what_was_whatever_came_between(stores, tmp_path, assured):
    with few(stores, tmp_path / "one") as (_, config):
        whole = steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child, it was said")
        joined = state(config)
        for number in range(3):
            take(config, tmp_path / "one", later(number), f"later-{number}")
        undone = steps.undo_judgement(asking(NOW), config, whole.judgement.judgement_id, "two children, it was found")
        found = state(config)
    with few(stores, tmp_path / "other") as (_, config):
        before = state(config)
        for number in range(3):
            take(config, tmp_path / "other", later(number), f"later-{number}")
        expected = state(config)

    assert joined.kept["FindingRow"] != before.kept["FindingRow"]
    assert isinstance(found, State)
    assert found == expected
    assert undone.changed.people_after == whole.changed.people_before
    assured("G10", method="a join, three deliveries, its undo; against the deliveries alone", n=1,
            figure="differing 0", pass_mark="0")  # fmt: skip


def figures_of(config) -> list[str]:
    """Every figure of this quarter, as it would be kept now."""
    kept = take_snapshot(asking(NOW), config, quarter_of(NOW).name)
    return sorted(repr(one.value) for one in kept.values)


def test_figures_taken_after_an_undo_are_those_taken_before_the_join(stores, tmp_path):
    with few(stores, tmp_path) as (_, config):
        before = figures_of(config)
        whole = steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child, it was said")
        joined = figures_of(config)
        steps.undo_judgement(asking(NOW), config, whole.judgement.judgement_id, "two children, it was found")

        assert figures_of(config) == before
        assert joined != before


def test_access_is_assessed_again_at_the_join_and_at_its_undo(stores, tmp_path):
    """Who is shown one child is shown the other while the two are held to be one, and not a moment longer."""
    with few(stores, tmp_path) as (_, config):
        take(config, tmp_path, allocated("D"), "allocated")
        quill = whose_are([QUILL])[QUILL]
        with pytest.raises(Refusal, match="ACC-001"):
            read_case(lead(), "made", "A")
        assert read_person(lead(), quill).person == quill

        joined = steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child")
        both = whose_are([QUILL])[QUILL]
        assert {one.key for one in read_person(lead(), both).records} >= {ANA, QUILL}
        links = {(one.a, one.b): one.judgement for one in read_person(lead(), both).links}
        assert links[str(ANA), str(QUILL)] == "same"
        taken_back = steps.before_undo(lead(), config, joined.judgement.judgement_id)
        assert any(ANA in records for _, records in taken_back.changed.people_before)
        steps.undo_judgement(asking(NOW), config, joined.judgement.judgement_id, "two children")

        assert {one.key for one in read_person(lead(), quill).records} == {QUILL}
        for refused in (
            lambda: explain_pair_link(lead(), config, ANA, QUILL),
            lambda: read_person(lead(), whose_are([ANA])[ANA]),
            lambda: steps.judge_pair(lead(), config, ANA, QUILL, "same", "one child"),
            lambda: steps.before_undo(lead(), config, joined.judgement.judgement_id),
            lambda: steps.undo_judgement(lead(), config, "no such judgement", "two"),
        ):
            with pytest.raises(Refusal, match="ACC-001"):
                refused()
        assert read_judgements(lead(), config) == ()
        assert len(read_judgements(asking(NOW), config)) == 1


def allocated(case: str):
    """A delivery by which this case is of team one."""
    from tests.made.deliveries import Made
    from tests.made.judged import FIRST

    from duecare.vocabulary.moments import iso_text

    event = {
        "event_id": f"allocated-{case}", "kind": "investigator_allocated", "happened_at": iso_text(FIRST), "case_ref": case,
        "officer": "X1", "team": "Team one", "written_at": iso_text(FIRST),
    }  # fmt: skip
    return Made({"events": [event], "ties": []}, source="made", extracted_at=FIRST)


# --- G15 ----------------------------------------------------------------------------------------------


def sealed_case():
    """A sealed case in which one of the two children is said to have been missing, and to have been seen."""
    from tests.made.deliveries import Made
    from tests.made.judged import AREA, FIRST

    from duecare.vocabulary.moments import iso_text

    said = {"case_ref": "Z", "happened_at": iso_text(FIRST), "written_at": iso_text(FIRST)}
    kinds = {"z1": "concern_reported", "z2": "missing_reported", "z3": "child_seen", "z4": "strategy_discussion_held"}
    events = [{**said, "event_id": event, "kind": kind, "risk": "red"} for event, kind in kinds.items()]
    ties = [{"event_id": event, "record_id": one, "role": "child"} for event in kinds for one in ("quill", "bob-1")]
    case = {"case_ref": "Z", "kind": "child_concern", "area": AREA, "sealed": "true", "written_at": iso_text(FIRST)}
    return Made({"cases": [case], "events": events, "ties": ties}, source="made", extracted_at=FIRST)


def told_of(stores, folder: Path, *, is_there: bool) -> tuple[object, ...]:
    """All that an inspector of the area is told when two are joined and parted, with a sealed case or without."""
    viewer = Viewer("made-up-inspector", frozenset({"detective_inspector"}), areas=frozenset({"Eastmoor"}))
    asks = Request(viewer, "a test", NOW)
    with few(stores, folder) as (_, config):
        if is_there:
            take(config, folder, sealed_case(), "sealed")
        joined = steps.judge_pair(asks, config, QUILL, BOB, "same", "one child")
        read_person(asks, whose_are([BOB])[BOB])
        first = steps.before_undo(asks, config, joined.judgement.judgement_id)
        parted = steps.undo_judgement(asks, config, joined.judgement.judgement_id, "two children")
        kept = len(FindingRow.objects.filter(case_ref="Z"))
        assert bool(kept) is is_there
        said = [one.standing for one in read_judgements(asks, config)]
        return tuple(
            (one.changed, one.overruled, [(entry.at, entry.actor, entry.purpose) for entry in one.disclosed or ()])
            for one in (joined, first, parted)
        ), said


def test_what_changes_in_a_sealed_case_is_shown_to_nobody_who_may_not_open_it(stores, tmp_path, assured):
    without = told_of(stores, tmp_path / "without", is_there=False)
    beside = told_of(stores, tmp_path / "beside", is_there=True)

    assert beside == without
    assured("G15", method="a link judged and taken back, with a sealed case of both and without", n=3,
            figure="told otherwise 0", pass_mark="0")  # fmt: skip


def test_findings_that_are_not_cut_to_what_may_be_opened_turn_this_red(stores, tmp_path, monkeypatch):
    """The counter."""
    from duecare.visibility.view import Visibility

    monkeypatch.setattr(Visibility, "findings_in_scope", lambda _self, findings: list(findings))

    without = told_of(stores, tmp_path / "without", is_there=False)
    assert told_of(stores, tmp_path / "beside", is_there=True) != without


# --- G4 -----------------------------------------------------------------------------------------------


def logged_as_they_should_be(config) -> bool:
    """Judge, judge otherwise, take back: is each in the ledger once, as what it was, with the handles of both?"""
    from duecare.store.ledger.opaque_ids import RECORD, handles_of

    both = handles_of({(RECORD, *ALONE), (RECORD, *QUILL)})
    first = steps.judge_pair(asking(NOW), config, ALONE, QUILL, "same", "one child")
    second = steps.judge_pair(asking(NOW), config, ALONE, QUILL, "different", "two children")
    steps.undo_judgement(asking(NOW), config, second.judgement.judgement_id, "one child after all")
    steps.undo_judgement(asking(NOW), config, first.judgement.judgement_id, "two children after all")
    rows = LedgerEntry.objects.filter(outcome__startswith="done: ", purpose__startswith="judge link")
    named = [both <= set(row.ids.strip("[]").replace('"', "").replace(" ", "").split(",")) for row in rows]
    return all(named) and said() == [
        ("combination", "done: judged same"),
        ("alteration", "done: judged different"),
        ("combination", "done: took back different"),
        ("alteration", "done: took back same"),
    ]


def test_a_link_is_logged_as_combination_and_its_undoing_as_alteration_each_once(stores, tmp_path, assured):
    with few(stores, tmp_path) as (_, config):
        assert logged_as_they_should_be(config)
    assured("G4", method="links judged and taken back by hand", n=4, figure="each once, with both", pass_mark="all")


def test_a_link_that_is_not_logged_as_combination_turns_this_red(stores, tmp_path, monkeypatch):
    """The counter."""
    from duecare.authorisation.authorise import log_write
    from duecare.use_cases.linkage import judge_link

    monkeypatch.setattr(judge_link, "log_write", lambda *args, logged_as=None, **named: log_write(*args, **named))

    with few(stores, tmp_path) as (_, config):
        assert not logged_as_they_should_be(config)


# --- G11 ----------------------------------------------------------------------------------------------


def ends_of(store, deeds) -> list[str]:
    """How each ended, of several done at once."""
    from django.db import connections

    barrier, ends = threading.Barrier(len(deeds)), []

    def one(deed) -> None:
        connections["default"] = store.wrapper.copy()
        try:
            barrier.wait(timeout=20)
            deed()
            ends.append("done")
        except Refusal as refusal:
            ends.append(refusal.code)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return ends


def race(store, config) -> tuple[list[str], list[str]]:
    """Several judge the same two having read the same, then several take back what won: how each ended."""
    verdicts = ("same", "different", "unsure", "same")

    def judges(verdict):
        return lambda: steps.judge_pair(asking(NOW), config, ANA, QUILL, verdict, f"{verdict}, I hold", seen_mark="0.0")

    judged = ends_of(store, [judges(verdict) for verdict in verdicts])
    (won,) = [one for one in standing_judgements() if one.undone_at is None][:1]
    undone = ends_of(
        store,
        [lambda: steps.undo_judgement(asking(NOW), config, won.judgement_id, "it was wrong") for _ in range(AT_ONCE)],
    )
    return judged, undone


def test_of_several_who_judge_or_take_back_at_once_one_wins_and_the_rest_are_shown(stores, tmp_path, assured):
    with few(stores, tmp_path) as (store, config):
        before = state(config)

        judged, undone = race(store, config)

        assert sorted(judged) == ["LNK-005"] * (AT_ONCE - 1) + ["done"]
        assert sorted(undone) == ["LNK-006"] * (AT_ONCE - 1) + ["done"]
        (kept,) = standing_judgements()
        assert kept.verdict in Verdict
        assert len(said()) == 2
        assert state(config) == before
    assured("G11", method=f"{AT_ONCE} judge one link at once, {AT_ONCE} take it back at once", n=2 * AT_ONCE,
            figure="0 lost, 0 doubled, all told", pass_mark="0")  # fmt: skip


def test_looking_first_and_writing_afterwards_turns_this_red(stores, tmp_path, monkeypatch):
    """The counter: what the others said is not looked at again once it is one's turn."""
    with few(stores, tmp_path) as (store, config):
        monkeypatch.setattr(steps, "mark_of", lambda *_: "0.0")

        judged, _ = race(store, config)

        assert judged.count("done") > 1


# --- G2 -----------------------------------------------------------------------------------------------

EVERY = 5


def held() -> tuple[object, ...]:
    """Whose everybody is, what is found of them, and what was said."""
    return whose_are(KEYS), sorted(FindingRow.objects.values_list("finding", "person", "state")), standing_judgements()


@pytest.mark.parametrize("verdict", ["same", "undo"])
def test_a_failing_statement_leaves_a_judgement_with_all_it_changes_or_nothing(stores, tmp_path, verdict, assured):
    with few(stores, tmp_path) as (_, config):
        taken = (
            steps.judge_pair(asking(NOW), config, ANA, BOB, "same", "one child").judgement
            if verdict == "undo"
            else None
        )

        def deed() -> None:
            if taken is not None:
                steps.undo_judgement(asking(NOW), config, taken.judgement_id, "two children")
            else:
                steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child")

        before, lines = held(), len(said())
        tried = 0
        for number in range(1, 2_000, EVERY):
            try:
                with failing(number, for_ever=False) as point:
                    deed()
            except (DatabaseError, Refusal):
                pass
            tried += 1
            assert point is not None
            if len(said()) != lines:
                break
            assert held() == before
        assert len(said()) == lines + 1
        assert held() != before
        assert tried > 20
    assured("G2", method=f"every {EVERY}th statement of a judgement ({verdict}) failing once", n=tried, figure="half 0",
            pass_mark="0")  # fmt: skip
