"""The command line: one thin door to the steps, the same for people and for schedulers."""

from __future__ import annotations

import click

from duecare.cli import (
    accountable,
    accounts,
    audit,
    demo,
    duties,
    figures,
    judge,
    ledger,
    note_person,
    oversight,
    pairs,
    people,
    receive,
    recommend,
    report,
    search,
    site,
    times,
    why,
)
from duecare.cli.door import Door


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duecare", message="duecare %(version)s")
def main() -> None:
    """Duecare: what is owed to each child at risk, by when, and whether it was done."""


for command in (
    demo.demo,
    demo.demo_beside,
    demo.synthesise,
    receive.receive,
    receive.watch,
    receive.run,
    receive.delivery,
    people.link,
    people.people,
    people.person,
    search.search,
    search.search_index,
    note_person.note_person,
    note_person.note_birth,
    why.why,
    judge.judge,
    judge.judgements,
    pairs.pairs,
    pairs.linkage,
    duties.assess,
    duties.findings,
    times.changed,
    times.what_if,
    audit.audit,
    accountable.accountable,
    oversight.oversight,
    figures.figure,
    recommend.recommend,
    report.report,
    report.tick,
    ledger.ledger,
    ledger.digest,
    accounts.enrol,
    accounts.enrol_first,
    site.routes,
    site.serve,
    site.doctor,
):
    main.add_command(command)
