"""Import of a register of recommendations kept elsewhere: every row a fact, or set aside with the reason."""

from __future__ import annotations

from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import RECOMMENDATIONS
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.imported_register import ReadRegister, read_register, rows_of_register
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.vocabulary.refusals import Refusal


def import_recommendations(request: Request, file_path: Path) -> ReadRegister:
    """Import this register; the rows that were set aside, with the reasons.

    Shape:   what is held is never changed: the same file again changes nothing, and a later one adds what came since.
    Raises:  ACC-003 when the viewer may not; RCM-001 when the file is no register: nothing is taken.
    """
    authorise(request, Act.IMPORT_RECOMMENDATIONS, RECOMMENDATIONS)
    try:
        file_content = file_path.read_bytes()
    except OSError as error:
        raise Refusal("RCM-001", where=file_path.name, found=error.strerror or "it cannot be read") from error
    register_rows = rows_of_register(file_content)
    with transaction():
        facts_held = recommendation_facts.facts_by_number()
        read_result = read_register(register_rows, facts_held, request.viewer.account, request.now, file_path.name)
        recommendation_facts.keep_facts(read_result.accepted)
        log_write(request, Act.IMPORT_RECOMMENDATIONS, outcome=f"done: {len(read_result.accepted)} rows of a register")
    return read_result
