"""Grading a file: its bundle, the draft, the seal; and that nobody else's hand or eye gets to it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from tests.made.few_cases import SOURCE
from tests.made.graded import OPEN, PASSPHRASE, ROUND, SETS, as_, deliver, graded, later, said

from duecare.audit.grading.file_judgement import Answer, GradingForm
from duecare.audit.grading.grade_encryption import make_own_key
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.models import (
    DraftGrade,
    LedgerEntry,
    OpenedGrade,
    OrganisationKey,
    Round,
    SampledFile,
    SealedGrade,
)
from duecare.use_cases.audit.grade_file import save_draft, submit_grade, submit_many
from duecare.use_cases.audit.make_side_key import make_side_key
from duecare.use_cases.audit.open_own_grades import open_grades
from duecare.use_cases.audit.view_case_file import Draft, Written, read_bundle
from duecare.use_cases.audit.view_my_sample import Progress, my_sample
from duecare.use_cases.referrals.refer_back import refer_back
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def store(stores, tmp_path):
    with graded(stores.new(), tmp_path, NOW) as made:
        yield made


def refused(act):
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def last():
    return LedgerEntry.objects.order_by("-number").first()


def grade(who="auditor", case="OPEN", hours=1.0, reason="", **more):
    return submit_grade(as_(who, later(NOW, hours)), ROUND, CaseKey(SOURCE, case), said(case, **more), reason=reason)


def everything_in(*, besides=()):
    for case, set_ in SETS.items():
        if case in besides:
            continue
        if set_ != "inspector_only":
            grade("auditor", case)
        if set_ != "force_only":
            grade("inspector", case, grade="inadequate", narrative="Nobody saw her for eleven days.")


def opened(who, folder, side, passphrase=PASSPHRASE, hours=9.0):
    return open_grades(as_(who, later(NOW, hours)), ROUND, (folder / f"{side}.pem").read_bytes(), passphrase)


# --- the bundle -----------------------------------------------------------------------------------------


def test_the_bundle_is_the_case_as_known_at_the_draw_without_a_finding(store):
    bundle = read_bundle(as_("auditor", later(NOW)), ROUND, OPEN)

    assert [row.row.event.kind for row in bundle.timeline] == [
        "concern_reported", "supervisor_allocated", "suspect_contact",
    ]  # fmt: skip
    assert [row.number for row in bundle.timeline] == ["1", "2", "3"]
    assert bundle.after == ()
    assert bundle.is_investigation
    assert not {"findings", "danger", "owed"} & {field.name for field in dataclasses.fields(bundle)}
    assert last().actor == "auditor"
    assert last().act == "consultation"


def test_nobody_in_the_bundle_has_a_page_to_be_opened_and_the_sealed_are_not_there(store):
    bundle = read_bundle(as_("auditor", later(NOW)), ROUND, OPEN)

    labels = [label for label, _ in bundle.people]
    assert len(labels) == 4
    assert labels.count("Restricted") == 1
    assert all(person == "" for row in bundle.timeline for person, _, _ in row.row.people)


def test_a_file_tidied_after_the_draw_shows_both_apart_with_the_days_of_lateness(store, tmp_path):
    written = NOW + timedelta(days=1)
    reviews = [
        {"event_id": f"T{days}", "kind": "supervisor_reviewed", "case_ref": "OPEN", "officer": "S1",
         "happened_at": iso_text(NOW - timedelta(days=days)), "written_at": iso_text(written)}
        for days in (7, 3, 1)
    ]  # fmt: skip
    deliver(store, tmp_path / "tidied", written, reviews)

    bundle = read_bundle(as_("inspector", later(NOW, 30)), ROUND, OPEN)

    assert [row.row.event.kind for row in bundle.timeline] == [
        "concern_reported", "supervisor_allocated", "suspect_contact",
    ]  # fmt: skip
    assert [(row.number, row.row.event.event_id, row.late.days, row.written) for row in bundle.after] == [
        ("A1", "T1", 2, Written.NEW),
        ("A2", "T3", 4, Written.NEW),
        ("A3", "T7", 8, Written.NEW),
    ]


def test_what_was_rewritten_after_the_draw_stands_as_it_was_and_apart_as_it_is(store, tmp_path):
    (before,) = (row for row in read_bundle(as_("auditor", NOW), ROUND, OPEN).timeline if row.number == "1")
    changed = {
        "event_id": before.row.event.event_id, "kind": "concern_reported", "case_ref": "OPEN", "risk": "green",
        "happened_at": iso_text(before.row.event.happened_at.earliest), "written_at": iso_text(NOW + timedelta(hours=2)),
    }  # fmt: skip
    deliver(store, tmp_path / "changed", later(NOW, 3), [changed])

    bundle = read_bundle(as_("auditor", later(NOW, 4)), ROUND, OPEN)

    assert bundle.timeline[0].row.event.risk == "amber"
    (after,) = bundle.after
    assert (after.number, after.written, after.row.event.risk) == ("A1", Written.CHANGED, "green")


def test_what_came_only_after_the_draw_though_written_before_says_so(store, tmp_path):
    late = {"event_id": "L1", "kind": "child_seen", "case_ref": "OPEN",
            "happened_at": iso_text(NOW - timedelta(hours=5)), "written_at": iso_text(NOW - timedelta(hours=4))}  # fmt: skip
    deliver(store, tmp_path / "late", later(NOW, 3), [late])

    bundle = read_bundle(as_("auditor", later(NOW, 4)), ROUND, OPEN)

    assert [row.row.event.event_id for row in bundle.timeline if row.came_after] == ["L1"]


def test_what_was_known_at_an_earlier_moment_can_be_asked_for(store):
    bundle = read_bundle(as_("auditor", later(NOW)), ROUND, OPEN, known_at=NOW - timedelta(hours=30))

    assert [(row.number, row.row.event.kind) for row in bundle.timeline] == [
        ("1", "concern_reported"), ("2", "supervisor_allocated"),
    ]  # fmt: skip
    assert bundle.known_at == NOW - timedelta(hours=30)


def test_that_a_grader_sent_the_case_back_is_in_no_bundle(store):
    before = read_bundle(as_("auditor", later(NOW, 4)), ROUND, OPEN)

    refer_back(
        as_("inspector", later(NOW, 3)), store.config, ROUND, OPEN,
        danger="He still has her number.", child=RecordKey(SOURCE, "child-open"), must_act="supervisor",
    )  # fmt: skip

    assert [event.source for event in facts_of_case(OPEN, None).events if event.kind == "case_referred_back"] == [
        "duecare"
    ]
    assert read_bundle(as_("auditor", later(NOW, 4)), ROUND, OPEN) == before


def test_another_file_is_not_an_investigation_and_is_graded_for_the_child_alone(store):
    assert not read_bundle(as_("auditor", NOW), ROUND, CaseKey(SOURCE, "SETTLED")).is_investigation


def test_a_file_in_which_nobody_is_suspected_needs_no_grade_for_a_suspect(store, monkeypatch):
    monkeypatch.setattr("duecare.use_cases.audit.view_case_file.is_investigation", lambda kind, roles: True)
    full = said()
    alone = dataclasses.replace(full, grades={"child": "good"})
    assert read_bundle(as_("auditor", NOW), ROUND, OPEN).has_suspect
    assert not read_bundle(as_("auditor", NOW), ROUND, CaseKey(SOURCE, "SETTLED")).has_suspect

    submit_grade(as_("auditor", later(NOW)), ROUND, CaseKey(SOURCE, "SETTLED"), alone)

    assert refused(lambda: submit_grade(as_("auditor", later(NOW)), ROUND, OPEN, alone)) == "AUD-031"


# --- whose it is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["other-auditor", "audit-lead", "lead-inspector", "of-both"])
@pytest.mark.parametrize("case", ["OPEN", "MISSING", "NO-SUCH-CASE"])
def test_who_was_not_given_the_file_gets_the_same_no_whether_it_is_there_or_not(store, who, case):
    asking, key = as_(who, later(NOW)), CaseKey(SOURCE, case)

    for act in (
        lambda: read_bundle(asking, ROUND, key),
        lambda: save_draft(asking, ROUND, key, said(), make_own_key()),
        lambda: submit_grade(asking, ROUND, key, said()),
    ):
        before = LedgerEntry.objects.count()
        assert refused(act) == "ACC-001"
        assert LedgerEntry.objects.count() == before + 1
        assert last().outcome.startswith("refused ACC-001")
        assert last().actor == who
    assert not SealedGrade.objects.exists()


def test_a_grader_of_the_other_side_does_not_get_a_file_of_one_side_alone(store):
    assert refused(lambda: read_bundle(as_("auditor", NOW), ROUND, CaseKey(SOURCE, "MISSING"))) == "ACC-001"
    assert refused(lambda: read_bundle(as_("inspector", NOW), ROUND, CaseKey(SOURCE, "CUSTODY"))) == "ACC-001"


def test_a_file_taken_out_or_sealed_since_is_no_longer_there(store, tmp_path):
    SampledFile.objects.filter(case_ref="OPEN").update(out_reason="not_in_scope")

    assert refused(lambda: read_bundle(as_("auditor", NOW), ROUND, OPEN)) == "ACC-001"
    assert "OPEN" not in [line.key.case_ref for line in my_sample(as_("auditor", NOW)).lines]


def test_a_case_sealed_since_the_draw_is_in_nobodys_sample(store, tmp_path):
    from tests.made.deliveries import Made, write
    from tests.made.stores import asking

    from duecare.use_cases.deliveries.receive_delivery import receive_files

    sealing = {"case_ref": "OPEN", "kind": "child_concern", "sealed": "true", "written_at": iso_text(later(NOW))}
    path = write(Made({"cases": [sealing]}, source=SOURCE), tmp_path / "sealing")
    (took,) = receive_files(asking(later(NOW)), store.config, [path], source=SOURCE)

    assert (took.status, took.set_aside) == ("accepted", 0)
    assert refused(lambda: read_bundle(as_("auditor", later(NOW)), ROUND, OPEN)) == "ACC-001"
    assert "OPEN" not in [line.key.case_ref for line in my_sample(as_("auditor", later(NOW))).lines]


def test_a_name_that_no_store_could_hold_is_nobodys(store):
    assert refused(lambda: read_bundle(as_("auditor", NOW), "a\x00b", OPEN)) == "ACC-001"
    assert refused(lambda: read_bundle(as_("auditor", NOW), ROUND, CaseKey(SOURCE, "a\x00b"))) == "ACC-001"
    assert refused(lambda: open_grades(as_("audit-lead", NOW), "a\x00b", b"", "x")) == "AUD-038"


def test_a_method_that_is_not_known_here_is_refused_with_its_line(store):
    Round.objects.update(method="another")
    before = LedgerEntry.objects.count()

    assert refused(lambda: read_bundle(as_("auditor", NOW), ROUND, OPEN)) == "AUD-002"
    assert LedgerEntry.objects.count() == before + 1


def test_my_sample_is_my_own_and_says_how_far_each_has_come(store):
    own_key = make_own_key()
    save_draft(as_("auditor", later(NOW)), ROUND, OPEN, GradingForm(narrative="So far"), own_key)
    grade("auditor", "SETTLED")
    grade("inspector", "OPEN")

    sample = my_sample(as_("auditor", later(NOW, 2)))

    assert {line.key.case_ref: line.progress for line in sample.lines} == {
        "CUSTODY": Progress.NOT_STARTED,
        "OPEN": Progress.IN_PROGRESS,
        "SETTLED": Progress.SUBMITTED,
    }
    assert [line.key.case_ref for line in my_sample(as_("inspector", NOW)).lines] == ["MISSING", "OPEN", "SETTLED"]
    assert refused(lambda: my_sample(as_("audit-lead", NOW))) == "ACC-003"


# --- the draft ------------------------------------------------------------------------------------------


def test_a_draft_is_read_again_with_its_own_key_and_by_no_other(store):
    own_key = make_own_key()
    so_far = GradingForm(
        {"child": "good"}, {}, {"child_heard": Answer("no", "Nobody asked", ((SOURCE, "E0"),))}, "So far"
    )
    save_draft(as_("auditor", later(NOW)), ROUND, OPEN, so_far, own_key)

    again = read_bundle(as_("auditor", later(NOW)), ROUND, OPEN, own_key=own_key)
    elsewhere = read_bundle(as_("auditor", later(NOW)), ROUND, OPEN, own_key=make_own_key())

    assert (again.said, again.draft) == (so_far, Draft.READ)
    assert (elsewhere.said, elsewhere.draft) == (GradingForm(), Draft.ELSEWHERE)
    assert read_bundle(as_("inspector", NOW), ROUND, OPEN, own_key=own_key).draft is Draft.NONE
    assert b"So far" not in bytes(DraftGrade.objects.get().concealed)
    assert (LedgerEntry.objects.filter(outcome="done: draft kept").get().act) == "alteration"


def test_there_is_no_draft_of_what_was_submitted(store):
    grade()

    assert (
        refused(lambda: save_draft(as_("auditor", later(NOW)), ROUND, OPEN, GradingForm(), make_own_key())) == "AUD-032"
    )


# --- submitting -----------------------------------------------------------------------------------------


def test_a_submitted_judgement_is_a_seal_in_the_ledger_and_nothing_else(store):
    done = grade()

    held = SealedGrade.objects.get()
    assert (held.seal, held.side, held.account) == (done.seal, "force", "auditor")
    assert len(bytes(held.concealed)) > 64 * 1024
    assert last().outcome == f"done: sealed {done.seal}"
    assert last().act == "alteration"
    assert done.next == CaseKey(SOURCE, "SETTLED")


def test_the_next_file_is_the_first_that_is_left(store):
    assert grade(case="SETTLED").next == CaseKey(SOURCE, "CUSTODY")
    assert grade(case="CUSTODY").next == OPEN
    assert grade(case="OPEN").next is None


def test_what_is_missing_is_named_and_nothing_is_kept(store):
    with pytest.raises(Refusal) as found:
        submit_grade(as_("auditor", NOW), ROUND, OPEN, said(grade="inadequate"))

    assert found.value.code == "AUD-031"
    assert len(found.value.faults) == 1
    assert "narrative" in found.value.faults[0]
    assert not SealedGrade.objects.exists()


def test_evidence_must_be_in_the_bundle(store):
    here, elsewhere = ((SOURCE, "E0"),), ((SOURCE, "E3"),)

    assert refused(lambda: grade(child_heard=Answer("no", "", elsewhere))) == "AUD-031"
    assert grade(child_heard=Answer("no", "", here)).seal


def test_submitted_again_is_refused_and_corrected_with_a_reason_stands_beside_the_first(store):
    first = grade()

    assert refused(grade) == "AUD-032"
    second = grade(reason="The contact of Friday was overlooked", suspect="adequate", hours=2)

    assert [one.seal for one in SealedGrade.objects.order_by("id")] == [first.seal, second.seal]
    assert SealedGrade.objects.get(seal=second.seal).supersedes.seal == first.seal
    assert last().outcome == f"done: corrected, sealed {second.seal}"


@pytest.mark.parametrize("reason", ["a\x00b", "x" * 12_001])
def test_a_reason_that_no_store_could_keep_is_refused(store, reason):
    grade()

    assert refused(lambda: grade(reason=reason)) == "AUD-031"


def test_without_a_key_of_the_side_nothing_can_be_submitted(store):
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_key DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_audit_key_delete")
    OrganisationKey.objects.all().delete()

    assert refused(grade) == "AUD-033"


def test_many_are_submitted_together_or_none_is(store):
    whole = {OPEN: said(), CaseKey(SOURCE, "SETTLED"): said("SETTLED")}
    broken = whole | {CaseKey(SOURCE, "CUSTODY"): GradingForm()}

    assert refused(lambda: submit_many(as_("auditor", NOW), ROUND, broken)) == "AUD-031"
    assert not SealedGrade.objects.exists()
    assert len(submit_many(as_("auditor", NOW), ROUND, whole)) == 2
    assert SealedGrade.objects.count() == 2


def test_once_the_round_has_ended_nothing_is_graded(store):
    Round.objects.update(ended_at=NOW)

    assert refused(grade) == "AUD-036"
    assert refused(lambda: save_draft(as_("auditor", NOW), ROUND, OPEN, GradingForm(), make_own_key())) == "AUD-036"


# --- a grade never changes --------------------------------------------------------------------------------


def test_a_submitted_grade_cannot_be_changed_or_taken_away_by_anyone(store, tmp_path):
    from django.db import DatabaseError
    from django.db.transaction import atomic

    everything_in()
    opened("audit-lead", tmp_path, "force")
    before = (
        list(SealedGrade.objects.order_by("id").values_list()),
        list(OpenedGrade.objects.order_by("id").values_list()),
    )
    held, open_ = SealedGrade.objects.first(), OpenedGrade.objects.first()

    def save(row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    for change in (
        lambda: save(held, seal="0" * 64),
        lambda: save(held, concealed=b""),
        lambda: SealedGrade.objects.update(account="someone"),
        lambda: SealedGrade.objects.filter(openedgrade__isnull=True).delete(),
        lambda: save(open_, grade="good"),
        lambda: OpenedGrade.objects.update(body={}),
        lambda: OpenedGrade.objects.all().delete(),
        lambda: OrganisationKey.objects.update(public=b"x" * 32),
    ):
        with pytest.raises(DatabaseError), atomic():
            change()

    after = (
        list(SealedGrade.objects.order_by("id").values_list()),
        list(OpenedGrade.objects.order_by("id").values_list()),
    )
    assert after == before


# --- opening --------------------------------------------------------------------------------------------


def test_a_side_opens_its_own_grades_once_everything_is_in(store, tmp_path):
    everything_in()

    done = opened("audit-lead", tmp_path, "force")

    assert (done.opened, done.sets, done.refused) == (3, ("paired", "force_only"), ())
    assert {one.sealed.side for one in OpenedGrade.objects.all()} == {"force"}
    assert OpenedGrade.objects.get(sealed__file__case_ref="OPEN").body["grades"] == {"child": "good", "suspect": "good"}
    assert opened("lead-inspector", tmp_path, "inspectorate").opened == 3
    assert opened("lead-inspector", tmp_path, "inspectorate").opened == 0


def test_until_ones_own_are_in_the_answer_is_the_same_whatever_the_other_side_did(store, tmp_path):
    def answer():
        with pytest.raises(Refusal) as found:
            opened("audit-lead", tmp_path, "force")
        return str(found.value)

    for case, set_ in SETS.items():
        if set_ != "inspector_only":
            continue
        grade("inspector", case)
    before = answer()
    grade("inspector", "OPEN")
    grade("inspector", "SETTLED")

    assert answer() == before
    assert "your own side" in before


def test_paired_files_wait_for_the_other_side_and_files_of_one_side_do_not(store, tmp_path):
    everything_in(besides=("OPEN",))
    grade("auditor", "OPEN")

    assert opened("audit-lead", tmp_path, "force").sets == ("force_only",)
    grade("inspector", "OPEN")
    assert opened("audit-lead", tmp_path, "force").opened == 2


def test_where_only_the_other_side_lacks_files_that_is_said(store, tmp_path):
    SampledFile.objects.filter(set="force_only").update(out_reason="not_in_scope")
    grade("auditor", "OPEN")
    grade("auditor", "SETTLED")

    with pytest.raises(Refusal) as found:
        opened("audit-lead", tmp_path, "force")

    assert "the other side has not submitted" in str(found.value)


def test_when_the_round_has_ended_whatever_is_in_is_opened(store, tmp_path):
    grade("auditor", "OPEN")
    assert refused(lambda: opened("audit-lead", tmp_path, "force")) == "AUD-034"
    Round.objects.update(ended_at=NOW)

    assert opened("audit-lead", tmp_path, "force").opened == 1


def test_a_correction_is_opened_with_what_it_corrects_and_none_comes_after(store, tmp_path):
    everything_in()
    grade("auditor", "OPEN", reason="Overlooked", grade="adequate")

    assert opened("audit-lead", tmp_path, "force").opened == 4
    assert [one.body["reason"] for one in OpenedGrade.objects.all() if "reason" in one.body] == ["Overlooked"]
    assert refused(lambda: grade("auditor", "OPEN", reason="Having seen theirs")) == "AUD-036"


def test_the_other_sides_key_or_a_wrong_passphrase_opens_nothing(store, tmp_path):
    everything_in()

    assert refused(lambda: opened("audit-lead", tmp_path, "inspectorate")) == "AUD-035"
    assert refused(lambda: opened("audit-lead", tmp_path, "force", "another")) == "AUD-035"
    assert refused(lambda: opened("auditor", tmp_path, "force")) == "ACC-003"
    assert last().outcome.startswith("refused ACC-003")
    assert not OpenedGrade.objects.exists()


def test_what_does_not_fit_its_seal_is_refused_and_reported(store, tmp_path):
    from django.db import connection

    everything_in()
    one, other = SealedGrade.objects.filter(side="force").order_by("id")[:2]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_sealed DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_audit_sealed_update")
    SealedGrade.objects.filter(pk=one.pk).update(seal=other.seal)

    done = opened("audit-lead", tmp_path, "force")

    assert done.opened == 2
    assert [key.case_ref for key in done.refused] == [one.file.case_ref]
    assert "1 do not fit their seals" in last().outcome


def every_seal() -> frozenset[str]:
    """As if the ledger had been rewritten too."""
    return frozenset(SealedGrade.objects.values_list("seal", flat=True))


@pytest.mark.parametrize("rewritten", [False, True], ids=["the ledger as it is", "the ledger rewritten too"])
def test_a_judgement_put_in_the_place_of_another_is_found_by_the_ledger_alone(store, tmp_path, monkeypatch, rewritten):
    from django.db import connection

    from duecare.audit.grading.file_judgement import Judgement, seal_judgement
    from duecare.audit.grading.grade_encryption import conceal_content
    from duecare.store.ledger import ledger_entries
    from duecare.use_cases.audit.grade_file import concealed_as

    everything_in()
    one = SealedGrade.objects.filter(side="force").select_related("file", "key").order_by("id").first()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_sealed DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_audit_sealed_update")
    key = CaseKey(SOURCE, one.file.case_ref)
    made_up = seal_judgement(Judgement(ROUND, *key, "force", "auditor", "m", "s", said()))
    concealed = conceal_content(made_up.content, bytes(one.key.public), concealed_as(ROUND, key, "force"))
    SealedGrade.objects.filter(pk=one.pk).update(concealed=concealed, seal=made_up.seal)
    if rewritten:
        monkeypatch.setattr(ledger_entries, "seals_written", every_seal)

    done = opened("audit-lead", tmp_path, "force")

    assert (done.opened, done.refused) == ((3, ()) if rewritten else (2, (key,)))


def test_what_is_no_judgement_or_another_files_does_not_fit_though_its_seal_does(store, tmp_path, monkeypatch):
    from django.db import connection

    from duecare.audit.grading.file_judgement import Judgement, seal_judgement, seal_of
    from duecare.audit.grading.grade_encryption import conceal_content
    from duecare.use_cases.audit.grade_file import concealed_as

    monkeypatch.setattr("duecare.store.ledger.ledger_entries.seals_written", every_seal)
    everything_in()
    rows = list(SealedGrade.objects.filter(side="force").select_related("file", "key").order_by("id"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_sealed DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_audit_sealed_update")
    another = seal_judgement(Judgement(ROUND, SOURCE, "ANOTHER", "force", "auditor", "m", "s", said())).content
    for row, content in zip(rows, (b"{}", another, None), strict=True):
        key = CaseKey(SOURCE, row.file.case_ref)
        concealed = (
            conceal_content(content, bytes(row.key.public), concealed_as(ROUND, key, "force")) if content else b"x"
        )
        sealed = seal_of(content) if content else row.seal
        SealedGrade.objects.filter(pk=row.pk).update(concealed=concealed, seal=sealed)

    done = opened("audit-lead", tmp_path, "force")

    assert (done.opened, len(done.refused)) == (0, 3)


def test_a_round_that_is_not_there_is_said_to_be_none(store):
    assert refused(lambda: open_grades(as_("audit-lead", NOW), "no such", b"", "x")) == "AUD-038"


def test_what_a_lost_key_conceals_is_shown_separately_and_given_again_under_the_new_one(store, tmp_path):
    everything_in()
    make_side_key(as_("audit-lead", NOW), "force", tmp_path / "second.pem", PASSPHRASE)
    for case in ("OPEN", "SETTLED", "CUSTODY"):
        grade("auditor", case, reason="Our key was lost")

    done = opened("audit-lead", tmp_path, "second")

    assert (done.opened, done.by_another_key, done.refused) == (3, 3, ())
    assert opened("audit-lead", tmp_path, "force").opened == 3


def test_there_is_one_first_grade_of_a_file_and_side_even_past_the_step(store):
    from django.db import IntegrityError
    from django.db.transaction import atomic

    grade()
    one = SealedGrade.objects.get()
    one.pk = None

    with pytest.raises(IntegrityError), atomic():
        one.save(force_insert=True)


# --- the key --------------------------------------------------------------------------------------------


def test_a_key_is_made_for_ones_own_side_into_a_file_that_was_not_there(store, tmp_path):
    path = tmp_path / "again.pem"
    known_by = make_side_key(as_("audit-lead", NOW), "force", path, "x y z")

    assert path.stat().st_mode & 0o077 == 0
    assert known_by in last().outcome
    assert my_sample(as_("auditor", NOW)).key == known_by
    assert refused(lambda: make_side_key(as_("audit-lead", NOW), "force", path, "x")) == "AUD-039"
    assert refused(lambda: make_side_key(as_("audit-lead", NOW), "force", tmp_path / "b", "")) == "AUD-035"
    assert refused(lambda: make_side_key(as_("audit-lead", NOW), "inspectorate", tmp_path / "c", "x")) == "ACC-003"
    assert refused(lambda: make_side_key(as_("auditor", NOW), "force", tmp_path / "d", "x")) == "ACC-003"
    assert OrganisationKey.objects.count() == 3
