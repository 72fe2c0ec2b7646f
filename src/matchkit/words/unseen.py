"""What a reading says of what lies in a file or folder and is not seen there, or not read."""

MESSAGES: dict[str, tuple[str, str]] = {
    "unseen.sheet": ("is a hidden sheet, and was read", "是隐藏的工作表，已读取"),
    "unseen.rows": ("is a hidden row, and was read", "是隐藏的行，已读取"),
    "unseen.zeros": (
        "is a number that is shown with zeros before it, and was read without them; format the column as text",
        "是显示时带前导零的数字，已按不带零的数字读取；请把该列设为文本格式",
    ),
}
