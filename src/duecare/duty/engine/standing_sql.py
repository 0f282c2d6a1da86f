"""In SQL: the spans in which a state stands that discharges a duty, in every reading, and when nothing of it is left."""

from __future__ import annotations

from duecare.duty.engine.duty_groups import PARTS, DutyShape, TimePlace
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.readings_sql import Packing

MET_PART, LAPSED = PARTS["met"], PARTS["lapsed"]
FOR_EVER = (1 << 63) - 1


def make_spans(engine: Engine, manner: DutyShape, packing: Packing, as_of: int) -> None:
    """Make `M_span` and, where the duty begins again, `M_island`.

    Shape:   `M_span(sheet, stretch, r, from_at, to_at, event, lapse)`, in the order `r` in which they discharge;
             `stretch` 0 is the whole reading, and `to_at` NULL where it stands still;
             `M_island(sheet, from_at, to_at, lapse, lapse_case, is_absence)`: spans that follow each other without a gap.
    """
    prefix = manner.name
    _make_facts(engine, manner, packing)
    _name_lapses(engine, prefix)
    _make_spans(engine, prefix)
    _less_absences(engine, prefix, as_of)
    if manner.restarts:
        _make_islands(engine, prefix)
    engine.forget(f"{prefix}_state", f"{prefix}_stint", f"{prefix}_gap")


def _make_facts(engine: Engine, manner: DutyShape, packing: Packing) -> None:
    """Make `M_state(sheet, stretch, spot, moment, event, who, lapses)`; who is NULL while a release names nobody."""
    prefix = manner.name
    stands = [
        (number, standing_duty.standing.by_officer)
        for number, standing_duty in manner.duties
        if standing_duty.standing is not None
    ]
    engine.load(f"{prefix}_stands", {"duty": "INTEGER", "by_officer": "BOOLEAN"}, stands)
    facts = (
        f"SELECT x.sheet, x.spot, x.moment, x.event, max(CASE WHEN x.part = {LAPSED} THEN 1 ELSE 0 END) AS lapses,"
        f" s.by_officer FROM {prefix}_placed x JOIN {prefix}_stands s ON s.duty = {packing.duty('x.sheet')}"
        f" WHERE x.part IN ({MET_PART}, {LAPSED}) GROUP BY x.sheet, x.spot, x.moment, x.event, s.by_officer"
    )
    who_sql = "CASE WHEN NOT y.by_officer THEN '' WHEN y.lapses = 1 AND f.who = '' THEN NULL ELSE f.who END"
    columns = f"y.spot, y.moment, y.event, {who_sql} AS who, y.lapses"
    whole = f"SELECT y.sheet, CAST(0 AS BIGINT) AS stretch, {columns} FROM y JOIN fact f ON f.event = y.event"
    select = f"WITH y AS ({facts}) {whole}"
    if manner.lies is TimePlace.WITHIN_EPISODES:
        select += (
            f" UNION ALL SELECT y.sheet, t.stretch, {columns} FROM y JOIN fact f ON f.event = y.event JOIN (SELECT"
            f" DISTINCT sheet, stretch, from_at, to_at FROM {prefix}_start) t ON t.sheet = y.sheet AND t.from_at <= y.moment"
            " AND (t.to_at IS NULL OR y.moment <= t.to_at)"
        )
    engine.keep(f"{prefix}_state", select)
    engine.forget(f"{prefix}_stands")


def _name_lapses(engine: Engine, prefix: str) -> None:
    """A release that names nobody is of the only officer then allocated, else of nobody: one after the other."""
    # A blank officer may be allocated too, and a release that names nobody is then that one's.
    while engine.rows(f"SELECT 1 FROM {prefix}_state WHERE who IS NULL LIMIT 1"):
        first_select = (
            f"SELECT sheet, stretch, min(spot) AS spot FROM {prefix}_state WHERE who IS NULL GROUP BY sheet, stretch"
        )
        last_select = (
            "SELECT f.sheet, f.stretch, f.spot, s.who, max(CASE WHEN s.lapses = 1 THEN s.spot END) AS lapsed,"
            f" max(CASE WHEN s.lapses = 0 THEN s.spot END) AS begun FROM f JOIN {prefix}_state s ON s.sheet = f.sheet"
            " AND s.stretch = f.stretch AND s.spot < f.spot GROUP BY f.sheet, f.stretch, f.spot, s.who"
        )
        person_select = (
            "SELECT sheet, stretch, spot, CASE WHEN max(CASE WHEN who = '' THEN 1 ELSE 0 END) = 1 THEN ''"
            " WHEN count(*) = 1 THEN min(who) ELSE '' END AS who FROM l WHERE begun > coalesce(lapsed, -1)"
            " GROUP BY sheet, stretch, spot"
        )
        engine.keep(
            f"{prefix}_state_named",
            f"WITH f AS ({first_select}), l AS ({last_select}), w AS ({person_select}) SELECT "
            f"s.sheet, s.stretch, s.spot, s.moment, s.event,"
            " CASE WHEN f.spot IS NULL THEN s.who ELSE coalesce(w.who, '') END AS who, s.lapses"
            f" FROM {prefix}_state s LEFT JOIN f ON f.sheet = s.sheet AND f.stretch = s.stretch AND f.spot = s.spot"
            " LEFT JOIN w ON w.sheet = s.sheet AND w.stretch = s.stretch AND w.spot = s.spot",
        )
        engine.keep(f"{prefix}_state", f"SELECT * FROM {prefix}_state_named")
        engine.forget(f"{prefix}_state_named")


def _make_spans(engine: Engine, prefix: str) -> None:
    """Make `M_stint`: each officer's state from the first fact that begins it to the next that ends it."""
    partition = "PARTITION BY sheet, stretch, who ORDER BY spot"
    engine.keep(
        f"{prefix}_stint",
        "SELECT sheet, stretch, who, spot, moment, event, lapse_spot FROM (SELECT *, min(CASE WHEN lapses = 1 THEN spot END)"
        f" OVER ({partition} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS lapse_spot, "
        f"lag(lapses) OVER ({partition}) AS before"
        f" FROM {prefix}_state) WHERE lapses = 0 AND coalesce(before, 1) = 1",
    )


def _less_absences(engine: Engine, prefix: str, as_of: int) -> None:
    """Make `M_span` of the stints less the absences of their officers."""
    ended = (
        "SELECT s.sheet, s.stretch, s.who, s.spot, s.moment, s.event, l.moment AS to_at, l.event AS lapse"
        f" FROM {prefix}_stint s LEFT JOIN {prefix}_state l ON l.sheet = s.sheet AND l.stretch = "
        f"s.stretch AND l.spot = s.lapse_spot"
    )
    # What an absence leaves of a stint begins where the ones before it have ended; a lasting one leaves nothing.
    away_select = (
        "SELECT e.*, v.from_at AS gone_at, v.event AS absence, v.number,"
        f" CASE WHEN v.to_at IS NULL OR v.to_at > {as_of} THEN {FOR_EVER} ELSE v.to_at END AS back_at"
        f" FROM {prefix}_stint_ended e JOIN (SELECT w.*, row_number() OVER (PARTITION BY w.officer ORDER BY w.from_at, f.source,"
        f" f.event_id) AS number FROM vacancy w JOIN fact f ON f.event = w.event) v ON v.officer = e.who"
        f" AND v.from_at <= {as_of} AND (e.to_at IS NULL OR v.from_at < e.to_at)"
        " WHERE e.who <> ''"
    )
    engine.keep(f"{prefix}_stint_ended", ended)
    engine.keep(
        f"{prefix}_gap",
        f"WITH a AS ({away_select}) SELECT *, greatest(moment, coalesce(max(back_at) OVER (PARTITION BY sheet, stretch, spot"
        " ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), moment)) AS start_at FROM a",
    )
    last_select = (
        f"SELECT sheet, stretch, spot, max(back_at) AS back_at FROM {prefix}_gap GROUP BY sheet, stretch, spot"
    )
    engine.keep(
        f"{prefix}_span",
        f"WITH last AS ({last_select}), found AS (SELECT sheet, stretch, spot, start_at AS from_at, gone_at AS to_at, event,"
        f" absence AS lapse, TRUE AS is_absence FROM {prefix}_gap WHERE gone_at > start_at UNION ALL SELECT e.sheet, e.stretch,"
        " e.spot, greatest(e.moment, coalesce(l.back_at, e.moment)), e.to_at, e.event, e.lapse, FALSE"
        f" FROM {prefix}_stint_ended e LEFT JOIN last l ON l.sheet = e.sheet AND l.stretch = e.stretch AND l.spot = e.spot"
        f" WHERE coalesce(l.back_at, e.moment) < {FOR_EVER}"
        " AND (e.to_at IS NULL OR e.to_at > greatest(e.moment, coalesce(l.back_at, e.moment))))"
        " SELECT *, row_number() OVER (PARTITION BY sheet, stretch ORDER BY from_at, spot) AS r FROM found",
    )
    engine.forget(f"{prefix}_stint_ended")


def _make_islands(engine: Engine, prefix: str) -> None:
    whole = "PARTITION BY sheet ORDER BY r"
    spans = (
        f"SELECT sheet, r, from_at, coalesce(to_at, {FOR_EVER}) AS to_at, lapse, is_absence FROM "
        f"{prefix}_span WHERE stretch = 0"
    )
    begins_select = (
        f"SELECT *, CASE WHEN from_at <= max(to_at) OVER ({whole} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        " THEN 0 ELSE 1 END AS begins FROM s"
    )
    engine.keep(
        f"{prefix}_island",
        f"WITH s AS ({spans}), b AS ({begins_select}), n AS (SELECT *, sum(begins) OVER ({whole} ROWS BETWEEN UNBOUNDED PRECEDING"
        " AND CURRENT ROW) AS island FROM b), e AS (SELECT *, min(from_at) OVER (PARTITION BY sheet, island) AS first_at,"
        " row_number() OVER (PARTITION BY sheet, island ORDER BY to_at DESC, r) AS last FROM n)"
        " SELECT e.sheet, e.first_at AS from_at, e.to_at, e.lapse, f.case_no AS lapse_case, e.is_absence"
        f" FROM e JOIN fact f ON f.event = e.lapse WHERE e.last = 1 AND e.to_at < {FOR_EVER}",
    )
