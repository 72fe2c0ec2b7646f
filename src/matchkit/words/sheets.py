"""What is said about files and frames of tables: what is wrong with them, and what is too large."""

MESSAGES: dict[str, tuple[str, str]] = {
    # Sources.
    "sheet.no_source": (
        "are no path, folder or frames by name",
        "既不是路径、文件夹，也不是按名称给出的数据框",
    ),
    "sheet.no_source.do": (
        "Give a path, or a mapping of table names to data frames",
        "请给出路径，或者给出表名与数据框的对应",
    ),
    "sheet.other_file": ("is of a kind that is not read", "这种文件不能读取"),
    "sheet.other_file.do": ("Give .xlsx, .csv or .parquet", "请使用 .xlsx、.csv 或 .parquet 文件"),
    "sheet.other_sheet": ("is a spreadsheet of another kind", "是其他格式的电子表格"),
    "sheet.other_sheet.do": ("Save it as .xlsx", "请另存为 .xlsx 格式"),
    "sheet.empty_folder": ("holds no table", "文件夹里没有表格"),
    "sheet.empty_folder.do": (
        "Put .xlsx, .csv or .parquet files into it",
        "请放入 .xlsx、.csv 或 .parquet 文件",
    ),
    "sheet.deeper": ("has tables and lies within the given folder", "位于所给文件夹之内，其中有表格"),
    "sheet.deeper.do": (
        "Give it by itself, or put all tables into one folder",
        "请直接给出该文件夹，或把所有表格放入同一文件夹",
    ),
    "sheet.extra": ("cannot be read or written without {package}", "缺少 {package}，无法读写"),
    "sheet.extra.do": ("Install matchkit with the extra tables", "请安装 matchkit 的 tables 附加组件"),
    # Workbooks.
    "sheet.old_or_locked": (
        "is a workbook of the old kind (.xls) or under a password",
        "是旧格式（.xls）的工作簿，或者设有密码",
    ),
    "sheet.old_or_locked.do": ("Save it as .xlsx without a password", "请去掉密码，另存为 .xlsx 格式"),
    "sheet.password": ("is under a password", "设有密码"),
    "sheet.password.do": ("Save it as .xlsx without a password", "请去掉密码，另存为 .xlsx 格式"),
    "sheet.xlsb": ("is a binary workbook (.xlsb)", "是二进制工作簿（.xlsb）"),
    "sheet.xlsb.do": ("Save it as .xlsx", "请另存为 .xlsx 格式"),
    "sheet.ods": ("is an OpenDocument spreadsheet (.ods)", "是 OpenDocument 表格（.ods）"),
    "sheet.ods.do": ("Save it as .xlsx", "请另存为 .xlsx 格式"),
    "sheet.macros": ("holds macros", "含有宏"),
    "sheet.macros.do": ("Save it as .xlsx, without macros", "请另存为不含宏的 .xlsx 格式"),
    "sheet.no_archive": ("is no .xlsx workbook, or it is cut short", "不是 .xlsx 工作簿，或者文件不完整"),
    "sheet.no_archive.do": (
        "Open it in a spreadsheet program and save it as .xlsx",
        "请用电子表格软件打开后另存为 .xlsx 格式",
    ),
    "sheet.no_workbook": ("is an archive without a workbook", "压缩包里没有工作簿"),
    "sheet.no_workbook.do": (
        "Open it in a spreadsheet program and save it as .xlsx",
        "请用电子表格软件打开后另存为 .xlsx 格式",
    ),
    "sheet.cut": ("is cut short", "文件不完整"),
    "sheet.cut.do": ("Copy or download it again", "请重新复制或下载"),
    "sheet.damaged": ("is damaged", "文件已损坏"),
    "sheet.damaged.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.lying": ("has a part of another size than it declares", "有部分内容与声明的大小不符"),
    "sheet.lying.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.twice": ("has a part twice", "有重复的部分"),
    "sheet.twice.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.no_xml": ("has a part that is no XML", "有部分内容不是有效的 XML"),
    "sheet.no_xml.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.doctype": (
        "declares entities in its XML, which no spreadsheet program does",
        "XML 中含有电子表格软件不会写入的实体声明",
    ),
    "sheet.doctype.do": ("Do not use this file; ask where it comes from", "请勿使用此文件，并核实其来源"),
    "sheet.cdata": (
        "has raw text (CDATA) in its XML, which no spreadsheet program writes",
        "XML 中含有电子表格软件不会写入的 CDATA",
    ),
    "sheet.cdata.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.reference": ("has a cell in a place that no sheet has", "有单元格的位置超出工作表范围"),
    "sheet.reference.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.order": ("has cells out of order", "单元格顺序错乱"),
    "sheet.order.do": (
        "Open it in a spreadsheet program and save it as .xlsx anew",
        "请用电子表格软件打开后重新另存为 .xlsx 格式",
    ),
    "sheet.no_date": ("has a cell with a date that no calendar has", "有单元格的日期超出任何日历"),
    "sheet.no_date.do": (
        "Open it in a spreadsheet program, mend the cells that show only ####, and save it",
        "请用电子表格软件打开，改正只显示 #### 的单元格后保存",
    ),
    # Text files.
    "sheet.utf16": ("is in UTF-16 or UTF-32", "是 UTF-16 或 UTF-32 编码"),
    "sheet.utf16.do": ("Save it as CSV in UTF-8", "请另存为 UTF-8 编码的 CSV"),
    "sheet.not_utf8": ("begins as UTF-8 and is not", "开头标明 UTF-8，内容却不是"),
    "sheet.not_utf8.do": ("Save it as CSV in UTF-8", "请另存为 UTF-8 编码的 CSV"),
    "sheet.no_encoding": ("is neither UTF-8 nor GB18030", "既不是 UTF-8 编码，也不是 GB18030 编码"),
    "sheet.no_encoding.do": ("Save it as CSV in UTF-8", "请另存为 UTF-8 编码的 CSV"),
    "sheet.null": ("holds a null character", "含有空字符（NUL）"),
    "sheet.null.do": ("Save it as CSV in UTF-8", "请另存为 UTF-8 编码的 CSV"),
    "sheet.long_row": (
        "has {cells:,} {cells:|cell|cells}, the header has {width:,}",
        "有 {cells:,} 个单元格，表头只有 {width:,} 个",
    ),
    "sheet.long_row.do": ("Quote a cell that holds a separator", "单元格内容含分隔符时请加引号"),
    "sheet.open_quote": ("opens a quote that is never closed", "引号没有闭合"),
    "sheet.open_quote.do": (
        "Close every quote, and write a quote within quotes twice",
        "请闭合每个引号；引号内的引号请写两次",
    ),
    "sheet.stray_quote": ("goes on after a closing quote", "闭合引号之后还有内容"),
    "sheet.stray_quote.do": (
        "Close every quote, and write a quote within quotes twice",
        "请闭合每个引号；引号内的引号请写两次",
    ),
    "sheet.long_cell": ("has a cell that is too long", "有单元格内容过长"),
    "sheet.long_cell.do": (
        "Close every quote, and shorten long cells",
        "请检查引号是否闭合，并缩短过长的内容",
    ),
    # Parquet files and frames.
    "sheet.no_parquet": ("is no Parquet file, or it is cut short", "不是 Parquet 文件，或者文件不完整"),
    "sheet.no_parquet.do": ("Write it again", "请重新生成该文件"),
    "sheet.damaged_parquet": ("is damaged", "文件已损坏"),
    "sheet.damaged_parquet.do": ("Write it again", "请重新生成该文件"),
    "sheet.shared_beginnings": (
        "packs texts by what they share (DELTA_BYTE_ARRAY)",
        "采用了 DELTA_BYTE_ARRAY 编码",
    ),
    "sheet.shared_beginnings.do": (
        "Write it again with plain or dictionary encoding",
        "请改用普通编码或字典编码重新生成",
    ),
    "sheet.nested": ("{name} holds lists or records ({kind})", "“{name}”列含有列表或记录（{kind}）"),
    "sheet.nested.do": (
        "Give each entry a row of its own, or join them into a text",
        "请每项单独成行，或者合并成一段文字",
    ),
    "sheet.no_cell": ("{name} is of a kind that is not read ({kind})", "“{name}”列的类型不能读取（{kind}）"),
    "sheet.no_cell.do": (
        "Make it text, numbers, truth values, dates or times",
        "请改为文字、数字、真假值、日期或时间",
    ),
    "sheet.frame_name": ("have a name that is no text", "有表的名称不是文字"),
    "sheet.frame_name.do": ("Name every frame by a text", "请用文字给每个数据框命名"),
    "sheet.no_frame": ("is no data frame that could be read", "不是可以读取的数据框"),
    "sheet.no_frame.do": (
        "Give a pandas or polars frame or an Arrow table; collect a lazy one first",
        "请给出 pandas、polars 数据框或 Arrow 表；惰性数据框请先求值",
    ),
    "sheet.columns_alike": ("has two columns of one name", "有两列同名"),
    "sheet.columns_alike.do": ("Give every column a name of its own", "请给每列不同的名称"),
    "sheet.frame_index": ("has labels in its index, which has no name", "索引中有标签，而索引没有名称"),
    "sheet.frame_index.do": (
        (
            "Give the index the name of its column, as in frame.index.name = 'id', or leave the labels "
            "out with reset_index(drop=True)"
        ),
        (
            "请把索引命名为相应的列，如 frame.index.name = 'id'；不需要这些标签时请用 "
            "reset_index(drop=True) 去掉"
        ),
    ),
    "sheet.column_name": ("has a name that is no text", "列名不是文字"),
    "sheet.column_name.do": ("Name every column by a text", "请用文字给每列命名"),
    # Grids to write.
    "sheet.beside": (
        "lies in the folder, and would be read along with the tables that are written",
        "在该文件夹中，会与写入的表格一起被读取",
    ),
    "sheet.earlier": (
        "lies in the folder from an earlier export, and would be taken for a table of this one",
        "是先前导出留在该文件夹中的表格，会被当作本次导出的内容",
    ),
    "sheet.earlier.do": (
        "Give a folder of its own, or take the file away",
        "请给出单独的文件夹，或移走该文件",
    ),
    "sheet.filled": ("is there already, and may be filled in", "已存在，可能已经填写"),
    "sheet.filled.do": ("Give another folder, or take the file away", "请给出另一个文件夹，或移走该文件"),
    "sheet.beside.do": (
        "Give a folder of its own, or take the file away",
        "请给出单独的文件夹，或移走该文件",
    ),
    "sheet.uneven": (
        "has {cells:,} {cells:|cell|cells}, the header has {width:,}",
        "有 {cells:,} 个单元格，表头有 {width:,} 个",
    ),
    "sheet.uneven.do": ("Make all rows as long as the header", "请使各行与表头一样长"),
    "sheet.no_text": ("holds half a character, or what is none", "含有不完整或无效的字符"),
    "sheet.no_text.do": ("Take it out", "请删去该字符"),
    "sheet.too_long": ("is too long for a spreadsheet", "内容过长，电子表格放不下"),
    "sheet.too_long.do": (
        "Give at most {most:,} {most:|character|characters}, or write .csv or .parquet",
        "最多 {most:,} 个字符，或者改用 .csv 或 .parquet",
    ),
    "sheet.no_number": ("is not a finite number", "不是有限的数"),
    "sheet.no_number.do": ("Leave it empty", "请留空"),
    "sheet.no_kind": ("is of a kind that no cell holds", "类型不能写入单元格"),
    "sheet.no_kind.do": (
        "Make it text, a number, a truth value, a date or a time",
        "请改为文字、数字、真假值、日期或时间",
    ),
    "sheet.no_column_name": ("has no name", "没有列名"),
    "sheet.no_column_name.do": ("Name every column", "请给每列命名"),
    "sheet.column_twice": ("has the name of another column", "列名重复"),
    "sheet.column_twice.do": ("Give every column a name of its own", "请给每列不同的名称"),
    # Tables of pairs made by hand.
    "sheet.pairs.no_header": ("has no header", "没有表头"),
    "sheet.pairs.no_header.do": (
        "Begin with resource,requirement,quantity,start",
        "请以 资源编号,岗位编号,数量,开始 开头",
    ),
    "sheet.pairs.no_list": ("holds no list of records and no plan", "既不是记录列表，也不是方案"),
    "sheet.pairs.no_list.do": (
        "Give a list of records with resource and requirement",
        "请给出含 resource 和 requirement 的记录列表",
    ),
    "sheet.pairs.sheets": ("holds a second table", "含有第二张表"),
    "sheet.pairs.sheets.do": ("Keep one sheet with pairs", "请只保留一张配对表"),
    "sheet.pairs.near": ("has a name that is not known", "列名无法识别"),
    "sheet.pairs.near.do": ("Maybe {near} is meant", "也许应为 {near}"),
    "sheet.pairs.unknown": ("has a name that is not known", "列名无法识别"),
    "sheet.pairs.unknown.do": (
        "Keep only resource, requirement, quantity, start",
        "请只保留资源编号、岗位编号、数量、开始",
    ),
    "sheet.pairs.twice": ("is {name} a second time", "{name} 重复出现"),
    "sheet.pairs.twice.do": ("Keep one of the two", "请只保留一列"),
    "sheet.pairs.lacks.resource": ("has no column resource", "缺少“资源编号”列"),
    "sheet.pairs.lacks.resource.do": (
        "Begin with resource,requirement,quantity,start",
        "请以 资源编号,岗位编号,数量,开始 开头",
    ),
    "sheet.pairs.lacks.requirement": ("has no column requirement", "缺少“岗位编号”列"),
    "sheet.pairs.lacks.requirement.do": (
        "Begin with resource,requirement,quantity,start",
        "请以 资源编号,岗位编号,数量,开始 开头",
    ),
    "sheet.pairs.roster": (
        "has days in its header or its first column, as a roster has, and is no table of pairs",
        "表头或首列是日期或星期，像排班表，不是配对表",
    ),
    "sheet.pairs.roster.do": (
        "Write a row for each pair, with the columns resource and requirement and ids of the problem in them",
        "请把每一对写成一行，列为资源编号和岗位编号，填写问题中的编号",
    ),
    "sheet.pairs.several": (
        "holds {names:,} names, and none of the problem's ids",
        "有 {names:,} 个名称，不是问题中的编号",
    ),
    "sheet.pairs.several.do": ("Give each of them a row of its own", "请每个单独成行"),
    "sheet.pairs.long": ("is too long", "内容过长"),
    "sheet.pairs.long.do": ("Give at most {most:,} {most:|character|characters}", "最多 {most:,} 个字符"),
    # What is too large.
    "sheet.over.files": (
        "{source} holds more than {most:,} {most:|table|tables}. Split it.",
        "{source} 含有超过 {most:,} 个表。请拆分。",
    ),
    "sheet.over.entries": (
        "{source} holds more than {most:,} {most:|file|files}. Put the tables into a folder of their own.",
        "{source} 含有超过 {most:,} 个文件。请把表格放入单独的文件夹。",
    ),
    "sheet.over.sheets": (
        "{source} holds more than {most:,} {most:|table|tables}. Split it.",
        "{source} 含有超过 {most:,} 个表。请拆分。",
    ),
    "sheet.over.members": (
        "{source} has more than {most:,} {most:|part|parts}. Save the tables in a new workbook.",
        "{source} 的组成部分超过 {most:,} 个。请把表格存入新的工作簿。",
    ),
    "sheet.over.unpacked": (
        "{source} unpacks to {size:,} {size:|byte|bytes}; at most {most:,} {most:|is|are} read. Split it.",
        "{source} 解压后有 {size:,} 字节，最多读取 {most:,} 字节。请拆分。",
    ),
    "sheet.over.ratio": (
        (
            "{source} unpacks to {ratio:,} {ratio:|time|times} its size; no table does beyond "
            "{most:,}. Do not use this file."
        ),
        "{source} 解压后是原来的 {ratio:,} 倍，正常表格不超过 {most:,} 倍。请勿使用此文件。",
    ),
    "sheet.over.elements": (
        "{source} has more than {most:,} {most:|piece|pieces} of XML. Split it.",
        "{source} 的 XML 元素超过 {most:,} 个。请拆分。",
    ),
    "sheet.over.tag": (
        "{source} has an XML tag of more than {most:,} {most:|byte|bytes}. Do not use this file.",
        "{source} 有一个 XML 标签超过 {most:,} 字节。请勿使用此文件。",
    ),
    "sheet.over.cells": (
        (
            "{source} spans {cells:,} {cells:|cell|cells}, empty ones included; at most {most:,} "
            "{most:|is|are} read. Delete what lies far from the table, or split it."
        ),
        "{source} 连同空单元格共占 {cells:,} 格，最多 {most:,} 格。请删除远离表格的内容，或者拆分。",
    ),
    "sheet.over.characters": (
        (
            "{source} holds {characters:,} {characters:|character|characters} in its cells together; "
            "at most {most:,} {most:|is|are} read. Split it."
        ),
        "{source} 各单元格共有 {characters:,} 个字符，最多 {most:,} 个。请拆分。",
    ),
    "sheet.over.merged": (
        "{source} has more than {most:,} {most:|merged area|merged areas}. Unmerge them.",
        "{source} 的合并区域超过 {most:,} 个。请取消合并。",
    ),
    "sheet.over.merged_cells": (
        "{source} has merged areas of more than {most:,} {most:|cell|cells} together. Unmerge them.",
        "{source} 的合并区域合计超过 {most:,} 格。请取消合并。",
    ),
    "sheet.over.errors": (
        "{source} has more than {most:,} {most:|cell|cells} with an error value. Correct its formulas.",
        "{source} 有超过 {most:,} 个错误值单元格。请修正公式。",
    ),
    "sheet.over.rows": (
        "{source} has more than {most:,} {most:|row|rows}. Split it.",
        "{source} 超过 {most:,} 行。请拆分。",
    ),
    "sheet.over.columns": (
        "{source} has more than {most:,} {most:|column|columns}. Split it.",
        "{source} 超过 {most:,} 列。请拆分。",
    ),
    "sheet.over.footer": (
        (
            "{source} declares {size:,} {size:|byte|bytes} about itself; at most {most:,} "
            "{most:|is|are} read. Write it in larger row groups."
        ),
        "{source} 的元数据有 {size:,} 字节，最多 {most:,} 字节。请用更大的行组重新生成。",
    ),
    "sheet.over.blocks": (
        "{source} has more than {most:,} {most:|block|blocks}. Write it in larger row groups.",
        "{source} 的数据块超过 {most:,} 个。请用更大的行组重新生成。",
    ),
}
