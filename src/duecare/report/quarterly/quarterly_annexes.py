"""The annexes of the quarterly report: rounds, recommendations with their proof, revisits, who is accountable."""

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
    DraftSentence,
    DraftTable,
    ShareOf,
    SureOf,
    Typical,
)

COUNTED_FOR: Final = "counted for"
"""The dimension that tells what was counted for one release from what was counted for another: it is not the same count."""


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """One recommendation and how it stands, in words that anybody may read.

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
    """The cases with a claim that a revisit found no further harm, and those where it still stands.

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


def grades_tables(rounds: Sequence[Point], gap_points: Sequence[GapPoint]) -> tuple[DraftTable, ...]:
    """Grades of each round and side, and the gap of each round that both sides graded.

    Shape:   counts of graded files: what the police and their inspectors did, and no children.
    """
    table_rows: list[tuple[DraftCell, ...]] = []
    for round_point in rounds:
        cut_key = tuple(
            sorted(
                {"round": round_point.round, "side": round_point.side or "not said", "basis": round_point.basis}.items()
            )
        )
        met_count, graded_count = (Count(f"files of a round {count_name}", cut_key, value, About.PRACTICE)
                  for count_name, value in (("that met the standard", round_point.met), ("graded", round_point.n)))  # fmt: skip
        share_ends = (SureOf(met_count, graded_count, "low"), SureOf(met_count, graded_count, "high"))
        table_rows.append(
            (
                round_point.round,
                SIDES[round_point.side],
                met_count,
                graded_count,
                ShareOf(met_count, graded_count),
                *share_ends,
                round_point.basis,
            )
        )
    grades = DraftTable(
        "grades-by-round", "Files that met the standard, round by round",
        (Column("round", "Round", LABEL), Column("graded_by", "Graded by", LABEL), Column("counted", "Met the standard"),
         Column("of_all", "Files graded"), Column("share", "Share (%)", "number", ("counted", "of_all")),
         Column("share_low", "Share, low end (%)", "number"), Column("share_high", "Share, high end (%)", "number"),
         Column("basis", "Basis", LABEL)),
        tuple(table_rows), drawn=5,
    )  # fmt: skip
    between: list[tuple[DraftCell, ...]] = []
    for gap_point in gap_points:
        cut_key = tuple(sorted({"round": gap_point.round, "basis": gap_point.basis}.items()))
        graded_count = Count("files of a round graded by both sides", cut_key, gap_point.n, About.PRACTICE)
        typical_cells = (
            Typical(100 * gap_point.value, graded_count),
            Typical(100 * gap_point.interval.low, graded_count),
            Typical(100 * gap_point.interval.high, graded_count),
        )
        between.append((gap_point.round, graded_count, *typical_cells, gap_point.basis))
    gap_table = DraftTable(
        "gap-by-round", "How much more generous the force was than inspectors, round by round",
        (Column("round", "Round", LABEL), Column("of_all", "Files graded by both"), Column("gap", "Gap (points)", "number"),
         Column("gap_low", "Gap, low end (points)", "number"), Column("gap_high", "Gap, high end (points)", "number"),
         Column("basis", "Basis", LABEL)),
        tuple(between),
    )  # fmt: skip
    return tuple(table for table in (grades, gap_table) if table.rows)


def recommendations_section(lines: Sequence[RecommendationLine], release_slug: str) -> DraftSection:
    """How each recommendation stands, and by what it was proved.

    Shape:   empty where none are known.
    """
    table_rows: list[tuple[DraftCell, ...]] = []
    for line in lines:
        cut_key = tuple(sorted({"recommendation": line.number, COUNTED_FOR: release_slug}.items()))
        days_open = Count("days since a recommendation was published", cut_key, line.days_open, About.PRACTICE)
        table_rows.append(
            (line.number, line.title, line.class_, line.owner, line.state, days_open, line.late, line.proof)
        )
    columns = (
        Column("number", "Number", LABEL), Column("title", "Recommendation", LABEL), Column("class", "Class", LABEL),
        Column("owner", "Owner", LABEL), Column("state", "State", LABEL), Column("days", "Days since published"),
        Column("late", "Deadlines", LABEL), Column("proof", "Proof", LABEL),
    )  # fmt: skip
    sentences = (DraftSentence(
        "A recommendation is closed by a new draw of files that passes a test set beforehand, and never because somebody"
        " reports that it is done."),)  # fmt: skip
    table = DraftTable("recommendations", "Recommendations and their status", columns, tuple(table_rows))
    return DraftSection("Recommendations", sentences if table_rows else (), (table,) if table_rows else ())


REVISITS: Final = "revisits"


def revisits_section(claims: Sequence[Revisits], release_slug: str) -> DraftSection:
    """How far each claim still stands that revisits found no further harm, beside what an earlier release printed of it."""
    table_rows: list[tuple[DraftCell, ...]] = []
    sentences: list[DraftSentence] = []
    for claim in claims:
        cut_key = tuple(sorted({"recommendation": claim.number, COUNTED_FOR: release_slug}.items()))
        clear, claimed = (
            Count(count_name, cut_key, value, About.PRACTICE)
            for count_name, value in (
                ("revisits still clear of further harm", claim.still_clear),
                ("revisits claimed clear of further harm", claim.claimed),
            )
        )
        table_rows.append((claim.number, clear, claimed))
        sentences.append(
            DraftSentence(
                "The force revisited {} cases and reported no further harm in any. Of these, {} of {} are still clear.",
                (claimed, clear, claimed),
            )
        )
        if claim.before is not None and claim.before != claim.still_clear:
            before = Count("revisits printed as clear before", cut_key, claim.before, About.PRACTICE)
            sentences.append(
                DraftSentence(
                    f"This corrects the release {claim.release}, which gave {{}} of {{}}: a later fact contradicts the claim,"
                    " which is open again. That release is unchanged.",
                    (before, claimed),
                )
            )
    columns = (
        Column("number", "Recommendation", LABEL),
        Column("still_clear", "Still clear of further harm"),
        Column("claimed", "Claimed clear"),
    )
    table = DraftTable(REVISITS, "Cases revisited, and how many are still clear", columns, tuple(table_rows))
    return DraftSection("Cases revisited", tuple(sentences), (table,) if table_rows else ())


def accountable_section(posts: Sequence[Post], release_slug: str) -> DraftSection:
    """Which post answers for what, those that are vacant first.

    Shape:   what is vacant is read on the page; who answers for everything is an annex.
    """
    ordered = sorted(posts, key=lambda post: (not post.is_vacant, post.over, post.what))
    table_rows: tuple[tuple[DraftCell, ...], ...] = tuple(
        (post.over, post.what, post.post, "vacant" if post.is_vacant else "filled", post.how) for post in ordered
    )
    vacant = Count(
        "posts that answer for something and are vacant",
        ((COUNTED_FOR, release_slug),),
        sum(post.is_vacant for post in posts),
        About.PRACTICE,
    )
    post_count = Count("posts that answer for something", ((COUNTED_FOR, release_slug),), len(posts), About.PRACTICE)
    columns = (
        Column("over", "For", LABEL), Column("what", "Which", LABEL), Column("post", "Accountable post", LABEL),
        Column("held", "Filled or vacant", LABEL), Column("how", "How", LABEL),
    )  # fmt: skip
    sentences = (
        DraftSentence(
            "For {} of {} duties, boroughs and recommendations nobody is accountable: nobody was named, or nobody is in the"
            " post.",
            (vacant, post_count),
        ),
    )
    empty = tuple(table_row for table_row, post in zip(table_rows, ordered, strict=True) if post.is_vacant)
    tables = (
        DraftTable("vacant", "What nobody is accountable for", columns, empty),
        DraftTable("accountable", "Who is accountable for what", columns, table_rows, annex=True),
    )
    return DraftSection(
        "Who is accountable",
        sentences if table_rows else (),
        tuple(draft_table for draft_table in tables if draft_table.rows),
    )
