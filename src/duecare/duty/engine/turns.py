"""In SQL: the next occurrence of every chain at once: its rule, its limit, what meets, excuses or ends it, its state."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.duty.engine.duty_groups import PARTS, DutyShape, TimePlace
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.limits_from_facts import ANY_LINE
from duecare.duty.engine.limits_sql import LAST_OF_ALL, OUTSIDE, Calendar, beside_its_day, london_day_of
from duecare.duty.engine.pauses_sql import put_off
from duecare.duty.engine.readings_sql import Packing
from duecare.duty.engine.rules import BY_CHILD, BY_LATEST, FIXED
from duecare.duty.engine.units import sql_text

ENDED, LEFT_PART, CLOSING, EPISODE, SUPERSEDED = 1, 2, 3, 4, 5
"""By what an occurrence was ended."""


@dataclass(frozen=True, slots=True)
class TurnStep:
    """The statements of one turn of all chains of a manner.

    Shape:   `front` has one row a group of starts that is still at work; the turn keeps `made`, one row an occurrence.
    """

    engine: Engine
    manner: DutyShape
    packing: Packing
    calendar: Calendar
    as_of: int

    def take(self, front: str, spent: str | None, made_table: str) -> None:
        """Work out the next occurrence of each row of `front`."""
        prefix = self.manner.name
        self.engine.keep(f"{prefix}_look", self._look(front, spent))
        self.engine.keep(f"{prefix}_held", self._discharged(f"{prefix}_look"))
        self.engine.keep(f"{prefix}_aim", self._aimed(f"{prefix}_held"))
        self.calendar.reach(f"SELECT fixed, day FROM {prefix}_aim")
        self.engine.keep(f"{prefix}_due", self._due(f"{prefix}_aim"))
        if self.manner.pauses:
            put_off(self.engine, self.manner, f"{prefix}_due", self.as_of)
        self.engine.keep(made_table, self._settled(f"{prefix}_due"))
        self.engine.forget(f"{prefix}_look", f"{prefix}_held", f"{prefix}_aim", f"{prefix}_due", f"{prefix}_longer")

    # --- the rule of the day, and the first facts ahead -------------------------------------------------------------

    def _look(self, front: str, spent: str | None) -> str:
        prefix = self.manner.name
        ways_sql = "w.at_most, w.recurs, w.restarts, w.stands, w.holds, w.ends_with_case"
        source = f"{front} f JOIN duty_way w ON w.duty = f.duty{self._by_dated(front)}"
        select = f"WITH f AS (SELECT f.*, {ways_sql}{self._dated()} FROM {source} WHERE f.start <= {self.as_of})"
        rule_at = "coalesce(f.dated_at, f.start)" if self.manner.is_dated else "f.start"
        start_day = london_day_of("f.start", "k")
        rule_day = london_day_of(rule_at, "q") if self.manner.is_dated else start_day
        other_sql = beside_its_day(rule_at, "q") if self.manner.is_dated else ""
        select += (
            f", d AS (SELECT f.*, {start_day} AS start_day, {rule_day} AS rule_day FROM f {beside_its_day('f.start', 'k')}"
            f" {other_sql}), r AS (SELECT d.*, o.rule, o.superseded_from, t.allow FROM d JOIN rule_on o ON o.duty = d.duty"
            " AND d.rule_day >= o.from_day AND d.rule_day <= o.to_day JOIN turn_of t ON t.rule = o.rule"
            " AND t.turn = least(d.turn, o.last_turn))"
        )
        select += (
            f", a AS (SELECT f.sheet, f.p, {self._ahead(spent is not None)} FROM r f"
            f" JOIN {prefix}_placed x ON x.sheet = f.sheet"
        )
        if spent is not None:
            select += f" LEFT JOIN {spent} z ON z.sheet = f.sheet AND z.c = f.c AND z.event = x.event"
        select += f" WHERE x.part IN ({', '.join(map(str, self._parts()))}) GROUP BY f.sheet, f.p)"
        columns, joins = (
            "r.*, a.met AS met_spot, a.excused AS excused_spot, a.ended AS ended_spot, a.gone AS gone_spot",
            "",
        )
        if self.manner.is_superseded:
            columns += ", a.plan AS plan_spot"
        if self.manner.ends_with_case:
            select += f", c AS ({self._closings()})"
            columns += ", c.told_spot, c.row_spot, c.first_closing"
            joins += " LEFT JOIN c ON c.sheet = r.sheet AND c.p = r.p"
        return f"{select} SELECT {columns} FROM r LEFT JOIN a ON a.sheet = r.sheet AND a.p = r.p{joins}"

    def _dated(self) -> str:
        return f", y.dated, {self.packing.at('y.dated')} AS dated_at" if self.manner.is_dated else ""

    def _by_dated(self, front: str) -> str:
        if not self.manner.is_dated:
            return ""
        return (
            f" LEFT JOIN (SELECT g.sheet, g.p, max(x.spot) AS dated FROM {front} g"
            f" JOIN {self.manner.name}_placed x ON x.sheet = g.sheet AND x.part = {PARTS['dated']} AND x.moment <= g.start"
            " GROUP BY g.sheet, g.p) y ON y.sheet = f.sheet AND y.p = f.p"
        )

    def _parts(self) -> list[int]:
        return [PARTS[part_name] for part_name in ("met", "excused", "ended", "left", "superseded")]

    def _within(self) -> str:
        """The condition that a fact lies where this start's facts lie."""
        if self.manner.lies is TimePlace.WITHIN_EPISODES:
            return " AND x.moment >= f.from_at AND (f.to_at IS NULL OR x.moment <= f.to_at)"
        return " AND (f.until IS NULL OR x.moment < f.until)" if self.manner.lies is TimePlace.AFTER_EPISODES else ""

    def _ahead(self, spends: bool) -> str:
        within = self._within()
        not_spent = " AND z.event IS NULL" if spends else ""
        met_sql = (
            f"min(CASE WHEN x.part = {PARTS['met']} AND (x.moment > f.start OR (f.turn = 0 AND x.moment = f.start)) AND"
            f" (x.event = f.trigger) = f.holds AND NOT f.stands{within}{not_spent} THEN x.spot END) AS met"
        )
        excused = (
            f"min(CASE WHEN x.part = {PARTS['excused']} AND x.moment >= f.start{within} THEN x.spot END) AS excused"
        )
        ahead_sql = [met_sql, excused]
        ahead_sql += [
            f"min(CASE WHEN x.part = {PARTS[part]} AND x.moment >= f.start AND x.event <> f.trigger "
            f"THEN x.spot END) AS {column_name}"
            for part, column_name in (("ended", "ended"), ("left", "gone"))
        ]
        if self.manner.is_superseded:
            ahead_sql.append(
                f"min(CASE WHEN x.part = {PARTS['superseded']} AND x.moment >= f.start AND x.moment >= f.superseded_from"
                " THEN x.spot END) AS plan"
            )
        return ", ".join(ahead_sql)

    def _closings(self) -> str:
        return (
            "SELECT f.sheet, f.p, min(CASE WHEN NOT x.is_row AND x.moment >= f.start THEN x.spot END) AS told_spot,"
            " min(CASE WHEN x.is_row AND x.moment >= f.start THEN x.spot END) AS row_spot, min(x.moment) AS first_closing"
            f" FROM r f JOIN {self.manner.name}_closing x ON x.sheet = f.sheet AND x.case_no = f.case_no"
            " WHERE f.ends_with_case GROUP BY f.sheet, f.p"
        )

    # --- what ends it, what meets it --------------------------------------------------------------------------------

    def _discharged(self, look_table: str) -> str:
        prefix, moment_at, event = self.manner.name, self.packing.at, self.packing.event
        closes, within = self.manner.ends_with_case, self.manner.lies is TimePlace.WITHIN_EPISODES
        end_parts = [
            (moment_at("ended_spot"), event("ended_spot"), ENDED),
            (moment_at("gone_spot"), event("gone_spot"), LEFT_PART),
        ]
        if closes:
            told_sql = f"CASE WHEN row_spot < told_spot OR told_spot IS NULL THEN NULL ELSE {event('told_spot')} END"
            end_parts.append((moment_at("least(told_spot, row_spot)"), told_sql, CLOSING))
        if within:
            end_parts.append(("ends_at", "closed", EPISODE))
        select = (
            f"WITH e AS (SELECT *, least({', '.join(end_part for end_part, _, _ in end_parts)}) AS end_at "
            f"FROM {look_table}), n AS (SELECT *"
        )
        for column_name, column in (("end_event", 1), ("end_how", 2)):
            cases = " ".join(f"WHEN end_at = {end_part[0]} THEN {end_part[column]}" for end_part in end_parts)
            select += f", CASE {cases} END AS {column_name}"
        select += " FROM e WHERE (turn = 0 OR end_at IS NULL OR end_at > start)"
        if closes:
            select += " AND (NOT again OR first_closing IS NULL OR first_closing > start)"
        select += ")"
        met_event, met_at = event("n.met_spot"), moment_at("n.met_spot")
        source = "n"
        if self.manner.stands:
            own_stretch = "n.stretch" if within else "0"
            select += (
                f", q AS (SELECT n.sheet, n.p, min(x.r) AS r FROM n JOIN {prefix}_span x ON x.sheet = "
                f"n.sheet AND x.stretch = {own_stretch}"
                " AND (x.to_at IS NULL OR x.to_at > n.start) WHERE n.stands GROUP BY n.sheet, n.p)"
            )
            source = (
                f"n LEFT JOIN q ON q.sheet = n.sheet AND q.p = n.p LEFT JOIN {prefix}_span s ON s.sheet = n.sheet"
                f" AND s.stretch = {own_stretch} AND s.r = q.r"
            )
            met_event = f"CASE WHEN n.stands THEN s.event ELSE {met_event} END"
            met_at = f"CASE WHEN n.stands THEN greatest(n.start, CAST(s.from_at AS BIGINT)) ELSE {met_at} END"
            met_at = f"CASE WHEN n.stands AND s.r IS NULL THEN NULL ELSE {met_at} END"
        select += (
            f", d AS (SELECT n.*, {met_event} AS met_event, {met_at} AS met_first, {moment_at('n.excused_spot')} AS excused_first"
            f" FROM {source}), l AS (SELECT *, CASE WHEN end_at IS NULL OR met_first <= end_at THEN met_first END AS met_at,"
            " CASE WHEN end_at IS NULL OR excused_first <= end_at THEN excused_first END AS excused_at FROM d)"
        )
        if not self.manner.is_superseded:
            return f"{select} SELECT *, coalesce(met_at, end_at) AS limit_until FROM l"
        plan_sql = moment_at("plan_spot")
        return (
            f"{select}, b AS (SELECT *, CASE WHEN {plan_sql} < coalesce(least(met_at, excused_at, end_at), {plan_sql} + 1) THEN"
            f" {plan_sql} END AS plan_at FROM l) SELECT *, coalesce(plan_at, met_at, end_at) AS limit_until FROM b"
        )

    # --- its limit --------------------------------------------------------------------------------------------------

    def _aimed(self, held_table: str) -> str:
        """The fixed allowance, the moment it starts from, and the moment before which it may not be due."""
        prefix, moment_at = self.manner.name, self.packing.at
        base_sql = (
            "CASE WHEN j.plan_at IS NULL THEN j.base END" if self.manner.is_superseded else "CAST(NULL AS BIGINT)"
        )
        latest, joins = "CAST(NULL AS BIGINT)", ""
        select = ""
        if self.manner.follows_facts:
            select = (
                f"WITH v AS (SELECT j.sheet, j.p, max(x.spot) AS latest FROM {held_table} j JOIN allowance a ON a.allow = j.allow"
                f" AND a.how = {BY_LATEST} JOIN {prefix}_placed x ON x.sheet = j.sheet AND x.part = a.sets"
                " AND (x.moment <= j.start OR j.limit_until IS NULL OR x.moment <= j.limit_until) GROUP BY j.sheet, j.p) "
            )
            latest, joins = "v.latest", " LEFT JOIN v ON v.sheet = j.sheet AND v.p = j.p"
        # An absence is no event, and says nothing; so does the latest fact where there is none.
        said_of = f"CASE WHEN a.how = {BY_LATEST} THEN coalesce({self.packing.event(latest)}, -1) ELSE j.trigger END"
        if self.manner.restarts:
            said_of = f"CASE WHEN j.is_absence THEN -1 ELSE {said_of} END"
        line_sql = self.packing.line("j.sheet")
        joins += (
            f" LEFT JOIN said s ON s.allow = j.allow AND s.event = {said_of} AND s.line IN ({ANY_LINE}, {line_sql})"
        )
        fixed = f"CASE WHEN a.how = {FIXED} THEN a.fixed ELSE s.fixed END"
        if self.manner.asks_for_children:
            joins += f" LEFT JOIN young y ON y.young = a.young AND y.line = {self.packing.line('j.sheet')}"
            child = "y.young IS NOT NULL AND (y.until_day IS NULL OR j.start_day < y.until_day)"
            fixed = (
                f"CASE WHEN a.how = {BY_CHILD} THEN CASE WHEN {child} THEN a.fixed ELSE a.other END ELSE {fixed} END"
            )
        start = "coalesce(j.dated_at, j.start)" if self.manner.is_dated else "j.start"
        floor = f"CASE WHEN {base_sql} IS NOT NULL THEN j.start END"
        if self.manner.follows_facts:
            floor = f"CASE WHEN a.how = {BY_LATEST} AND {moment_at(latest)} > j.start THEN {moment_at(latest)} ELSE {floor} END"
        select += (
            f"SELECT j.*, {fixed} AS fixed, s.unknown AS unread,"
            f" coalesce(s.origin, {base_sql}, {start}) AS counted_from, s.origin_day, {floor} AS floor,"
            f" s.until_at, s.until_on, s.less, s.less_unknown FROM {held_table} j JOIN allowance a ON a.allow = j.allow{joins}"
        )
        day_sql = f"coalesce(o.origin_day, {london_day_of('o.counted_from', 'k')})"
        return f"SELECT o.*, {day_sql} AS day FROM ({select}) o {beside_its_day('o.counted_from', 'k')}"

    def _due(self, aim_table: str) -> str:
        assessed = (
            f"SELECT a.*, CASE WHEN e.shift IS NOT NULL THEN CASE WHEN a.counted_from <= {LAST_OF_ALL} - e.shift THEN"
            " a.counted_from + e.shift END WHEN l.shift IS NOT NULL THEN a.counted_from + l.shift ELSE l.due_at END AS raw_at,"
            f" l.due_on AS raw_on FROM {aim_table} a LEFT JOIN elapsed e ON e.fixed = a.fixed LEFT JOIN piece l"
            " ON l.fixed = a.fixed AND l.day = a.day AND a.counted_from >= l.from_at AND a.counted_from < l.until_at"
        )
        # Where a limit in days is put off to a floor, it ends with the floor's day.
        floored = (
            "SELECT r.*, CASE WHEN r.until_at IS NOT NULL THEN r.until_at WHEN r.raw_at < r.floor THEN CASE WHEN r.raw_on"
            " IS NULL THEN r.floor ELSE u.ends_at END ELSE r.raw_at END AS floored_at, CASE WHEN r.less_unknown IS NOT NULL"
            " THEN NULL WHEN r.until_at IS NOT NULL THEN r.until_on WHEN r.raw_at < r.floor AND r.raw_on IS NOT NULL THEN"
            " CAST(u.utc_day AS INTEGER) ELSE r.raw_on"
            f" END AS due_on FROM (SELECT b.*, {london_day_of('b.floor', 'k')} AS floor_day FROM b"
            f" {beside_its_day('b.floor', 'k')}) r LEFT JOIN clock_day u ON u.utc_day = r.floor_day"
        )
        known_clause = "floored_at IS NOT NULL AND less_unknown IS NULL"
        return (
            f"WITH b AS ({assessed}), c AS ({floored}) SELECT *, CASE WHEN {known_clause} THEN CASE WHEN due_on IS NULL THEN"
            " floored_at - coalesce(less, 0) ELSE floored_at END END AS put_at, CASE WHEN unread IS NOT NULL THEN unread"
            f" WHEN floored_at IS NULL THEN {sql_text(OUTSIDE)} ELSE less_unknown END AS unknown FROM c"
        )

    # --- what became of it ------------------------------------------------------------------------------------------

    def _settled(self, due_table: str) -> str:
        prefix, event = self.manner.name, self.packing.event
        plan_sql = "d.plan_at" if self.manner.is_superseded else "CAST(NULL AS BIGINT)"
        due_at, stops, longer = "d.put_at", "", ""
        if self.manner.pauses:
            longer = f" LEFT JOIN {prefix}_longer l ON l.sheet = d.sheet AND l.p = d.p"
            due_at, stops = "d.put_at + coalesce(l.longer, 0)", ", coalesce(l.stops, 0) AS stops"
        select = (
            f"WITH p AS (SELECT d.*, {plan_sql} AS given_way_at, {due_at} AS due_at{stops} FROM "
            f"{due_table} d{longer}), a AS (SELECT *,"
            " CASE WHEN met_at IS NOT NULL AND (excused_at IS NULL OR (due_at IS NOT NULL AND met_at <= due_at) OR"
            " met_at <= excused_at) THEN 1 ELSE 0 END AS is_met FROM p), b AS (SELECT *,"
            " CASE WHEN given_way_at IS NULL AND is_met = 1 THEN met_at END AS m_at,"
            " CASE WHEN given_way_at IS NULL AND is_met = 0 THEN excused_at END AS x_at FROM a), s AS (SELECT *,"
            " CASE WHEN given_way_at IS NOT NULL THEN given_way_at WHEN m_at IS NULL AND x_at IS NULL THEN end_at"
            " END AS e_at FROM b)"
        )
        late_source = "s"
        excused_late = "FALSE"
        if self.manner.any(lambda duty: duty.late_excused_by_detail):
            late_source = "s LEFT JOIN late_said h ON h.duty = s.duty AND h.event = s.met_event"
            excused_late = "h.event IS NOT NULL"
        state = (
            "CASE WHEN s.due_at IS NULL THEN 'cannot_tell' WHEN s.m_at <= s.due_at THEN 'met' WHEN s.m_at IS NOT NULL THEN"
            f" CASE WHEN {excused_late} THEN 'excused' ELSE 'met_late' END WHEN s.x_at IS NOT NULL THEN 'excused'"
            " WHEN s.e_at <= s.due_at THEN 'not_applicable' WHEN s.e_at IS NOT NULL THEN 'overdue'"
            f" WHEN {self.as_of} > s.due_at THEN 'overdue' ELSE 'open' END"
        )
        kept_columns = [f"s.{column_name}" for column_name in self.kept()]
        dated = f"{event('s.dated')}" if self.manner.is_dated else "CAST(NULL AS BIGINT)"
        ended = "s.end_event"
        how_sql = f"CASE WHEN s.given_way_at IS NOT NULL THEN {SUPERSEDED} WHEN s.e_at IS NOT NULL THEN s.end_how END"
        if self.manner.is_superseded:
            ended = f"CASE WHEN s.given_way_at IS NOT NULL THEN {event('s.plan_spot')} ELSE s.end_event END"
            kept_columns.append("s.plan_spot")
        columns = [
            *kept_columns,
            "s.at_most, s.recurs, s.restarts, s.rule, s.allow, s.due_at, s.due_on, s.unknown, s.given_way_at",
            "CASE WHEN s.m_at IS NOT NULL THEN s.met_event END AS met, s.m_at AS met_at",
            f"CASE WHEN s.x_at IS NOT NULL THEN {event('s.excused_spot')} END AS excused, s.x_at AS excused_at",
            f"CASE WHEN s.e_at IS NOT NULL THEN {ended} END AS ended, s.e_at AS ended_at, {how_sql} AS ended_how",
            f"least(s.m_at, s.x_at, s.e_at) AS stopped_at, {dated} AS dated, {state} AS state",
            "s.limit_until",
        ]
        if self.manner.pauses:
            columns.append("s.stops")
        return f"{select} SELECT {', '.join(columns)} FROM {late_source}"

    def kept(self) -> list[str]:
        """The columns of `front` that are carried from turn to turn."""
        kept_names = ["sheet", "p", "idx", "c", "lead", "duty", "n", "trigger", "number", "start", "turn", "again"]
        kept_names += ["case_no", "first_case"]
        match self.manner.lies:
            case TimePlace.WITHIN_EPISODES:
                kept_names += ["stretch", "from_at", "to_at", "ends_at", "closed"]
            case TimePlace.AFTER_EPISODES:
                kept_names.append("until")
            case TimePlace.BESIDE_ABSENCES:
                kept_names += ["origin", "is_return", "begun_at"]
        kept_names += ["base"] * self.manner.is_superseded + ["is_absence"] * self.manner.restarts
        return kept_names
