"""Every worked example's scene beside every other, under names of its own, so that one run judges them all."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from tests.made.timelines import Scene, scene

from duecare.record.pole import CaseKey, InvolvementRow, RecordKey

SPEC = Path(__file__).parents[1] / "spec"


def examples() -> Iterator[tuple[Scene, list[datetime]]]:
    """The scene of every worked example, and the moments at which it says what is found."""
    for path in sorted(SPEC.rglob("test_*.py")):
        loader = importlib.util.spec_from_file_location(f"example_{path.stem}", path)
        assert loader is not None
        assert loader.loader is not None
        module = importlib.util.module_from_spec(loader)
        loader.loader.exec_module(module)
        for text in getattr(module, "EXAMPLES", {}).values():
            made, expected = scene(text)
            yield made, [as_of for as_of, _ in expected]


def merged(scenes: list[Scene]) -> Scene:
    """One scene of all of these, each under names of its own."""
    whole = Scene()
    for number, made in enumerate(scenes):
        own = renamed(made, f"~{number}")
        whole.events.extend(own.events)
        whole.persons.update(own.persons)
        whole.whose.update(own.whose)
        whole.cases.update(own.cases)
        whole.officers.extend(own.officers)
        whole.posts.extend(own.posts)
    return whole


def is_of_whole_force(made: Scene) -> bool:
    """Has it a post of the whole force, which would be every other scene's too?"""
    return any(not post.area for post in made.posts)


def renamed(made: Scene, mark: str) -> Scene:
    """The same scene, every name in it followed by this mark."""

    def record(key: RecordKey) -> RecordKey:
        return RecordKey(key.source + mark, key.record_id)

    def case(key: CaseKey) -> CaseKey:
        return CaseKey(key.source + mark, key.case_ref)

    def named(text: str) -> str:
        return text + mark if text.strip() else text

    found = Scene()
    for e in made.events:
        ties = tuple(InvolvementRow(record(tie.record), tie.role) for tie in e.ties)
        found.events.append(
            replace(
                e,
                source=e.source + mark,
                case=case(e.case) if e.case else None,
                area=named(e.area),
                officer=named(e.officer),
                ties=ties,
            )
        )
    found.persons = {record(key): replace(one, key=record(key)) for key, one in made.persons.items()}
    found.whose = {record(key): person + mark for key, person in made.whose.items()}
    found.cases = {case(key): replace(one, key=case(key), area=named(one.area)) for key, one in made.cases.items()}
    found.officers = [replace(o, officer=named(o.officer), supervisor=named(o.supervisor)) for o in made.officers]
    found.posts = [replace(p, post=named(p.post), area=named(p.area), holder=named(p.holder)) for p in made.posts]
    return found
