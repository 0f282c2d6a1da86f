"""Commands that record somebody who has come to notice, after a look, and the birth of a child recorded before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.catching_up import bring_up
from duecare.cli.door import Here, command

if TYPE_CHECKING:
    from duecare.use_cases.people.record_person import Look

WORDS = {
    "given_names": ("--given", "Given names."),
    "family_name": ("--family", "Family name."),
    "also_known_as": ("--also", "Other names, parted by semicolons."),
    "online_names": ("--online", "Online names, parted by semicolons."),
    "born": ("--born", "A birth date, a part of one, or an age in years."),
    "sex": ("--sex", "M, F or X."),
    "address": ("--address", "Address."),
    "postcode": ("--postcode", "Postcode."),
    "phone": ("--phone", "Telephones, parted by semicolons."),
    "email": ("--email", "Email addresses, parted by semicolons."),
    "pnc_id": ("--pnc", "PNC ID."),
    "cro_number": ("--cro", "CRO number."),
    "nhs_number": ("--nhs", "NHS number."),
    "upn": ("--upn", "Unique pupil number."),
    "due_on": ("--due", "Of a child not yet born: the day on which they are due."),
    "mother": ("--mother", "Of a child not yet born: the person who is the mother."),
}


def _described(function: Callable[..., Any]) -> Callable[..., Any]:
    for name, (option, words) in reversed(WORDS.items()):
        function = click.option(option, name, default="", help=words)(function)
    return function


@click.command("note-person")
@_described
@click.option("--seen", default="", metavar="MARK", help="The mark of the look at these very words; without it, look.")
@click.option("--is", "decision", default="", metavar="PERSON", help="Which of those found it is, or none.")
@click.option("--reason", default="", help="Why it is that person, or none of them.")
@click.option("--how", default="", help="How they came to notice.")
@click.option("--role", default="child", show_default=True, help="As what they came to notice, as in a tie.")
@click.option("--case", "case_name", default="", metavar="SOURCE:REF", help="The case; a new one is begun without it.")
@click.option("--area", default="", help="In which area the new case lies.")
@command
def note_person(
    here: Here, seen: str, decision: str, reason: str, how: str, role: str, case_name: str, area: str, **words: str
) -> None:
    """Look whether somebody is held already; then, with --seen and --is, record them."""
    from duecare.person.described import Described
    from duecare.use_cases.people import record_person as step
    from duecare.use_cases.people.circumstances import Coming

    said = Described(**words)
    bring_up(here, say=False)
    if not seen:
        look = step.look(here.asking, here.config, said)
        here.answer(_as_json(look), lambda: _words(look))
        return
    coming = Coming(how, role, case_name, area)
    done = step.note_person(here.asking, here.config, said, seen, decision, coming=coming, reason=reason)
    here.answer(
        {"record": str(done.record), "case": f"{done.case.source}:{done.case.case_ref}", "again": done.is_again},
        lambda: iter([f"{done.record} in case {done.case.case_ref}" + (", as before" if done.is_again else "")]),
    )


@click.command("note-birth")
@click.argument("record_id")
@click.option("--given", default="", help="Given names.")
@click.option("--family", default="", help="Family name.")
@click.option("--born", required=True, help="The birth date.")
@click.option("--sex", default="", help="M, F or X.")
@command
def note_birth(here: Here, record_id: str, given: str, family: str, born: str, sex: str) -> None:
    """Record that the child not yet born of the record duecare:RECORD_ID was born: it stays one person."""
    from duecare.use_cases.people.record_birth import note_birth as step

    bring_up(here, say=False)
    done = step(
        here.asking,
        here.config,
        record_id.removeprefix("duecare:"),
        given_names=given,
        family_name=family,
        born=born,
        sex=sex,
    )
    others = [one.person for one in done.others]
    here.answer(
        {"record": str(done.record), "others": others},
        lambda: iter([f"{done.record}: the birth is recorded", *(f"may be the same child: {one}" for one in others)]),
    )


def _as_json(look: Look) -> dict[str, Any]:
    return {
        "seen": look.mark,
        "found": [
            {"person": one.person, "score": one.score, "reasons": list(one.reasons), "names": list(one.names)}
            for one in look.page.found
        ],
        "unusable": list(look.unusable),
    }


def _words(look: Look) -> Iterator[str]:
    if not look.page.found:
        yield "Nobody whom you may open fits"
    for one in look.page.found:
        yield f"{one.person or 'restricted'}  {'; '.join(one.names)}  {'; '.join(one.reasons)}"
    yield from look.unusable
    yield f"--seen {look.mark}"
