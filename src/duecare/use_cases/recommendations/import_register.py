"""A register of recommendations kept elsewhere, taken in: every row a fact, or set aside with the reason."""

from __future__ import annotations

from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import RECOMMENDATIONS
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.imported import ReadRegister, read_register, rows_of_register
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.vocabulary.refusals import Refusal


def import_recommendations(request: Request, path: Path) -> ReadRegister:
    """Take in this register; which rows were set aside, and why?

    Shape:   what is held is never changed: the same file again changes nothing, and a later one adds what came since.
    Raises:  ACC-003 when the viewer may not; RCM-001 when the file is no register: nothing is taken.
    """
    authorise(request, Act.IMPORT_RECOMMENDATIONS, RECOMMENDATIONS)
    try:
        found = path.read_bytes()
    except OSError as wrong:
        raise Refusal("RCM-001", where=path.name, found=wrong.strerror or "it cannot be read") from wrong
    rows = rows_of_register(found)
    with transaction():
        held = recommendation_facts.facts_by_number()
        read = read_register(rows, held, request.viewer.account, request.now, path.name)
        recommendation_facts.keep(read.accepted)
        log_write(request, Act.IMPORT_RECOMMENDATIONS, outcome=f"done: {len(read.accepted)} rows of a register")
    return read
