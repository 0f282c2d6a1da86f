"""Which records may be of one person with a given one: those that search would find by the keys they share."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.person.compared import Compared
from duecare.person.found_by import guarded_keys, open_keys
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import select
from duecare.store.linkage.record_terms import Kept, hash_of, read_body
from duecare.store.search.candidate_search import kept_bodies, telling_hits


@dataclass(slots=True)
class Near:
    """The neighbours of records, by the index of search as it stands; those set apart as sealed are among them."""

    _apart: dict[int, list[Kept]] | None = field(default=None)

    def to(self, record: Compared, own: RecordKey) -> dict[RecordKey, Compared]:
        """Which other records share a telling key with this one, and what have they to compare?"""
        keys = {hash_of(key) for key in open_keys(record) | guarded_keys(record)}
        found = {kept.key: kept.compared for _, kept in kept_bodies(telling_hits(keys), apart=False)}
        for key in keys & self._sealed().keys():
            found |= {kept.key: kept.compared for kept in self._sealed()[key]}
        found.pop(own, None)
        return found

    def _sealed(self) -> dict[int, list[Kept]]:
        if self._apart is None:
            self._apart = {}
            rows = select('SELECT "source", "record_id", "body" FROM "search_record" WHERE "is_apart" = %s', [True])
            for source, record_id, body in rows:
                kept = read_body(RecordKey(source, record_id), bytes(body))
                for key in open_keys(kept.compared) | guarded_keys(kept.compared):
                    self._apart.setdefault(hash_of(key), []).append(kept)
        return self._apart
