"""The mapping of a source that sends XML: which elements make a row, and in which collections they occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MIXED: Final = "group"
"""The column of a flat file of such a source that says of which group a row is."""


@dataclass(slots=True)
class Node:
    """An element that may stand here, its content, and the years of the collections that have it.

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

    def child(self, child_name: str) -> Node:
        """The element of this name under this one, made where there is none yet."""
        return self.below.setdefault(child_name, Node(child_name))


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that one element makes: its own columns, and those of the elements around it.

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
    """How the XML of a source is read.

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


def read_xml_map(map_table: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], faults: list[str]) -> XmlMap:
    """Read the entry `xml` and the elements of the files.

    Raises:  KeyError, TypeError, AttributeError for an entry of the wrong shape; other faults are gathered.
    """
    faults.extend(f"xml: unknown entry {entry_name}" for entry_name in sorted(set(map_table) - _KNOWN))
    root_node = Node(map_table["root"])
    for column, node_path in map_table["head"].items():
        _node_at(root_node, node_path).column = column
    groups = {group_name: _read_group(root_node, group_name, file_spec) for group_name, file_spec in files.items()}
    for node_path in map_table.get("passed_over", ()):
        _node_at(root_node, node_path).passed_over = True
    for node_path, year_span in map_table.get("only", {}).items():
        map_node = _node_at(root_node, node_path)
        map_node.first, map_node.last = int(year_span.get("first", 0)), int(year_span.get("last", 9999))
    collection_table = map_table["collection"]
    heads = frozenset(map_table["head"])
    head_names = ("name", "year", "day", "time")
    faults.extend(
        f"xml.collection: {collection_table[head_name]} is not in xml.head"
        for head_name in head_names
        if collection_table[head_name] not in heads
    )
    among, _, each_element = map_table["each"].rpartition("/")
    above = _node_at(root_node, among) if among else root_node
    if not above.child(each_element).group:
        faults.append("xml.each: no file is of this element")
    reachable = heads.union(*(group.own for group in groups.values()))
    for group in groups.values():
        faults.extend(
            f"files.{group.name}: {leaf_name} is found nowhere"
            for leaf_name in group.taken
            if leaf_name not in reachable
        )
    return XmlMap(
        root_node,
        above,
        above.child(each_element),
        heads,
        collection_table["name"],
        collection_table["is"],
        collection_table["year"],
        collection_table["day"],
        collection_table["time"],
        tuple(map(int, collection_table["known"])),
        groups,
    )


_KNOWN: Final = {"root", "each", "head", "collection", "passed_over", "only"}


def _read_group(root_node: Node, group_name: str, file_spec: Mapping[str, Any]) -> Group:
    top_node = _node_at(root_node, file_spec["element"])
    top_node.group = group_name
    own_nodes = []
    for leaf_path in file_spec["leaves"]:
        leaf_node = top_node if leaf_path == "." else _node_at(top_node, leaf_path)
        leaf_node.column = leaf_node.name
        own_nodes.append(leaf_node.name)
    return Group(group_name, tuple(own_nodes), tuple(file_spec.get("taken", ())), frozenset(file_spec.get("lists", ())))


def _node_at(top_node: Node, node_path: str) -> Node:
    for path_step in node_path.split("/"):
        top_node = top_node.child(path_step)
    return top_node


def expected_names(map_node: Node, census_year: int) -> Iterator[str]:
    """The names of the elements that may stand under this one in that year's collection."""
    yield from (
        child_node.name for child_node in map_node.below.values() if child_node.first <= census_year <= child_node.last
    )


def years_of(map_node: Node) -> str:
    """The years whose collections have this element, in words."""
    if map_node.first and map_node.last < 9999:
        return f"it was in those of {map_node.first} to {map_node.last}"
    return f"it is in those from {map_node.first}" if map_node.first else f"it was in those up to {map_node.last}"


def joined_names(names: Iterable[str]) -> str:
    """These names for a message, at most twenty of them."""
    some_names = list(names)
    return ", ".join(some_names[:20]) + (" and others" if len(some_names) > 20 else "")
