"""Two clerks answer pairs drawn by chance, each blind to the other; how far they agree is shown when they are through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE, PersonThing
from duecare.audit.agreement.agreement import Coefficient, cohen_kappa, gwet_coefficient, raw_agreement
from duecare.audit.agreement.crosstab import Crosstab
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read, log_write, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.person.judgement import Verdict
from duecare.record.pole import PersonRecord
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.link_review import link_samples
from duecare.store.link_review.link_samples import DrawnPair, Sample
from duecare.use_cases.linkage.explain_link import both_open
from duecare.use_cases.linkage.list_pairs import Opened
from duecare.visibility.view import visibility_for_lists
from duecare.vocabulary.refusals import Refusal

CLERKS: Final = 2
VERDICTS: Final = tuple(sampled_pair.value for sampled_pair in Verdict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two clerks agreed, on how many pairs: raw, beyond chance, and by another measure of chance."""

    pairs: int
    raw: Coefficient
    kappa: Coefficient
    ac1: Coefficient


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """The pair of the last draw that this clerk is asked about next; where there is none, how far clerks agreed.

    Shape:   `sample` is None where nothing was drawn yet. `records` None where nothing is left for this clerk;
             `sample_agreement` only then, for what others hold must not be known before.
    """

    sample: int | None
    answered: int = 0
    place: int = 0
    records: tuple[PersonRecord, PersonRecord] | None = None
    agreement: Agreement | None = None


def next_pair(request: Request, config: Config) -> ToAnswer:
    """The pair that this clerk is asked about next.

    Shape:   the next in the order of the draw that they have not answered, that two others have not, and of which they
             may open both. Neither the evidence nor whether the two are joined is told: the clerk is to judge alone.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_PAIRS, PEOPLE)
    check_ledger_writable(request, Act.READ_PAIRS)
    sample = link_samples.latest_sample()
    if sample is None:
        log_read(request, Act.READ_PAIRS)
        return ToAnswer(None)
    own_account = request.viewer.account
    answered = sum(
        any(answer_given.by == own_account for answer_given in sampled_pair.answers) for sampled_pair in sample.pairs
    )
    opened = Opened(visibility_for_lists(request, config))
    for sampled_pair in _pairs_onwards(sample, own_account):
        if len(sampled_pair.answers) >= CLERKS or any(
            answer_given.by == own_account for answer_given in sampled_pair.answers
        ):
            continue
        records = opened.both(sampled_pair.a, sampled_pair.b)
        if records is not None:
            log_read(request, Act.READ_PAIRS, {(RECORD, *record.key) for record in records})
            return ToAnswer(sample.number, answered, sampled_pair.place, records)
    log_read(request, Act.READ_PAIRS)
    return ToAnswer(sample.number, answered, agreement=sample_agreement(sample) if answered else None)


def answer_pair(request: Request, config: Config, sample: int, place: int, verdict: str) -> None:
    """Record what this clerk holds of a pair that was drawn: it is no judgement, and changes nobody's links.

    Raises:  ACC-001 where there is no such pair, or the viewer may not open both; LNK-008 where the draw is not the last,
             two clerks have answered, this one has, or the answer is none.
    """
    latest_sample = link_samples.latest_sample()
    sampled_pair = (
        None
        if latest_sample is None
        else next((drawn_pair for drawn_pair in latest_sample.pairs if drawn_pair.place == place), None)
    )
    if latest_sample is None or latest_sample.number != sample or sampled_pair is None:
        authorise(request, Act.ANSWER_PAIR, PersonThing(""))
        refuse_as_absent(request, Act.ANSWER_PAIR)
    both_open(request, config, Act.ANSWER_PAIR, sampled_pair.a, sampled_pair.b)
    with link_samples.one_by_one():
        pair_now = _pair_again(sample, place)
        faults = [] if verdict in VERDICTS else ["the answer is not same, different or unsure"]
        faults += ["it is yours to answer no longer"] if not _is_open(pair_now, request.viewer.account) else []
        if faults:
            raise Refusal("LNK-008", faults=tuple(faults))
        with transaction():
            link_samples.answer_pair(sampled_pair.pair_id, request.viewer.account, request.now, verdict)
            log_write(
                request,
                Act.ANSWER_PAIR,
                names={(RECORD, *sampled_pair.a), (RECORD, *sampled_pair.b)},
                logged_as=LedgerAct.ALTERATION,
            )


def sample_agreement(sample: Sample) -> Agreement:
    """How far clerks agreed on the pairs that two of them answered.

    Shape:   of each pair, the clerk whose account comes first by name stands first.
    """
    counts = [[0] * len(VERDICTS) for _ in VERDICTS]
    for sampled_pair in sample.pairs:
        if len(sampled_pair.answers) == CLERKS:
            first_answer, second = sorted(sampled_pair.answers, key=lambda answer_given: answer_given.by)
            counts[VERDICTS.index(first_answer.verdict)][VERDICTS.index(second.verdict)] += 1
    table = Crosstab(VERDICTS, 1, tuple(map(tuple, counts)))
    return Agreement(table.n, raw_agreement(table), cohen_kappa(table), gwet_coefficient(table))


def _pairs_onwards(sample: Sample, account: str) -> list[DrawnPair]:
    """From where this clerk answered last, to the end and round again: what they may not open is not tried each time."""
    last_place = max(
        (
            sampled_pair.place
            for sampled_pair in sample.pairs
            if any(answer_given.by == account for answer_given in sampled_pair.answers)
        ),
        default=0,
    )
    return sorted(sample.pairs, key=lambda sampled_pair: (sampled_pair.place <= last_place, sampled_pair.place))


def _pair_again(sample: int, place: int) -> DrawnPair | None:
    latest_sample = link_samples.latest_sample()
    if latest_sample is None or latest_sample.number != sample:
        return None
    return next((sampled_pair for sampled_pair in latest_sample.pairs if sampled_pair.place == place), None)


def _is_open(drawn_pair: DrawnPair | None, account: str) -> bool:
    return (
        drawn_pair is not None
        and len(drawn_pair.answers) < CLERKS
        and all(answer_given.by != account for answer_given in drawn_pair.answers)
    )
