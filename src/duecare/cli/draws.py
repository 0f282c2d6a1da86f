"""Commands about the draw of a round: numbers committed to and revealed, the draw, and its proof for anyone."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from duecare.audit.rounds.draw_proof import LARGEST, proof_faults, read_proof
from duecare.audit.rounds.draw_seed import side_commitment as commitment_of
from duecare.cli.door import Here, command, open_here
from duecare.vocabulary.refusals import EXIT_CODES, Refusal

NUMBER_FILE = click.option(
    "--number-file", type=click.Path(path_type=Path), help="Where your side keeps its number. Never overwritten."
)


@click.command("number")
@click.argument("plan_hash")
@click.option("--side", required=True, help="force or inspectorate.")
@click.option("--number-file", type=click.Path(path_type=Path), required=True, help="Where the number is written.")
@click.option("--json", "as_json", is_flag=True)
def number(plan_hash: str, side: str, number_file: Path, as_json: bool) -> None:
    """Make a number for a side that runs elsewhere; say to what it commits. Needs no store."""
    made = _make(plan_hash.strip().lower(), side, number_file)
    if as_json:
        click.echo(orjson.dumps({"side": side, "plan_hash": plan_hash, "commitment": made}, option=orjson.OPT_INDENT_2))
    else:
        click.echo(made)


@click.command("commit")
@click.argument("name")
@NUMBER_FILE
@click.option("--commitment", default="", help="A commitment that was made elsewhere, by audit number.")
@command
def commit(here: Here, name: str, number_file: Path | None, commitment: str) -> None:
    """Commit your side to a number, in the round NAME. The number is written to a file and nowhere else."""
    from duecare.use_cases.audit.commit_and_reveal import commit_number, side_and_plan

    if (number_file is None) == (not commitment):
        raise click.UsageError("Give either --number-file or --commitment.")
    if number_file is not None:
        side, plan_hash = side_and_plan(here.asking, name)
        commitment = _make(plan_hash, side, number_file)
        try:
            commit_number(here.asking, name, commitment)
        except Refusal:
            number_file.unlink(missing_ok=True)
            raise
    else:
        commit_number(here.asking, name, commitment)
    here.answer({"round": name, "commitment": commitment}, lambda: iter([commitment]))


@click.command("reveal")
@click.argument("name")
@click.option("--number-file", type=click.Path(path_type=Path), required=True, help="The file that commit wrote.")
@command
def reveal(here: Here, name: str, number_file: Path) -> None:
    """Tell your side's number, in the round NAME, once every side has committed to one."""
    from duecare.use_cases.audit.commit_and_reveal import reveal_number

    reveal_number(here.asking, name, _read(number_file, 1_000, "AUD-025").decode("ascii", "replace"))
    here.answer({"round": name, "revealed": True}, lambda: iter(["Your side's number is told."]))


@click.command("beacon")
@click.argument("name")
@click.argument("value")
@command
def beacon(here: Here, name: str, value: str) -> None:
    """Put down the VALUE that the beacon of the round NAME published, in hex."""
    from duecare.use_cases.audit.commit_and_reveal import give_pulse

    give_pulse(here.asking, name, value)
    here.answer({"round": name, "pulse": value}, lambda: iter(["The beacon's value is put down."]))


@click.command("draw")
@click.argument("name")
@command
def draw(here: Here, name: str) -> None:
    """Draw the sample of the round NAME. Refused until every number is out."""
    from duecare.use_cases.audit.draw_sample import draw_round

    found = draw_round(here.asking, name)
    sets = ", ".join(f"{files} {one}" for one, files in found.files.items() if files)
    here.answer(found.as_json(), lambda: iter([f"Drawn: {sets}."]))


@click.command("proof")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@command
def proof(here: Here, name: str, out: Path) -> None:
    """Write the proof of the draw of the round NAME, once it has ended. It names every case that could be drawn."""
    from duecare.use_cases.audit.draw_sample import prove_draw

    held = prove_draw(here.asking, name)
    _write(out, held, "AUD-026")
    here.answer({"round": name, "file": str(out), "bytes": len(held)}, lambda: iter([f"Written to {out}."]))


@click.command("verify-draw")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--round", "name", help="Verify a round in the store; no case is named, so it may be blind.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--purpose", default="command line", show_default=True, help="Why; goes into the ledger of the store.")
def verify_draw(file: Path | None, name: str | None, as_json: bool, purpose: str) -> None:
    """Repeat a draw: that of the proof FILE, without any store, or of a round in the store."""
    if (file is None) == (name is None):
        raise click.UsageError("Give either a proof FILE or --round.")
    if name is not None:
        here = open_here(as_json, purpose)
        from duecare.use_cases.audit.draw_sample import verify_round

        found = verify_round(here.asking, name)
        here.answer(found.as_json(), lambda: iter([_verdict(name, found.faults), *_hashes(found.as_json())]))
        _end(found.faults)
        return
    assert file is not None
    held = read_proof(_read(file, LARGEST, "AUD-020"))
    wrong = proof_faults(held)
    said = {
        "round": held.round,
        "verified": not wrong,
        "faults": list(wrong),
        "frame_hash": held.frame_hash,
        "plan_hash": held.plan_hash,
        "files": len(held.listed),
    }
    if as_json:
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    else:
        for line in (_verdict(held.round, len(wrong)), *_hashes(said), *(f"  {one}" for one in wrong)):
            click.echo(line)
    _end(len(wrong))


def _end(wrong: int) -> None:
    """A draw that is not fair ends with the family's exit code, as a refusal does."""
    if wrong:
        sys.exit(EXIT_CODES["AUD"])


def _make(plan_hash: str, side: str, number_file: Path) -> str:
    """Make a number, keep it in this file alone, and say to what it commits."""
    made = secrets.token_hex(32)
    found = commitment_of(plan_hash, side, made)
    _write(number_file, f"{made}\n".encode(), "AUD-025")
    return found


def _write(path: Path, held: bytes, code: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(held)
    except FileExistsError as wrong:
        raise Refusal(code, where=path.name, found="a file that is there already; name one that is not") from wrong
    except OSError as wrong:
        raise Refusal(code, where=path.name, found=wrong.strerror or "it cannot be written") from wrong


def _read(path: Path, most: int, code: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as wrong:
        raise Refusal(code, where=path.name, found=wrong.strerror or "it cannot be read") from wrong


def _verdict(name: str, wrong: int) -> str:
    if not wrong:
        return f"Round {name}: the sample is the one that chance gave."
    return f"Round {name}: {wrong} faults. This is not the sample that chance gave."


def _hashes(said: dict[str, object]) -> Iterator[str]:
    yield f"Frame {said['frame_hash']}"
    yield f"Plan  {said['plan_hash']}"


COMMANDS = (number, commit, reveal, beacon, draw, proof, verify_draw)
