"""Mutants of a source file: every place where one small change of the code should make a test fail.

The operators are the usual ones (Offutt and others 1996): comparisons, arithmetic, logic, constants,
conditions, returned values and statements left out. Annotations, decorators, docstrings, texts and what only
type checkers see are left alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the file's new text, and where it is. ``first`` and ``last`` are the lines of the statement
    around it.
    """

    path: str
    line: int
    first: int
    last: int
    statement: str
    before: str
    after: str
    text: str

    @property
    def key(self) -> str:
        """What names the mutant while lines above it move: file, statement, code before and code after."""
        return f"{self.path}: {self.statement}: {self.before} -> {self.after}"

    @property
    def digest(self) -> str:
        """What names the mutant of this very file."""
        return sha256(f"{self.path} {self.text}".encode()).hexdigest()[:20]


def mutants_of(path: str, text: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its code."""
    lines = text.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    source = text.encode()

    def at(node: ast.expr | ast.stmt) -> tuple[int, int]:
        return starts[node.lineno - 1] + node.col_offset, starts[
            (node.end_lineno or 0) - 1
        ] + (node.end_col_offset or 0)

    for statement, node, new in _changes(ast.parse(text)):
        begin, end = at(node)
        before, written = source[begin:end].decode(), ast.unparse(new)
        after = written if isinstance(new, ast.stmt) else f"({written})"
        changed = (source[:begin] + after.encode() + source[end:]).decode()
        try:
            ast.parse(changed)
        except SyntaxError:
            continue
        first, last = _extent(statement)
        header = ast.unparse(statement).splitlines()[0][:100]
        yield Mutant(
            path,
            node.lineno,
            first,
            last,
            header,
            " ".join(before.split()),
            " ".join(written.split()),
            changed,
        )


def _extent(statement: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, of a compound one those of its header."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return statement.lineno, max(statement.lineno, last)


def _changes(
    tree: ast.Module,
) -> Iterator[tuple[ast.stmt, ast.expr | ast.stmt, ast.expr | ast.stmt]]:
    """Statement, node in it and what stands in the node's place."""
    for statement in _statements(tree.body):
        if (
            isinstance(statement, ast.Return)
            and statement.value is not None
            and not _is(statement.value, None)
        ):
            yield statement, statement, ast.Return(ast.Constant(None))
        if isinstance(statement, ast.AugAssign) or (
            isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        ):
            yield statement, statement, ast.Pass()
        if isinstance(statement, ast.If | ast.While):
            yield statement, statement.test, ast.Constant(False)
        if isinstance(statement, ast.If):
            yield statement, statement.test, ast.Constant(True)
        for part in _expressions(statement):
            for node in _nodes(part):
                for new in _other(node):
                    yield statement, node, new


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements within, without docstrings, imports and what only type checkers see."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom | ast.Raise):
            continue
        if (
            isinstance(statement, ast.If)
            and ast.unparse(statement.test) == "TYPE_CHECKING"
        ):
            continue
        if isinstance(statement, ast.Expr) and isinstance(
            statement.value, ast.Constant
        ):
            continue
        yield statement
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, name, []))
        for handler in getattr(statement, "handlers", []):
            yield from _statements(handler.body)


def _expressions(statement: ast.stmt) -> list[ast.expr]:
    """The expressions of a statement itself that say what it does when it runs."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return []
    names = ("value", "test", "iter", "items", "targets", "target")
    parts: list[ast.expr] = []
    for name in names:
        found = getattr(statement, name, None)
        for part in found if isinstance(found, list) else [found]:
            part = part.context_expr if isinstance(part, ast.withitem) else part
            if isinstance(part, ast.expr) and not isinstance(part, ast.Name):
                parts.append(part)
    return parts


def _nodes(part: ast.expr) -> Iterator[ast.expr]:
    """The expression and all within it, but for texts with holes and what a lambda's arguments are."""
    if isinstance(part, ast.JoinedStr):
        return
    yield part
    for child in ast.iter_child_nodes(part):
        if isinstance(child, ast.expr):
            yield from _nodes(child)
        if isinstance(child, ast.comprehension):
            for inner in (child.iter, *child.ifs):
                yield from _nodes(inner)
        if isinstance(child, ast.keyword):
            yield from _nodes(child.value)


def _other(node: ast.expr) -> Iterator[ast.expr]:
    if (
        isinstance(node, ast.Compare)
        and len(node.ops) == 1
        and type(node.ops[0]) in COMPARED
    ):
        yield ast.Compare(node.left, [COMPARED[type(node.ops[0])]()], node.comparators)
    if (
        isinstance(node, ast.BinOp)
        and type(node.op) in COUNTED
        and not any(_is_text(side) for side in (node.left, node.right))
    ):
        yield ast.BinOp(node.left, COUNTED[type(node.op)](), node.right)
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(
            ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values
        )
    if isinstance(node, ast.UnaryOp) and isinstance(
        node.op, ast.Not | ast.USub | ast.Invert
    ):
        yield node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    if isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
