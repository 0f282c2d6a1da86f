"""Every module and every public name says which question it answers."""

import ast

from tests.house import tree

LABELS = ("Shape:", "Units:", "Unknown:", "Raises:", "Source:", "Example:")


def docstrings():
    """Every module, and every public class and function directly in one, with its docstring."""
    for path in tree.modules():
        yield tree.named(path), ast.get_docstring(tree.tree(path))
        for node in tree.tree(path).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
                "_"
            ):
                yield f"{tree.named(path)}:{node.name}", ast.get_docstring(node)


def test_every_module_and_public_name_has_a_docstring():
    assert [name for name, words in docstrings() if not words] == []


def test_every_docstring_opens_with_one_sentence():
    opened = {name: words.split("\n\n")[0].strip() for name, words in docstrings() if words}

    assert [name for name, sentence in opened.items() if sentence[-1] not in ".?!"] == []


def test_labelled_lines_stand_in_their_order():
    wrong = []
    for name, words in docstrings():
        used = [label for line in (words or "").splitlines() for label in LABELS if line.startswith(label)]
        if used != sorted(set(used), key=LABELS.index):
            wrong.append(name)

    assert wrong == []


def test_every_package_has_a_face():
    folders = {path.parent for path in tree.modules()}

    assert [tree.named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
