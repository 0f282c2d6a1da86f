"""Rounds as their pages show them, at every stage: `plan`, `numbers`, `drawn` and `ended` by name."""

from __future__ import annotations

from datetime import date, timedelta

from tests.made.pages import NOW

from duecare.audit.rounds.draw_seed import Beacon
from duecare.store.audit.audit_round import Progress
from duecare.use_cases.audit.round_pages import Handed, RoundLine, RoundPage, Side

BEACON = Beacon("made-up beacon", "2016-03-19T12:00:00+00:00")
NEXT = {
    "plan": ("plan",),
    "numbers": ("commit", "reveal", "pulse", "draw"),
    "drawn": ("allot", "graders", "end"),
    "ended": (),
}


def round_line(name: str = "drawn") -> RoundLine:
    """A round on the list; the one that ended is overdue."""
    is_drawn, has_ended = name in {"drawn", "ended"}, name == "ended"
    return RoundLine(
        name=name,
        title=f"Made-up round {name}",
        kind="inspection",
        method="child-protection-2024",
        stage={"plan": "opened", "numbers": "committed"}.get(name, name),
        opened_at=NOW - timedelta(days=400),
        drawn_at=NOW - timedelta(days=390) if is_drawn else None,
        ended_at=NOW - timedelta(days=380) if has_ended else None,
        follows="ended" if name == "drawn" else "",
        due_on=date(2016, 1, 4) if has_ended else None,
        owner="made-up-audit_lead" if has_ended else "",
        follow_up_by="",
        is_overdue=has_ended,
    )


def round_lines() -> tuple[RoundLine, ...]:
    """A round at every stage."""
    return tuple(map(round_line, NEXT))


def round_page(name: str = "drawn") -> RoundPage:
    """The page of a round, as the lead of the force sees it."""
    line, is_planned = round_line(name), name != "plan"
    sets = (Progress("paired", 132, 130, 17), Progress("force_only", 40, 40, 0))
    side = Side("force", (("made-up-auditor", "A1", 86), ("made-up-other", "", 84)), sets)
    strata = (
        (("missing", "Northmoor", "high"), 1_204, {"paired": 60, "inspector_only": 100, "force_only": 20}),
        (("not known", "not known", "not known"), 612, {"paired": 72, "inspector_only": 142, "force_only": 20}),
    )
    handed = (
        Handed("beacon", "", None, "c0" * 64, NOW),
        Handed("force", "ab" * 32, NOW, "12" * 32, NOW),
        Handed("inspectorate", "cd" * 32, NOW, "", None),
    )
    return RoundPage(
        line=line,
        side="force",
        schemes={"force": "case-files-2017", "inspectorate": "case-files-2017"},
        frame_of={"undated": 3, "by": ["kind", "area", "risk"]} if is_planned else {},
        strata=strata if is_planned else (),
        frame_hash="e1" * 32 if is_planned else "",
        plan_hash="f2" * 32 if is_planned else "",
        beacon=BEACON if is_planned else None,
        handed=handed if is_planned else (),
        lacks="a side to commit to a number" if name == "numbers" else "",
        seed="a3" * 32 if line.drawn_at else "",
        taken_out={"not_found": 2} if line.drawn_at else {},
        sides=(side,) if line.drawn_at else (),
        ends={"force": NOW} if line.drawn_at else {},
        waits_for=("inspectorate",) if name == "drawn" else (),
        next=NEXT[name],
    )
