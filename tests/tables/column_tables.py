"""The tables of columns in docs/tables.md, made from the code; run as a program it puts them there."""

from __future__ import annotations

from pathlib import Path

from matchkit.messages.message import text_of
from matchkit.tables.columns.known import UNUSED
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.importer.templates import accepted

PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
BEGIN, END = "<!-- tables -->\n", "<!-- /tables -->\n"


def column_tables() -> str:
    """What stands between the marks of the page."""
    parts = []
    for table in TABLES:
        parts.append(
            f"### `{table.name}` {table.title('zh')}\n\n{text_of(f'table.{table.name}')}.\n"
        )
        parts.append(f"{text_of(f'table.{table.name}', 'zh')}。\n")
        if table.spellings:
            parts.append(f"Also called {', '.join(table.spellings)}.\n")
        parts.append(
            "| column | 列 | needed | meaning | accepted | also |\n| --- | --- | --- | --- | --- | --- |"
        )
        for column in table.columns:
            also = ", ".join((*column.spellings, *column.spare))
            cells = [
                f"`{column.name}`",
                column.header("zh"),
                "yes" if column.required else "",
                text_of(f"column.{table.name}.{column.name}"),
            ]
            cells += [accepted(column, "en") + ".", also]
            parts.append(
                "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
            )
        parts.append("")
    parts.append(
        f"These headers mean nothing to a matching in any table: {', '.join(UNUSED)}.\n"
    )
    return "\n".join(parts)


def placed(page: str) -> str:
    """The page with its tables as the code has them."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{column_tables()}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(placed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
