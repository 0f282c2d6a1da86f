"""The peer tantivy for `bench.search`, run by a Python that has it: names, birth date and home as words, names also as slips."""

from __future__ import annotations

import csv
import json
import sys
import time
from pathlib import Path

import tantivy


def main() -> None:
    """Index the delivery, ask the questions written for it; the lines as JSON."""
    place = Path(sys.argv[1])
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("record", stored=True, tokenizer_name="raw")
    for name in ("name", "born", "home"):
        builder.add_text_field(name)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(200_000_000, 1)
    with (place / "made-2026" / "persons.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = f"{row['given_names']} {row['family_name']} {row.get('also_known_as', '')}"
            born = row["date_of_birth"].replace("-", "x")
            home = f"{row['address']} {row['postcode'].replace(' ', '')}"
            writer.add_document(tantivy.Document(record=row["record_id"], name=names, born=born, home=home))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    told = json.loads((place / "questions.json").read_text(encoding="utf-8"))
    truth = told["truth"]
    lines = []
    for kind, asked in told["asked"].items():
        right, times = 0, []
        for words, born, home, person in asked:
            began = time.perf_counter()
            parts = [(tantivy.Occur.Should, tantivy.Query.fuzzy_term_query(schema, "name", w, 1)) for w in words]
            parts += [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "name", w)) for w in words]
            parts += [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "born", b.replace("-", "x"))) for b in born
            ]
            parts += [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "home", w)) for w in home]
            found = searcher.search(tantivy.Query.boolean_query(parts), 100).hits
            people = dict.fromkeys(truth[searcher.doc(at)["record"][0]] for _, at in found)
            times.append((time.perf_counter() - began) * 1_000)
            right += person in list(people)[:10]
        ordered = sorted(times)
        p50, p95 = ordered[len(times) // 2], ordered[int(0.95 * (len(times) - 1))]
        lines.append(
            ["tantivy", kind, len(times), f"{right / len(times):.3f}", f"{p50:.1f}", f"{p95:.1f}", "–", "–", "–"]
        )
    print(json.dumps(lines))


main()
