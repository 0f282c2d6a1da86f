"""Which paired files the two sides graded differently, the widest apart first, and on what each was settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecare.audit.grading.grade_scheme import Scheme, common_footing
from duecare.audit.grading.graded_file import GradeGiven
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import SETTLEMENT_TEXT
from duecare.vocabulary.unknown import Unknown

SETTLEMENT_WAYS = ("third_grader", "meeting")


@dataclass(frozen=True, slots=True)
class Apart:
    """The distance between two grades of one file.

    Shape:   `steps` by the order of grades, or 1 on the cut where schemes differ; `across` when one side says that the
             standard was met and the other that it was not; `suspect` when they differ on how the suspect was treated.
    """

    steps: int
    across: bool
    suspect: bool

    @property
    def differ(self) -> bool:
        """Whether there is anything to reconcile."""
        return self.steps > 0 or self.suspect

    @property
    def order(self) -> tuple[bool, int, bool]:
        """What stands first: those across the cut, then those most steps apart, then those on the suspect alone."""
        return not self.across, -self.steps, not self.suspect


def grade_distance(force: GradeGiven, inspectorate: GradeGiven, schemes: Mapping[str, Scheme]) -> Apart:
    """The distance between these two grades."""
    common = common_footing(schemes["force"], schemes["inspectorate"])
    grades = (schemes["force"], force.grade), (schemes["inspectorate"], inspectorate.grade)
    places = [
        common.grades.index(given_grade if given_grade in common.grades else scheme.side(given_grade))
        for scheme, given_grade in grades
    ]
    met_flags = [scheme.is_met(given_grade) for scheme, given_grade in grades]
    suspects = {force.suspect, inspectorate.suspect}
    return Apart(abs(places[0] - places[1]), met_flags[0] != met_flags[1], len(suspects) > 1)


@dataclass(frozen=True, slots=True)
class Settled:
    """The judgement on which a file was settled, by whom and why.

    Shape:   `how` is third_grader or meeting; `accounts` who they were; `suspect` is empty where that was not graded.
    """

    how: str
    grade: str
    suspect: str
    narrative: str
    accounts: tuple[str, ...]


def settle_disagreement(settlement: Settled, given_pair: tuple[GradeGiven, GradeGiven], scheme: Scheme) -> Settled:
    """The same in the scheme's words, if it can stand beside the two.

    Raises:  AUD-044 where it cannot: a third grader is one who gave neither grade, a meeting is two or more.
    """
    grade, suspect = (
        scheme.read(settlement.grade),
        scheme.read(settlement.suspect) if settlement.suspect.strip() else "",
    )
    accounts = tuple(
        dict.fromkeys(account_text.strip() for account_text in settlement.accounts if account_text.strip())
    )
    narrative = settlement.narrative.strip()
    faults = []
    if settlement.how not in SETTLEMENT_WAYS:
        faults.append("say whether a third grader or a meeting settled it")
    if isinstance(grade, Unknown):
        faults.append("give a grade of the scheme")
    if isinstance(suspect, Unknown) or (not suspect and any(given_grade.suspect for given_grade in given_pair)):
        faults.append("give a grade of the scheme for how the suspect was treated too: the file has two")
    if not narrative:
        faults.append("write why")
    if len(narrative) > SETTLEMENT_TEXT or any(ord(letter) < 32 and letter not in "\n\r\t" for letter in narrative):
        faults.append(f"write why in at most {SETTLEMENT_TEXT:,} characters of plain text")
    if settlement.how == "third_grader" and (
        len(accounts) != 1 or accounts[0] in {given_grade.grader for given_grade in given_pair}
    ):
        faults.append("name the one third grader, who is neither of the two")
    if settlement.how == "meeting" and len(accounts) < 2:
        faults.append("name those who met, two or more")
    if sum(map(len, accounts)) > 500:
        faults.append("name them more shortly")
    if faults or isinstance(grade, Unknown) or isinstance(suspect, Unknown):
        raise Refusal("AUD-044", faults=tuple(faults))
    return Settled(settlement.how, grade, suspect, narrative, accounts)
