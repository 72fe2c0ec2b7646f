"""The site: Sphinx, pages in Markdown (MyST), the reference from docstrings, and nothing from the network."""

# ruff: noqa: INP001 - a configuration file and what it reads, no package

from __future__ import annotations

import inspect
import re
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from matchkit.model.fields import HEADING, described

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "matchkit"
author = "The authors of matchkit"
html_theme = "furo"
html_title = "matchkit"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False

# Docstrings here are prose without sections; napoleon would only take "How to reach them: a number" for a
# type.
extensions = ["myst_parser", "sphinx.ext.autodoc"]
# The same ids of headings as on a forge, so that a link to one works in both.
myst_heading_anchors = 4
# Types are written by the functions below.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
maximum_signature_line_length = 100


class _Written:
    """An annotation as the source writes it: ``npt.ArrayLike`` and not the dozen types that it stands for."""

    def __init__(self, annotation: object) -> None:
        text = (
            annotation
            if isinstance(annotation, str)
            else inspect.formatannotation(annotation)
        )
        # ``date`` alone is also the name of fields, and a link to it would have several ends.
        self.text = re.sub(r"(?<!\.)\bdate\b", "datetime.date", text)

    def __repr__(self) -> str:
        return self.text


def signature(
    app: Sphinx,  # noqa: ARG001
    what: str,
    name: str,  # noqa: ARG001
    documented: Any,
    *_: object,
) -> tuple[str, str | None] | None:
    """Arguments of functions with their types; of a record none, since its fields stand below it."""
    if what == "class":
        return "", None
    if not inspect.isroutine(documented):
        return None
    found = inspect.signature(documented)
    written = [
        one
        if one.annotation is one.empty
        else one.replace(annotation=_Written(one.annotation))
        for number, one in enumerate(found.parameters.values())
        if number or one.name not in ("self", "cls")
    ]
    returned = (
        None
        if found.return_annotation is found.empty
        else repr(_Written(found.return_annotation))
    )
    return str(
        found.replace(parameters=written, return_annotation=found.empty)
    ), returned


def fields(
    app: Sphinx,  # noqa: ARG001
    what: str,
    name: str,  # noqa: ARG001
    documented: object,
    options: object,  # noqa: ARG001
    lines: list[str],
) -> None:
    """Puts all fields of a record or data class below its docstring, as directives: type, limits, default, and
    what is said of it.
    """
    if what != "class" or not isinstance(documented, type):
        return
    if HEADING in lines:  # the same for ``help``
        del lines[lines.index(HEADING) :]
    if issubclass(documented, BaseModel):
        said = {
            name: (_linked(described(field)), field.description or "")
            for name, field in documented.model_fields.items()
        }
    elif is_dataclass(documented):
        said = {
            field.name: (f"``{field.type}``", "")
            for field in fields_of(documented)
            if not field.name.startswith("_")
        }
    else:
        said = {}
    for field, (kind, text) in said.items():
        lines += [
            "",
            f".. py:attribute:: {field}",
            "",
            f"   {kind}",
            "",
            *(f"   {line}" for line in text.splitlines()),
        ]
    lines.append("")


def _linked(text: str) -> str:
    """Types, which stand between single marks, as links."""
    return re.sub(r"(?<!`)`(\w+)`(?!`)", r":py:class:`\1`", text)


def only_methods(
    app: Sphinx,  # noqa: ARG001
    what: str,
    name: str,  # noqa: ARG001
    member: object,
    skip: bool,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> bool | None:
    """Leaves fields to the list above."""
    return (
        None
        if what == "module" or inspect.isroutine(member) or isinstance(member, property)
        else True
    )


def public_name(
    app: Sphinx, environment: BuildEnvironment, node: pending_xref, content: Node
) -> Node | None:
    """Finds ``matchkit.model.time.Window``, or ``Window`` alone, where it is documented as
    ``matchkit.Window``.
    """
    if node.get("refdomain") != "py":
        return None
    python = environment.domains.python_domain
    last = node["reftarget"].rpartition(".")[2]
    found = [
        name
        for name, entry in python.objects.items()
        if name.rpartition(".")[2] == last and entry.objtype in ("class", "exception")
    ]
    if len(found) == 1:
        return python.resolve_xref(
            environment, node["refdoc"], app.builder, "class", found[0], node, content
        )
    # A type that an annotation names and no page documents, of matchkit or not, stays text. Links that people
    # write must resolve.
    return None if node.get("refexplicit") else content


def setup(app: Sphinx) -> None:
    """Has Sphinx call the functions above."""
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", fields)
    app.connect("autodoc-skip-member", only_methods)
    app.connect("missing-reference", public_name)
