"""Workbooks written by hand from the standard (ECMA-376), with no package that writes or reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def sheet(rows: str, after: str = "") -> str:
    """A worksheet of these rows."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def shared(*texts: str, declared: int | None = None) -> str:
    """The list of shared texts."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return (
        f'{HEAD}<sst xmlns="{MAIN}" '
        f'uniqueCount="{len(texts) if declared is None else declared}">{items}</sst>'
    )


def parts(sheets: Mapping[str, str], texts: str = "") -> dict[str, str]:
    """The parts of a workbook whose sheets are these, in this order."""
    numbered = list(enumerate(sheets.items(), 1))
    names = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId99" Type="{OFFICE}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    }
    made |= {f"xl/worksheets/sheet{n}.xml": body for n, (_, body) in numbered}
    return made | ({"xl/sharedStrings.xml": texts} if texts else {})


def packed(
    made: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The parts as an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, body in made.items():
            archive.writestr(name, body)
    return content.getvalue()


def workbook(rows: str, texts: str = "", after: str = "") -> bytes:
    """A workbook with one sheet, named s."""
    return packed(parts({"s": sheet(rows, after)}, texts))


def cell(reference: str, value: object, kind: str = "") -> str:
    """One cell."""
    told = f' t="{kind}"' if kind else ""
    return f'<c r="{reference}"{told}><v>{value}</v></c>'
