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
from duecare.person.judgement import Verdict, in_force
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import records_known
from duecare.store.link_review import link_samples
from duecare.store.link_review.link_samples import Drawn, Sample
from duecare.store.linkage.linkage_runs import records_linked
from duecare.store.linkage.linked_people import current_link_run, judgements
from duecare.use_cases.linkage.answer_sampled_pairs import CLERKS, Agreement, agreement
from duecare.use_cases.linkage.linkage_settings import kept_model
from duecare.visibility.figure_access import figure_access_of
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.unknown import Unknown

CARD, CARD_WORDS = "measured_by_group", "measured"
"""Under which keys does a model's card say how it errs where the truth is known: a table, and words?"""
_TENS: Final = 10


@dataclass(frozen=True, slots=True)
class LinkageSure:
    """How sure is it who is one person?

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
    """How sure is it who is one person, in figures alone?

    Unknown: the range of people, where nothing was drawn, too little is answered, or another model has linked since.
    Raises:  ACC-003 unless the viewer's role may see figures.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    found = _sure(request, config)
    log_read(request, Act.READ_FIGURES)
    return found if figure_access_of(request).everything else _rounded(found)


def _sure(request: Request, config: Config) -> LinkageSure:
    run, sample = current_link_run(), link_samples.latest()
    model = kept_model(config)
    if run is None:
        none = _cannot_tell(0, "nothing was linked yet")
        return LinkageSure(0, none, model.name)
    card = model.card if run.model == model.name else {}
    found = LinkageSure(
        records_linked(run),
        _cannot_tell(run.people, "no pairs were drawn yet"),
        run.model,
        measured=read_measured(card.get(CARD, "")),
        measured_words=card.get(CARD_WORDS, ""),
    )
    if sample is None:
        return found
    twice = [one for one in sample.pairs if len(one.answers) == CLERKS]
    found = replace(found, drawn_at=sample.at, drawn=len(sample.pairs), answered=len(twice))
    if _is_waiting(sample, request.viewer.account):
        return replace(found, is_waiting=True, people=_cannot_tell(run.people, "you have not answered every pair yet"))
    answers = _answers(sample, twice)
    error = link_error((PairStratum(name, joined, of) for name, joined, of, _ in sample.strata), answers)
    people = people_range(found.records, run.people, error)
    if sample.model != run.model:
        people = _cannot_tell(run.people, "another model has linked since the pairs were drawn")
    return replace(
        found,
        settled=sum(bool(one.verdict) for one in answers),
        error=error,
        people=people,
        agreement=agreement(sample),
    )


def _cannot_tell(people: int, why: str) -> PeopleRange:
    return PeopleRange(people, Unknown(why), Unknown(why))


def _is_waiting(sample: Sample, account: str) -> bool:
    """Has this account answered some pair, and could be asked for another still?"""
    mine = [any(said.by == account for said in one.answers) for one in sample.pairs]
    left = (not own and len(one.answers) < CLERKS for own, one in zip(mine, sample.pairs, strict=True))
    return any(mine) and any(left)


def _answers(sample: Sample, twice: list[Drawn]) -> list[Answered]:
    judged = {
        frozenset((one.a, one.b)): one.verdict.value
        for one in in_force(judgements())
        if one.verdict is not Verdict.UNSURE
    }
    records = records_known({record for one in twice for record in (one.a, one.b)})
    return [Answered(one.stratum, _verdict(one, judged), _groups(one, records, sample.at)) for one in twice]


def _verdict(one: Drawn, judged: Mapping[frozenset[RecordKey], str]) -> str:
    """What two clerks held alike; else what was judged; else nothing."""
    first, second = (said.verdict for said in one.answers)
    if first == second != Verdict.UNSURE.value:
        return first
    return judged.get(frozenset((one.a, one.b)), "")


def _groups(one: Drawn, records: Mapping[RecordKey, PersonRecord], at: datetime) -> dict[str, tuple[str, ...]]:
    told = [groups_of(records.get(key, PersonRecord(key)), london_day(at)) for key in (one.a, one.b)]
    return groups_of_pair(*told)


def _rounded(found: LinkageSure) -> LinkageSure:
    """As it is told to those who may not open every case: no small number, nothing that one more pair would change."""
    error = found.error
    if error is not None:
        by_group = tuple(
            OfGroup(one.dimension, one.group, _blurred(one.false, 2), _blurred(one.missed, 2)) for one in error.by_group
        )
        error = LinkError(_blurred(error.false, 3), _blurred(error.missed, 3), by_group)
    people = found.people
    ends = (end if isinstance(end, Unknown) else _in_tens(end) for end in (people.low, people.high))
    return replace(
        found,
        records=_in_tens(found.records),
        people=PeopleRange(_in_tens(people.as_linked), *ends),
        error=error,
        is_rounded=True,
    )


def _blurred(share: Share, places: int) -> Share:
    """This share to so many decimals, its bounds outwards; why it cannot be told without a number."""
    steps = 10**places
    value, low, high = (_FEW if isinstance(one, Unknown) else one for one in (share.value, share.low, share.high))
    return Share(
        _in_tens(share.pairs),
        _in_tens(share.unsettled),
        value if isinstance(value, Unknown) else round(value, places),
        low if isinstance(low, Unknown) else floor(low * steps) / steps,
        high if isinstance(high, Unknown) else ceil(high * steps) / steps,
    )


_FEW: Final = Unknown("too few pairs are answered")


def _in_tens(number: int) -> int:
    return round(number / _TENS) * _TENS
