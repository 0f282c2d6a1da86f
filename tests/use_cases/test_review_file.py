"""A single-file review of a made-up investigation: three accounts that differ, a contradiction never put to the court,
a suspect told 50 days late. It ends in errors against the suspect, answers invited first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.few_cases import AREA, SOURCE, filled
from tests.made.stores import Store

from duecare.access.viewer import Viewer
from duecare.audit.reviews.found_error import FoundError, Standing
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.models import Allotted, ErrorFound, Round, SampledFile
from duecare.use_cases.audit.answer_errors import answer_error, errors_to_answer
from duecare.use_cases.audit.import_errors import export_errors, import_errors
from duecare.use_cases.audit.review_file import invite_answers, make_final, read_review, record_error
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.on_both_engines]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE = CaseKey(SOURCE, "OPEN")
TEXT = "Code of Practice under the Criminal Procedure and Investigations Act 1996"
ACCOUNTS = FoundError(
    "three-accounts", "inconsistency", "suspect",
    should="Three accounts that differ are set side by side and weighed.", did="Only the last was kept.",
    standard=TEXT, known_from=NOW - timedelta(days=300), post="investigator",
)  # fmt: skip
CONTRADICTION = FoundError(
    "contradiction", "not_shared", "suspect",
    should="What undermines the case is disclosed and put to the court.", did="It never was.",
    standard=TEXT, post="detective inspector", consequence="The court decided without it.", remedy="Disclosed now.",
)  # fmt: skip
TOLD_LATE = FoundError(
    "told-late", "delay", "suspect",
    should="The suspect is told the outcome promptly.", did="He was told 50 days after it.", standard=TEXT,
    known_from=NOW - timedelta(days=50), post="investigator",
)  # fmt: skip
ROLES = {
    "rev": Viewer("rev", frozenset({"inspector"})),
    "other": Viewer("other", frozenset({"inspector"})),
    "di": Viewer("di", frozenset({"detective_inspector"}), officer="D1", areas=frozenset({AREA})),
    "west": Viewer("west", frozenset({"detective_inspector"}), officer="D2", areas=frozenset({"Westmoor"})),
    "lead": Viewer("lead", frozenset({"lead_inspector"})),
    "data": Viewer("data", frozenset({"data_officer"}), channel="command"),
}


def as_(who: str, days: float = 0) -> Request:
    return Request(ROLES[who], "a test", NOW + timedelta(days=days))


@pytest.fixture
def round_(store: Store, tmp_path: Path):
    """The few cases, one of them under review."""
    with filled(store, tmp_path / "few", NOW):
        made = Round.objects.create(name="r1", title="One file", kind="single_file", opened_at=NOW, opened_by="lead")
        file = SampledFile.objects.create(
            round=made, case_source=SOURCE, case_ref="OPEN", set="inspector_only", rank=1, reached=1, held=1
        )
        Allotted.objects.create(file=file, side="inspectorate", account="rev", allotted_at=NOW)
        yield made


def stand(days=0):
    return [one.standing(NOW + timedelta(days=days)) for one in read_review(as_("rev", days), "r1", CASE)]


def test_errors_against_the_suspect_answers_invited_first(round_):
    for one in (ACCOUNTS, CONTRADICTION, TOLD_LATE):
        record_error(as_("rev"), "r1", CASE, one)
    assert errors_to_answer(as_("di"), CASE) == ()
    with pytest.raises(Refusal, match="AUD-056"):
        make_final(as_("rev", 30), "r1", CASE)

    assert invite_answers(as_("rev"), "r1", CASE) == 3
    assert [one.error for _, one in errors_to_answer(as_("di"), CASE)] == [
        "three-accounts",
        "contradiction",
        "told-late",
    ]
    with pytest.raises(Refusal, match="AUD-056"):
        make_final(as_("rev", 1), "r1", CASE)
    answer_error(as_("di", 2), CASE, "r1", "told-late", "The letter went to an old address.")
    with pytest.raises(Refusal, match="AUD-056"):
        answer_error(as_("di", 2), CASE, "r1", "told-late", "Another answer.")

    assert make_final(as_("rev", 3), "r1", CASE) == 1
    assert stand(3) == [Standing.INVITED, Standing.INVITED, Standing.FINAL]
    assert make_final(as_("rev", 14), "r1", CASE) == 2
    found = read_review(as_("rev", 15), "r1", CASE)
    assert {one.wronged for one in found} == {"suspect"}
    assert found[2].answer == "The letter went to an old address."
    assert found[2].did == TOLD_LATE.did


def test_once_put_to_those_criticised_an_error_is_not_rewritten(round_):
    record_error(as_("rev"), "r1", CASE, ACCOUNTS)
    record_error(as_("rev"), "r1", CASE, replace(ACCOUNTS, did="Two were lost."))
    invite_answers(as_("rev"), "r1", CASE)

    with pytest.raises(Refusal, match="AUD-056"):
        record_error(as_("rev"), "r1", CASE, replace(ACCOUNTS, did="Something else."))

    (one,) = read_review(as_("rev"), "r1", CASE)
    assert one.did == "Two were lost."


def test_a_reviewer_cannot_add_an_error_as_final_or_name_a_person(round_):
    record_error(
        as_("rev"), "r1", CASE, replace(ACCOUNTS, final_at=NOW, answered_at=NOW, answer="None.", invited_at=NOW)
    )
    (one,) = read_review(as_("rev"), "r1", CASE)
    assert (one.final_at, one.answer, one.invited_at) == (None, "", None)
    for post in ("X1", "officer one of the team"):
        with pytest.raises(Refusal, match="this names a person"):
            record_error(as_("rev"), "r1", CASE, replace(TOLD_LATE, post=post))


def test_nobody_else_reviews_and_another_borough_answers_nothing(round_):
    for who in ("other", "di", "lead"):
        with pytest.raises(Refusal, match="ACC-00"):
            record_error(as_(who), "r1", CASE, ACCOUNTS)
    record_error(as_("rev"), "r1", CASE, ACCOUNTS)
    invite_answers(as_("rev"), "r1", CASE)
    with pytest.raises(Refusal, match="ACC-001"):
        errors_to_answer(as_("west"), CASE)
    with pytest.raises(Refusal, match="ACC-001"):
        answer_error(as_("west"), CASE, "r1", "three-accounts", "x")


def test_while_two_sides_grade_blind_no_error_is_recorded(round_):
    Round.objects.filter(name="r1").update(kind="inspection")

    with pytest.raises(Refusal, match="AUD-057"):
        record_error(as_("rev"), "r1", CASE, ACCOUNTS)

    assert not ErrorFound.objects.exists()


@pytest.mark.parametrize(("both", "code"), [(False, None), (True, "AUD-057")])
def test_a_review_that_both_sides_make_of_one_file_is_blind_too(round_, both, code):
    file = SampledFile.objects.get()
    if both:
        Allotted.objects.create(file=file, side="force", account="aud", allotted_at=NOW)
    if code is None:
        record_error(as_("rev"), "r1", CASE, ACCOUNTS)
        return
    with pytest.raises(Refusal, match=code):
        record_error(as_("rev"), "r1", CASE, ACCOUNTS)
    Round.objects.update(ended_at=NOW)
    record_error(as_("rev"), "r1", CASE, ACCOUNTS)


def test_nobody_adds_errors_from_outside_into_a_review_held_here(round_, tmp_path):
    record_error(as_("rev"), "r1", CASE, ACCOUNTS)
    path = tmp_path / "errors.csv"
    path.write_text(f"round,case_source,case_ref,error,did\nr1,{SOURCE},OPEN,three-accounts,Nothing was wrong.\n")

    read = import_errors(as_("data"), path)

    assert [one.column for one in read.set_aside] == ["round"]
    (one,) = read_review(as_("rev"), "r1", CASE)
    assert (one.did, one.final_at) == ("Only the last was kept.", None)


def test_errors_go_out_once_final_and_come_in_again_the_same(round_, tmp_path):
    for one in (ACCOUNTS, TOLD_LATE):
        record_error(as_("rev"), "r1", CASE, one)
    invite_answers(as_("rev"), "r1", CASE)
    answer_error(as_("di", 1), CASE, "r1", "told-late", "=cmd, the old address")
    assert export_errors(as_("lead"), "r1").decode().count("\r\n") == 1
    make_final(as_("rev", 15), "r1", CASE)

    sent = export_errors(as_("lead", 16), "r1")
    assert b"'=cmd" in sent
    path = tmp_path / "errors.csv"
    path.write_bytes(sent.replace(b"\nr1,", b"\nelsewhere,"))
    read = import_errors(as_("data", 16), path)

    assert read.as_json()["accepted"] == 2
    again = export_errors(as_("lead", 16), "elsewhere")
    assert again == path.read_bytes()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("r,,e", "case_ref"),
        ("r,C,", "error"),
        ("r,C,e,sloppy", "kind"),
        ("r,C,e,delay,everyone", "wronged"),
        ("r,C,e,delay,child,,,32 May", "known_from"),
        ("r,C,e,delay,child,,,,post,answer,more", "row"),
    ],
)
def test_a_row_that_cannot_stand_is_set_aside_with_its_reason(round_, tmp_path, row, column):
    cells = row.split(",")
    header = "round,case_ref,error,kind,wronged,should,did,known_from,post,answered"
    padded = cells + [""] * (10 - len(cells))
    path = tmp_path / "errors.csv"
    path.write_text(f"{header}\n{','.join(padded)}\nr,C,right,delay,suspect,,,,,\n")

    read = import_errors(as_("data"), path)

    assert [one.column for one in read.set_aside] == [column]
    assert [one.error.error for one in read.accepted] == ["right"]


def test_a_file_of_something_else_is_refused(round_, tmp_path):
    path = tmp_path / "errors.csv"
    for text in ("round,case_ref\n", "round,case_ref,error,error\n", "round,case_ref,error,name\n"):
        path.write_text(text)
        with pytest.raises(Refusal, match="AUD-058"):
            import_errors(as_("data"), path)
