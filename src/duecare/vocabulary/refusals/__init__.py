"""Duecare's refusals: one family a room, each refusal with its code."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.vocabulary.refusals.exit_codes import EXIT_CODES


@dataclass(frozen=True, slots=True)
class RefusalKind:
    """The meaning of a code, and what the reader should do next."""

    code: str
    what: str
    todo: str

    @property
    def family(self) -> str:
        """The room that refuses: the three letters before the hyphen."""
        return self.code[:3]


class Refusal(Exception):
    """A refusal that a reader can act on.

    Shape:   code, what is wrong, where, what was found, what to do next; in that order, and never personal data: things
             are named by their keys.
    """

    def __init__(self, code: str, *, where: str = "", found: str = "", faults: tuple[str, ...] = ()) -> None:
        self.kind = refusal_kinds()[code]
        self.where = where
        self.found = found
        self.faults = faults
        super().__init__(str(self))

    @property
    def code(self) -> str:
        """The refusal's own code, such as EXT-001."""
        return self.kind.code

    @property
    def exit_code(self) -> int:
        """The exit status by which a scheduler knows the family."""
        return EXIT_CODES[self.kind.family]

    def __str__(self) -> str:
        parts = [f"{self.kind.code}  {self.kind.what}"]
        if self.where:
            parts.append(f"Where: {self.where}.")
        if self.found:
            parts.append(f"Found: {self.found}.")
        parts.extend(f"Fault: {fault}." for fault in self.faults)
        parts.append(self.kind.todo)
        return " ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_refusal, (self.code, self.where, self.found, self.faults)


def _rebuild_refusal(refusal_code: str, where: str, found: str, faults: tuple[str, ...]) -> Refusal:
    return Refusal(refusal_code, where=where, found=found, faults=faults)


def refusal_kinds() -> dict[str, RefusalKind]:
    """Every refusal there is, by its code.

    Raises:  ValueError if two refusals share a code.
    """
    from duecare.vocabulary.refusals import (
        access,
        audit,
        config,
        duty,
        extract,
        ledger,
        linkage,
        recommendation,
        record,
        report,
        store,
    )

    kinds: dict[str, RefusalKind] = {}
    for family_module in (access, audit, config, duty, extract, ledger, linkage, recommendation, record, report, store):
        for refusal_kind in family_module.REFUSALS:
            if refusal_kind.code in kinds:
                raise ValueError(f"two refusals share the code {refusal_kind.code}")
            kinds[refusal_kind.code] = refusal_kind
    return kinds
