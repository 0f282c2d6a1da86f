"""Every table of Duecare."""

from duecare.store.models.account import Account
from duecare.store.models.accountable import AccountableNamed, SignedOff
from duecare.store.models.audit import (
    Allotted,
    DraftGrade,
    ErrorFound,
    OpenedGrade,
    OrganisationKey,
    OutsideGrade,
    Reconciled,
    ReferredBack,
    Round,
    RoundGrader,
    RoundNumber,
    SampledFile,
    SealedGrade,
)
from duecare.store.models.delivery import CompleteFile, Defect, Delivery, PresentKey, SetAsideRow
from duecare.store.models.fact import EventTie, Fact, Handle
from duecare.store.models.figure import DifferenceAnswered, FigureKept, FigureLine, FigureSnapshot
from duecare.store.models.finding import AssessRun, FindingRow, TurningMoment, VisitRow, WorkRow
from duecare.store.models.ledger import LedgerEntry, LedgerIds, LedgerTree
from duecare.store.models.link_sample import LinkAnswer, LinkSample, SampledPair
from duecare.store.models.oversight import OversightEntry
from duecare.store.models.person import Judgement, LinkMove, LinkRun, LinkTerm, Membership, Pair, PersonAlias, Pointer
from duecare.store.models.published import PublishedTotal
from duecare.store.models.recommendation import RecommendationFact
from duecare.store.models.release import (
    Release,
    ReleaseAnswer,
    ReleaseCheck,
    ReleaseFile,
    ReleasePublished,
    ReleaseShown,
    ReleaseVersion,
)
from duecare.store.models.search import SearchKey, SearchRecord, SearchTerm, SearchWord

__all__ = [
    "Account",
    "AccountableNamed",
    "Allotted",
    "AssessRun",
    "CompleteFile",
    "Defect",
    "Delivery",
    "DifferenceAnswered",
    "DraftGrade",
    "ErrorFound",
    "EventTie",
    "Fact",
    "FigureKept",
    "FigureLine",
    "FigureSnapshot",
    "FindingRow",
    "Handle",
    "Judgement",
    "LedgerEntry",
    "LedgerIds",
    "LedgerTree",
    "LinkAnswer",
    "LinkMove",
    "LinkRun",
    "LinkSample",
    "LinkTerm",
    "Membership",
    "OpenedGrade",
    "OrganisationKey",
    "OutsideGrade",
    "OversightEntry",
    "Pair",
    "PersonAlias",
    "Pointer",
    "PresentKey",
    "PublishedTotal",
    "RecommendationFact",
    "Reconciled",
    "ReferredBack",
    "Release",
    "ReleaseAnswer",
    "ReleaseCheck",
    "ReleaseFile",
    "ReleasePublished",
    "ReleaseShown",
    "ReleaseVersion",
    "Round",
    "RoundGrader",
    "RoundNumber",
    "SampledFile",
    "SampledPair",
    "SealedGrade",
    "SearchKey",
    "SearchRecord",
    "SearchTerm",
    "SearchWord",
    "SetAsideRow",
    "SignedOff",
    "TurningMoment",
    "VisitRow",
    "WorkRow",
]
