"""What humans have said of links, cut to the people the viewer may open."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.person.standing_judgements import judgement_standings
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage.linked_people import standing_judgements, whose_are
from duecare.use_cases.linkage.explain_link import EarlierJudgement
from duecare.visibility.view import visibility_for_lists


def read_judgements(request: Request, config: Config) -> tuple[EarlierJudgement, ...]:
    """Every judgement of two records, the latest first, with what has become of it.

    Shape:   those alone of which the viewer may open whoever each record is of, and sees more than a pointer to it.
    Raises:  ACC-003 unless the viewer's role may.
    """
    authorise(request, Act.READ_JUDGEMENTS, PEOPLE)
    known_judgements = standing_judgements()
    person_of_record = whose_are({record for judgement in known_judgements for record in (judgement.a, judgement.b)})
    visible = visibility_for_lists(request, config)
    opened = {record for person in set(person_of_record.values()) for record in visible.records_of(person)}
    standing = judgement_standings(known_judgements)
    judgements_shown = [judgement for judgement in known_judgements if judgement.a in opened and judgement.b in opened]
    log_read(
        request,
        Act.READ_JUDGEMENTS,
        {(RECORD, *record) for judgement in judgements_shown for record in (judgement.a, judgement.b)},
    )
    return tuple(
        EarlierJudgement(judgement, standing[judgement.judgement_id])
        for judgement in sorted(judgements_shown, key=lambda judgement: judgement.order, reverse=True)
    )
