"""The policies by which a force has had its duties reckoned, each kept from the first assessment that used it."""

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
    said = config.policy.read_bytes()
    kept = _kept(config)
    if kept and kept[-1][1].read_bytes() == said:
        return
    folder = config.home / "policies"
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{os.getpid()}"
    beside.write_bytes(said)
    beside.replace(folder / f"{now.astimezone(UTC).strftime(STAMP)}.toml")


def policy_at(config: Config, moment: datetime) -> PolicyThen:
    """Which policy was in use then? Where none is kept from so long ago, the one in force today stands in.

    Raises:  CFG-002 when it cannot be read by the rulebook of today.
    """
    kept = [(since, path) for since, path in _kept(config) if since <= moment]
    if not kept:
        return PolicyThen(read_policy(config.policy), None)
    since, path = kept[-1]
    is_in_force = path == _kept(config)[-1][1]
    return PolicyThen(read_policy(config.policy if is_in_force else path), since)


def _kept(config: Config) -> list[tuple[datetime, Path]]:
    folder = config.home / "policies"
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [(datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC), path) for path in paths]
