"""What humans have said of links, cut to the people the viewer may open."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.person.judgement import judgement_standings
from duecare.record.pole import RecordKey
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import judgements, whose_are
from duecare.use_cases.linkage.explain_link import Said
from duecare.visibility.case_scope import admitted_people
from duecare.visibility.pointer_only import pointers


def read_judgements(request: Request, config: Config) -> tuple[Said, ...]:
    """What was said of which two records, the latest first, and what has become of it?

    Shape:   those alone of which the viewer may open whoever each record is of, and sees more than a pointer to it.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_JUDGEMENTS, PEOPLE)
    known = judgements()
    whose = whose_are({record for one in known for record in (one.a, one.b)})
    mine = admitted_people(scope(request.viewer), whose.values(), request.now)
    open_ = _whole(request, config, {record for record, person in whose.items() if person in mine})
    standing = judgement_standings(known)
    found = [one for one in known if one.a in open_ and one.b in open_]
    log_read(request, Act.READ_JUDGEMENTS, {(RECORD, *record) for one in found for record in (one.a, one.b)})
    return tuple(
        Said(one, standing[one.judgement_id]) for one in sorted(found, key=lambda one: one.order, reverse=True)
    )


def _whole(request: Request, config: Config, records: set[RecordKey]) -> set[RecordKey]:
    """Those of these records that are held, and of which the viewer sees more than a pointer."""
    found = set()
    for record, person in whose_are(records).items():
        _, facts = facts_of_person(person, None)
        veil = pointers(request, config, (event.case for event in facts.events))
        if record in facts.persons and not veil.hides_record(record):
            found.add(record)
    return found
