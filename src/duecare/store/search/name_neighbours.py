"""Records that may be of one person with a given one: those that search would find by shared keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.person.comparable_record import Compared
from duecare.person.search_keys import guarded_keys, open_keys
from duecare.record.pole import RecordKey
from duecare.store.linkage.record_terms import RecordTerms, hash_of, read_body
from duecare.store.models import SearchRecord
from duecare.store.search.candidate_search import kept_bodies, telling_hits


@dataclass(slots=True)
class RecordNeighbours:
    """The neighbours of records, by the index of search as it stands; those set apart as sealed are among them."""

    _apart: dict[int, list[RecordTerms]] | None = field(default=None)

    def to(self, record: Compared, own_key: RecordKey) -> dict[RecordKey, Compared]:
        """The other records that share a rare key with this one, and what they have to compare."""
        search_keys = {hash_of(search_key) for search_key in open_keys(record) | guarded_keys(record)}
        neighbours_found = {
            kept_record.key: kept_record.compared
            for _, kept_record in kept_bodies(telling_hits(search_keys), apart=False)
        }
        for search_key in search_keys & self._sealed().keys():
            neighbours_found |= {kept_record.key: kept_record.compared for kept_record in self._sealed()[search_key]}
        neighbours_found.pop(own_key, None)
        return neighbours_found

    def _sealed(self) -> dict[int, list[RecordTerms]]:
        if self._apart is None:
            self._apart = {}
            apart_records = SearchRecord.objects.filter(is_apart=True)
            for source, record_id, body_bytes in apart_records.values_list("source", "record_id", "body"):
                kept_record = read_body(RecordKey(source, record_id), bytes(body_bytes))
                for search_key in open_keys(kept_record.compared) | guarded_keys(kept_record.compared):
                    self._apart.setdefault(hash_of(search_key), []).append(kept_record)
        return self._apart
