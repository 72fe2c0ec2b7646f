"""What a reading says of what lies in a file or folder and is not seen there, or not read."""

MESSAGES: dict[str, tuple[str, str]] = {
    "unseen.file": (
        "was left out: tables of this kind are not read; save it as .xlsx, or take it away",
        "未读取：不读取这种表格文件；请另存为 .xlsx，或将其移走",
    ),
    "unseen.folder": (
        "was left out: folders within a folder are not read, and this one holds tables",
        "未读取：不读取子文件夹，而其中有表格",
    ),
    "unseen.sheet": ("is a hidden sheet, and was read", "是隐藏的工作表，已读取"),
    "unseen.rows": ("is a hidden row, and was read", "是隐藏的行，已读取"),
    "unseen.zeros": (
        (
            "is a number that is shown with zeros before it, and was read without them; format the "
            "column as text"
        ),
        "是显示时带前导零的数字，已按不带零的数字读取；请把该列设为文本格式",
    ),
}
