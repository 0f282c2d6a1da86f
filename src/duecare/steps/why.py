"""The evidence for and against two records being one person."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import PersonThing
from duecare.config import Config
from duecare.linkage import explain
from duecare.person.judgement import in_force
from duecare.person.pair import Pair
from duecare.record.pole import RecordKey
from duecare.steps.asking import Asking
from duecare.steps.in_reach import person_thing
from duecare.steps.link import guards_in_force, kept_model
from duecare.steps.pointer import pointers
from duecare.steps.shape import ask, consulted, rehearse
from duecare.store.bulk import standing_persons
from duecare.store.facts import facts_of_person
from duecare.store.handles import RECORD
from duecare.store.people import judgements, whose_are
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Why:
    """What speaks for and against, and what a human has said of the two; empty where nobody has."""

    pair: Pair
    judgement: str


def why(asking: Asking, config: Config, a: RecordKey, b: RecordKey) -> Why:
    """Why are these two records held to be one person, or not?

    Raises:  ACC-001 where the viewer may not open whoever one of them is of, and where there is no such record: the
             answer is the same; so it is where they see only a pointer to one of the two; LNK-003 where the two are one record.
    """
    if a == b:
        raise Refusal("LNK-003", where=str(a), found="the same record twice")
    whose = whose_are((a, b))
    for record in (a, b):
        keys, facts = facts_of_person(whose[record], None)
        thing = person_thing(whose[record], keys, facts, asking.now) if keys else PersonThing(whose[record])
        ask(asking, Act.OPEN_PERSON, thing, [(RECORD, *record)] if record in keys else ())
        veil = pointers(asking, config, (event.case for event in facts.events))
        if record not in facts.persons or veil.hides_record(record):
            consulted(asking, Act.OPEN_PERSON)
            raise Refusal("ACC-001")
    rehearse(asking, Act.OPEN_PERSON)
    pair = explain(standing_persons(), a, b, model=kept_model(config), guards=guards_in_force(config.policy))
    said = {frozenset((judgement.a, judgement.b)): judgement.verdict.value for judgement in in_force(judgements())}
    consulted(asking, Act.OPEN_PERSON, [(RECORD, *a), (RECORD, *b)])
    return Why(pair, said.get(frozenset((a, b)), ""))
