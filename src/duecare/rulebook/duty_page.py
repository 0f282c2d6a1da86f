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


def duty_page_text(duty: Duty) -> str:
    """The page of this declaration for readers: Markdown, ending in a newline."""
    page_rows = [
        ("authority", AUTHORITIES[duty.authority]),
        ("source", f"[{duty.source.title}]({duty.source.url}), {duty.source.provision}; {_read_words(duty)}"),
        ("owed by", duty.owed_by.replace("_", " ") + (PARTNER if duty.owed_by in PARTNERS else "")),
        ("scope", _scope_words(duty)),
        (
            "starts",
            ", else ".join(fact_words(level) for level in duty.starts) + (" (the first only)" if duty.once else ""),
        ),
        ("starts only while", _during_words(duty)),
        *(("limit", _rule_words(duty_rule)) for duty_rule in duty.rules),
        (
            "dated by",
            f"the latest {fact_words(duty.dated_by)} at or before the start" if duty.dated_by else "",
        ),
        ("the clock is paused", _pause_words(duty)),
        ("met by", _met_words(duty)),
        ("excused by", fact_words(duty.excused_by)),
        ("attempted", fact_words(duty.attempted_by)),
        ("ended by", _ended_words(duty)),
        ("recurs", duty.recurs.value if duty.recurs else ""),
        (
            "told",
            ", ".join(
                _rung_words(post_role, hours)
                for post_role, hours in ((escalation.role, escalation.hours) for escalation in duty.ladder)
            ),
        ),
    ]
    if duty.late_excused_by_detail:
        field, reason = duty.late_excused_by_detail
        page_rows.append(("late, but excused", f"where the discharging fact says {field} ({reason})"))
    if duty.local:
        page_rows.append(
            (
                "local",
                "the limit is the force's own: adopted by a named officer from a day, or only suggested; then nobody is notified",
            )
        )
    table = "\n".join(f"| {row_name} | {row_words} |" for row_name, row_words in page_rows if row_words)
    return f"# {duty.id}\n\n{duty.says}\n\n| | |\n| --- | --- |\n{table}\n"


def _read_words(duty: Duty) -> str:
    return f"read {duty.source.read_on}" if duty.source.is_verified else "**text not yet verified**"


def _during_words(duty: Duty) -> str:
    if duty.during is None:
        return ""
    until = fact_words(duty.during.ended_by)
    return f"{fact_words(duty.during.begun_by)} stands" + (f", until {until}" if until else "")


def _pause_words(duty: Duty) -> str:
    return f"from {fact_words(duty.pause.begins)} to {fact_words(duty.pause.ends)}" if duty.pause else ""


def _met_words(duty: Duty) -> str:
    if duty.holds:
        return f"the starting fact itself: {fact_words(duty.met_by)}" if duty.met_by else "nothing: it must not happen"
    return fact_words(duty.met_by) + _standing_words(duty)


def _scope_words(duty: Duty) -> str:
    scope_words = []
    for post_scope in duty.who:
        post_words = post_scope.role + (f" under {post_scope.under}" if post_scope.under else "")
        post_words += f" from {post_scope.in_force.first}" if post_scope.in_force.first else ""
        post_words += f" up to {post_scope.in_force.last}" if post_scope.in_force.last else ""
        if post_scope.under:
            post_words += (
                " or of unknown age" if post_scope.unsure is Unsure.COUNTS else " (of unknown age: cannot tell)"
            )
        scope_words.append(post_words)
    return duty.scope.value + (": " + ", or ".join(scope_words) if scope_words else "")


def _rule_words(duty_rule: Rule) -> str:
    rule_words = f"{duty_rule.ref}: {allowance_words(duty_rule.allows)}"
    if isinstance(duty_rule.allows, ByTrigger) and len(duty_rule.allows.table) > ROWS_IN_A_SENTENCE:
        rule_words = rule_words.replace("; ", "<br>")
    for number, (source_ref, allowance) in enumerate(duty_rule.later, 2):
        is_last = number == len(duty_rule.later) + 1
        again = "later ones" if number == 2 and is_last else f"number {number}" + " and later ones" * is_last
        rule_words += f"; {again} {source_ref}: {allowance_words(allowance)}"
    if duty_rule.in_force.first:
        rule_words += f"; from {duty_rule.in_force.first}"
    if duty_rule.in_force.last:
        rule_words += f"; up to {duty_rule.in_force.last}"
    if duty_rule.superseded:
        superseding_fact = fact_words((duty_rule.superseded.by,))
        rule_words += f"; superseded by the first {superseding_fact} on or after {duty_rule.superseded.on_or_after}"
    return rule_words


def _standing_words(duty: Duty) -> str:
    if duty.standing is None:
        return ""
    standing_words = "; it may already be true at the start"
    if duty.standing.ended_by:
        standing_words += f"; ended by {fact_words(duty.standing.ended_by)}"
    if duty.standing.by_officer:
        standing_words += ", or an absence, officer by officer"
    if duty.standing.restarts:
        standing_words += "; when nobody is left it starts again"
    return standing_words


def _ended_words(duty: Duty) -> str:
    ended_words = [fact_words(duty.ended_by)] if duty.ended_by else []
    if duty.ended_with_case:
        ended_words.append(
            "the closing of its case; a later `case_reopened` undoes the closing, and it runs on from its start"
        )
        ended_words.append("in a case that stays closed nothing starts")
    if duty.episode and not duty.episode.owed_after:
        kinds = ", or ".join(f"`{event_kind}`" for event_kind in duty.episode.closed_by)
        ended_words.append(f"the end of its episode ({kinds}, else, with none later, the next opening in another case)")
    if duty.away:
        ended_words.append(f"{fact_words(duty.away.begins)}, until {fact_words(duty.away.ends)} starts it again")
    return "; ".join(ended_words)


def _rung_words(post_role: str, hours: float) -> str:
    side_words = "after" if hours > 0 else "before"
    when_words = f"{abs(hours):g} hour{'s' * (abs(hours) != 1)} {side_words} it" if hours else "at the limit"
    return f"{post_role.replace('_', ' ')} {when_words}"
