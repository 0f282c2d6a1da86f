"""What no source has ever told of is said, so that silence is not taken for neglect."""

from __future__ import annotations

from pathlib import Path

from tests.made.stores import Store, asking

from duecare.rulebook.all_duties import duty_of_id
from duecare.use_cases.casework.unreported_duties import unreported_duties
from duecare.use_cases.deliveries.receive_delivery import receive_files

ASKED = (duty_of_id("CA1989-s46-72-hours"), duty_of_id("LOCAL-see-the-child"), duty_of_id("DFE2014-return-interview"))


def test_a_duty_is_unreported_until_a_source_sends_a_kind_that_discharges_it(store: Store, tmp_path: Path) -> None:
    with store() as config:
        assert unreported_duties(ASKED) == {duty.id for duty in ASKED}

        made = tmp_path / "pole-1"
        made.mkdir()
        (made / "events.csv").write_text(
            "event_id,kind,happened_at\nE1,child_contacted,2026-01-01\nE2,police_protection_started,2026-01-01\n"
        )
        (accepted,) = receive_files(asking(), config, [made])

        assert accepted.status == "accepted"
        assert unreported_duties(ASKED) == {"CA1989-s46-72-hours", "DFE2014-return-interview"}


def test_a_delivery_that_was_refused_shows_nothing(store: Store, tmp_path: Path) -> None:
    with store() as config:
        made = tmp_path / "pole-1"
        made.mkdir()
        (made / "events.csv").write_text("event_id,kind,happened_at\nE1,child_contacted,2026-01-01\n")
        (made / "unknown.csv").write_text("a\n1\n")
        (refused,) = receive_files(asking(), config, [made])

        assert refused.status == "refused"
        assert "LOCAL-see-the-child" in unreported_duties(ASKED)
