"""Why two records are, or are not, thought one person."""

from __future__ import annotations

import pyarrow as pa
import pytest

from duecare.linkage import explain_pair, link_records, shipped_model
from duecare.person.pair import COMPARISONS, HOUSEHOLD
from duecare.record.pole import RecordKey
from duecare.vocabulary.refusals import Refusal

RECORDS = pa.Table.from_pylist(
    [
        {
            "source": "merlin",
            "record_id": "1",
            "given_names": "Robert",
            "family_name": "Ashby",
            "date_of_birth": "2008-03-04",
        },
        {
            "source": "visor",
            "record_id": "2",
            "given_names": "Bob",
            "family_name": "Ashby",
            "date_of_birth": "2008-03-04",
        },
        {
            "source": "visor",
            "record_id": "3",
            "given_names": "Ruth",
            "family_name": "Poole",
            "date_of_birth": "1990-01-02",
        },
    ]
)


def test_every_comparison_is_shown_and_the_weights_add_up() -> None:
    pair = explain_pair(RECORDS, RecordKey("visor", "2"), RecordKey("merlin", "1"))

    assert (pair.a, pair.b) == (RecordKey("merlin", "1"), RecordKey("visor", "2"))
    assert {c.name: c.level for c in pair.comparisons} == {
        "given": "short form",
        "family": "same",
        "born": "same",
        "home": "unknown",
        "identifier": "unknown",
        "contact": "unknown",
        "sex": "unknown",
        "household": "fits less",
    }
    assert [*COMPARISONS, HOUSEHOLD] == [c.name for c in pair.comparisons]
    prior = shipped_model().weights(len(RECORDS)).prior
    assert sum(c.weight for c in pair.comparisons) + prior == pytest.approx(pair.weight)
    assert sum(c.weight for c in pair.comparisons if c.level == "unknown") == 0
    assert pair.probability > 0.9


def test_what_two_people_of_one_household_share_is_taken_back_by_name() -> None:
    at_home = [
        {**row, "family_name": "Ashby", "address": "12 Ash Road", "postcode": "NM1 2AB", "phone": "07700 900123"}
        for row in RECORDS.to_pylist()
    ]

    pair = explain_pair(pa.Table.from_pylist(at_home), RecordKey("visor", "3"), RecordKey("visor", "2"))

    told = {c.name: c for c in pair.comparisons}
    assert (told["family"].level, told["home"].level, told["contact"].level) == ("same", "same home", "shared")
    assert told["household"].level == "fits as well"
    assert told["household"].weight < -8
    assert pair.weight < shipped_model().thresholds.review


def test_one_pair_weighs_alone_what_it_weighs_among_all() -> None:
    linked = link_records(RECORDS).pairs.to_pylist()

    alone = explain_pair(RECORDS, RecordKey("merlin", "1"), RecordKey("visor", "2"))

    assert linked[0]["weight"] == pytest.approx(alone.weight, abs=1e-6)


def test_a_record_that_is_not_held_is_refused_by_its_key() -> None:
    with pytest.raises(Refusal) as refused:
        explain_pair(RECORDS, RecordKey("merlin", "1"), RecordKey("merlin", "9"))

    assert refused.value.code == "LNK-003"
    assert "merlin:9" in str(refused.value)
