"""Print the reference page of figures: each with what it counts, of what, from where, and who answers for it."""

from duecare.figure import Basis, Dimension, Figure
from duecare.figure.catalogue.all_figures import catalogue
from duecare.web.figures.presenters import BASES, DIMENSIONS
from duecare.web.site.formatting.labels import post_words

LATE = "Late"


def cuts(one: Figure) -> str:
    """By what is it cut, in words?"""
    return "; ".join(DIMENSIONS[by].lower() for by in Dimension if by in one.definition.by)


def printed(figure: str, one: Figure) -> None:
    """One figure in full."""
    said = one.definition
    print(f"### {said.title}\n")
    print(f"{said.question}\n")
    print("| | |\n| --- | --- |")
    print(f"| id | `{figure}` |")
    print(f"| counts | {said.numerator} |")
    if said.denominator:
        print(f"| of | {said.denominator} |")
    print(f"| one line is | {said.counts_as} |")
    print(f"| cannot tell | {said.unknown} |")
    print(f"| given as | {said.unit.value}; counts {said.about.value} |")
    print(f"| source | {said.source} |")
    print(f"| who answers for it | {post_words(said.owner)} |")
    print(f"| cut by | {cuts(one)} |")
    print(f"| interval | {BASES[said.basis]} |\n")


def main() -> None:
    """Print the page."""
    late = {figure: one for figure, one in catalogue().items() if one.definition.theme == LATE}
    print("# Figures\n")
    print(
        "Every figure is defined once, and counted from lines: one for each unit it speaks of. Its value, its cuts and the"
    )
    print(
        "list it opens are the same lines, so that a tile and its list cannot disagree. What cannot be told stands beside"
    )
    print(
        "each, in neither its part nor its whole. What is sealed counts for nobody. This page is printed from the code:"
    )
    print("`make docs`. How to add one: [add a figure](../how-to/add-a-figure.md).\n")
    print("Intervals:\n")
    for basis in Basis:
        print(f"- **{basis.value}**: {BASES[basis]}.")
    theme = ""
    for figure, one in catalogue().items():
        if figure in late:
            continue
        if one.definition.theme != theme:
            theme = one.definition.theme
            print(f"\n## {theme}\n")
        printed(figure, one)
    first = next(iter(late.values()))
    print("## Late\n")
    print("The share late of each duty. A local standard that nobody has adopted has nothing to count.\n")
    print(f"Counts {first.definition.numerator}, of {first.definition.denominator}.")
    print(f"Cannot tell: {first.definition.unknown}. Cut by {cuts(first)}.\n")
    print("| figure | the duty | source | who owes it |")
    print("| --- | --- | --- | --- |")
    for figure, one in late.items():
        said = one.definition
        words = said.question.partition("? ")[2]
        print(f"| `{figure}` | {words} | {said.source} | {post_words(said.owner)} |")


if __name__ == "__main__":
    main()
