"""Print the reference page of the code: what each file decides, in its own words, and what others call in it."""

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/duecare"
NEVER = {"__pycache__", "static_built", "node_modules"}


LABEL = re.compile(r"^(Shape|Units|Unknown|Raises|Source|Example):", re.MULTILINE)
MOST_LETTERS = 420


def prose_of(text: str) -> str:
    """What a docstring says before its labels, on one line, as a cell of a table can hold it; a long one by its beginning."""
    prose = " ".join(LABEL.split(text.strip())[0].split())
    if len(prose) > MOST_LETTERS:
        prose = prose[: prose.rfind(".", 0, MOST_LETTERS) + 1] or prose[:MOST_LETTERS]
    return prose.replace("|", "\\|")


def public_names(module: ast.Module) -> list[str]:
    """The functions and classes of a module that other files may call."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node.name for node in module.body if isinstance(node, kinds) and not node.name.startswith("_")]


def files_by_folder() -> dict[str, list[tuple[str, str, list[str]]]]:
    """Of each folder its files: path, what it says of itself, public names."""
    found: dict[str, list[tuple[str, str, list[str]]]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if NEVER & set(place.parts) or path.name == "__init__.py":
            continue
        module = ast.parse(path.read_text("utf-8"))
        sentence = prose_of(ast.get_docstring(module) or "")
        found[str(place.parent)].append((str(place), sentence, public_names(module)))
    return found


def main() -> None:
    """Print the page."""
    print("# What each file decides\n")
    print(
        "The first sentence of each file under `src/duecare`, and the functions and classes that other files call there. To"
    )
    print("find where something is decided, search this page for the words you would use. It is printed from the code:")
    print("`make docs`. What each room is for: [the map](../../README.md#the-map).")
    for folder, files in sorted(files_by_folder().items()):
        print(f"\n## {'duecare' if folder == '.' else folder}\n")
        print("| file | what it decides or does | called by others |")
        print("| --- | --- | --- |")
        for place, sentence, names in files:
            print(f"| `{place}` | {sentence} | {', '.join(f'`{name}`' for name in names)} |")


if __name__ == "__main__":
    main()
