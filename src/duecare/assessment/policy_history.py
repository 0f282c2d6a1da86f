"""The policies by which a force has had its duties worked out, each kept from the first assessment that used it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from duecare.config import Config
from duecare.rulebook.force_policy import Policy, read_policy

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class PolicyThen:
    """Which policy was in use at a moment, and since when? `since` None: none is kept from so long ago."""

    policy: Policy
    since: datetime | None


def keep_policy(config: Config, now: datetime) -> None:
    """Keep a copy of the policy in force, where it is not the one kept last."""
    policy_text = config.policy.read_bytes()
    stored_policy = _stored_policies(config)
    if stored_policy and stored_policy[-1][1].read_bytes() == policy_text:
        return
    folder = config.home / "policies"
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{os.getpid()}"
    beside.write_bytes(policy_text)
    beside.replace(folder / f"{now.astimezone(UTC).strftime(STAMP)}.toml")


def policy_at(config: Config, moment: datetime) -> PolicyThen:
    """Which policy was in use then? Where none is kept from so long ago, the one in force today stands in.

    Raises:  CFG-002 when it cannot be read by the rulebook of today.
    """
    stored_policies = [(since, policy_path) for since, policy_path in _stored_policies(config) if since <= moment]
    if not stored_policies:
        return PolicyThen(read_policy(config.policy), None)
    since, policy_path = stored_policies[-1]
    is_in_force = policy_path == _stored_policies(config)[-1][1]
    return PolicyThen(read_policy(config.policy if is_in_force else policy_path), since)


def _stored_policies(config: Config) -> list[tuple[datetime, Path]]:
    folder = config.home / "policies"
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [(datetime.strptime(policy_path.stem, STAMP).replace(tzinfo=UTC), policy_path) for policy_path in paths]
