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
from duecare.cli.door import CommandContext, open_command_context, store_command
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

NUMBER_FILE = click.option(
    "--number-file", type=click.Path(path_type=Path), help="A file for your side's number. Never overwritten."
)


@click.command("number")
@click.argument("plan_hash")
@click.option("--side", required=True, help="force or inspectorate.")
@click.option("--number-file", type=click.Path(path_type=Path), required=True, help="Where the number is written.")
@click.option("--json", "as_json", is_flag=True)
def number_command(plan_hash: str, side: str, number_file: Path, as_json: bool) -> None:
    """Make a number, and its commitment, for a side that runs elsewhere. Needs no store."""
    commitment = _make_number(plan_hash.strip().lower(), side, number_file)
    if as_json:
        click.echo(
            orjson.dumps({"side": side, "plan_hash": plan_hash, "commitment": commitment}, option=orjson.OPT_INDENT_2)
        )
    else:
        click.echo(commitment)


@click.command("commit")
@click.argument("name")
@NUMBER_FILE
@click.option("--commitment", default="", help="A commitment that was made elsewhere, by audit number.")
@store_command
def commit_command(command_context: CommandContext, name: str, number_file: Path | None, commitment: str) -> None:
    """Commit your side to a number in the round NAME. The number is written to a file and nowhere else."""
    from duecare.use_cases.audit.commit_and_reveal import commit_number, side_and_plan

    if (number_file is None) == (not commitment):
        raise click.UsageError("Give either --number-file or --commitment.")
    if number_file is not None:
        side, plan_hash = side_and_plan(command_context.request, name)
        commitment = _make_number(plan_hash, side, number_file)
        try:
            commit_number(command_context.request, name, commitment)
        except Refusal:
            number_file.unlink(missing_ok=True)
            raise
    else:
        commit_number(command_context.request, name, commitment)
    command_context.answer({"round": name, "commitment": commitment}, lambda: iter([commitment]))


@click.command("reveal")
@click.argument("name")
@click.option("--number-file", type=click.Path(path_type=Path), required=True, help="The file that commit wrote.")
@store_command
def reveal_command(command_context: CommandContext, name: str, number_file: Path) -> None:
    """Reveal your side's number in the round NAME, once every side has committed to one."""
    from duecare.use_cases.audit.commit_and_reveal import reveal_number

    reveal_number(command_context.request, name, _read_file(number_file, 1_000, "AUD-025").decode("ascii", "replace"))
    command_context.answer({"round": name, "revealed": True}, lambda: iter(["Your side's number is revealed."]))


@click.command("beacon")
@click.argument("name")
@click.argument("value")
@store_command
def beacon_command(command_context: CommandContext, name: str, value: str) -> None:
    """Record the VALUE that the beacon of the round NAME published, in hex."""
    from duecare.use_cases.audit.commit_and_reveal import give_pulse

    give_pulse(command_context.request, name, value)
    command_context.answer({"round": name, "pulse": value}, lambda: iter(["The beacon's value is recorded."]))


@click.command("draw")
@click.argument("name")
@store_command
def draw_command(command_context: CommandContext, name: str) -> None:
    """Draw the sample of the round NAME. Refused until every number is revealed."""
    from duecare.use_cases.audit.draw_sample import draw_round

    drawn_sample = draw_round(command_context.request, name)
    set_counts = ", ".join(f"{files} {set_name}" for set_name, files in drawn_sample.files.items() if files)
    command_context.answer(drawn_sample.as_json(), lambda: iter([f"Drawn: {set_counts}."]))


@click.command("proof")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@store_command
def proof_command(command_context: CommandContext, name: str, out: Path) -> None:
    """Write the proof of the draw of the round NAME, once it has ended. It names every case that could be drawn."""
    from duecare.use_cases.audit.draw_sample import prove_draw

    proof_bytes = prove_draw(command_context.request, name)
    _write_new_file(out, proof_bytes, "AUD-026")
    command_context.answer(
        {"round": name, "file": str(out), "bytes": len(proof_bytes)}, lambda: iter([f"Written to {out}."])
    )


@click.command("verify-draw")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--round", "name", help="Verify a round in the store. No case is named, so the round may be blind.")
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--purpose",
    default="command line",
    show_default=True,
    help="Why you are doing this. It is recorded in the ledger of the store.",
)
def verify_draw(file: Path | None, name: str | None, as_json: bool, purpose: str) -> None:
    """Repeat a draw: from the proof FILE, without any store, or for a round in the store."""
    if (file is None) == (name is None):
        raise click.UsageError("Give either a proof FILE or --round.")
    if name is not None:
        command_context = open_command_context(as_json, purpose)
        from duecare.use_cases.audit.draw_sample import verify_round

        verification = verify_round(command_context.request, name)
        command_context.answer(
            verification.as_json(),
            lambda: iter([_verdict_line(name, verification.faults), *_hash_lines(verification.as_json())]),
        )
        _exit_if_unfair(verification.faults)
        return
    assert file is not None
    draw_proof = read_proof(_read_file(file, LARGEST, "AUD-020"))
    fault_list = proof_faults(draw_proof)
    verification_json = {
        "round": draw_proof.round,
        "verified": not fault_list,
        "faults": list(fault_list),
        "frame_hash": draw_proof.frame_hash,
        "plan_hash": draw_proof.plan_hash,
        "files": len(draw_proof.listed),
    }
    if as_json:
        click.echo(orjson.dumps(verification_json, option=orjson.OPT_INDENT_2))
    else:
        for text_line in (
            _verdict_line(draw_proof.round, len(fault_list)),
            *_hash_lines(verification_json),
            *(f"  {fault_text}" for fault_text in fault_list),
        ):
            click.echo(text_line)
    _exit_if_unfair(len(fault_list))


def _exit_if_unfair(fault_count: int) -> None:
    """Exit with the code of the audit family where a draw has faults, as a refusal does."""
    if fault_count:
        sys.exit(EXIT_CODES["AUD"])


def _make_number(plan_hash: str, side: str, number_file: Path) -> str:
    """Make a number, write it to this file alone, and return the commitment to it."""
    secret_number = secrets.token_hex(32)
    commitment = commitment_of(plan_hash, side, secret_number)
    _write_new_file(number_file, f"{secret_number}\n".encode(), "AUD-025")
    return commitment


def _write_new_file(file_path: Path, file_content: bytes, refusal_code: str) -> None:
    try:
        with os.fdopen(os.open(file_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output_file:
            output_file.write(file_content)
    except FileExistsError as failure:
        raise Refusal(
            refusal_code, where=file_path.name, found="a file that is there already; name one that is not"
        ) from failure
    except OSError as failure:
        raise Refusal(refusal_code, where=file_path.name, found=failure.strerror or "it cannot be written") from failure


def _read_file(file_path: Path, most_bytes: int, refusal_code: str) -> bytes:
    try:
        with file_path.open("rb") as input_file:
            return input_file.read(most_bytes + 1)
    except OSError as failure:
        raise Refusal(refusal_code, where=file_path.name, found=failure.strerror or "it cannot be read") from failure


def _verdict_line(round_name: str, fault_count: int) -> str:
    if not fault_count:
        return f"Round {round_name}: the sample is the one the draw gave."
    return f"Round {round_name}: {fault_count} faults. This is not the sample the draw gave."


def _hash_lines(verification_json: dict[str, object]) -> Iterator[str]:
    yield f"Frame {verification_json['frame_hash']}"
    yield f"Plan  {verification_json['plan_hash']}"


COMMANDS = (number_command, commit_command, reveal_command, beacon_command, draw_command, proof_command, verify_draw)
