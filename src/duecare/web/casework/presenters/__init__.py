"""Casework values as words, tags and table rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from duecare.web.casework.presenters import changes, findings, worklist

FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "finding_tag": findings.tag_of,
    "causes": changes.causes_of,
    "state_name": findings.state_name,
    "finding_words": findings.state_words,
    "limit": findings.limit_words,
    "authority": findings.authority_words,
    "recorded": findings.recorded_words,
    "finding_people": findings.finding_people,
    "step_words": worklist.step_words,
    "danger": worklist.danger_words,
    "owner": worklist.owner_words,
    "line_people": worklist.line_people,
    "owed": worklist.owed_lines,
}
