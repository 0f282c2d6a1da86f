"""Two clerks answer pairs drawn by chance, each blind to the other; how far they agree is told when they are through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE, PersonThing
from duecare.audit.agreement.agreement import Coefficient, cohen_kappa, gwet_coefficient, raw_agreement
from duecare.audit.agreement.crosstab import Crosstab
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.person.judgement import Verdict
from duecare.record.pole import PersonRecord
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.link_review.link_samples import Drawn, Sample
from duecare.use_cases.linkage.explain_link import both_open
from duecare.use_cases.linkage.list_pairs import Opened
from duecare.vocabulary.refusals import Refusal

CLERKS: Final = 2
VERDICTS: Final = tuple(one.value for one in Verdict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far did two clerks agree, on how many pairs: raw, beyond chance, and by another measure of chance?"""

    pairs: int
    raw: Coefficient
    kappa: Coefficient
    ac1: Coefficient


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """Which pair of the last draw is this clerk asked about next, and, where there is none, how far did clerks agree?

    Shape:   `sample` is None where nothing was drawn yet. `records` None where nothing is left for this clerk;
             `agreement` only then, for what others hold must not be known before.
    """

    sample: int | None
    answered: int = 0
    place: int = 0
    records: tuple[PersonRecord, PersonRecord] | None = None
    agreement: Agreement | None = None


def next_pair(request: Request, config: Config) -> ToAnswer:
    """Which pair is this clerk asked about next?

    Shape:   the next in the order of the draw that they have not answered, that two others have not, and of which they
             may open both. Neither the evidence nor whether the two are joined is told: the clerk is to judge alone.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_PAIRS, PEOPLE)
    check_ledger_writable(request, Act.READ_PAIRS)
    sample = link_samples.latest()
    if sample is None:
        log_read(request, Act.READ_PAIRS)
        return ToAnswer(None)
    me = request.viewer.account
    answered = sum(any(said.by == me for said in one.answers) for one in sample.pairs)
    opened = Opened(request, config)
    for one in _onwards(sample, me):
        if len(one.answers) >= CLERKS or any(said.by == me for said in one.answers):
            continue
        records = opened.both(one.a, one.b)
        if records is not None:
            log_read(request, Act.READ_PAIRS, {(RECORD, *record.key) for record in records})
            return ToAnswer(sample.number, answered, one.place, records)
    log_read(request, Act.READ_PAIRS)
    return ToAnswer(sample.number, answered, agreement=agreement(sample) if answered else None)


def answer_pair(request: Request, config: Config, sample: int, place: int, verdict: str) -> None:
    """Record what this clerk holds of a pair that was drawn: it is no judgement, and changes nobody's links.

    Raises:  ACC-001 where there is no such pair, or the viewer may not open both; LNK-008 where the draw is not the last,
             two clerks have answered, this one has, or the answer is none.
    """
    held = link_samples.latest()
    pair = None if held is None else next((one for one in held.pairs if one.place == place), None)
    if held is None or held.number != sample or pair is None:
        authorise(request, Act.ANSWER_PAIR, PersonThing(""))
        log_read(request, Act.ANSWER_PAIR)
        raise Refusal("ACC-001")
    both_open(request, config, Act.ANSWER_PAIR, pair.a, pair.b)
    with link_samples.one_by_one():
        now = _again(sample, place)
        faults = [] if verdict in VERDICTS else ["the answer is not same, different or unsure"]
        faults += ["it is yours to answer no longer"] if not _is_open(now, request.viewer.account) else []
        if faults:
            raise Refusal("LNK-008", faults=tuple(faults))
        with transaction():
            link_samples.answer(pair.pair_id, request.viewer.account, request.now, verdict)
            log_write(
                request,
                Act.ANSWER_PAIR,
                names={(RECORD, *pair.a), (RECORD, *pair.b)},
                logged_as=LedgerAct.ALTERATION,
            )


def agreement(sample: Sample) -> Agreement:
    """How far did clerks agree on the pairs that two of them answered?

    Shape:   of each pair, the clerk whose account comes first by name stands first.
    """
    counts = [[0] * len(VERDICTS) for _ in VERDICTS]
    for one in sample.pairs:
        if len(one.answers) == CLERKS:
            first, second = sorted(one.answers, key=lambda said: said.by)
            counts[VERDICTS.index(first.verdict)][VERDICTS.index(second.verdict)] += 1
    table = Crosstab(VERDICTS, 1, tuple(map(tuple, counts)))
    return Agreement(table.n, raw_agreement(table), cohen_kappa(table), gwet_coefficient(table))


def _onwards(sample: Sample, account: str) -> list[Drawn]:
    """From where this clerk answered last, to the end and round again: what they may not open is not tried each time."""
    last = max((one.place for one in sample.pairs if any(said.by == account for said in one.answers)), default=0)
    return sorted(sample.pairs, key=lambda one: (one.place <= last, one.place))


def _again(sample: int, place: int) -> Drawn | None:
    held = link_samples.latest()
    if held is None or held.number != sample:
        return None
    return next((one for one in held.pairs if one.place == place), None)


def _is_open(pair: Drawn | None, account: str) -> bool:
    return pair is not None and len(pair.answers) < CLERKS and all(said.by != account for said in pair.answers)
