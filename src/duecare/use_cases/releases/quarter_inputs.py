"""What the quarterly report is put together from: the snapshot of the quarter, and what was recorded beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from duecare.audit.published.round_history import published_gaps, published_points
from duecare.config import Config
from duecare.disclosure import DisclosurePolicy, read_disclosure
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_value import FigureValue
from duecare.report.draft_report import Draft
from duecare.report.quarterly.quarterly_counts import Places
from duecare.report.quarterly.quarterly_report import QuarterFacts, quarterly_report
from duecare.rulebook.force_policy import read_policy
from duecare.store import accounts
from duecare.store.figures import figure_snapshots
from duecare.store.figures.figure_snapshots import Snapshot
from duecare.use_cases.audit.compare_grades import published_totals
from duecare.use_cases.audit.view_agreement import over_time
from duecare.use_cases.releases.quarter_annexes import posts_at, recommendation_lines, revisits_now
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """The report wanted: its period, its name, and the words of its author.

    Shape:   a correction names the release it corrects, and says why.
    """

    slug: str
    period: str
    words: tuple[str, ...] = ()
    corrects: str = ""
    why: str = ""


def drafted_quarter(
    config: Config, quarter_wanted: Asked, as_of_moment: datetime
) -> Callable[[tuple[str, str]], Draft]:
    """The report of this quarter before clearance, once the head of the ledger that it prints is named.

    Raises:  REP-027 where no snapshot of the quarter was taken.
    """
    kept_snapshot = figure_snapshots.latest_snapshot(quarter_wanted.period)
    if kept_snapshot is None:
        raise Refusal(
            "REP-027", where=quarter_wanted.slug, found=f"no snapshot of {quarter_wanted.period[:20]}: take one first"
        )
    policy = read_policy(config.policy)
    published = published_totals()
    elsewhere = (
        {published_point.round for published_point in published_points(published)},
        {published_gap.round for published_gap in published_gaps(published)},
    )
    rounds, round_gaps = over_time()
    values: dict[str, list[FigureValue]] = {}
    for kept_value in kept_snapshot.values:
        values.setdefault(kept_value.value.figure, []).append(kept_value.value)
    disclosure_rule = read_disclosure(config.policy)
    ended = kept_snapshot.as_of.year + (kept_snapshot.as_of.timetuple().tm_yday / 366)

    def draft_with_head(ledger_head: tuple[str, str]) -> Draft:
        facts = QuarterFacts(
            force=policy.force or "the force",
            period=kept_snapshot.period,
            definitions=tuple(figure_rule.definition for figure_rule in figure_catalogue().values()),
            values=values,
            places=Places(policy.commands.areas),
            provenance=(*_provenance_of(kept_snapshot), ledger_head),
            hides=hidden_numbers_words(disclosure_rule),
            rounds=tuple(
                round_point
                for round_point in rounds
                if round_point.round not in elsewhere[0] and round_point.year < ended
            ),
            gaps=tuple(
                round_gap for round_gap in round_gaps if round_gap.round not in elsewhere[1] and round_gap.year < ended
            ),
            revisits=revisits_now(as_of_moment),
            recommendations=recommendation_lines(config, as_of_moment),
            posts=posts_at(config, as_of_moment),
            words=quarter_wanted.words,
            corrects=f"This corrects the release {quarter_wanted.corrects}: {quarter_wanted.why}"
            if quarter_wanted.corrects
            else "",
            is_made_up=accounts.is_demo(),
        )
        return quarterly_report(facts, quarter_wanted.slug)

    return draft_with_head


def hidden_numbers_words(disclosure_rule: DisclosurePolicy) -> tuple[str, ...]:
    """The rule by which counts of children are hidden, as everybody may read it."""
    common = (
        "Counts of what the police did, such as files graded or duties late, are printed as they are. Counts of children are"
        " protected: a small number could point to a child whom neighbours know."
    )
    if disclosure_rule.mode == "round":
        rounding_words = f"Every count of children is rounded to a multiple of {disclosure_rule.base}, up or down."
    else:
        rounding_words = (
            f"A count of children below {disclosure_rule.threshold} is not printed, and neither are "
            f"as many others as would let a reader"
            " work it out from totals, shares, other tables or earlier releases. Both bear the same mark."
        )
    zeros = "A count of none is printed." if disclosure_rule.zeros == "shown" else "A count of none is hidden too."
    safe_words = (
        f"Before release, a program that is given everything ever released tried to narrow every hidden count: of each at least"
        f" {disclosure_rule.protection} values remain possible."
    )
    return (common, rounding_words, zeros, safe_words)


def _provenance_of(kept_snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    rests = kept_snapshot.rests_on
    sources = [
        (
            f"latest delivery of {source}",
            f"number {number}, {delivery_name}, extracted {extracted or 'at a time not given'}",
        )
        for source, number, delivery_name, extracted in rests.watermarks
    ]
    return (
        ("period", kept_snapshot.period),
        ("figures as of", iso_text(kept_snapshot.as_of)),
        ("from what was known by", iso_text(kept_snapshot.known_at)),
        ("snapshot", f"number {kept_snapshot.id}, taken {iso_text(kept_snapshot.taken_at)}"),
        ("rulebook, by its hash", rests.rulebook),
        ("policy, by its hash", rests.policy),
        ("catalogue of figures, by its hash", rests.catalogue),
        ("model of linkage", rests.model or "none"),
        ("software", rests.software),
        *sources,
        ("ledger when the snapshot was taken", f"{rests.ledger_size:,} entries, root {rests.ledger_root}"),
    )
