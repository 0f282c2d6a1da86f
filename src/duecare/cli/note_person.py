"""Commands that record somebody who has come to notice, after a search, and the birth of a child recorded before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, store_command
from duecare.cli.refresh_after_command import refresh_latest

if TYPE_CHECKING:
    from duecare.use_cases.people.record_person import Look

WORDS = {
    "given_names": ("--given", "Given names."),
    "family_name": ("--family", "Family name."),
    "also_known_as": ("--also", "Other names, separated by semicolons."),
    "online_names": ("--online", "Online names, separated by semicolons."),
    "born": ("--born", "A birth date, a part of one, or an age in years."),
    "sex": ("--sex", "M, F or X."),
    "address": ("--address", "Address."),
    "postcode": ("--postcode", "Postcode."),
    "phone": ("--phone", "Telephone numbers, separated by semicolons."),
    "email": ("--email", "Email addresses, separated by semicolons."),
    "pnc_id": ("--pnc", "PNC ID."),
    "cro_number": ("--cro", "CRO number."),
    "nhs_number": ("--nhs", "NHS number."),
    "upn": ("--upn", "Unique pupil number."),
    "due_on": ("--due", "For an unborn child: the due date."),
    "mother": ("--mother", "For an unborn child: the mother, as a person."),
}


def _with_description_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option_name, (option, words) in reversed(WORDS.items()):
        function = click.option(option, option_name, default="", help=words)(function)
    return function


@click.command("note-person")
@_with_description_options
@click.option(
    "--seen", default="", metavar="MARK", help="The mark from a search with exactly these details. Without it, search."
)
@click.option("--is", "decision", default="", metavar="PERSON", help="The person in the results, or none.")
@click.option("--reason", default="", help="Why it is that person, or none of them.")
@click.option("--how", default="", help="How they came to notice.")
@click.option("--role", default="child", show_default=True, help="Their role in the case.")
@click.option(
    "--case", "case_name", default="", metavar="SOURCE:REF", help="The case. Without it, a new case is started."
)
@click.option("--area", default="", help="The area of the new case.")
@store_command
def note_person(
    command_context: CommandContext,
    seen: str,
    decision: str,
    reason: str,
    how: str,
    role: str,
    case_name: str,
    area: str,
    **words: str,
) -> None:
    """Check whether a person is already recorded; then, with --seen and --is, record them."""
    from duecare.person.person_description import Described
    from duecare.use_cases.people import record_person as step
    from duecare.use_cases.people.coming_to_notice import Coming

    description = Described(**words)
    refresh_latest(command_context, says_what_is_left=False)
    if not seen:
        look_result = step.look_for_person(command_context.request, command_context.config, description)
        command_context.answer(_as_json(look_result), lambda: _look_lines(look_result))
        return
    coming = Coming(how, role, case_name, area)
    noted_person = step.note_person(
        command_context.request, command_context.config, description, seen, decision, coming=coming, reason=reason
    )
    command_context.answer(
        {
            "record": str(noted_person.record),
            "case": f"{noted_person.case.source}:{noted_person.case.case_ref}",
            "again": noted_person.is_again,
        },
        lambda: iter(
            [
                f"{noted_person.record} in case {noted_person.case.case_ref}"
                + (", as before" if noted_person.is_again else "")
            ]
        ),
    )


@click.command("note-birth")
@click.argument("record_id")
@click.option("--given", default="", help="Given names.")
@click.option("--family", default="", help="Family name.")
@click.option("--born", required=True, help="The birth date.")
@click.option("--sex", default="", help="M, F or X.")
@store_command
def note_birth(command_context: CommandContext, record_id: str, given: str, family: str, born: str, sex: str) -> None:
    """Record the birth of the unborn child of the record duecare:RECORD_ID, who stays the same person."""
    from duecare.use_cases.people.record_birth import note_birth as step

    refresh_latest(command_context, says_what_is_left=False)
    recorded_birth = step(
        command_context.request,
        command_context.config,
        record_id.removeprefix("duecare:"),
        given_names=given,
        family_name=family,
        born=born,
        sex=sex,
    )
    others = [possible_match.person for possible_match in recorded_birth.others]
    command_context.answer(
        {"record": str(recorded_birth.record), "others": others},
        lambda: iter(
            [
                f"{recorded_birth.record}: the birth is recorded",
                *(f"may be the same child: {possible_match}" for possible_match in others),
            ]
        ),
    )


def _as_json(look_result: Look) -> dict[str, Any]:
    return {
        "seen": look_result.mark,
        "found": [
            {
                "person": found_person.person,
                "score": found_person.score,
                "reasons": list(found_person.reasons),
                "names": list(found_person.names),
            }
            for found_person in look_result.page.found
        ],
        "unusable": list(look_result.unusable),
    }


def _look_lines(look_result: Look) -> Iterator[str]:
    if not look_result.page.found:
        yield "Nobody that you may open matches"
    for found_person in look_result.page.found:
        yield f"{found_person.person or 'restricted'}  {'; '.join(found_person.names)}  {'; '.join(found_person.reasons)}"
    yield from look_result.unusable
    yield f"--seen {look_result.mark}"
