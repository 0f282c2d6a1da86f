"""Work out one figure again from the facts as they were known at its snapshot, and hold it against what was kept."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.assessment.policy_history import policy_at
from duecare.assessment.rules_in_force import AssessmentContext, rulebook_with
from duecare.assessment.selected_duties import of_some
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure import FigureValue, period_named, value_at
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.input_differences import input_differences
from duecare.store.figures import figure_members, figure_snapshots
from duecare.use_cases.figures.count_figures import rests_on
from duecare.use_cases.figures.gather_inputs import gather_inputs
from duecare.visibility.figure_access import figure_access_of
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What was kept, its value when computed again, and what differs in what it rests on.

    Shape:   `differs` in words, empty where nothing does; `came` and `went` are how many lines were not there before, and how
             many no longer are.
    """

    key: str
    kept: FigureValue
    again: FigureValue
    differs: tuple[str, ...]
    came: int
    went: int

    @property
    def is_equal(self) -> bool:
        """Whether it is the same in every part: value, counts, unknown and interval."""
        return self.kept == self.again


def recompute_figure(request: Request, config: Config, figure_key: str) -> Recomputed:
    """Compute a value of a snapshot again from the facts of that time, and compare.

    Shape:   by the policy in force then, and the deliveries accepted by then; people are as linked today. What was kept of
             its lines is not used to compute it, only to say what differs. What was sealed since is counted as it was
             then: a figure that fell by it would tell that there is something.
    Raises:  ACC-003 when the viewer may not; REP-031 when no value has this id that is shown to them with its numbers, or its
             figure is no longer defined.
    """
    authorise(request, Act.RECOMPUTE_FIGURE, FIGURES)
    check_ledger_writable(request, Act.RECOMPUTE_FIGURE)
    value_found = figure_snapshots.value_named(figure_key)
    if value_found is None or value_found[1] not in figure_access_of(request).values_shown([value_found[1]]):
        log_read(request, Act.RECOMPUTE_FIGURE)
        raise Refusal("REP-031", where=figure_key)
    number, kept_value = value_found
    kept_snapshot = figure_snapshots.snapshot_numbered(number)
    assert kept_snapshot is not None
    figure = figure_catalogue()[kept_value.value.figure]
    policy = policy_at(config, kept_snapshot.taken_at).policy
    context_then = AssessmentContext.at(config, kept_snapshot.as_of, kept_snapshot.known_at)
    context = of_some(
        AssessmentContext(policy, context_then.roster, kept_snapshot.as_of, kept_snapshot.known_at), figure.duties
    )
    upto_delivery = kept_snapshot.rests_on.upto_delivery
    figure_inputs = gather_inputs(context, period_named(kept_snapshot.period), upto_delivery, sealed_upto=upto_delivery)
    lines = figure.of(figure_inputs)
    again = value_at(figure.definition, kept_snapshot.period, kept_value.value.cut, lines)
    before = {figure_line.key for figure_line in figure_members.members_of(number, kept_value.value.figure)}
    after = {figure_line.key for figure_line in lines}
    rests = rests_on(policy, rulebook_with(policy)).as_json()
    result = Recomputed(
        figure_key,
        kept_value.value,
        again,
        tuple(input_differences(kept_snapshot.rests_on.as_json(), rests)),
        len(after - before),
        len(before - after),
    )
    log_read(request, Act.RECOMPUTE_FIGURE)
    return result
