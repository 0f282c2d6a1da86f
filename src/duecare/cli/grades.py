"""Commands of graders and of those who lead them: the sample, the bundle, grading by file, keys, opening, exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.audit.grading.file_judgement import GradingForm, said_of
from duecare.cli.door import CommandContext, MomentText, store_command
from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

FILE_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command("sample")
@store_command
def sample_command(command_context: CommandContext) -> None:
    """List the files allotted to you, and how far you have come with each."""
    from duecare.use_cases.audit.view_my_sample import my_sample

    own_sample = my_sample(command_context.request)
    lines = [
        {
            "round": sample_line.round,
            "file": sample_line.number,
            "case_source": sample_line.key.source,
            "case_ref": sample_line.key.case_ref,
            "known_at": iso_text(sample_line.known_at),
            "progress": sample_line.progress.value,
            "seal": sample_line.seal,
        }
        for sample_line in own_sample.lines
    ]
    command_context.answer(
        {"key": own_sample.key, "files": lines},
        lambda: iter(
            [
                f"{sample_line['round']}  file {sample_line['file']}  "
                f"{sample_line['case_source']}:{sample_line['case_ref']}  {sample_line['progress']}"
                for sample_line in lines
            ]
            or ["No file is allotted to you."]
        ),
    )


@click.command("bundle")
@click.argument("round_name", metavar="ROUND")
@click.argument("case")
@click.option("--known-at", type=MomentText(), help="Show the file as known at an earlier moment than the draw.")
@store_command
def bundle_command(command_context: CommandContext, round_name: str, case: str, known_at: Any) -> None:
    """Show the file CASE of ROUND, written SOURCE:REFERENCE, as known at the draw. Later entries are shown separately."""
    from duecare.use_cases.audit.view_case_file import read_bundle

    grading_bundle = read_bundle(command_context.request, round_name, _case_key(case), known_at=known_at)
    bundle_json = {
        "round": grading_bundle.file.round,
        "case_source": grading_bundle.file.key.source,
        "case_ref": grading_bundle.file.key.case_ref,
        "known_at": iso_text(grading_bundle.known_at),
        "graded_for": ["child", "suspect"] if grading_bundle.is_investigation else ["child"],
        "scheme": list(grading_bundle.scheme.grades),
        "questions": [
            {"heading": heading.says, "question": question.id, "asks": question.asks, "answers": list(question.answers)}
            for heading in grading_bundle.method.asked(is_investigation=grading_bundle.is_investigation)
            for question in heading.questions
        ],
        "timeline": [_timeline_row_json(timeline_row) for timeline_row in grading_bundle.timeline],
        "written_after_the_draw": [_timeline_row_json(timeline_row) for timeline_row in grading_bundle.after],
        "seal": grading_bundle.seal,
    }
    command_context.answer(bundle_json, lambda: _event_lines(bundle_json))


@click.command("grade")
@click.argument("round_name", metavar="ROUND")
@click.argument("case", required=False)
@click.option("--file", "file", type=FILE_PATH, required=True, help="The judgement as JSON, or several.")
@click.option("--reason", default="", help="Why it corrects the earlier submission.")
@store_command
def grade_command(command_context: CommandContext, round_name: str, case: str | None, file: Path, reason: str) -> None:
    """Submit the judgement of the file CASE of ROUND, or of several files at once (all or none)."""
    from duecare.use_cases.audit.grade_file import submit_many

    submitted_grades = submit_many(command_context.request, round_name, _read_judgements(file, case), reason=reason)
    submitted_json = {"round": round_name, "submitted": [submission.as_json() for submission in submitted_grades]}
    command_context.answer(
        submitted_json,
        lambda: iter(
            [
                f"{submission.key.source}:{submission.key.case_ref}  sealed {submission.seal}"
                for submission in submitted_grades
            ]
        ),
    )


@click.command("key")
@click.option("--side", type=click.Choice(["force", "inspectorate"]), required=True)
@click.option(
    "--out", type=FILE_PATH, required=True, help="A file for the private half of the key. It must not exist yet."
)
@click.option("--passphrase-file", type=FILE_PATH, help="Read the passphrase from this file instead of asking for it.")
@store_command
def key_command(command_context: CommandContext, side: str, out: Path, passphrase_file: Path | None) -> None:
    """Make your side's key. If it is lost, so are the side's unopened grades: store two copies in different places."""
    from duecare.use_cases.audit.make_side_key import make_side_key

    known_by = make_side_key(command_context.request, side, out, _read_passphrase(passphrase_file, is_new=True))
    key_json = {"side": side, "fingerprint": known_by, "file": str(out)}
    command_context.answer(
        key_json,
        lambda: iter([
            f"The key of the side {side} is made. Its fingerprint is {known_by}. Give it to your graders.",
            f"Its private half is in {out}, protected by the passphrase. If you lose either, the unopened grades are lost.",
        ]),
    )  # fmt: skip


@click.command("open")
@click.argument("round_name", metavar="ROUND")
@click.option("--key", "key_file", type=FILE_PATH, required=True, help="Your side's key file.")
@click.option("--passphrase-file", type=FILE_PATH, help="Read the passphrase from this file instead of asking for it.")
@store_command
def open_command(
    command_context: CommandContext, round_name: str, key_file: Path, passphrase_file: Path | None
) -> None:
    """Open your side's grades in ROUND, once every file is in or the round has ended."""
    from duecare.use_cases.audit.open_own_grades import open_grades

    try:
        pem_bytes = key_file.read_bytes()
    except OSError as failure:
        raise Refusal("AUD-035", found="a file that cannot be read") from failure
    opened_grades = open_grades(command_context.request, round_name, pem_bytes, _read_passphrase(passphrase_file))
    command_context.answer(
        opened_grades.as_json(),
        lambda: iter(
            [
                f"opened: {opened_grades.opened} of the side {opened_grades.side}",
                *(
                    [f"concealed for another key: {opened_grades.by_another_key}"]
                    if opened_grades.by_another_key
                    else []
                ),
                *[
                    f"refused: {refused_grade.source}:{refused_grade.case_ref} does not fit its seal, or not the ledger"
                    for refused_grade in opened_grades.refused
                ],
            ]
        ),
    )
    if opened_grades.refused:
        raise Refusal(
            "AUD-035", where=f"round {round_name}", found=f"{len(opened_grades.refused)} that do not fit their seals"
        )


def _exchange_command(command_name: str, help_text: str, outcome_word: str, *, writes: bool) -> click.Command:
    """One of the four commands by which two Duecares exchange seals and openings."""

    def run_exchange(command_context: CommandContext, file: Path, round_name: str = "") -> None:
        from duecare.use_cases.audit import exchange_grades

        exchange_step: Callable[..., exchange_grades.Exchanged] = getattr(
            exchange_grades, command_name.replace("-", "_")
        )
        exchange_result = (
            exchange_step(command_context.request, round_name, file)
            if writes
            else exchange_step(command_context.request, file)
        )
        command_context.answer(
            exchange_result.as_json(),
            lambda: iter(
                [
                    f"{exchange_result.count} {exchange_result.what.split()[1]} of the {exchange_result.side} {outcome_word}"
                ]
            ),
        )

    run_exchange.__doc__ = help_text
    exchange_command = store_command(run_exchange)
    if not writes:
        return click.command(command_name)(click.argument("file", type=FILE_PATH)(exchange_command))
    exchange_command = click.option(
        "--out", "file", type=FILE_PATH, required=True, help="A file that does not exist yet."
    )(exchange_command)
    return click.command(command_name)(click.argument("round_name", metavar="ROUND")(exchange_command))


export_seals = _exchange_command(
    "export-seals", "Write your side's seals of ROUND for the other side's Duecare, once all are in.", "written",
    writes=True,
)  # fmt: skip
import_seals = _exchange_command("import-seals", "Import the other side's seals from FILE.", "taken in", writes=False)
export_openings = _exchange_command(
    "export-openings", "Write your side's opened grades of ROUND for the other side's Duecare.", "written", writes=True
)
import_openings = _exchange_command(
    "import-openings", "Import the other side's openings from FILE, and check each against its seal.", "taken in",
    writes=False,
)  # fmt: skip
COMMANDS = (
    sample_command,
    bundle_command,
    grade_command,
    key_command,
    open_command,
    export_seals,
    import_seals,
    export_openings,
    import_openings,
)


def _case_key(case_text: str) -> CaseKey:
    source, colon, case_ref = case_text.partition(":")
    if not colon or not source or not case_ref:
        raise click.BadParameter("write the case as SOURCE:REFERENCE", param_hint="CASE")
    return CaseKey(source, case_ref)


def _read_judgements(judgement_file: Path, only_case: str | None) -> dict[CaseKey, GradingForm]:
    try:
        judgements_json = orjson.loads(judgement_file.read_bytes())
    except OSError as failure:
        raise Refusal("AUD-030", found="a file that cannot be read") from failure
    except orjson.JSONDecodeError as failure:
        raise Refusal("AUD-030", found="no JSON") from failure
    if not isinstance(judgements_json, dict):
        raise Refusal("AUD-030", found="JSON that is not an object")
    if only_case is not None:
        return {_case_key(only_case): said_of(judgements_json)}
    file_rows = judgements_json.get("files")
    if not isinstance(file_rows, list) or not all(isinstance(file_row, dict) for file_row in file_rows):
        raise Refusal("AUD-030", found="no list of files")
    judgements = {
        CaseKey(str(file_row.get("case_source", "")), str(file_row.get("case_ref", ""))): said_of(file_row)
        for file_row in file_rows
    }
    if len(judgements) != len(file_rows):
        raise Refusal("AUD-030", found="two judgements of one file")
    return judgements


def _read_passphrase(passphrase_file: Path | None, *, is_new: bool = False) -> str:
    if passphrase_file is None:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new, err=True))
    try:
        return passphrase_file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as failure:
        raise Refusal("AUD-035", found="a passphrase file that cannot be read") from failure


def _timeline_row_json(timeline_row: Any) -> dict[str, Any]:
    event = timeline_row.row.event
    return {
        "number": timeline_row.number,
        "event": [event.source, event.event_id],
        "kind": event.kind,
        "happened_at": iso_text(event.happened_at.earliest),
        "written_at": iso_text(event.written_at),
        "days_late": timeline_row.late.days,
        "written": timeline_row.written.value,
        "received_only_after_the_draw": timeline_row.came_after,
        "people": [{"name": label, "role": person_role} for _, label, person_role in timeline_row.row.people],
        **{
            field_name: getattr(event, field_name)
            for field_name in ("officer", "team", "area", "risk", "outcome", "text")
        },
        "detail": dict(event.detail),
    }


def _event_lines(bundle_json: dict[str, Any]) -> Iterator[str]:
    yield f"{bundle_json['case_source']}:{bundle_json['case_ref']} as known at {bundle_json['known_at']}"
    for timeline_row in bundle_json["timeline"]:
        yield f"  {timeline_row['number']:>3}  {timeline_row['happened_at']}  {timeline_row['kind']}"
    yield (
        "Written after this case was drawn:"
        if bundle_json["written_after_the_draw"]
        else "Nothing was written after the draw."
    )
    for timeline_row in bundle_json["written_after_the_draw"]:
        yield (
            f"  {timeline_row['number']:>3}  {timeline_row['happened_at']}  {timeline_row['kind']}  "
            f"written {timeline_row['days_late']} days later"
        )
