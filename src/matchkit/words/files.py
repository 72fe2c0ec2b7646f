"""What is said about files, whatever they hold."""

MESSAGES: dict[str, tuple[str, str]] = {
    "file.missing": ("does not exist", "文件不存在"),
    "file.missing.do": ("Check the name and the folder", "请检查文件名和所在文件夹"),
    "file.none": ("is not a file", "不是文件"),
    "file.none.do": ("Name a file", "请给出文件名"),
    "file.no_name": ("is not a possible name of a file", "不能用作文件名"),
    "file.no_name.do": ("Check the name", "请检查名称"),
    "file.other_kind": ("does not end in {suffix}", "不是 {suffix} 文件"),
    "file.other_kind.do": ("Give a {suffix} file", "请给出 {suffix} 文件"),
    "file.over": ("{name} holds {size:,} bytes; at most {most:,} are read. Split it.", "{name} 有 {size:,} 字节，最多读取 {most:,} 字节。请拆分。"),
    "file.unreadable": ("{name} cannot be read ({reason}). Check the file and the right to read it.", "{name} 无法读取（{reason}）。请检查该文件及读取权限。"),
}
