"""What a force sets about publishing counts of children: which are small, whether zeros are too, how they are protected."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from duecare.vocabulary.refusals import Refusal

NAMES: Final = {"mode", "threshold", "base", "protection", "zeros", "insider", "corrections"}


@dataclass(frozen=True, slots=True)
class DisclosurePolicy:
    """The rule by which counts of children are published.

    Shape:   the rule is public. `suppress` hides counts from 1 (from 0 where zeros are hidden) to one below the threshold,
             and as few others as make them safe; `round` prints multiples of `base` instead.
    Units:   `protection` is how many whole numbers a reader must hold for possible of a protected count, at least. `insider`
             is the dimension one category of which is held to be known in full to some reader; empty for nobody.
    Source:  docs/decisions/0029.
    """

    mode: Literal["suppress", "round"] = "suppress"
    threshold: int = 5
    base: int = 5
    protection: int = 5
    zeros: Literal["shown", "hidden"] = "shown"
    insider: str = "area"
    corrections: Literal["protected", "shown"] = "protected"

    @property
    def least_hidden(self) -> int:
        """The least that a mark stands for: the rule is public, so a reader knows."""
        return 1 if self.zeros == "shown" and self.mode == "suppress" else 0

    def is_small(self, count: int) -> bool:
        """Whether this is a count of children that the rule hides."""
        return self.least_hidden <= count < self.threshold


def read_disclosure(policy_path: Path) -> DisclosurePolicy:
    """Read the table [disclosure] of this policy file; what it leaves out has the decided value.

    Raises:  CFG-002 when the file cannot be read, or names or sets something it may not; all faults at once.
    """
    try:
        policy_table = tomllib.loads(policy_path.read_text("utf-8")).get("disclosure", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal("CFG-002", where=str(policy_path), found="no readable TOML") from error
    return disclosure_of(policy_table, str(policy_path))


def disclosure_of(policy_table: object, where: str) -> DisclosurePolicy:
    """Read the disclosure policy from this table.

    Raises:  CFG-002 when it names or sets something it may not.
    """
    if not isinstance(policy_table, Mapping):
        raise Refusal("CFG-002", where=where, faults=("disclosure is not a table",))
    usual = DisclosurePolicy()
    faults = [f"disclosure.{setting_name} is not a setting" for setting_name in sorted(set(policy_table) - NAMES)]
    policy_read = DisclosurePolicy(
        mode=cast(Literal["suppress", "round"], _one_of(policy_table, "mode", ("suppress", "round"), faults)),
        threshold=_whole_number(policy_table, "threshold", usual.threshold, faults),
        base=_whole_number(policy_table, "base", usual.base, faults),
        protection=_whole_number(policy_table, "protection", usual.protection, faults),
        zeros=cast(Literal["shown", "hidden"], _one_of(policy_table, "zeros", ("shown", "hidden"), faults)),
        insider=_setting_name(policy_table, usual.insider, faults),
        corrections=cast(
            Literal["protected", "shown"], _one_of(policy_table, "corrections", ("protected", "shown"), faults)
        ),
    )
    if faults:
        raise Refusal("CFG-002", where=where, faults=tuple(faults))
    return policy_read


def _one_of(policy_table: Mapping[str, object], setting_name: str, words: tuple[str, str], faults: list[str]) -> str:
    value = policy_table.get(setting_name, words[0])
    if value not in words:
        faults.append(f"disclosure.{setting_name} is neither {words[0]} nor {words[1]}")
        return words[0]
    return str(value)


def _whole_number(policy_table: Mapping[str, object], setting_name: str, usual: int, faults: list[str]) -> int:
    value = policy_table.get(setting_name, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not 2 <= value <= 100:
        faults.append(f"disclosure.{setting_name} is not a whole number between 2 and 100")
        return usual
    return value


def _setting_name(policy_table: Mapping[str, object], usual: str, faults: list[str]) -> str:
    value = policy_table.get("insider", usual)
    if not isinstance(value, str):
        faults.append("disclosure.insider is not the name of a dimension")
        return usual
    return value
