"""A chart with its title, description and data table; its SVG has neither styles nor scripts, as the page's
policy asks.

Styles become presentation attributes, marks become texts. Ids get the chart's name as a prefix, so that
several charts can stand in one page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from matchkit.messages.message import Lang
from matchkit.reporting.charts.canvas import MARK, Canvas, PictureFormat
from matchkit.reporting.facts import Facts

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FAMILY = (
    "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Micro "
    "Hei', sans-serif"
)
PRESENTED = frozenset(
    {
        "clip-path",
        "fill",
        "fill-opacity",
        "fill-rule",
        "font-size",
        "font-style",
        "font-weight",
        "opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
    }
)
"""Style properties that become presentation attributes. The font family is set once for the whole picture."""
_IMPOSSIBLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow (section 2.2)."""
_SHORTHAND = re.compile(
    r"^(?:(normal|italic|oblique)\s+)?(?:(bold|\d00)\s+)?([\d.]+px)\s"
)


def vector(
    drawn: str,
    texts: Sequence[str],
    name: str,
    title: str,
    description: str,
    parts: Mapping[str, Mapping[str, str]],
) -> ET.Element:
    """The picture as an element. ``parts`` gives attributes of groups by the name they were drawn with."""
    root = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", drawn))  # noqa: S314 - drawn here, no text of others in it yet
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    named = {element.get("id") for element in root.iter()} & set(parts)
    for element in root.iter():
        _styles_as_attributes(element)
        _prefix_ids(element, name, named)
        _put_text(element, texts)
    for element in root.iter():
        for key, value in parts.get(element.get("data-part", ""), {}).items():
            if key == "title":
                ET.SubElement(element, f"{{{SVG}}}title").text = value
            else:
                element.set(key, value)
    root.attrib.pop("version", None)
    size = root.get("viewBox", "0 0 1 1").split()
    root.set("width", size[2])
    root.set("height", size[3])
    root.set("font-family", FAMILY)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        entry = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        entry.text = text
        root.insert(place, entry)
    _drop_blanks(root)
    return root


def _styles_as_attributes(element: ET.Element) -> None:
    for entry in element.attrib.pop("style", "").split(";"):
        key, _, value = (part.strip() for part in entry.partition(":"))
        if key in PRESENTED:
            element.set(key, value)
        elif key == "font" and (found := _SHORTHAND.match(value)):
            for own, given in zip(
                ("font-style", "font-weight", "font-size"), found.groups(), strict=True
            ):
                if given:
                    element.set(own, given)


def _prefix_ids(element: ET.Element, name: str, named: set[str | None]) -> None:
    own = element.attrib.pop("id", None)
    if own in named and own is not None:
        element.set("data-part", own)
    elif (
        own is not None and element.tag != f"{{{SVG}}}g"
    ):  # groups' ids name nothing that is pointed at
        element.set("id", f"{name}-{own}")
    for key in ("clip-path", "fill", "stroke"):
        value = element.get(key, "")
        if value.startswith("url(#"):
            element.set(key, f"url(#{name}-{value[5:]}")
    target = element.attrib.pop(f"{{{XLINK}}}href", None)
    if target is not None:
        element.set("href", f"#{name}-{target[1:]}")
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if element.tag == f"{{{SVG}}}path":
        element.set(
            "d", re.sub(r"(\.\d\d)\d+", r"\1", " ".join(element.get("d", "").split()))
        )


def _put_text(element: ET.Element, texts: Sequence[str]) -> None:
    found = (
        MARK.fullmatch(element.text or "") if element.tag == f"{{{SVG}}}text" else None
    )
    if found:
        element.text = texts[int(found[1])]


def _drop_blanks(root: ET.Element) -> None:
    for element in root.iter():
        if element.tag not in {f"{{{SVG}}}{tag}" for tag in ("text", "title", "desc")}:
            element.text = None
        element.tail = None


def svg_text(root: ET.Element) -> str:
    """The picture as text, without a prefix before names of SVG."""
    text = ET.tostring(root, encoding="unicode").replace(
        "xmlns:ns0=", "xmlns=", 1
    )  # the first stands before all texts
    return xml_safe(text.replace("<ns0:", "<").replace("</ns0:", "</"))


def xml_safe(text: str) -> str:
    """The text with what XML and HTML cannot hold, controls and half characters, as replacement
    characters.
    """
    return _IMPOSSIBLE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart. ``head`` and ``rows`` say all that it shows; the first cell of a row is its heading."""

    name: str
    title: str
    description: str
    head: tuple[str, ...]
    rows: list[tuple[str | int, ...]]
    canvas: Canvas
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Attributes of parts of the picture that can be chosen, by the name they are drawn with."""

    def element(self) -> ET.Element:
        """The picture as SVG without any style of its own."""
        return vector(
            self.canvas.svg(),
            self.canvas.texts,
            self.name,
            self.title,
            self.description,
            self.parts,
        )


Chart = Callable[[Facts, Lang, PictureFormat], Picture | None]
"""Draws one chart; None where there is nothing to show."""
