"""Cross-tables and files for the audit's tests: published ones with their sources, and random ones."""

from hypothesis import strategies as st

from duecare.audit.agreement.crosstab import Crosstab

WORDS = ("good", "adequate", "requires_improvement", "inadequate")


def table(*rows, meets=1):
    """A cross-table of as many grades as there are rows."""
    return Crosstab(tuple(f"g{at}" for at in range(len(rows))), meets, tuple(map(tuple, rows)))


# Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition: 100 emergency patients by two abstractors, and 223
# psychiatric patients by two ways of diagnosis. As data sets: https://cran.r-project.org/package=irrCAC
ABSTRACTORS = table((13, 0, 0), (0, 20, 7), (0, 4, 56))
DIAGNOSES = table((40, 6, 4, 15), (4, 25, 1, 5), (4, 2, 21, 9), (17, 13, 12, 45))

# Stuart 1955, Biometrika 42: unaided distance vision of 7,477 women, right eye by left.
VISION = table((1520, 266, 124, 66), (234, 1512, 432, 78), (117, 362, 1772, 205), (36, 82, 179, 492))

# Bentur et al. 2009 as in Fagerland, Lydersen and Laake 2014, Statistics in Medicine 33, 2850-2875: 21 children before
# and after stem cell transplantation.
AIRWAYS = table((1, 1), (7, 12))

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C; also Gwet 2014, table of page 120.
FOUR_GRADERS = [
    [grade - 1 if grade else None for grade in file]
    for file in zip(
        (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
        (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
        strict=True,
    )
]


@st.composite
def tables(draw, least=2, most=5, largest=40):
    """Any cross-table: empty rows and columns, perfect and no agreement among them."""
    size = draw(st.integers(least, most))
    cell = st.integers(0, largest) | st.just(0)
    rows = draw(st.lists(st.lists(cell, min_size=size, max_size=size), min_size=size, max_size=size))
    return table(*rows, meets=draw(st.integers(1, size - 1)))


@st.composite
def graded(draw):
    """Any number of files graded by any of several graders, and how many grades the scheme has."""
    size, graders = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    grade = st.none() | st.integers(0, size - 1)
    return draw(st.lists(st.lists(grade, min_size=graders, max_size=graders), min_size=1, max_size=12)), size
