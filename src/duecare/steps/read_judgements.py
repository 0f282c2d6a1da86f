"""What humans have said of links, cut to the people the viewer may open."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import PEOPLE
from duecare.config import Config
from duecare.person.judgement import standings
from duecare.record.pole import RecordKey
from duecare.steps.asking import Asking
from duecare.steps.in_reach import admitted_people
from duecare.steps.pointer import pointers
from duecare.steps.shape import ask, consulted
from duecare.steps.why import Said
from duecare.store.facts import facts_of_person
from duecare.store.handles import RECORD
from duecare.store.people import judgements, whose_are


def read_judgements(asking: Asking, config: Config) -> tuple[Said, ...]:
    """What was said of which two records, the latest first, and what has become of it?

    Shape:   those alone of which the viewer may open whoever each record is of, and sees more than a pointer to it.
    Raises:  ACC-003 unless the viewer's role may.
    """
    ask(asking, Act.READ_JUDGEMENTS, PEOPLE)
    known = judgements()
    whose = whose_are({record for one in known for record in (one.a, one.b)})
    mine = admitted_people(scope(asking.viewer), whose.values(), asking.now)
    open_ = _whole(asking, config, {record for record, person in whose.items() if person in mine})
    standing = standings(known)
    found = [one for one in known if one.a in open_ and one.b in open_]
    consulted(asking, Act.READ_JUDGEMENTS, {(RECORD, *record) for one in found for record in (one.a, one.b)})
    return tuple(
        Said(one, standing[one.judgement_id]) for one in sorted(found, key=lambda one: one.order, reverse=True)
    )


def _whole(asking: Asking, config: Config, records: set[RecordKey]) -> set[RecordKey]:
    """Those of these records that are held, and of which the viewer sees more than a pointer."""
    found = set()
    for record, person in whose_are(records).items():
        _, facts = facts_of_person(person, None)
        veil = pointers(asking, config, (event.case for event in facts.events))
        if record in facts.persons and not veil.hides_record(record):
            found.add(record)
    return found
