"""In SQL: from when to when each episode runs, in every reading, and which starts lie within or after which."""

from __future__ import annotations

from duecare.duty.engine.chain_starts import preferred_rows
from duecare.duty.engine.duty_groups import PARTS, DutyShape
from duecare.duty.engine.engine_protocol import Engine

OPENED, CLOSED, MET_PART = PARTS["opened"], PARTS["closed"], PARTS["met"]


def starts_within_episodes(engine: Engine, manner: DutyShape) -> None:
    """Make `M_start` of the preferred starts of each episode; those of one case wait for each other.

    Shape:   further `stretch`, a number that names the episode within its sheet; `from_at` and `to_at`, both ends
             included; `ends_at`, where its end ends the duty; and `closed`, the fact that ended it, if it was one.
    """
    prefix = manner.name
    _make_stretches(engine, manner)
    _hold_stretches(engine, manner)
    # The same stretch is named alike, by the first fact in it; the preferred starts are chosen over all of its cases.
    engine.keep(
        f"{prefix}_in",
        "SELECT b.sheet, b.level, b.spot, b.moment, b.event, b.case_no, b.origin, h.from_at, h.to_at, h.closed,"
        " dense_rank() OVER (PARTITION BY b.sheet ORDER BY h.from_at, h.to_at) AS stretch"
        f" FROM {prefix}_begun b JOIN {prefix}_held h ON h.sheet = b.sheet AND h.event = b.event",
    )
    engine.keep(
        f"{prefix}_ranked",
        "SELECT *, row_number() OVER (PARTITION BY sheet ORDER BY level, first_spot, spot) AS place FROM ("
        "SELECT *, min(spot) OVER (PARTITION BY sheet, stretch) AS first_spot FROM"
        f" ({preferred_rows(f'{prefix}_in', 'sheet, stretch')}))",
    )
    engine.keep(
        f"{prefix}_start",
        "SELECT s.sheet, first_value(s.event) OVER w AS p, row_number() OVER w AS idx, first_value(s.event) OVER"
        " (PARTITION BY s.sheet, s.stretch, s.origin ORDER BY s.place) AS c, min(s.place) OVER"
        " (PARTITION BY s.sheet, s.origin) AS lead, s.event, s.moment, s.case_no, s.stretch, s.from_at, s.to_at, s.closed,"
        f" CASE WHEN d.event IS NULL THEN s.to_at END AS ends_at FROM {prefix}_ranked s LEFT JOIN (SELECT DISTINCT sheet,"
        f" event FROM {prefix}_placed WHERE part = {MET_PART}) d ON d.sheet = s.sheet AND d.event = s.closed"
        " WINDOW w AS (PARTITION BY s.sheet, s.origin ORDER BY s.place)",
    )
    engine.forget(f"{prefix}_stretch", f"{prefix}_held", f"{prefix}_in", f"{prefix}_ranked")


def starts_after_episodes(engine: Engine, manner: DutyShape) -> None:
    """Make `M_start` of the preferred starts between openings; those of one case between two openings wait.

    Shape:   further `segment`, the last opening before it, or a number below all; and `origin`.
    """
    prefix = manner.name
    engine.keep(
        f"{prefix}_cut",
        "SELECT b.sheet, b.level, b.spot, b.moment, b.event, b.case_no, b.origin,"
        f" coalesce(max(x.moment), -{1 << 62}) AS segment FROM {prefix}_begun b LEFT JOIN {prefix}_placed x ON x.sheet = b.sheet"
        f" AND x.part = {OPENED} AND x.moment <= b.moment"
        " GROUP BY b.sheet, b.level, b.spot, b.moment, b.event, b.case_no, b.origin",
    )
    engine.keep(
        f"{prefix}_start",
        "SELECT sheet, first_value(event) OVER w AS p, row_number() OVER w AS idx, event AS c, row_number() OVER"
        " (PARTITION BY sheet ORDER BY segment, spot) AS lead, event, moment, case_no, segment, origin,"
        " CAST(NULL AS BIGINT) AS until"
        f" FROM ({preferred_rows(f'{prefix}_cut', 'sheet, segment')}) WINDOW w AS (PARTITION BY "
        f"sheet, segment, origin ORDER BY spot)",
    )
    engine.forget(f"{prefix}_cut")


def take_until(engine: Engine, manner: DutyShape, begun_select: str) -> None:
    """Keep of `M_start` the starts that began a chain (`begun_select`: sheet, c); facts belong to the latest before them.

    Shape:   further `until`: the next such start, after another opening or in the same case; none waits any more.
    """
    prefix = manner.name
    engine.keep(
        f"{prefix}_really",
        f"SELECT s.* FROM {prefix}_start s JOIN ({begun_select}) b ON b.sheet = s.sheet AND b.c = s.c",
    )
    engine.keep(
        f"{prefix}_start",
        "SELECT s.sheet, s.event AS p, CAST(1 AS BIGINT) AS idx, s.c, s.lead, s.event, s.moment, s.case_no,"
        f" min(o.moment) AS until FROM {prefix}_really s LEFT JOIN {prefix}_really o ON o.sheet = s.sheet AND o.moment > s.moment"
        " AND (o.segment > s.segment OR o.origin = s.origin)"
        " GROUP BY s.sheet, s.event, s.c, s.lead, s.moment, s.case_no",
    )
    engine.forget(f"{prefix}_really")


def _make_stretches(engine: Engine, manner: DutyShape) -> None:
    """Make `M_stretch(sheet, from_at, to_at, closed, spot)`, one an opening: `spot` is the opening's."""
    prefix = manner.name
    instants = (
        f"SELECT sheet, moment, max(CASE WHEN part = {OPENED} THEN 1 ELSE 0 END) AS opens,"
        f" max(CASE WHEN part = {CLOSED} THEN 1 ELSE 0 END) AS closes,"
        f" min(CASE WHEN part = {CLOSED} THEN event END) AS closed FROM {prefix}_placed"
        f" WHERE part IN ({OPENED}, {CLOSED}) GROUP BY sheet, moment"
    )
    # Where one instant both opens and closes, what ran before goes on running as it did: the last instant that did only
    # one of the two says which.
    runs_select = (
        "SELECT *, max(CASE WHEN opens + closes = 1 THEN moment * 2 + opens END) OVER (PARTITION BY sheet ORDER BY moment"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_said FROM i"
    )
    engine.keep(
        f"{prefix}_instant",
        f"WITH i AS ({instants}), r AS ({runs_select}) SELECT sheet, moment, closes, closed,"
        " CASE WHEN coalesce(last_said, 0) % 2 = 0 THEN closes ELSE 0 END AS at_once FROM r",
    )
    engine.keep(
        f"{prefix}_opening",
        f"SELECT x.sheet, x.moment, x.spot, x.origin, max(CASE WHEN i.moment = x.moment AND i.at_once = 1 THEN"
        " i.moment END) AS at_once,"
        " min(CASE WHEN i.moment > x.moment AND i.closes = 1 THEN i.moment END) AS closes"
        f" FROM ({_opened_select(prefix)}) x JOIN {prefix}_instant i ON i.sheet = x.sheet GROUP BY "
        f"x.sheet, x.moment, x.spot, x.origin",
    )
    engine.keep(
        f"{prefix}_stretch",
        "SELECT o.sheet, o.moment AS from_at, coalesce(o.at_once, o.closes, min(n.moment)) AS to_at, i.closed, o.spot"
        f" FROM {prefix}_opening o LEFT JOIN {prefix}_instant i ON i.sheet = o.sheet AND i.moment = coalesce(o.at_once, o.closes)"
        f" LEFT JOIN {prefix}_opening n ON n.sheet = o.sheet AND n.moment > o.moment AND n.origin <> o.origin"
        " GROUP BY o.sheet, o.moment, o.at_once, o.closes, i.closed, o.spot",
    )
    engine.forget(f"{prefix}_instant")


def _opened_select(prefix: str) -> str:
    return (
        f"SELECT x.sheet, x.moment, x.spot, f.origin FROM {prefix}_placed x JOIN fact f ON f.event = x.event"
        f" WHERE x.part = {OPENED}"
    )


def _hold_stretches(engine: Engine, manner: DutyShape) -> None:
    """Make `M_held(sheet, event, from_at, to_at, closed)`: the episode each start is in, or one of its own."""
    prefix = manner.name
    # Episodes are in the order of their ends, those without a closing last, by their openings.
    engine.keep(
        f"{prefix}_holding",
        "SELECT b.sheet, b.event, s.from_at, s.to_at, s.closed, row_number() OVER (PARTITION BY b.sheet, b.event ORDER BY"
        " CASE WHEN s.closed IS NULL THEN 0 ELSE 1 END, CASE WHEN s.closed IS NOT NULL THEN s.to_at END DESC,"
        f" s.spot DESC) AS r FROM (SELECT DISTINCT sheet, event, moment FROM {prefix}_begun) b JOIN {prefix}_stretch s"
        " ON s.sheet = b.sheet AND s.from_at <= b.moment AND (s.to_at IS NULL OR b.moment <= s.to_at)",
    )
    held_select = (
        f"SELECT h.sheet, h.event, min(o.from_at) AS from_at, h.to_at, h.closed FROM {prefix}_holding h JOIN {prefix}_holding o"
        " ON o.sheet = h.sheet AND o.event = h.event AND (o.to_at = h.to_at OR (o.to_at IS NULL AND h.to_at IS NULL))"
        " WHERE h.r = 1 GROUP BY h.sheet, h.event, h.to_at, h.closed"
    )
    own_select = (
        f"SELECT b.sheet, b.event, b.moment, b.origin, min(x.spot) AS closing FROM {prefix}_begun b LEFT JOIN {prefix}_placed x"
        f" ON x.sheet = b.sheet AND x.part = {CLOSED} AND x.moment > b.moment WHERE NOT EXISTS (SELECT 1 FROM {prefix}_holding h"
        " WHERE h.sheet = b.sheet AND h.event = b.event) GROUP BY b.sheet, b.event, b.moment, b.origin"
    )
    closing = f"LEFT JOIN {prefix}_placed c ON c.sheet = w.sheet AND c.part = {CLOSED} AND c.spot = w.closing"
    engine.keep(
        f"{prefix}_held",
        f"WITH own AS ({own_select}), closed AS (SELECT w.sheet, w.event, w.moment, w.origin, "
        f"c.moment AS to_at, c.event AS closed"
        f" FROM own w {closing}) SELECT * FROM ({held_select}) UNION SELECT w.sheet, w.event, w.moment,"
        " coalesce(w.to_at, min(n.moment)), w.closed FROM closed w"
        f" LEFT JOIN {prefix}_opening n ON n.sheet = w.sheet AND n.moment > w.moment AND n.origin <> w.origin"
        " GROUP BY w.sheet, w.event, w.moment, w.origin, w.to_at, w.closed",
    )
    engine.forget(f"{prefix}_holding", f"{prefix}_opening")
