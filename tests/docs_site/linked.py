"""Links of HTML and Markdown files: what they point to, and whether it is there. Nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "object": "data",
}
"""What a browser fetches by itself; so it does with ``link``, but for the relations of pages to each other.
"""
POINTING = {"a": "href", "link": "href", "form": "action", **LOADED}
FETCHED = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*['\"]?(?:https?:)?//[^)'\";]+")
"""What a style sheet has a browser fetch from another place."""
OUTSIDE = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./~#%+=?&-]*)?")
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`[^`\n]+`")
MARKDOWN_LINK = re.compile(r"\]\(([^)\s]+)\)")


class Page(HTMLParser):
    """The ids of a page, what it points to, and what it has a browser load."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        target = found.get(POINTING.get(tag, ""))
        if target is None:
            return
        self.links.append(target)
        if tag in LOADED or (
            tag == "link"
            and found.get("rel")
            not in ("index", "search", "next", "prev", "canonical", "help")
        ):
            self.loads.append(target)


def broken_links(site: Path) -> list[str]:
    """Every link of the HTML files below a folder that points nowhere, as ``file: link``."""
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                fine = bool(OUTSIDE.fullmatch(link)) or parts.scheme == "data"
            else:
                target = (
                    (path.parent / unquote(parts.path)).resolve()
                    if parts.path
                    else path
                )
                inside = target == site or site in target.parents
                named = (
                    target not in pages
                    or not parts.fragment
                    or unquote(parts.fragment) in pages[target].ids
                )
                fine = inside and target.is_file() and named
            if not fine:
                broken.append(f"{path.relative_to(site)}: {link}")
    return broken


def loaded_from_elsewhere(site: Path) -> list[str]:
    """What the pages and style sheets of a site would have a browser fetch from another place."""
    found = [
        f"{path.relative_to(site)}: {link}"
        for path in sorted(site.rglob("*.html"))
        for link in Page(path).loads
        if urlsplit(link).scheme not in ("", "data") or urlsplit(link).netloc
    ]
    for path in sorted(site.rglob("*.css")):
        fetched = FETCHED.findall(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site)}: {one}" for one in fetched]
    return found


def broken_markdown_links(root: Path, pages: list[Path]) -> list[str]:
    """Every relative link of Markdown files that leads to no file or folder of the project, or to no heading
    of a page.
    """
    broken = []
    for page in pages:
        text = INLINE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
        for link in MARKDOWN_LINK.findall(text):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                fine = bool(OUTSIDE.fullmatch(link))
            else:
                target = (
                    (page.parent / unquote(parts.path)).resolve()
                    if parts.path
                    else page
                )
                fine = (target == root or root in target.parents) and target.exists()
                if fine and parts.fragment:
                    fine = unquote(parts.fragment) in headings(target)
            if not fine:
                broken.append(f"{page.relative_to(root)}: {link}")
    return broken


def headings(page: Path) -> set[str]:
    """The ids that a forge gives the headings of a Markdown page: lower case, no punctuation, blanks as
    hyphens.
    """
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    named = re.findall(r"^#{1,6} +(.+?) *$", text, re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        for heading in named
    }
