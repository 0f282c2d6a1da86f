"""Every example in a docstring is run, and gives what it says."""

import doctest
import importlib

import pytest
from tests.house import tree

EXAMPLES = [path for path in tree.modules() if ">>>" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", EXAMPLES, ids=tree.named)
def test_the_examples_of(path):
    dotted = ".".join(path.relative_to(tree.SRC.parent).with_suffix("").parts).removesuffix(".__init__")

    failed, tried = doctest.testmod(importlib.import_module(dotted))

    assert tried > 0
    assert failed == 0
