"""The small faults that `make mutants` puts into a module, one at a time: borders, and/or, not, constants, lost statements."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


Path = tuple[tuple[str, int | None], ...]
Scope = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Mutant:
    """One small fault.

    Shape:   `name` is its place and what became of what, the same as long as the code there is; `function` is the outermost
             function that contains it, None in the body of a module or class; `line` is for whoever reads the list.
    """

    name: str
    line: int
    function: str | None
    source_text: str
    path: Path
    change: ast.AST

    def tree(self) -> ast.Module:
        """The module with this fault in it."""
        mutated = ast.parse(self.source_text)
        _put(mutated, self.path, copy.deepcopy(self.change))
        return ast.fix_missing_locations(mutated)


@dataclass(frozen=True)
class Unchanged:
    """A module with no fault in it, which every test must pass."""

    source_text: str

    def tree(self) -> ast.Module:
        """The module as it is."""
        return ast.parse(self.source_text)


def find_mutants(source_text: str, module_name: str) -> list[Mutant]:
    """Every mutant of this module, in the order of its lines."""
    tree = ast.parse(source_text)
    mutants: list[Mutant] = []
    seen: dict[str, int] = {}
    for path, scope in _walk(tree, (), ()):
        node = _node_at(tree, path)
        for change, remark in _changes(node, scope):
            if isinstance(node, ast.Constant):
                remark = f"{remark} in: {_short(ast.unparse(_statement_at(tree, path)))}"
            name = f"{module_name}: {'.'.join(part for part, _ in scope) or 'module'}: {remark}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name = f"{name} ({seen[name]})"
            outermost = next((place for place, (_, is_function) in enumerate(scope) if is_function), None)
            function = None if outermost is None else ".".join(part for part, _ in scope[: outermost + 1])
            mutants.append(Mutant(name, getattr(node, "lineno", 0), function, source_text, path, change))
    return sorted(mutants, key=lambda mutant: mutant.line)


def _walk(node: ast.AST, path: Path, scope: Scope) -> Iterator[tuple[Path, Scope]]:
    """The places where a fault can be put: not in annotations, decorators, texts, imports, or what type checkers read."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.JoinedStr):
        return
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return
    yield path, scope
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "ops", "op", "ctx", "bases", "type_params"}:
            continue
        if field == "exc" or (field == "type" and isinstance(node, ast.ExceptHandler)):
            continue
        inner = scope
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and field == "body":
            inner = (*scope, (node.name, isinstance(node, _FUNCTIONS)))
        if isinstance(value, list):
            for place, child in enumerate(value):
                if isinstance(child, ast.AST):
                    yield from _walk(child, (*path, (field, place)), inner)
        elif isinstance(value, ast.AST):
            yield from _walk(value, (*path, (field, None)), inner)


def _node_at(tree: ast.AST, path: Path) -> ast.AST:
    node = tree
    for field, place in path:
        value = getattr(node, field)
        node = value if place is None else value[place]
    return node


def _statement_at(tree: ast.AST, path: Path) -> ast.AST:
    """The innermost statement around a place; of one with a body, what stands before the body."""
    places = (_node_at(tree, path[:length]) for length in range(len(path), -1, -1))
    node = next(node for node in places if isinstance(node, ast.stmt | ast.comprehension | ast.arguments))
    return getattr(node, "test", getattr(node, "iter", node)) if hasattr(node, "body") else node


def _put(tree: ast.AST, path: Path, node: ast.AST) -> None:
    holder = _node_at(tree, path[:-1])
    field, place = path[-1]
    if place is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[place] = node


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 100 else f"{joined[:60]} ... {joined[-35:]}"


def _changes(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, str]]:
    for change, remark in _changed_nodes(node, any(is_function for _, is_function in scope)):
        located = ast.copy_location(change, node)
        yield located, remark or f"{_short(_text_of(node))} -> {_short(_text_of(located))}"


def _text_of(node: ast.AST) -> str:
    return f"if {ast.unparse(node.test)}" if isinstance(node, ast.If) else ast.unparse(node)


def _changed_nodes(node: ast.AST, in_function: bool) -> Iterator[tuple[ast.AST, str]]:
    """What this node can become, and the words for it where before and after are not enough."""
    match node:
        case ast.Compare(left=left, ops=operators, comparators=others):
            for place, operator in enumerate(operators):
                for other in _COMPARISONS[type(operator)]:
                    yield ast.Compare(left, [*operators[:place], other(), *operators[place + 1 :]], others), ""
        case ast.BoolOp(op=operator, values=values):
            whole = _short(ast.unparse(node))
            changed, words = (ast.Or(), "and -> or") if isinstance(operator, ast.And) else (ast.And(), "or -> and")
            yield ast.BoolOp(changed, values), f"{words}: {whole}"
            for place, value in enumerate(values):
                rest = [*values[:place], *values[place + 1 :]]
                remark = f"{_short(ast.unparse(value))} left out of: {whole}"
                yield rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest), remark
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand, ""
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SUMS and not _is_text(node):
            yield ast.BinOp(left, _SUMS[type(operator)](), right), ""
        case ast.AugAssign(target=target, op=operator, value=value) if type(operator) in _SUMS:
            yield ast.AugAssign(target, _SUMS[type(operator)](), value), ""
            yield ast.Pass(), ""
        case ast.If(body=body, orelse=otherwise):
            yield from ((ast.If(ast.Constant(value), body, otherwise), "") for value in (True, False))
        case ast.IfExp(body=body, orelse=otherwise):
            yield from ((body, ""), (otherwise, ""))
        case ast.comprehension(target=target, iter=source, ifs=conditions, is_async=is_async):
            for place, condition in enumerate(conditions):
                kept = [*conditions[:place], *conditions[place + 1 :]]
                yield (
                    ast.comprehension(target, source, kept, is_async),
                    f"every one, not only: {_short(ast.unparse(condition))}",
                )
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value), ""
        case ast.Constant(value=int() | float() as value):
            yield from ((ast.Constant(value + step), "") for step in (1, -1))
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None)), ""
        case ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass(), ""
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass(), ""
        case ast.Set(elts=entries) | ast.List(elts=entries) | ast.Tuple(elts=entries) if (
            not in_function and len(entries) > 1
        ):
            for place, entry in enumerate(entries):
                shorter = copy.copy(node)
                shorter.elts = [*entries[:place], *entries[place + 1 :]]
                yield shorter, f"{_short(ast.unparse(entry))} left out"
        case ast.Dict(keys=keys, values=values) if not in_function and len(keys) > 1:
            for place, key in enumerate(keys):
                shorter = ast.Dict([*keys[:place], *keys[place + 1 :]], [*values[:place], *values[place + 1 :]])
                yield shorter, f"{_short(ast.unparse(key)) if key else 'a spread'} left out"
        case _:
            return


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )
