"""What this installation has, and what it lacks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata

from duecare.access.act import Act
from duecare.access.thing import LEDGER
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.report.render.pdf import can_be_made
from duecare.rulebook.force_policy import read_policy
from duecare.store.database import health_check
from duecare.store.facts import delivery_records
from duecare.store.ledger import ledger_entries
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.vocabulary.refusals import Refusal

PACKAGES = ("django", "duckdb", "splink", "pyarrow", "govuk-frontend-jinja", "cryptography")


def look(request: Request, config: Config) -> list[dict[str, object]]:
    """Is everything here that Duecare needs? What, found, ok, and whether it cannot do without; nothing of any person."""
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    found = [
        _said("Python", sys.version.split()[0], sys.version_info >= (3, 11)),
        *(_said(name, metadata.version(name), True) for name in PACKAGES),
        _said("store", health_check.engine(), True),
        _said("tables", "up to date" if health_check.is_up_to_date() else "behind", health_check.is_up_to_date()),
        _said("durable writes", health_check.durability(), health_check.is_durable()),
        _said("accepted deliveries", delivery_records.last_number(), True),
        _said("abandoned landings", health_check.landings(), True),
        _said("ledger entries", _entries(), True),
        _tried("policy", config.policy.name, lambda: read_policy(config.policy)),
        _tried("guards of linkage", "as policy says", lambda: guards_in_force(config.policy)),
        _tried("linkage model", "kept or shipped", lambda: kept_model(config)),
        _said("style and scripts", *health_check.assets(), needed=False),
        _said("reports as PDF", "yes" if can_be_made() else "no: Pango is missing", can_be_made(), needed=False),
    ]
    log_read(request, Act.VERIFY_LEDGER)
    return found


def _said(what: str, found: object, ok: bool, *, needed: bool = True) -> dict[str, object]:
    return {"what": what, "found": found, "ok": ok, "needed": needed}


def _entries() -> int:
    kept = ledger_entries.kept_range()
    return kept.size if kept else -1


def _tried(what: str, found: str, deed: Callable[[], object]) -> dict[str, object]:
    try:
        deed()
    except Refusal as refusal:
        return _said(what, str(refusal), False)
    return _said(what, found, True)
