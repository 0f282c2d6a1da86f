"""The printed page of one duty: its declaration and its source, in words."""

from __future__ import annotations

from duecare.duty.allowance import ByTrigger
from duecare.duty.declaration import Duty, Rule, Unsure
from duecare.duty.finding import Authority
from duecare.duty.words import ROWS_IN_A_SENTENCE, allowance_words, fact_words

AUTHORITIES = {
    Authority.STATUTE: "statute",
    Authority.STATUTORY_GUIDANCE: "statutory guidance",
    Authority.PROFESSIONAL_GUIDANCE: "professional guidance",
    Authority.LOCAL: "the force's own standard",
}

PARTNERS = frozenset({"local_authority", "competent_authority", "probation_service", "safeguarding_partners"})
PARTNER = ", a partner: the force watches it"


def page(duty: Duty) -> str:
    """What does this declaration say, as a page for readers? Markdown, ending in a newline."""
    rows = [
        ("authority", AUTHORITIES[duty.authority]),
        ("source", f"[{duty.source.title}]({duty.source.url}), {duty.source.provision}; {_read(duty)}"),
        ("owed by", duty.owed_by.replace("_", " ") + (PARTNER if duty.owed_by in PARTNERS else "")),
        ("scope", _scope(duty)),
        (
            "starts",
            ", else ".join(fact_words(level) for level in duty.starts) + (" (the first only)" if duty.once else ""),
        ),
        ("starts only while", _during(duty)),
        *(("limit", _rule(rule)) for rule in duty.rules),
        ("dated by", f"the latest {fact_words(duty.dated_by)} at or before the start" if duty.dated_by else ""),
        ("the clock stands still", _pause(duty)),
        ("met by", _met(duty)),
        ("excused by", fact_words(duty.excused_by)),
        ("attempted", fact_words(duty.attempted_by)),
        ("ended by", _ended(duty)),
        ("recurs", duty.recurs.value if duty.recurs else ""),
        ("told", ", ".join(_rung(role, hours) for role, hours in ((r.role, r.hours) for r in duty.ladder))),
    ]
    if duty.late_excused_by_detail:
        field, reason = duty.late_excused_by_detail
        rows.append(("late, but excused", f"where the discharging fact says {field} ({reason})"))
    if duty.local:
        rows.append(
            (
                "local",
                "the limit is the force's own: adopted by a named officer from a day, or only suggested; then nobody is told",
            )
        )
    table = "\n".join(f"| {name} | {said} |" for name, said in rows if said)
    return f"# {duty.id}\n\n{duty.says}\n\n| | |\n| --- | --- |\n{table}\n"


def _read(duty: Duty) -> str:
    return f"read {duty.source.read_on}" if duty.source.is_verified else "**text not yet verified**"


def _during(duty: Duty) -> str:
    if duty.during is None:
        return ""
    until = fact_words(duty.during.ended_by)
    return f"{fact_words(duty.during.begun_by)} stands" + (f", until {until}" if until else "")


def _pause(duty: Duty) -> str:
    return f"from {fact_words(duty.pause.begins)} to {fact_words(duty.pause.ends)}" if duty.pause else ""


def _met(duty: Duty) -> str:
    if duty.holds:
        return f"the starting fact itself: {fact_words(duty.met_by)}" if duty.met_by else "nothing: it must not happen"
    return fact_words(duty.met_by) + _standing(duty)


def _scope(duty: Duty) -> str:
    who = []
    for one in duty.who:
        said = one.role + (f" under {one.under}" if one.under else "")
        said += f" from {one.in_force.first}" if one.in_force.first else ""
        said += f" up to {one.in_force.last}" if one.in_force.last else ""
        if one.under:
            said += " or of unknown age" if one.unsure is Unsure.COUNTS else " (of unknown age: cannot tell)"
        who.append(said)
    return duty.scope.value + (": " + ", or ".join(who) if who else "")


def _rule(rule: Rule) -> str:
    said = f"{rule.ref}: {allowance_words(rule.allows)}"
    if isinstance(rule.allows, ByTrigger) and len(rule.allows.table) > ROWS_IN_A_SENTENCE:
        said = said.replace("; ", "<br>")
    for number, (ref, allowance) in enumerate(rule.later, 2):
        is_last = number == len(rule.later) + 1
        again = "later ones" if number == 2 and is_last else f"number {number}" + " and later ones" * is_last
        said += f"; {again} {ref}: {allowance_words(allowance)}"
    if rule.in_force.first:
        said += f"; from {rule.in_force.first}"
    if rule.in_force.last:
        said += f"; up to {rule.in_force.last}"
    if rule.superseded:
        said += (
            f"; superseded by the first {fact_words((rule.superseded.by,))} on or after {rule.superseded.on_or_after}"
        )
    return said


def _standing(duty: Duty) -> str:
    if duty.standing is None:
        return ""
    said = "; it may already stand at the start"
    if duty.standing.ended_by:
        said += f"; ended by {fact_words(duty.standing.ended_by)}"
    if duty.standing.by_officer:
        said += ", or an absence, officer by officer"
    if duty.standing.restarts:
        said += "; when nobody is left it starts again"
    return said


def _ended(duty: Duty) -> str:
    said = [fact_words(duty.ended_by)] if duty.ended_by else []
    if duty.ended_with_case:
        said.append(
            "the closing of its case; a later `case_reopened` undoes the closing, and it runs on from its start"
        )
        said.append("in a case that stays closed nothing starts")
    if duty.episode and not duty.episode.owed_after:
        kinds = ", or ".join(f"`{kind}`" for kind in duty.episode.closed_by)
        said.append(f"the end of its episode ({kinds}, else, with none later, the next opening in another case)")
    if duty.away:
        said.append(f"{fact_words(duty.away.begins)}, until {fact_words(duty.away.ends)} starts it again")
    return "; ".join(said)


def _rung(role: str, hours: float) -> str:
    side = "after" if hours > 0 else "before"
    when = f"{abs(hours):g} hour{'s' * (abs(hours) != 1)} {side} it" if hours else "at the limit"
    return f"{role.replace('_', ' ')} {when}"
