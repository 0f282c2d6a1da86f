"""Commands of graders and of those who lead them: the sample, the bundle, grading by file, keys, opening, exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.audit.grading.file_judgement import Said, said_of
from duecare.cli.door import Here, MomentText, command
from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@command
def sample(here: Here) -> None:
    """List the files allotted to you, and how far you have come with each."""
    from duecare.use_cases.audit.view_my_sample import my_sample

    found = my_sample(here.asking)
    lines = [
        {"round": one.round, "file": one.number, "case_source": one.key.source, "case_ref": one.key.case_ref,
         "known_at": iso_text(one.known_at), "progress": one.progress.value, "seal": one.seal}
        for one in found.lines
    ]  # fmt: skip
    here.answer(
        {"key": found.key, "files": lines},
        lambda: iter(
            [
                f"{one['round']}  file {one['file']}  {one['case_source']}:{one['case_ref']}  {one['progress']}"
                for one in lines
            ]
            or ["No file is allotted to you."]
        ),
    )


@click.command()
@click.argument("round_name", metavar="ROUND")
@click.argument("case")
@click.option("--known-at", type=MomentText(), help="What was known at an earlier moment than the draw.")
@command
def bundle(here: Here, round_name: str, case: str, known_at: Any) -> None:
    """Show the file CASE of ROUND, written SOURCE:REFERENCE, as known at the draw; what was written later stands apart."""
    from duecare.use_cases.audit.view_case_file import read_bundle

    found = read_bundle(here.asking, round_name, _case(case), known_at=known_at)
    said = {
        "round": found.file.round,
        "case_source": found.file.key.source,
        "case_ref": found.file.key.case_ref,
        "known_at": iso_text(found.known_at),
        "graded_for": ["child", "suspect"] if found.is_investigation else ["child"],
        "scheme": list(found.scheme.grades),
        "questions": [
            {"heading": heading.says, "question": one.id, "asks": one.asks, "answers": list(one.answers)}
            for heading in found.method.asked(is_investigation=found.is_investigation)
            for one in heading.questions
        ],
        "timeline": [_row(row) for row in found.timeline],
        "written_after_the_draw": [_row(row) for row in found.after],
        "seal": found.seal,
    }
    here.answer(said, lambda: _events(said))


@click.command()
@click.argument("round_name", metavar="ROUND")
@click.argument("case", required=False)
@click.option("--file", "file", type=FILE, required=True, help="The judgement as JSON, or several.")
@click.option("--reason", default="", help="Why it corrects what was submitted before.")
@command
def grade(here: Here, round_name: str, case: str | None, file: Path, reason: str) -> None:
    """Submit the judgement of the file CASE of ROUND, or of several files at once, all or none."""
    from duecare.use_cases.audit.grade_file import submit_many

    done = submit_many(here.asking, round_name, _judgements(file, case), reason=reason)
    said = {"round": round_name, "submitted": [one.as_json() for one in done]}
    here.answer(said, lambda: iter([f"{one.key.source}:{one.key.case_ref}  sealed {one.seal}" for one in done]))


@click.command()
@click.option("--side", type=click.Choice(["force", "inspectorate"]), required=True)
@click.option("--out", type=FILE, required=True, help="Where the private half is written; it must not be there yet.")
@click.option("--passphrase-file", type=FILE, help="Read the passphrase from this file instead of asking for it.")
@command
def key(here: Here, side: str, out: Path, passphrase_file: Path | None) -> None:
    """Make your side's key. If it is lost, the side's unopened grades are lost with it: keep two copies, apart."""
    from duecare.use_cases.audit.make_side_key import make_side_key

    known_by = make_side_key(here.asking, side, out, _passphrase(passphrase_file, is_new=True))
    said = {"side": side, "fingerprint": known_by, "file": str(out)}
    here.answer(
        said,
        lambda: iter([
            f"The key of the side {side} is made. Its fingerprint is {known_by}: tell it to your graders.",
            f"Its private half is in {out}, under the passphrase. If either is lost, so are the grades not yet opened.",
        ]),
    )  # fmt: skip


@click.command("open")
@click.argument("round_name", metavar="ROUND")
@click.option("--key", "key_file", type=FILE, required=True, help="Your side's key file.")
@click.option("--passphrase-file", type=FILE, help="Read the passphrase from this file instead of asking for it.")
@command
def open_(here: Here, round_name: str, key_file: Path, passphrase_file: Path | None) -> None:
    """Open your side's grades of ROUND, once every file is in or the round has ended."""
    from duecare.use_cases.audit.unseal_grades import open_grades

    try:
        pem = key_file.read_bytes()
    except OSError as wrong:
        raise Refusal("AUD-035", found="a file that cannot be read") from wrong
    done = open_grades(here.asking, round_name, pem, _passphrase(passphrase_file))
    here.answer(
        done.as_json(),
        lambda: iter([
            f"opened: {done.opened} of the side {done.side}",
            *([f"concealed for another key: {done.by_another_key}"] if done.by_another_key else []),
            *[f"refused: {one.source}:{one.case_ref} does not fit its seal, or not the ledger" for one in done.refused],
        ]),
    )  # fmt: skip
    if done.refused:
        raise Refusal("AUD-035", where=f"round {round_name}", found=f"{len(done.refused)} that do not fit their seals")


def _exchange(name: str, says: str, does: str, *, writes: bool) -> click.Command:
    """One of the four commands by which two Duecares exchange seals and openings."""

    def run(here: Here, file: Path, round_name: str = "") -> None:
        from duecare.use_cases.audit import exchange_grades

        step: Callable[..., exchange_grades.Exchanged] = getattr(exchange_grades, name.replace("-", "_"))
        done = step(here.asking, round_name, file) if writes else step(here.asking, file)
        here.answer(done.as_json(), lambda: iter([f"{done.count} {done.what.split()[1]} of the {done.side} {does}"]))

    run.__doc__ = says
    made = command(run)
    if not writes:
        return click.command(name)(click.argument("file", type=FILE)(made))
    made = click.option("--out", "file", type=FILE, required=True, help="A file that is not there yet.")(made)
    return click.command(name)(click.argument("round_name", metavar="ROUND")(made))


export_seals = _exchange(
    "export-seals", "Write your side's seals of ROUND for the other side's Duecare, once all are in.", "written",
    writes=True,
)  # fmt: skip
import_seals = _exchange("import-seals", "Take in the other side's seals from FILE.", "taken in", writes=False)
export_openings = _exchange(
    "export-openings", "Write what your side has opened of ROUND for the other side's Duecare.", "written", writes=True
)
import_openings = _exchange(
    "import-openings", "Take in the other side's openings from FILE, each held against its seal.", "taken in",
    writes=False,
)  # fmt: skip
COMMANDS = (sample, bundle, grade, key, open_, export_seals, import_seals, export_openings, import_openings)


def _case(text: str) -> CaseKey:
    source, colon, ref = text.partition(":")
    if not colon or not source or not ref:
        raise click.BadParameter("write the case as SOURCE:REFERENCE", param_hint="CASE")
    return CaseKey(source, ref)


def _judgements(file: Path, case: str | None) -> dict[CaseKey, Said]:
    try:
        said = orjson.loads(file.read_bytes())
    except OSError as wrong:
        raise Refusal("AUD-030", found="a file that cannot be read") from wrong
    except orjson.JSONDecodeError as wrong:
        raise Refusal("AUD-030", found="no JSON") from wrong
    if not isinstance(said, dict):
        raise Refusal("AUD-030", found="JSON that is no object")
    if case is not None:
        return {_case(case): said_of(said)}
    rows = said.get("files")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refusal("AUD-030", found="no list of files")
    found = {CaseKey(str(row.get("case_source", "")), str(row.get("case_ref", ""))): said_of(row) for row in rows}
    if len(found) != len(rows):
        raise Refusal("AUD-030", found="two judgements of one file")
    return found


def _passphrase(file: Path | None, *, is_new: bool = False) -> str:
    if file is None:
        return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new, err=True))
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refusal("AUD-035", found="a passphrase file that cannot be read") from wrong


def _row(row: Any) -> dict[str, Any]:
    event = row.row.event
    return {
        "number": row.number,
        "event": [event.source, event.event_id],
        "kind": event.kind,
        "happened_at": iso_text(event.happened_at.earliest),
        "written_at": iso_text(event.written_at),
        "days_late": row.late.days,
        "written": row.written.value,
        "received_only_after_the_draw": row.came_after,
        "people": [{"name": label, "role": role} for _, label, role in row.row.people],
        **{name: getattr(event, name) for name in ("officer", "team", "area", "risk", "outcome", "text")},
        "detail": dict(event.detail),
    }


def _events(said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['case_source']}:{said['case_ref']} as known at {said['known_at']}"
    for row in said["timeline"]:
        yield f"  {row['number']:>3}  {row['happened_at']}  {row['kind']}"
    yield (
        "Written after this case was drawn:"
        if said["written_after_the_draw"]
        else "Nothing was written after the draw."
    )
    for row in said["written_after_the_draw"]:
        yield f"  {row['number']:>3}  {row['happened_at']}  {row['kind']}  written {row['days_late']} days later"
