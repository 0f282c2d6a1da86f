"""The content of the store, as one hash that two stores can compare."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from duecare.access.act import Act
from duecare.access.thing import DIGEST
from duecare.assessment.all_findings import every_finding
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.record.record_from_body import utc_moment
from duecare.store.bulk import content_digest
from duecare.store.linkage import linked_people


@dataclass(frozen=True, slots=True)
class Digest:
    """The hash over content, its parts, and the rulebook and linkage model by which it was computed."""

    digest: str
    parts: Mapping[str, str]
    rulebook: str
    model: str


def read_digest(request: Request, config: Config) -> Digest:
    """The digest of what this store contains.

    Shape:   findings are assessed at as-of = known-at = the latest written_at held.
    Raises:  ACC-003 when the viewer may not take it.
    """
    authorise(request, Act.READ_DIGEST, DIGEST)
    latest = utc_moment(content_digest.latest_written())
    context = AssessmentContext.at(config, latest, latest)
    link_run = linked_people.current_link_run()
    parts = {
        "facts": content_digest.facts_digest(),
        "people": content_digest.people_digest(),
        "judgements": content_digest.judgements_digest(),
        "grades": content_digest.grades_digest(),
        "findings": content_digest.hash_of(_digest_text(finding.as_json()) for finding in every_finding(context)),
    }
    total = hashlib.sha256(
        "\n".join(f"{part_name} {value}" for part_name, value in sorted(parts.items())).encode()
    ).hexdigest()
    log_read(request, Act.READ_DIGEST)
    return Digest(total, parts, context.rulebook, link_run.model if link_run else "")


def _digest_text(finding: dict[str, object]) -> str:
    return orjson.dumps({**finding, "person": None}, option=orjson.OPT_SORT_KEYS).decode()
