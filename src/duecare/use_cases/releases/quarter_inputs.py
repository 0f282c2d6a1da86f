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
    """Which report is wanted: of which period, under which name, with which words of its author?

    Shape:   a correction names the release it corrects, and says why.
    """

    slug: str
    period: str
    words: tuple[str, ...] = ()
    corrects: str = ""
    why: str = ""


def drafted(config: Config, wanted: Asked, at: datetime) -> Callable[[tuple[str, str]], Draft]:
    """The report of this quarter before clearance, once the head of the ledger that it prints is named.

    Raises:  REP-027 where no snapshot of the quarter was taken.
    """
    kept = figure_snapshots.snapshot(wanted.period)
    if kept is None:
        raise Refusal("REP-027", where=wanted.slug, found=f"no snapshot of {wanted.period[:20]}: take one first")
    policy = read_policy(config.policy)
    published = published_totals()
    elsewhere = {one.round for one in published_points(published)}, {one.round for one in published_gaps(published)}
    rounds, gaps = over_time()
    values: dict[str, list[FigureValue]] = {}
    for one in kept.values:
        values.setdefault(one.value.figure, []).append(one.value)
    rule = read_disclosure(config.policy)
    ended = kept.as_of.year + (kept.as_of.timetuple().tm_yday / 366)

    def draft(head: tuple[str, str]) -> Draft:
        facts = QuarterFacts(
            force=policy.force or "the force",
            period=kept.period,
            definitions=tuple(one.definition for one in figure_catalogue().values()),
            values=values,
            places=Places(policy.commands.areas),
            provenance=(*_provenance(kept), head),
            hides=hides(rule),
            rounds=tuple(one for one in rounds if one.round not in elsewhere[0] and one.year < ended),
            gaps=tuple(one for one in gaps if one.round not in elsewhere[1] and one.year < ended),
            revisits=revisits_now(at),
            recommendations=recommendation_lines(config, at),
            posts=posts_at(config, at),
            words=wanted.words,
            corrects=f"This corrects the release {wanted.corrects}: {wanted.why}" if wanted.corrects else "",
            is_made_up=accounts.is_demo(),
        )
        return quarterly_report(facts, wanted.slug)

    return draft


def hides(rule: DisclosurePolicy) -> tuple[str, ...]:
    """The rule by which counts of children are hidden, as everybody may read it."""
    common = (
        "Counts of what the police did, such as files graded or duties late, are printed as they are. Counts of children are"
        " protected: a small number could point to a child whom neighbours know."
    )
    if rule.mode == "round":
        how = f"Every count of children is rounded to a multiple of {rule.base}, up or down."
    else:
        how = (
            f"A count of children below {rule.threshold} is not printed, and neither are as many others as would let a reader"
            " work it out from totals, shares, other tables or earlier releases. Both bear the same mark."
        )
    zeros = "A count of none is printed." if rule.zeros == "shown" else "A count of none is hidden too."
    safe = (
        f"Before release, a program that is given everything ever released tried to narrow every hidden count: of each at least"
        f" {rule.protection} values remain possible."
    )
    return (common, how, zeros, safe)


def _provenance(kept: Snapshot) -> tuple[tuple[str, str], ...]:
    rests = kept.rests_on
    sources = [
        (f"latest delivery of {source}", f"number {number}, {name}, extracted {extracted or 'at a time not given'}")
        for source, number, name, extracted in rests.watermarks
    ]
    return (
        ("period", kept.period),
        ("figures as of", iso_text(kept.as_of)),
        ("from what was known by", iso_text(kept.known_at)),
        ("snapshot", f"number {kept.id}, taken {iso_text(kept.taken_at)}"),
        ("rulebook, by its hash", rests.rulebook),
        ("policy, by its hash", rests.policy),
        ("catalogue of figures, by its hash", rests.catalogue),
        ("model of linkage", rests.model or "none"),
        ("software", rests.software),
        *sources,
        ("ledger when the snapshot was taken", f"{rests.ledger_size:,} entries, root {rests.ledger_root}"),
    )
