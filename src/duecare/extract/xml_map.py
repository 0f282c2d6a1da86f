"""What a mapping file says of a source that sends XML: which elements make a row, and in which collections they occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MIXED: Final = "group"
"""The column of a flat file of such a source that says of which group a row is."""


@dataclass(slots=True)
class Node:
    """Which element may stand here, what does it hold, and in the collections of which years?

    Shape:   `column` is the column that its text fills, `group` the group of which it begins a row; one of them, both
             (a row of one value), or neither (it only holds others). What is under a `passed_over` element is not read.
    """

    name: str
    column: str = ""
    group: str = ""
    passed_over: bool = False
    first: int = 0
    last: int = 9999
    below: dict[str, Node] = field(default_factory=dict)

    def child(self, name: str) -> Node:
        """The element of this name under this one, made where there is none yet."""
        return self.below.setdefault(name, Node(name))


@dataclass(frozen=True, slots=True)
class Group:
    """Which rows does one element make: with which columns of their own, and which of what stands around them?

    Shape:   `own` are columns filled from the element itself; of those in `lists` there may be several, joined by `;`.
    """

    name: str
    own: tuple[str, ...]
    taken: tuple[str, ...]
    lists: frozenset[str]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of a row, those of its own first."""
        return (*self.own, *self.taken)


@dataclass(frozen=True, slots=True)
class XmlMap:
    """How is the XML of a source read?

    Shape:   `each` is the element read at a time, held whole while it is, and `among` the one that holds them all;
             `head` are the columns given once for the file: `name`, `year` and `day` say of which collection it is,
             `time` when it was written.
    """

    root: Node
    among: Node
    each: Node
    head: frozenset[str]
    name: str
    is_called: str
    year: str
    day: str
    time: str
    known: tuple[int, ...]
    groups: Mapping[str, Group]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of any group."""
        return tuple(dict.fromkeys(column for group in self.groups.values() for column in group.columns))


def read_xml_map(said: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], faults: list[str]) -> XmlMap:
    """What do the entry `xml` and the elements of the files say?

    Raises:  KeyError, TypeError, AttributeError for an entry of the wrong shape; other faults are gathered.
    """
    faults.extend(f"xml: unknown entry {name}" for name in sorted(set(said) - _KNOWN))
    root = Node(said["root"])
    for column, path in said["head"].items():
        _at(root, path).column = column
    groups = {name: _group(root, name, spec) for name, spec in files.items()}
    for path in said.get("passed_over", ()):
        _at(root, path).passed_over = True
    for path, span in said.get("only", {}).items():
        node = _at(root, path)
        node.first, node.last = int(span.get("first", 0)), int(span.get("last", 9999))
    of = said["collection"]
    heads = frozenset(said["head"])
    four = ("name", "year", "day", "time")
    faults.extend(f"xml.collection: {of[one]} is not in xml.head" for one in four if of[one] not in heads)
    among, _, each = said["each"].rpartition("/")
    above = _at(root, among) if among else root
    if not above.child(each).group:
        faults.append("xml.each: no file is of this element")
    reachable = heads.union(*(group.own for group in groups.values()))
    for group in groups.values():
        faults.extend(f"files.{group.name}: {name} is found nowhere" for name in group.taken if name not in reachable)
    return XmlMap(
        root,
        above,
        above.child(each),
        heads,
        of["name"],
        of["is"],
        of["year"],
        of["day"],
        of["time"],
        tuple(map(int, of["known"])),
        groups,
    )


_KNOWN: Final = {"root", "each", "head", "collection", "passed_over", "only"}


def _group(root: Node, name: str, spec: Mapping[str, Any]) -> Group:
    top = _at(root, spec["element"])
    top.group = name
    own = []
    for path in spec["leaves"]:
        node = top if path == "." else _at(top, path)
        node.column = node.name
        own.append(node.name)
    return Group(name, tuple(own), tuple(spec.get("taken", ())), frozenset(spec.get("lists", ())))


def _at(top: Node, path: str) -> Node:
    for step in path.split("/"):
        top = top.child(step)
    return top


def expected(node: Node, year: int) -> Iterator[str]:
    """The names of the elements that may stand under this one in that year's collection."""
    yield from (one.name for one in node.below.values() if one.first <= year <= one.last)


def years_of(node: Node) -> str:
    """In which years' collections is this element, in words?"""
    if node.first and node.last < 9999:
        return f"it was in those of {node.first} to {node.last}"
    return f"it is in those from {node.first}" if node.first else f"it was in those up to {node.last}"


def joined(names: Iterable[str]) -> str:
    """These names for a message, at most twenty of them."""
    some = list(names)
    return ", ".join(some[:20]) + (" and others" if len(some) > 20 else "")
