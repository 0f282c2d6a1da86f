"""How sure we are who is one person: by pairs that clerks answered, by the made-up truth, and as a range of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, floor
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure.linkage_error.link_groups import Measured, groups_of, groups_of_pair, read_measured
from duecare.figure.linkage_error.linkage_error import (
    Answered,
    LinkError,
    OfGroup,
    PairStratum,
    PeopleRange,
    Share,
    link_error,
    people_range,
)
from duecare.person.judgement import Verdict
from duecare.person.standing_judgements import in_force
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import records_known
from duecare.store.link_review import link_samples
from duecare.store.link_review.link_samples import DrawnPair, Sample
from duecare.store.linkage.linked_people import current_link_run, standing_judgements
from duecare.use_cases.linkage.answer_sampled_pairs import CLERKS, Agreement, sample_agreement
from duecare.use_cases.linkage.linkage_settings import kept_model
from duecare.visibility.figure_access import figure_access_of
from duecare.visibility.linked_totals import linked_totals
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.unknown import Unknown

CARD_NAME, CARD_WORDS = "measured_by_group", "measured"
"""Under which keys does a model's card say how it errs where the truth is known: a table, and words?"""
_TEN_PEOPLE: Final = 10


@dataclass(frozen=True, slots=True)
class LinkageSure:
    """How sure the linkage is.

    Shape:   `drawn_at` None where no pairs were ever drawn; `drawn` so many pairs, `answered` of them by two clerks,
             `settled` of those the same or different; `is_waiting`: the viewer is one of the clerks and not yet through, so
             nothing of what others answered is told. `is_rounded`: shares of groups in whole per cent, numbers in tens, for
             whoever may not open every case. `measured` and `measured_words` are of the model in use, where its card
             has them.
    """

    records: int
    people: PeopleRange
    model: str
    drawn_at: datetime | None = None
    drawn: int = 0
    answered: int = 0
    settled: int = 0
    is_waiting: bool = False
    error: LinkError | None = None
    agreement: Agreement | None = None
    measured: Measured | None = None
    measured_words: str = ""
    is_rounded: bool = False


def read_link_error(request: Request, config: Config) -> LinkageSure:
    """How sure the linkage is, in figures alone.

    Unknown: the range of people, where nothing was drawn, too little is answered, or another model has linked since.
    Raises:  ACC-003 unless the viewer's role may see figures.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    linkage_sure = _sure_of_linkage(request, config)
    log_read(request, Act.READ_FIGURES)
    return linkage_sure if figure_access_of(request).everything else _rounded_numbers(linkage_sure)


def _sure_of_linkage(request: Request, config: Config) -> LinkageSure:
    link_run, sample = current_link_run(), link_samples.latest_sample()
    model = kept_model(config)
    if link_run is None:
        none_known = _cannot_tell(0, "nothing was linked yet")
        return LinkageSure(0, none_known, model.name)
    model_card = model.card if link_run.model == model.name else {}
    totals = linked_totals(link_run)
    linkage_sure = LinkageSure(
        totals.records,
        _cannot_tell(totals.people, "no pairs were drawn yet"),
        link_run.model,
        measured=read_measured(model_card.get(CARD_NAME, "")),
        measured_words=model_card.get(CARD_WORDS, ""),
    )
    if sample is None:
        return linkage_sure
    twice = [sampled_pair for sampled_pair in sample.pairs if len(sampled_pair.answers) == CLERKS]
    linkage_sure = replace(linkage_sure, drawn_at=sample.at, drawn=len(sample.pairs), answered=len(twice))
    if _is_waiting(sample, request.viewer.account):
        return replace(
            linkage_sure, is_waiting=True, people=_cannot_tell(totals.people, "you have not answered every pair yet")
        )
    answers = _answered_pairs(sample, twice)
    error = link_error(
        (PairStratum(stratum_name, joined, pair_count) for stratum_name, joined, pair_count, _ in sample.strata),
        answers,
    )
    people = people_range(totals.records, totals.people, error)
    if sample.model != link_run.model:
        people = _cannot_tell(totals.people, "another model has linked since the pairs were drawn")
    return replace(
        linkage_sure,
        settled=sum(bool(answered.verdict) for answered in answers),
        error=error,
        people=people,
        agreement=sample_agreement(sample),
    )


def _cannot_tell(people: int, reason_text: str) -> PeopleRange:
    return PeopleRange(people, Unknown(reason_text), Unknown(reason_text))


def _is_waiting(sample: Sample, account: str) -> bool:
    """Whether this account has answered some pair, and could still be asked for another."""
    answered_by_account = [
        any(answer_given.by == account for answer_given in sampled_pair.answers) for sampled_pair in sample.pairs
    ]
    pairs_left = (
        not is_answered and len(sampled_pair.answers) < CLERKS
        for is_answered, sampled_pair in zip(answered_by_account, sample.pairs, strict=True)
    )
    return any(answered_by_account) and any(pairs_left)


def _answered_pairs(sample: Sample, twice: list[DrawnPair]) -> list[Answered]:
    judged = {
        frozenset((judgement.a, judgement.b)): judgement.verdict.value
        for judgement in in_force(standing_judgements())
        if judgement.verdict is not Verdict.UNSURE
    }
    records = records_known({record for sampled_pair in twice for record in (sampled_pair.a, sampled_pair.b)})
    return [
        Answered(
            sampled_pair.stratum,
            _settled_verdict(sampled_pair, judged),
            _group_of_pair(sampled_pair, records, sample.at),
        )
        for sampled_pair in twice
    ]


def _settled_verdict(sampled_pair: DrawnPair, judged: Mapping[frozenset[RecordKey], str]) -> str:
    """The verdict on which two clerks agree; else what was judged; else nothing."""
    first_verdict, second = (answer_given.verdict for answer_given in sampled_pair.answers)
    if first_verdict == second != Verdict.UNSURE.value:
        return first_verdict
    return judged.get(frozenset((sampled_pair.a, sampled_pair.b)), "")


def _group_of_pair(
    sampled_pair: DrawnPair, records: Mapping[RecordKey, PersonRecord], as_of_moment: datetime
) -> dict[str, tuple[str, ...]]:
    groups_known = [
        groups_of(records.get(record_key, PersonRecord(record_key)), london_day(as_of_moment))
        for record_key in (sampled_pair.a, sampled_pair.b)
    ]
    return groups_of_pair(*groups_known)


def _rounded_numbers(linkage_sure: LinkageSure) -> LinkageSure:
    """As it is shown to those who may not open every case: no small number, nothing that one more pair would change."""
    error = linkage_sure.error
    if error is not None:
        by_group = tuple(
            OfGroup(
                group_error.dimension,
                group_error.group,
                _blurred_share(group_error.false, 2),
                _blurred_share(group_error.missed, 2),
            )
            for group_error in error.by_group
        )
        error = LinkError(_blurred_share(error.false, 3), _blurred_share(error.missed, 3), by_group)
    people = linkage_sure.people
    range_ends = (
        range_end if isinstance(range_end, Unknown) else _in_tens(range_end) for range_end in (people.low, people.high)
    )
    return replace(
        linkage_sure,
        records=_in_tens(linkage_sure.records),
        people=PeopleRange(_in_tens(people.as_linked), *range_ends),
        error=error,
        is_rounded=True,
    )


def _blurred_share(share: Share, places: int) -> Share:
    """This share to so many decimals, its bounds outwards; the reason where it is not known."""
    steps = 10**places
    value, lower_end, upper_end = (
        _TOO_FEW if isinstance(share_value, Unknown) else share_value
        for share_value in (share.value, share.low, share.high)
    )
    return Share(
        _in_tens(share.pairs),
        _in_tens(share.unsettled),
        value if isinstance(value, Unknown) else round(value, places),
        lower_end if isinstance(lower_end, Unknown) else floor(lower_end * steps) / steps,
        upper_end if isinstance(upper_end, Unknown) else ceil(upper_end * steps) / steps,
    )


_TOO_FEW: Final = Unknown("too few pairs are answered")


def _in_tens(number: int) -> int:
    return round(number / _TEN_PEOPLE) * _TEN_PEOPLE
