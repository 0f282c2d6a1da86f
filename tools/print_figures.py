"""Print the reference page of figures: what each counts, out of what, its source, and who is accountable for it."""

from duecare.figure import Basis, Dimension, Figure
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.web.figures.presenters import BASES, DIMENSIONS
from duecare.web.site.formatting.labels import post_words

LATE = "Late"


def breakdown_words(figure: Figure) -> str:
    """The breakdowns of a figure, in words."""
    return "; ".join(DIMENSIONS[by].lower() for by in Dimension if by in figure.definition.by)


def print_figure(figure_id: str, figure: Figure) -> None:
    """Print one figure in full."""
    definition = figure.definition
    print(f"### {definition.title}\n")
    print(f"{definition.question}\n")
    print("| | |\n| --- | --- |")
    print(f"| id | `{figure_id}` |")
    print(f"| counts | {definition.numerator} |")
    if definition.denominator:
        print(f"| of | {definition.denominator} |")
    print(f"| one line is | {definition.counts_as} |")
    print(f"| not known | {definition.unknown} |")
    print(f"| given as | {definition.unit.value}; counts {definition.about.value} |")
    print(f"| source | {definition.source} |")
    print(f"| who is accountable | {post_words(definition.owner)} |")
    print(f"| broken down by | {breakdown_words(figure)} |")
    print(f"| interval | {BASES[definition.basis]} |\n")


def main() -> None:
    """Print the page."""
    late = {figure_id: figure for figure_id, figure in figure_catalogue().items() if figure.definition.theme == LATE}
    print("# Figures\n")
    print(
        "Every figure is defined once, and counted from lines: one for each unit it is about. Its value, its breakdowns and the"
    )
    print(
        "list it opens use the same lines, so a value and its list cannot disagree. What is not known is shown beside"
    )
    print(
        "each, and is in neither its part nor its whole. Sealed cases are never counted. This page is printed from the code:"
    )
    print("`make docs`. How to add one: [add a figure](../how-to/add-a-figure.md).\n")
    print("Intervals:\n")
    for basis in Basis:
        print(f"- **{basis.value}**: {BASES[basis]}.")
    theme = ""
    for figure_id, figure in figure_catalogue().items():
        if figure_id in late:
            continue
        if figure.definition.theme != theme:
            theme = figure.definition.theme
            print(f"\n## {theme}\n")
        print_figure(figure_id, figure)
    first = next(iter(late.values()))
    print("## Late\n")
    print("The share of each duty that was late. A local standard that nobody has adopted has nothing to count.\n")
    print(f"Counts {first.definition.numerator}, out of {first.definition.denominator}.")
    print(f"Not known: {first.definition.unknown}. Broken down by {breakdown_words(first)}.\n")
    print("| figure | the duty | source | who must do it |")
    print("| --- | --- | --- | --- |")
    for figure_id, figure in late.items():
        definition = figure.definition
        duty = definition.question.partition("? ")[2]
        print(f"| `{figure_id}` | {duty} | {definition.source} | {post_words(definition.owner)} |")


if __name__ == "__main__":
    main()
