"""What the pages on agreement, reconciling and reports are handed: made-up grades, and a round that is `blind` by name."""

from __future__ import annotations

from datetime import timedelta

from tests.made.pages import NOW, finding

from duecare.audit import own_rows, read_totals, total_pairs
from duecare.audit.agreement.disagreements import Apart, Settled
from duecare.audit.agreement.gap_funnel import gap_funnel
from duecare.audit.agreement.round_comparison import Comparison, compare_files
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.audit.published.round_history import gaps_of, in_time, points_of, published_gaps, published_points
from duecare.figure import duties_beside_grades
from duecare.record.pole import CaseKey
from duecare.report import Paper
from duecare.report.round_report import Reconciliation, RoundFacts, round_report
from duecare.store.audit.comparable_grades import Narrated
from duecare.use_cases.audit.compare_grades import RoundListed
from duecare.use_cases.audit.reconcile_grades import Disagreement, Disagreements, ToReconcile
from duecare.use_cases.audit.view_agreement import AgreementPage
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

FOUR = grade_schemes()["case-files-2014"]
BOTH = {"force": FOUR, "inspectorate": FOUR}
PAIRS = [("good", "good")] * 14 + [("good", "inadequate")] * 9 + [("adequate", "requires_improvement")] * 13
AREAS = ("Northmoor", "Southfen", "")


def files() -> tuple[GradedFile, ...]:
    """Files of three areas that both sides graded, some of investigations."""
    return tuple(
        GradedFile(
            "merlin",
            f"MER/2016/{at:04}",
            "paired",
            tuple(
                GradeGiven(side, f"made-up-{side}-{at % 2}", word, NOW - timedelta(days=at), {"leadership": word},
                      word if at % 3 else "")
                for side, word in zip(("force", "inspectorate"), pair, strict=True)
            ),
            "child_concern",
            AREAS[at % 3],
            ("child_concern", AREAS[at % 2]),
            referred_back=at == 1,
        )
        for at, pair in enumerate(PAIRS)
    )  # fmt: skip


def comparison() -> Comparison:
    """What those files say."""
    strata = {("child_concern", area): 400 for area in AREAS[:2]}
    return compare_files("drawn", files(), BOTH, {"force": "as opened", "inspectorate": "as opened"}, strata)


def agreement(name: str) -> AgreementPage:
    """The page of a round: of totals alone where it is named 2016, none while it is blind."""
    if name == "blind":
        raise Refusal("AUD-042")
    published = total_pairs(read_totals(own_rows()).accepted)
    if name == "2016":
        points = in_time(published_points(published))
        limits = Unknown("totals have no files to set limits by")
        return AgreementPage(name, published, limits, points, published_gaps(published), is_here=False)
    found = comparison()
    points = in_time([*published_points(published), *points_of("drawn", found.sides, found.basis, 2019.2)])
    gaps = (*published_gaps(published), *gaps_of("drawn", files(), BOTH, 2019.2))
    return AgreementPage("drawn", found, gap_funnel(found.gap), points, gaps, is_here=True)


def listed() -> tuple[RoundListed, ...]:
    """Rounds of every origin."""
    return (
        RoundListed("drawn", "here"),
        RoundListed("blind", "here", is_open=False),
        RoundListed("autumn/2016", "elsewhere"),
        RoundListed("2016", "totals"),
    )


def disagreements() -> Disagreements:
    """Two files that differ, one of them settled."""
    said = {
        "grades": {"child": "good", "suspect": "adequate"},
        "topics": {"leadership": "good"},
        "answers": {"child_heard": {"answer": "partly", "words": "Once, by telephone.", "evidence": []}},
        "narrative": "Seen late; heard once.",
    }
    narrated = tuple(
        Narrated(side, f"made-up-{side}", word, said, NOW, "the wrong file" if side == "force" else "", is_counted=True)
        for side, word in (("force", "good"), ("inspectorate", "inadequate"))
    )
    pair = (
        GradeGiven("force", "made-up-force", "good", NOW, suspect="adequate"),
        GradeGiven("inspectorate", "made-up-inspectorate", "inadequate", NOW, suspect="good"),
    )
    settled = Settled("meeting", "requires_improvement", "adequate", "Both had read another log.", ("A One", "B Two"))
    rows = [("MER/2016/0001", None), ("MER/2016/0002", settled)]
    found = tuple(
        ToReconcile(at, CaseKey("merlin", ref), pair, Apart(3, across=True, suspect=True), narrated, done)
        for at, (ref, done) in enumerate(rows)
    )
    return Disagreements("drawn", 36, found, BOTH)


def disagreement(key: CaseKey) -> Disagreement:
    """One of the two, with a duty late in it; the other is sealed."""
    at = 0 if key.case_ref.endswith("1") else 1
    return Disagreement("drawn", disagreements().files[at], BOTH, (finding(),) if at == 0 else None, NOW)


def paper() -> Paper:
    """The report of the round."""
    held = files()
    late = {(one.case_source, one.case_ref): [finding()] if at < 20 else [] for at, one in enumerate(held)}
    facts = RoundFacts(
        "Made-up round", NOW, "ab" * 32, "cd" * 32, agreement("drawn").history, agreement("drawn").gaps,
        duties_beside_grades(held, late, BOTH, finding().duty), Reconciliation(22, 1, 0, 0, 1),
    )  # fmt: skip
    return round_report(comparison(), facts)
