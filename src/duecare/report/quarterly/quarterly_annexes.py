"""What the quarterly report says beside its figures: rounds, recommendations with their proof, revisits, who is accountable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.published.round_history import GapPoint, Point
from duecare.figure.figure_definition import About
from duecare.report.agreement_words import SIDES
from duecare.report.draft_report import (
    LABEL,
    Column,
    Count,
    DraftCell,
    DraftSection,
    DraftTable,
    Said,
    ShareOf,
    SureOf,
    Typical,
)

FOR: Final = "counted for"
"""The dimension that tells what was counted for one release from what was counted for another: it is not the same count."""


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """How does one recommendation stand, in words that anybody may read?

    Units:   `days_open` since publication, None where nobody says when that was.
    """

    number: str
    title: str
    class_: str
    owner: str
    state: str
    days_open: int | None
    late: str
    proof: str


@dataclass(frozen=True, slots=True)
class Revisits:
    """Of how many cases was it claimed that a revisit found no further harm, and of how many does that still stand?

    Shape:   `number` is the recommendation beside which it is claimed; `before` is what the last release printed as still
             standing, and `release` its name; None and empty where none did.
    """

    number: str
    claimed: int
    still_clear: int
    before: int | None = None
    release: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Who answers for what: a post, never a name.

    Shape:   `how` is dedicated, with other work, or why it is vacant; `is_vacant` says which.
    """

    over: str
    what: str
    post: str
    how: str
    is_vacant: bool


def grades_tables(rounds: Sequence[Point], gaps: Sequence[GapPoint]) -> tuple[DraftTable, ...]:
    """Grades of each round and side, and the gap of each round that both sides graded.

    Shape:   counts of graded files: what the police and their inspectors did, and no children.
    """
    rows: list[tuple[DraftCell, ...]] = []
    for one in rounds:
        cut = tuple(sorted({"round": one.round, "side": one.side or "not said", "basis": one.basis}.items()))
        met, n = (Count(f"files of a round {name}", cut, value, About.PRACTICE)
                  for name, value in (("that met the standard", one.met), ("graded", one.n)))  # fmt: skip
        sure = (SureOf(met, n, "low"), SureOf(met, n, "high"))
        rows.append((one.round, SIDES[one.side], met, n, ShareOf(met, n), *sure, one.basis))
    grades = DraftTable(
        "grades-by-round", "Files that met the standard, round by round",
        (Column("round", "Round", LABEL), Column("graded_by", "Graded by", LABEL), Column("counted", "Met the standard"),
         Column("of_all", "Files graded"), Column("share", "Share (%)", "number", ("counted", "of_all")),
         Column("share_low", "Share, low end (%)", "number"), Column("share_high", "Share, high end (%)", "number"),
         Column("basis", "Basis", LABEL)),
        tuple(rows), drawn=5,
    )  # fmt: skip
    between: list[tuple[DraftCell, ...]] = []
    for gap in gaps:
        cut = tuple(sorted({"round": gap.round, "basis": gap.basis}.items()))
        n = Count("files of a round graded by both sides", cut, gap.n, About.PRACTICE)
        ends = (Typical(100 * gap.value, n), Typical(100 * gap.interval.low, n), Typical(100 * gap.interval.high, n))
        between.append((gap.round, n, *ends, gap.basis))
    gap_table = DraftTable(
        "gap-by-round", "By how much the force was kinder than inspectors, round by round",
        (Column("round", "Round", LABEL), Column("of_all", "Files graded by both"), Column("gap", "Gap (points)", "number"),
         Column("gap_low", "Gap, low end (points)", "number"), Column("gap_high", "Gap, high end (points)", "number"),
         Column("basis", "Basis", LABEL)),
        tuple(between),
    )  # fmt: skip
    return tuple(table for table in (grades, gap_table) if table.rows)


def recommendations_section(lines: Sequence[RecommendationLine], slug: str) -> DraftSection:
    """How each recommendation stands, and by what it was proved.

    Shape:   empty where none are known.
    """
    rows: list[tuple[DraftCell, ...]] = []
    for one in lines:
        cut = tuple(sorted({"recommendation": one.number, FOR: slug}.items()))
        days = Count("days since a recommendation was published", cut, one.days_open, About.PRACTICE)
        rows.append((one.number, one.title, one.class_, one.owner, one.state, days, one.late, one.proof))
    columns = (
        Column("number", "Number", LABEL), Column("title", "Recommendation", LABEL), Column("class", "Class", LABEL),
        Column("owner", "Owner", LABEL), Column("state", "State", LABEL), Column("days", "Days since published"),
        Column("late", "Deadlines", LABEL), Column("proof", "Proof", LABEL),
    )  # fmt: skip
    said = (Said("A recommendation is closed by a fresh draw of files that passes a test fixed beforehand, and never because"
                 " somebody says that it is done."),)  # fmt: skip
    table = DraftTable("recommendations", "Recommendations, and how they stand", columns, tuple(rows))
    return DraftSection("Recommendations", said if rows else (), (table,) if rows else ())


REVISITS: Final = "revisits"


def revisits_section(claims: Sequence[Revisits], slug: str) -> DraftSection:
    """How far each claim still stands that revisits found no further harm; what an earlier release said of it."""
    rows: list[tuple[DraftCell, ...]] = []
    said: list[Said] = []
    for one in claims:
        cut = tuple(sorted({"recommendation": one.number, FOR: slug}.items()))
        clear, claimed = (
            Count(name, cut, value, About.PRACTICE)
            for name, value in (
                ("revisits still clear of further harm", one.still_clear),
                ("revisits claimed clear of further harm", one.claimed),
            )
        )
        rows.append((one.number, clear, claimed))
        said.append(
            Said(
                "The force revisited {} cases and said that none showed further harm. Of these, {} of {} still stand clear.",
                (claimed, clear, claimed),
            )
        )
        if one.before is not None and one.before != one.still_clear:
            before = Count("revisits printed as clear before", cut, one.before, About.PRACTICE)
            said.append(
                Said(
                    f"This corrects the release {one.release}, which said {{}} of {{}}: a later fact stands against the claim,"
                    " which is open again. That release stands as it was.",
                    (before, claimed),
                )
            )
    columns = (
        Column("number", "Recommendation", LABEL),
        Column("still_clear", "Still clear of further harm"),
        Column("claimed", "Claimed clear"),
    )
    table = DraftTable(REVISITS, "Cases revisited, and how far the claim still stands", columns, tuple(rows))
    return DraftSection("Cases revisited", tuple(said), (table,) if rows else ())


def accountable_section(posts: Sequence[Post], slug: str) -> DraftSection:
    """Which post answers for what, those that are vacant first.

    Shape:   what is vacant is read on the page; who answers for everything is an annex.
    """
    ordered = sorted(posts, key=lambda one: (not one.is_vacant, one.over, one.what))
    rows: tuple[tuple[DraftCell, ...], ...] = tuple(
        (one.over, one.what, one.post, "vacant" if one.is_vacant else "held", one.how) for one in ordered
    )
    vacant = Count(
        "posts that answer for something and are vacant",
        ((FOR, slug),),
        sum(one.is_vacant for one in posts),
        About.PRACTICE,
    )
    every = Count("posts that answer for something", ((FOR, slug),), len(posts), About.PRACTICE)
    columns = (
        Column("over", "For", LABEL), Column("what", "Which", LABEL), Column("post", "Post that answers", LABEL),
        Column("held", "Held or vacant", LABEL), Column("how", "How", LABEL),
    )  # fmt: skip
    said = (
        Said(
            "For {} of {} duties, boroughs and recommendations nobody is accountable: nobody was named, or nobody holds the"
            " post.",
            (vacant, every),
        ),
    )
    empty = tuple(row for row, one in zip(rows, ordered, strict=True) if one.is_vacant)
    tables = (
        DraftTable("vacant", "For what nobody answers", columns, empty),
        DraftTable("accountable", "Who answers for what", columns, rows, annex=True),
    )
    return DraftSection("Who is accountable", said if rows else (), tuple(one for one in tables if one.rows))
