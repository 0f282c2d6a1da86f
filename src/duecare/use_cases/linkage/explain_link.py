"""The evidence for and against two records being one person, and what humans have said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import PersonThing
from duecare.audit.grading.judgement_validation import is_text
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import Model, explain
from duecare.person.compared import compared_record
from duecare.person.guard import Guards, guard_pair
from duecare.person.judgement import Judgement, Standing, in_force, judgement_standings
from duecare.person.pair import COMPARISONS, HOUSEHOLD, UNKNOWN, Comparison, Pair, probability_of
from duecare.person.reasons import FELT_WEIGHT
from duecare.person.weigh import weigh_pair
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.bulk.all_facts import standing_persons
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import current_link_run, judgements, whose_are
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.use_cases.linkage.regroup_people import Frequent
from duecare.visibility.case_scope import person_thing
from duecare.visibility.pointer_only import pointers
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Said:
    """What a human has said of two records, and what has become of it."""

    judgement: Judgement
    standing: Standing


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for and against, and what has a human said of the two?

    Shape:   `judgement` is the verdict in force, empty where there is none; `records` and `people` are of the two in the
             order of the pair, `people` by the linkage in force; `said` the latest first; `seen` marks how far what was
             said has come, for whoever judges next; `join` is the weight from which two records join by themselves.
    Units:   bits.
    """

    pair: Pair
    judgement: str
    records: tuple[PersonRecord, PersonRecord]
    people: tuple[str, str]
    said: tuple[Said, ...]
    seen: str
    join: float


@dataclass(frozen=True, slots=True)
class Two:
    """Which two records may the viewer open, what do they say, and whose are they?"""

    records: Mapping[RecordKey, PersonRecord]
    whose: Mapping[RecordKey, str]


def why(request: Request, config: Config, a: RecordKey, b: RecordKey) -> Why:
    """Why are these two records held to be one person, or not?

    Raises:  ACC-001 where the viewer may not open whoever one of them is of, and where there is no such record: the
             answer is the same; so it is where they see only a pointer to one of the two; LNK-003 where the two are one record.
    """
    two = both_open(request, config, Act.OPEN_PERSON, a, b)
    check_ledger_writable(request, Act.OPEN_PERSON)
    guards, model = guards_in_force(config.policy), kept_model(config)
    pair = _weighed(two, model, guards) or explain(standing_persons(), a, b, model=model, guards=guards)
    known = judgements()
    said = said_of(known, a, b)
    verdict = next((one.judgement.verdict.value for one in said if one.judgement in in_force(known)), "")
    log_read(request, Act.OPEN_PERSON, [(RECORD, *a), (RECORD, *b)])
    return Why(
        pair,
        verdict,
        (two.records[pair.a], two.records[pair.b]),
        (two.whose[pair.a], two.whose[pair.b]),
        said,
        mark_of(known, a, b),
        model.thresholds.join if guards.join_weight is None else guards.join_weight,
    )


def _weighed(two: Two, model: Model, guards: Guards) -> Pair | None:
    """The pair weighed by itself, by how frequent names were when all was linked last; None where that is not known."""
    run = current_link_run()
    frequent = Frequent(run, model.weights(run.records)) if run is not None else None
    if run is None or frequent is None or not frequent.is_known:
        return None
    a, b = sorted(two.records)
    one = weigh_pair(
        compared_record(two.records[a]), compared_record(two.records[b]), model.weights(run.records), frequent.of
    )
    held = guard_pair(one.levels, guards)
    parts = [Comparison(name, one.levels.get(name, UNKNOWN), one.parts.get(name, 0.0)) for name in COMPARISONS]
    if HOUSEHOLD in one.parts:
        taken_back = one.parts[HOUSEHOLD]
        parts.append(Comparison(HOUSEHOLD, "fits as well" if taken_back <= FELT_WEIGHT else "fits less", taken_back))
    return Pair(a, b, one.weight, probability_of(one.weight), tuple(parts), held.reason if held else "")


def both_open(request: Request, config: Config, act: Act, a: RecordKey, b: RecordKey) -> Two:
    """May the viewer do this to whoever each of two records is of? What is refused is written down.

    Raises:  ACC-001 where they may not open one of them, see only a pointer to it, or there is none; LNK-003 where the
             two are one record.
    """
    if a == b:
        raise Refusal("LNK-003", where=str(a), found="the same record twice")
    if not all(is_text(part) for part in (*a, *b)):  # no such record is held, and PostgreSQL would not even be asked
        authorise(request, act, PersonThing(""))
        log_read(request, act)
        raise Refusal("ACC-001")
    whose = whose_are((a, b))
    records: dict[RecordKey, PersonRecord] = {}
    for record in (a, b):
        keys, facts = facts_of_person(whose[record], None)
        thing = person_thing(whose[record], keys, facts, request.now) if keys else PersonThing(whose[record])
        authorise(request, act, thing, [(RECORD, *record)] if record in keys else ())
        veil = pointers(request, config, (event.case for event in facts.events))
        if record not in facts.persons or veil.hides_record(record):
            log_read(request, act)
            raise Refusal("ACC-001")
        records[record] = facts.persons[record]
    return Two(records, whose)


def said_of(known: Iterable[Judgement], a: RecordKey, b: RecordKey) -> tuple[Said, ...]:
    """What has been said of these two, the latest first, and what has become of each?"""
    known = tuple(known)
    standing = judgement_standings(known)
    mine = sorted(_of(known, a, b), key=lambda one: one.order, reverse=True)
    return tuple(Said(one, standing[one.judgement_id]) for one in mine)


def mark_of(known: Iterable[Judgement], a: RecordKey, b: RecordKey) -> str:
    """How far has what was said of these two come? Another word, or one taken back, makes another mark."""
    mine = _of(known, a, b)
    return f"{len(mine)}.{sum(one.undone_at is not None for one in mine)}"


def _of(known: Iterable[Judgement], a: RecordKey, b: RecordKey) -> list[Judgement]:
    return [one for one in known if {one.a, one.b} == {a, b}]
