"""Source files read as syntax trees: what each module imports, binds and names; nothing is run."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONTEXTS = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop)
"""Nodes that are left out of counts: they add nothing to the expression that they stand in."""
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Package:
    """The files of a package: text and syntax tree by dotted name of the module, other text files by path."""

    texts: Mapping[str, str]
    trees: Mapping[str, ast.Module]
    packages: frozenset[str]
    others: Mapping[str, str]

    @property
    def modules(self) -> list[str]:
        """The modules without ``__init__``, sorted."""
        return sorted(self.trees.keys() - self.packages)

    def path(self, name: str) -> str:
        """The file of a module, from the package's folder on."""
        parts = [*name.split(".")[1:], *(["__init__"] if name in self.packages else [])]
        return "/".join(parts) + ".py"


def read_package(folder: Path) -> Package:
    """The package in the folder; dotted names begin with the folder's name."""
    texts: dict[str, str] = {}
    others: dict[str, str] = {}
    packages: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py":
            parts = path.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if path.stem == "__init__" else parts)
            texts[name] = path.read_text(encoding="utf-8")
            packages.update({name} if path.stem == "__init__" else ())
        elif path.suffix in (".css", ".html", ".js", ".json", ".toml"):
            others[path.relative_to(folder).as_posix()] = path.read_text(
                encoding="utf-8"
            )
    trees = {name: ast.parse(text) for name, text in texts.items()}
    return Package(texts, trees, frozenset(packages), others)


def nodes(tree: ast.AST) -> int:
    """Number of nodes of a syntax tree, contexts and operators left out."""
    return sum(not isinstance(node, CONTEXTS) for node in ast.walk(tree))


def comment_lines(text: str) -> int:
    """Number of lines that hold a comment and nothing else."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    return sum(not token.line[: token.start[1]].strip() for token in comments)


def is_object(package: Package, module: str, name: str) -> bool:
    """Whether the module binds the name to anything but a module: by definition, import or ``__all__``."""
    tree = package.trees[module]
    if any(
        isinstance(node, DEFINITIONS) and node.name == name
        for node in _statements(tree.body)
    ):
        return True
    for source, there, here in _imported_names(tree):
        if here == name:
            return source != module and not _is_module(package, source, there)
    # A package may import its names on first use: only __all__ tells of them then.
    below = f"{module}.{name}"
    return name in _all(tree) and (
        below not in package.trees or is_object(package, below, name)
    )


def imported_modules(package: Package, importer: str) -> set[str]:
    """Modules of the package that the importer imports, each name followed to where it is defined."""
    found: set[str] = set()
    for node in ast.walk(package.trees[importer]):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(
                _origin(package, node.module or "", alias.name) for alias in node.names
            )
    return {name for name in found if name in package.trees and name != importer}


def type_name(node: ast.stmt) -> str | None:
    """The public class, type alias or type variable that a statement defines."""
    name = None
    if isinstance(node, ast.ClassDef):
        name = node.name
    elif (alias := _alias(node)) is not None:
        name = alias[0]
    return None if name is None or name.startswith("_") else name


def array_names(package: Package) -> dict[str, set[str]]:
    """By module, the names of array types there: numpy's own, aliases of them, and imports of these."""
    arrays = {module: {"NDArray", "ndarray"} for module in package.trees}
    before, now = 0, len(arrays)
    while before != now:
        for module, tree in package.trees.items():
            aliases = [alias for alias in map(_alias, tree.body) if alias is not None]
            for name, used in ((name, names(value)) for name, value in aliases):
                arrays[module].update(
                    {name} if used & arrays[module] and "Callable" not in used else ()
                )
            for source, there, here in _imported_names(tree):
                arrays[module].update({here} if there in arrays.get(source, ()) else ())
        before, now = now, sum(map(len, arrays.values()))
    return arrays


def names(node: ast.AST) -> set[str]:
    """Names and attributes in an expression, those in quoted annotations too."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.update(re.findall(r"\w+", part.value))
    return found


def code_words(tree: ast.Module) -> Iterator[str]:
    """Identifiers, imported modules and strings of a module; docstrings left out."""
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        for field in ("id", "attr", "name", "asname", "arg", "module"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                yield word
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.value


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that a module runs at its top level, those within ``if`` and ``try`` too."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If | ast.Try):
            yield from _statements([*statement.body, *statement.orelse])


def _imported_names(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Each ``from source import there as here`` at the top level as (source, there, here)."""
    for node in _statements(tree.body):
        if isinstance(node, ast.ImportFrom):
            yield from (
                (node.module or "", alias.name, alias.asname or alias.name)
                for alias in node.names
            )


def _is_module(package: Package, source: str, name: str) -> bool:
    """Whether ``from source import name`` gives a module of the package."""
    return f"{source}.{name}" in package.trees and not is_object(package, source, name)


def _origin(package: Package, source: str, name: str) -> str:
    """The module from which ``from source import name`` takes the name in the end."""
    if _is_module(package, source, name):
        return f"{source}.{name}"
    if source in package.packages:
        for beyond, there, here in _imported_names(package.trees[source]):
            if here == name and beyond != source:
                return _origin(package, beyond, there)
    return source


def _all(tree: ast.Module) -> set[str]:
    """The strings of ``__all__``."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and names(node.targets[0]) == {"__all__"}:
            return names(node.value)
    return set()


def _alias(node: ast.stmt) -> tuple[str, ast.expr] | None:
    """Name and value of a type alias or type variable, known by its capital and what it is assigned."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return None
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if isinstance(node, ast.AnnAssign) and "TypeAlias" not in names(node.annotation):
        return None
    types = isinstance(node.value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp)
    variable = isinstance(node.value, ast.Call) and bool(
        names(node.value.func) & {"TypeVar", "NewType"}
    )
    if not isinstance(target, ast.Name) or not (types or variable):
        return None
    bare = target.id.lstrip("_")
    return (
        (target.id, node.value) if bare[:1].isupper() and not bare.isupper() else None
    )
