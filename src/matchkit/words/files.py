"""What is said about files, whatever they hold."""

MESSAGES: dict[str, tuple[str, str]] = {
    "file.missing": ("does not exist", "文件不存在"),
    "file.missing.do": ("Check the name and the folder", "请检查文件名和所在文件夹"),
    "file.none": ("is not a file", "不是文件"),
    "file.none.do": ("Name a file", "请给出文件名"),
    "file.no_name": ("is not a possible name of a file", "不能用作文件名"),
    "file.no_name.do": ("Check the name", "请检查名称"),
    "file.is_input": ("would be written over {name}, which is an input", "将覆盖作为输入的 {name}"),
    "file.is_input.do": (
        "Inputs are never written over: give the output another name",
        "输入文件绝不覆盖：请给输出另取名称",
    ),
    "file.in_input": (
        "would lie among the tables of {name}, which is an input, and be read along with them",
        "将混入作为输入的 {name} 中的表格，并会一起被读取",
    ),
    "file.in_input.do": ("Give the output a folder of its own", "请把输出写到单独的文件夹"),
    "file.other_kind": ("does not end in {suffix}", "不是 {suffix} 文件"),
    "file.other_kind.do": ("Give a {suffix} file", "请给出 {suffix} 文件"),
    "file.ending": ("has an ending that stands for no form", "后缀不对应任何可写的格式"),
    "file.ending.do": (
        (
            "Give a name that ends in one of {endings}, or a folder, which gets .csv files, or "
            ".parquet with form='parquet'"
        ),
        "请使用以下后缀之一：{endings}；或给出文件夹，其中写入 .csv 文件（form='parquet' 时为 .parquet）",
    ),
    "file.no_form": ("is not one of the known words", "不是可用的词"),
    "file.no_form.do": ("Use one of: {forms}", "请用以下之一：{forms}"),
    "file.other_form": ("ends in {ending}, but the form is {form}", "后缀是 {ending}，而所选格式是 {form}"),
    "file.other_form.do": ("Give one that fits the other", "请使两者一致"),
    "file.one_file": (
        "ends in {ending} as one file does, but {form} is written as a folder of files",
        "后缀 {ending} 属于单个文件，而 {form} 写成含多个文件的文件夹",
    ),
    "file.one_file.do": ("Name a folder", "请给出文件夹"),
    "file.needs_problem": (
        "is to hold a plan as {form}, which needs the problem as well: a plan knows ids only",
        "要以 {form} 写方案，还需要问题：方案中只有编号",
    ),
    "file.needs_problem.do": (
        "Give the problem that the plan was made for, or write .json",
        "请给出该方案所属的问题，或写成 .json",
    ),
    "file.says_all": ("is JSON, which says everything itself", "是 JSON，其中已写明一切"),
    "file.says_all.do": ("Leave out {names}", "请去掉 {names}"),
    "file.over": (
        "{name} holds {size:,} {size:|byte|bytes}; at most {most:,} {most:|is|are} read. Split it.",
        "{name} 有 {size:,} 字节，最多读取 {most:,} 字节。请拆分。",
    ),
    "file.unreadable": (
        "{name} cannot be read ({reason}). Check the file and the right to read it.",
        "{name} 无法读取（{reason}）。请检查该文件及读取权限。",
    ),
}
