"""Drawn SVG made fit for a page with a strict policy and for a file: no style, no script, texts put in, parts
named for readers.

What a stylesheet inside would say stands in presentation attributes; ids get the chart's name before them, so
that several charts can stand in one page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from matchkit.reporting.charts.canvas import MARK

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
"""What may stand as an attribute of its own; the rest (fonts' families) is said once for the whole picture.
"""
_IMPOSSIBLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""No character of XML 1.0 (its section 2.2)."""
_SHORTHAND = re.compile(r"^(?:(normal|italic|oblique)\s+)?(?:(bold|\d00)\s+)?([\d.]+px)\s")


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
        _restyled(element)
        _renamed(element, name, named)
        _told(element, texts)
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
        told = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        told.text = text
        root.insert(place, told)
    _blanks_gone(root)
    return root


def _restyled(element: ET.Element) -> None:
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


def _renamed(element: ET.Element, name: str, named: set[str | None]) -> None:
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
        element.set("d", re.sub(r"(\.\d\d)\d+", r"\1", " ".join(element.get("d", "").split())))


def _told(element: ET.Element, texts: Sequence[str]) -> None:
    found = MARK.fullmatch(element.text or "") if element.tag == f"{{{SVG}}}text" else None
    if found:
        element.text = texts[int(found[1])]


def _blanks_gone(root: ET.Element) -> None:
    for element in root.iter():
        if element.tag not in {f"{{{SVG}}}{tag}" for tag in ("text", "title", "desc")}:
            element.text = None
        element.tail = None


def written(root: ET.Element) -> str:
    """The picture as text, without a prefix before names of SVG."""
    text = ET.tostring(root, encoding="unicode").replace(
        "xmlns:ns0=", "xmlns=", 1
    )  # the first stands before all texts
    return possible(text.replace("<ns0:", "<").replace("</ns0:", "</"))


def possible(text: str) -> str:
    """The text with what XML and HTML cannot hold, controls and half characters, as replacement
    characters.
    """
    return _IMPOSSIBLE.sub("\ufffd", text)
