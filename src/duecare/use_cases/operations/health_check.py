"""Check this installation for anything missing, as `duecare doctor` prints it."""

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


def check_health(request: Request, config: Config) -> list[dict[str, object]]:
    """Check that everything Duecare needs is here: what, found, ok, and whether it is needed; nothing of any person."""
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    check_lines = [
        _check_line("Python", sys.version.split()[0], sys.version_info >= (3, 11)),
        *(_check_line(package_name, metadata.version(package_name), True) for package_name in PACKAGES),
        _check_line("store", health_check.engine_name(), True),
        _check_line("tables", "up to date" if health_check.is_up_to_date() else "behind", health_check.is_up_to_date()),
        _check_line("durable writes", health_check.durability_text(), health_check.is_durable()),
        _check_line("accepted deliveries", delivery_records.last_number(), True),
        _check_line("abandoned landings", health_check.landing_count(), True),
        _check_line("ledger entries", _count_entries(), True),
        _tried_line("policy", config.policy.name, lambda: read_policy(config.policy)),
        _tried_line("guards of linkage", "as policy says", lambda: guards_in_force(config.policy)),
        _tried_line("linkage model", "kept or shipped", lambda: kept_model(config)),
        _check_line("style and scripts", *health_check.asset_state(), needed=False),
        _check_line("reports as PDF", "yes" if can_be_made() else "no: Pango is missing", can_be_made(), needed=False),
    ]
    log_read(request, Act.VERIFY_LEDGER)
    return check_lines


def _check_line(thing_checked: str, value_found: object, is_well: bool, *, needed: bool = True) -> dict[str, object]:
    return {"what": thing_checked, "found": value_found, "ok": is_well, "needed": needed}


def _count_entries() -> int:
    ledger_range = ledger_entries.kept_range()
    return ledger_range.size if ledger_range else -1


def _tried_line(thing_checked: str, value_found: str, checked_deed: Callable[[], object]) -> dict[str, object]:
    try:
        checked_deed()
    except Refusal as refusal:
        return _check_line(thing_checked, str(refusal), False)
    return _check_line(thing_checked, value_found, True)
