"""The command line: a thin interface to the use cases, the same for people and for schedulers."""

from __future__ import annotations

import click

from duecare.cli import (
    accountable,
    accounts,
    audit,
    compare_moments,
    demo,
    duties,
    explain_link,
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
)
from duecare.cli.door import Door


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duecare", message="duecare %(version)s")
def main() -> None:
    """Duecare: what is owed to each child at risk, by when, and whether it was done."""


for command in (
    demo.demo_command,
    demo.demo_beside,
    demo.synthesise_command,
    receive.receive_command,
    receive.watch_command,
    receive.run_command,
    receive.delivery_command,
    people.link_command,
    people.people_group,
    people.person_command,
    search.search_command,
    search.search_index,
    note_person.note_person,
    note_person.note_birth,
    explain_link.why_command,
    judge.judge_command,
    judge.judgements_command,
    pairs.pairs_command,
    pairs.linkage_group,
    duties.assess_command,
    duties.findings_command,
    compare_moments.changed_command,
    compare_moments.what_if,
    audit.audit_group,
    accountable.accountable_group,
    oversight.oversight_group,
    figures.figure_group,
    recommend.recommend_group,
    report.report_group,
    report.tick_command,
    ledger.ledger_group,
    ledger.digest_command,
    accounts.enrol_command,
    accounts.enrol_first,
    site.routes_command,
    site.serve_command,
    site.doctor_command,
):
    main.add_command(command)
