"""What humans have said of links, cut to the people the viewer may open."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.person.judgement import judgement_standings
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import judgements, whose_are
from duecare.use_cases.linkage.explain_link import Said
from duecare.visibility.view import visibility_for_lists


def read_judgements(request: Request, config: Config) -> tuple[Said, ...]:
    """What was said of which two records, the latest first, and what has become of it?

    Shape:   those alone of which the viewer may open whoever each record is of, and sees more than a pointer to it.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_JUDGEMENTS, PEOPLE)
    known = judgements()
    whose = whose_are({record for one in known for record in (one.a, one.b)})
    visible = visibility_for_lists(request, config)
    opened = {record for person in set(whose.values()) for record in visible.records_of(person)}
    standing = judgement_standings(known)
    found = [one for one in known if one.a in opened and one.b in opened]
    log_read(request, Act.READ_JUDGEMENTS, {(RECORD, *record) for one in found for record in (one.a, one.b)})
    return tuple(
        Said(one, standing[one.judgement_id]) for one in sorted(found, key=lambda one: one.order, reverse=True)
    )
