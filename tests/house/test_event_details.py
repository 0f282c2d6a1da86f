"""The list of what the detail of an event may have agrees with the kinds, the duties and the printed page."""

import subprocess
import sys

from tests.house import tree
from tests.house.test_mappings import looked_at, read_by

from duecare.rulebook import all_duties
from duecare.vocabulary.event_details import DETAIL_FIELDS
from duecare.vocabulary.kinds import EVENT_KINDS

# Columns of an event, which a duty may also seek in its detail.
COLUMNS = {"risk", "outcome"}


def unlisted(duties, fields):
    """Which details does a duty read that the list does not have?"""
    found = {
        f"{duty.id}: {kind}.{name}"
        for duty in duties
        for kind, name in looked_at(duty)
        if name not in COLUMNS and name not in fields.get(kind, {})
    }
    for duty in duties:
        found |= {
            f"{duty.id}: {name}" for name, kinds in read_by(duty) if not any(name in fields.get(k, {}) for k in kinds)
        }
    return sorted(found)


def test_every_kind_that_is_listed_exists():
    assert sorted(set(DETAIL_FIELDS) - EVENT_KINDS) == []


def test_every_detail_that_a_duty_reads_is_listed():
    assert unlisted(all_duties.all_duties(), DETAIL_FIELDS) == []


def test_a_detail_that_a_duty_reads_and_nobody_lists_is_found():
    fields = {kind: names for kind, names in DETAIL_FIELDS.items() if kind != "strategy_discussion_held"}

    assert any("strategy_discussion_held.s47" in fault for fault in unlisted(all_duties.all_duties(), fields))


def test_the_page_of_event_kinds_is_fresh():
    printed = subprocess.run(
        [sys.executable, "tools/print_event_kinds.py"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert (tree.ROOT / "docs/reference/event-kinds.md").read_text("utf-8") == printed, "run: make docs"
