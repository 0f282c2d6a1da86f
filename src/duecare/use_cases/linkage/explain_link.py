"""The evidence for and against two records being one person, and what humans have said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import PersonThing
from duecare.audit.grading.judgement_validation import is_text
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import Model, explain_pair, thresholds_in_force
from duecare.person.comparable_record import compared_record
from duecare.person.guard import Guards, guard_pair
from duecare.person.judgement import Judgement
from duecare.person.pair import COMPARISONS, HOUSEHOLD, UNKNOWN, Comparison, Pair, probability_of
from duecare.person.search_reasons import FELT_WEIGHT
from duecare.person.standing_judgements import Standing, in_force, judgement_standings
from duecare.person.weigh import weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.bulk.all_facts import standing_persons
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import current_link_run, standing_judgements, whose_are
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.use_cases.linkage.regroup_people import Frequent
from duecare.visibility.case_scope import person_thing
from duecare.visibility.view import visibility_of
from duecare.visibility.visible import VisibleRecord
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class EarlierJudgement:
    """What a human has said of two records, and what has become of it."""

    judgement: Judgement
    standing: Standing


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for and against, and what a person has judged of the two.

    Shape:   `judgement` is the verdict in force, empty where there is none; `records` and `people` are of the two in the
             order of the pair, `people` by the linkage in force; `said` the latest first; `seen` marks how far what was
             said has come, for whoever judges next; `join` is the weight from which two records join by themselves.
    Units:   bits.
    """

    pair: Pair
    judgement: str
    records: tuple[VisibleRecord, VisibleRecord]
    people: tuple[str, str]
    said: tuple[EarlierJudgement, ...]
    seen: str
    join: float


@dataclass(frozen=True, slots=True)
class Two:
    """Two records that the viewer may open, their content, and the person of each."""

    records: Mapping[RecordKey, VisibleRecord]
    whose: Mapping[RecordKey, str]


def explain_pair_link(request: Request, config: Config, first_record: RecordKey, second_record: RecordKey) -> Why:
    """Explain why these two records are linked as one person, or not.

    Raises:  ACC-001 where the viewer may not open whoever one of them is of, and where there is no such record: the
             answer is the same; so it is where they see only a pointer to one of the two; LNK-003 where the two are one record.
    """
    open_pair = both_open(request, config, Act.OPEN_PERSON, first_record, second_record)
    check_ledger_writable(request, Act.OPEN_PERSON)
    guards, model = guards_in_force(config.policy), kept_model(config)
    weighed_pair = _weighed_pair(open_pair, model, guards) or explain_pair(
        standing_persons(), first_record, second_record, model=model, guards=guards
    )
    known_judgements = standing_judgements()
    judgements_given = said_of(known_judgements, first_record, second_record)
    verdict = next(
        (
            judgement_given.judgement.verdict.value
            for judgement_given in judgements_given
            if judgement_given.judgement in in_force(known_judgements)
        ),
        "",
    )
    log_read(request, Act.OPEN_PERSON, [(RECORD, *first_record), (RECORD, *second_record)])
    return Why(
        weighed_pair,
        verdict,
        (open_pair.records[weighed_pair.a], open_pair.records[weighed_pair.b]),
        (open_pair.whose[weighed_pair.a], open_pair.whose[weighed_pair.b]),
        judgements_given,
        mark_of(known_judgements, first_record, second_record),
        thresholds_in_force(model.thresholds, guards).join,
    )


def _weighed_pair(open_pair: Two, model: Model, guards: Guards) -> Pair | None:
    """The pair weighed by itself, by how frequent names were when all was linked last; None where that is not known."""
    link_run = current_link_run()
    frequent = Frequent(link_run, model.weights(link_run.records)) if link_run is not None else None
    if link_run is None or frequent is None or not frequent.is_known:
        return None
    first_record, second_record = sorted(open_pair.records)
    pair_weighed = weigh_pair(
        compared_record(open_pair.records[first_record]),
        compared_record(open_pair.records[second_record]),
        model.weights(link_run.records),
        frequent.of,
    )
    guard_result = guard_pair(pair_weighed.levels, guards)
    parts = [
        Comparison(column_name, pair_weighed.levels.get(column_name, UNKNOWN), pair_weighed.parts.get(column_name, 0.0))
        for column_name in COMPARISONS
    ]
    if HOUSEHOLD in pair_weighed.parts:
        taken_back = pair_weighed.parts[HOUSEHOLD]
        parts.append(Comparison(HOUSEHOLD, "fits as well" if taken_back <= FELT_WEIGHT else "fits less", taken_back))
    return Pair(
        first_record,
        second_record,
        pair_weighed.weight,
        probability_of(pair_weighed.weight),
        tuple(parts),
        guard_result.reason if guard_result else "",
    )


def both_open(
    request: Request, config: Config, open_act: Act, first_record: RecordKey, second_record: RecordKey
) -> Two:
    """Both records, where the viewer may do this to the person of each; a refusal is written down.

    Raises:  ACC-001 where they may not open one of them, see only a pointer to it, or there is none; LNK-003 where the
             two are one record.
    """
    if first_record == second_record:
        raise Refusal("LNK-003", where=str(first_record), found="the same record twice")
    # no such record is held, and PostgreSQL would not even be asked
    if not all(is_text(key_part) for key_part in (*first_record, *second_record)):
        authorise(request, open_act, PersonThing(""))
        refuse_as_absent(request, open_act)
    person_of_record = whose_are((first_record, second_record))
    records: dict[RecordKey, VisibleRecord] = {}
    for record in (first_record, second_record):
        record_keys, facts = facts_of_person(person_of_record[record], None)
        thing = (
            person_thing(person_of_record[record], record_keys, facts, request.now)
            if record_keys
            else PersonThing(person_of_record[record])
        )
        authorise(request, open_act, thing, [(RECORD, *record)] if record in record_keys else ())
        visible = visibility_of(request, config, facts, opened=person_of_record[record])
        opened = visible.records_opened(record_keys, facts)
        if record not in opened:
            refuse_as_absent(request, open_act)
        records[record] = opened[record]
    return Two(records, person_of_record)


def said_of(
    known_judgements: Iterable[Judgement], first_record: RecordKey, second_record: RecordKey
) -> tuple[EarlierJudgement, ...]:
    """The judgements of these two, the latest first, with what has become of each."""
    known_judgements = tuple(known_judgements)
    standing = judgement_standings(known_judgements)
    pair_judgements = sorted(
        _judgements_of(known_judgements, first_record, second_record),
        key=lambda judgement: judgement.order,
        reverse=True,
    )
    return tuple(EarlierJudgement(judgement, standing[judgement.judgement_id]) for judgement in pair_judgements)


def mark_of(known_judgements: Iterable[Judgement], first_record: RecordKey, second_record: RecordKey) -> str:
    """A mark of the judgements of these two; another judgement, or one taken back, makes another mark."""
    pair_judgements = _judgements_of(known_judgements, first_record, second_record)
    return f"{len(pair_judgements)}.{sum(judgement.undone_at is not None for judgement in pair_judgements)}"


def _judgements_of(
    known_judgements: Iterable[Judgement], first_record: RecordKey, second_record: RecordKey
) -> list[Judgement]:
    return [judgement for judgement in known_judgements if {judgement.a, judgement.b} == {first_record, second_record}]
