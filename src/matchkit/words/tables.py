"""What a reading of tables says: where something stands, what was guessed, left out or added, and what is
wrong.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    # What the file of empty tables is called.
    "template.file": ("template.xlsx", "模板.xlsx"),
    # Where something stands.
    "tables.where.sheet": ("sheet {sheet}", "工作表“{sheet}”"),
    "tables.where.row": ("row {row}", "第 {row} 行"),
    "tables.where.column": ("column {column}", "“{column}”列"),
    "tables.where.cell": ("column {column} ({cell})", "“{column}”列（{cell}）"),
    "tables.where.between": (", ", " "),
    "tables.where.nowhere": ("the tables", "表格"),
    # Findings and faults as lines.
    "tables.finding.cell": ("'{read}' {said}", "“{read}”{said}"),
    "tables.finding.more": (
        "{said} (and {more:,} more {more:|row|rows} alike)",
        "{said}（另有 {more:,} 行相同）",
    ),
    "tables.finding.line": ("{where}: {said}.", "{where}：{said}。"),
    "tables.fault.cell": ("'{read}' {fact}", "“{read}”{fact}"),
    "tables.fault.line": ("{where}: {fact}. {advice}.", "{where}：{fact}。{advice}。"),
    "tables.to_confirm": ("{count:,} to confirm:", "待确认 {count:,} 处："),
    "tables.noted": ("{count:,} to know:", "供知悉 {count:,} 处："),
    "tables.more_alike": (
        "{where}: {more:,} more {more:|cell|cells} read in the same way.",
        "{where}：另有 {more:,} 种内容以同样方式读取。",
    ),
    "tables.more_of_kind": ("{where}: {more:,} more of this kind.", "{where}：另有 {more:,} 处同类情况。"),
    "tables.more_findings": ("... and {more:,} more.", "…… 另有 {more:,} 处。"),
    "tables.list_all": ("--all lists every one.", "--all 列出全部。"),
    "tables.nothing_found": ("Nothing was guessed, left out or added.", "没有猜测、遗漏或补充的内容。"),
    "tables.confirm": (
        "Write it plainly, or confirm all of these with read(..., confirm=True)",
        "请写明确，或全部核对后以 read(..., confirm=True) 确认",
    ),
    # Which grid is which table.
    "tables.by_headers": ("was taken for the table {table} by its headers", "按表头视为“{table}”"),
    "tables.by_name_of_sheet": ("was taken for the table {table} by its name", "按名称视为“{table}”"),
    "tables.if_another": (
        "The sheet {taken}; if it is another, say which. {advice}",
        "该表{taken}；若是其他表，请指明。{advice}",
    ),
    "tables.left_out": ("was left out: it {fact}. {advice}", "未读取：{fact}。{advice}"),
    "tables.sheet_unknown": (
        "is no table that is known, by its name or its headers",
        "名称和表头都不属于任何已知的表",
    ),
    "tables.sheet_several": (
        "has headers that are those of several tables: {tables}",
        "表头同属于几个表：{tables}",
    ),
    "tables.sheet_near": (
        "is no table that is known; maybe '{near}' is meant",
        "不是已知的表；或许是“{near}”",
    ),
    "tables.roster": (
        "has days in its header or its first column, as a roster has, and is no list",
        "表头或首列是日期或星期，像排班表，不是清单",
    ),
    "tables.give_lists": (
        (
            "Give the people as resources and the duties as demands; write who serves where as rows of "
            "resource and requirement, for audit or previous"
        ),
        (
            "请把人员写入资源清单，把班次写入需求清单；谁在哪一班请写成含“资源编号”“岗位编号”两列的表，"
            "供 audit 核对，或作为上期安排"
        ),
    ),
    "tables.day_columns": (
        "has columns that are days or times, and their cells would be lost: {heads}",
        "有以日期或时间为表头的列，其内容会丢失：{heads}",
    ),
    "tables.headed_by_day": (
        "is a day or a time, which was not put before the cells below it",
        "是日期或时间，未加到其下的单元格之前",
    ),
    "tables.days_in_one": (
        (
            "Write the times of each row into one column, as in Mon 18:00-22:00; Sat 09:00-12:00, or "
            "name these headers under ignore in a mapping"
        ),
        (
            "请把每行的时间写在一列中，如“周一 18:00-22:00; 周六 09:00-12:00”；不需要的列请在映射的 "
            "ignore 中写明"
        ),
    ),
    "tables.gb18030": ("was read as GB18030, as it is not UTF-8", "不是 UTF-8，已按 GB18030 读取"),
    "tables.above_header": (
        "{rows} {rows:|row|rows} above the header {rows:|was|were} not read",
        "表头以上的 {rows} 行未读取",
    ),
    "tables.no_tables": ("hold no table that is known", "不含任何已知的表"),
    "tables.give_tables": (
        "Call the sheet or the file by one of these names ({tables}), or say in a mapping which it is",
        "请用以下名称之一命名工作表或文件（{tables}），或在映射中指明",
    ),
    "tables.over.rows": (
        "{where} has {rows:,} {rows:|row|rows}; at most {most:,} {most:|is|are} allowed. Split the problem.",
        "{where} 有 {rows:,} 行，最多允许 {most:,} 行。请拆分问题。",
    ),
    "tables.over.merged": (
        "{where} has merged cells that lie over each other. Take the merging apart and save the file anew.",
        "{where} 有互相重叠的合并单元格。请取消合并后重新保存。",
    ),
    # Headers.
    "tables.header_missing": (
        "has no header of the table {table} in its first 20 rows",
        "前 20 行中没有“{table}”的表头",
    ),
    "tables.header_elsewhere": (
        "has no header in row {row}, where the mapping says it is",
        "映射指定的第 {row} 行没有表头",
    ),
    "tables.give_header": (
        "Begin with a row of headers, among them {columns}",
        "请以一行表头开始，其中应有 {columns}",
    ),
    "tables.no_header": ("was left out: the column has no header", "未读取：该列没有表头"),
    "tables.column_unknown": ("was left out: no column of that name is known", "未读取：没有这个名称的列"),
    "tables.column_near": (
        "was left out: no column of that name is known; maybe '{near}' is meant",
        "未读取：没有这个名称的列；或许是“{near}”",
    ),
    "tables.column_of_times": (
        (
            "was left out: no column of that name is known, and its cells are days or times; if they "
            "say when, call it {column}, as rows without times are taken for always"
        ),
        (
            "未读取：没有这个名称的列，而其内容是日期或时间；若表示何时，请将表头改为“{column}”，"
            "没有时间的行按随时处理"
        ),
    ),
    "tables.column_not_free": (
        (
            "was left out: it says when somebody is not free, and columns of times say only when "
            "somebody is; write into {column} when they are free"
        ),
        "未读取：该列写的是没空的时间，而时间列只写有空的时间；请在“{column}”列写明何时有空",
    ),
    "tables.column_zone": (
        (
            "was left out: its header names the clocks of {zone}; read all times by them (--zone), or "
            "write the offset into each cell, and call it {column}"
        ),
        (
            "未读取：表头注明了时区 {zone}；请按该时区读取全部时间（--zone），或在每格写明时差，"
            "并将表头改为“{column}”"
        ),
    ),
    "tables.headed_not_free": (
        "says when somebody is not free, and was read as the times when they are",
        "表头是没空的时间，却按有空的时间读取",
    ),
    "tables.headed_by_zone": (
        "names the clocks of {zone}; times without an offset were read by those of the tables",
        "表头注明了时区 {zone}；没有写时差的时间按表格的时区读取",
    ),
    "tables.put_together": (
        "was read together with {hours}: days and hours of a row are one time",
        "与“{hours}”合并读取：同一行的日子和钟点是一个时间",
    ),
    "tables.ticks.skills": (
        "has columns of ticks, or of yes and no, which name no skill in their cells: {columns}",
        "有只填勾或是否的列，单元格中没有写技能名称：{columns}",
    ),
    "tables.ticks.give_skills": (
        "Make one column skills whose cells list the names, as in {example}, beside columns of ids and units",
        "请合并为一列“技能”，在单元格中写出技能名称（如 {example}），并有编号和单位列",
    ),
    "tables.ticks.times": ("holds ticks, or yes and no, and no times", "只填了勾或是否，没有写时间"),
    "tables.ticks.give_times": (
        (
            "Write hours, as in Sat 08:00-12:00; leave the cell empty for always, and leave out the "
            "row of who is never free"
        ),
        "请填写时间，如 周六 08:00-12:00；随时有空则留空；从不有空则删去该行",
    ),
    "tables.ticks.unknown": (
        (
            "has columns of ticks, or of yes and no, that were left out: {columns}; if each is a "
            "skill, list such names in one column: {example}"
        ),
        "有只填勾或是否的列，未读取：{columns}；若每列代表一项技能，请在一列中写出名称，如 {example}",
    ),
    "tables.twice": ("stands for {column}, and so does '{other}'", "与“{other}”同为“{column}”列"),
    "tables.keep_one": ("Keep one of the two", "请保留其中一个"),
    "tables.no_column": ("has no column {column}", "没有“{column}”列"),
    "tables.name_it": (
        "Add the column, or name it in one of these ways: {names}",
        "请补上该列，或改用以下任一名称：{names}",
    ),
    "tables.name_in_mapping": (
        (
            "Name its header under columns in the mapping ({column} = ...), as ignore_rest leaves out "
            "all headers that are not named"
        ),
        "请在映射的 columns 中写明其表头（{column} = ...）；ignore_rest 会略过所有未写明的表头",
    ),
    "tables.no_mapped_header": (
        "has no header '{header}', which the mapping names",
        "没有映射所指的表头“{header}”",
    ),
    "tables.no_mapped_sheet": (
        "hold no file or sheet {names}, which the mapping names for the table {table}",
        "没有映射为“{table}”所指的文件或工作表 {names}",
    ),
    "tables.mend_sheet": (
        "Mend file or sheet in the mapping; there are {known}",
        "请修正映射中的 file 或 sheet；现有 {known}",
    ),
    "tables.no_ignored_sheet": (
        "hold no sheet or file '{name}', which the mapping passes over",
        "没有映射要略过的工作表或文件“{name}”",
    ),
    "tables.no_mapped_value": (
        "holds '{value}' in no row, which the mapping replaces",
        "没有一行的内容是映射要替换的“{value}”",
    ),
    "tables.no_mapped_mark": (
        "holds '{value}' in no row, where the mapping ends a cell",
        "没有一行含有映射用来截断的“{value}”",
    ),
    "tables.no_mapped_text": (
        "holds '{value}' in no row, for which alone the mapping reads times",
        "没有一行的内容是“{value}”，而映射只为这样的行读取时间",
    ),
    "tables.no_mapped_column": (
        "has no such column, of which the mapping says something under {name}",
        "没有此列，而映射的 {name} 提到了它",
    ),
    "tables.mend_row": (
        "Give the row of the header in the mapping as it stands in the table",
        "请在映射中按表格填写表头所在的行号",
    ),
    "tables.mend_mapping": (
        "Write the header in the mapping as it stands in the table",
        "请在映射中照表格原样填写表头",
    ),
    # Rows.
    "tables.total": ("begins a row of sums, which was left out", "是合计行的开头，该行未读取"),
    "tables.header_again": ("is the header once more and was left out", "与表头相同，未读取"),
    "tables.page": ("says where a page or the table ends and was left out", "是页码、续表或结束标记，未读取"),
    "tables.example": ("is an example or a hint on filling in and was left out", "是填写示例或提示，未读取"),
    "tables.alone": ("holds one cell alone and was left out", "只有一个单元格有内容，未读取"),
    "tables.heading": ("is a heading over other rows and was left out", "是分组标题，未读取"),
    "tables.numbers_of_columns": (
        "numbers or filters the columns and was left out",
        "是列号或筛选行，未读取",
    ),
    "tables.other_header": (
        "is another header, whose columns are others than those of the header above",
        "是另一个表头，与上方表头的列不同",
    ),
    "tables.one_header": ("Give every table a sheet of its own", "请将每个表放在单独的工作表中"),
    "tables.foot": ("is a remark at the foot and was left out", "是表尾说明，未读取"),
    "tables.odd_last": (
        (
            "is the last row and unlike the others; it was taken for a record, and if it is a remark, "
            "take it out"
        ),
        "是最后一行，且与其他行不同；已当作一条记录读取，若是表尾说明请删去",
    ),
    "tables.withdrawn": (
        "says that the row is no longer meant; it was read all the same",
        "表示该行不再有效；仍照常读取",
    ),
    "tables.copy": (
        (
            "may be a copy: {count:,} {count:|row|rows} {count:|stands|stand} in {other}, too; all "
            "were read twice"
        ),
        "可能是副本：有 {count:,} 行也见于{other}；均已重复读取",
    ),
    "tables.numbered": ("has no id; the id {id} was given by its row", "没有编号；已按行号编为 {id}"),
    "tables.numbers_of_several": (
        "has running numbers, as other sheets have; ids are as in {example}",
        "与其他工作表同样使用序号；编号形如 {example}",
    ),
    "tables.merged": (
        (
            "begins the first of {count:,} {count:|block|blocks} of merged cells; the first cell of "
            "each holds for all its rows"
        ),
        "起为合并单元格（共 {count:,} 处）；每处首格的内容用于其各行",
    ),
    "tables.merged_beside": (
        (
            "begins the first of {count:,} {count:|block|blocks} of cells merged over several columns; "
            "each was read in its first column alone"
        ),
        "起为跨列合并的单元格（共 {count:,} 处）；仅按首列读取",
    ),
    # Cells.
    "tables.replaced": ("was replaced by {value}, as the mapping says", "已按映射替换为 {value}"),
    "tables.filled": ("is empty; {value} was put there, as the mapping says", "为空；已按映射填入 {value}"),
    "tables.constant": ("was put into every row, as the mapping says", "已按映射填入每一行"),
    "tables.prefixed": ("has {prefix} put before it, as the mapping says", "前面已按映射加上 {prefix}"),
    "tables.constant_twice": (
        "gives {column} in the file, and the mapping gives it as a constant, too",
        "文件中已有 {column}，映射又把它写成常量",
    ),
    "tables.one_constant": (
        "Leave the constant out of the mapping, or name the header under ignore there",
        "请从映射中去掉该常量，或在映射的 ignore 中写明此表头",
    ),
    "tables.cut": (
        "was read up to the first '{mark}' only, as the mapping says",
        "已按映射只读到第一个“{mark}”之前",
    ),
    "tables.replaced_by_nothing": ("was taken for an empty cell, as the mapping says", "已按映射视为空"),
    "tables.required": ("is empty", "为空"),
    "tables.fill": (
        "Fill the cell, or take the row out if it is no record",
        "请填写；若该行不是记录，请删去",
    ),
    "tables.by_name": ("is a name; its id {id} was taken", "是名称；已取其编号 {id}"),
    "tables.by_case": (
        "differs from the id {id} in letter case only, and was taken for it",
        "与编号 {id} 仅大小写不同，已视为同一个",
    ),
    "tables.ambiguous": ("is the name of several: {ids}", "是多项共有的名称：{ids}"),
    "tables.personal_id": (
        "is what a column of personal data holds, and no id that is listed",
        "是个人信息列中的内容，不是已列出的编号",
    ),
    "tables.give_id": ("Write the id of the one that is meant", "请写明所指的编号"),
    "tables.empty.wanted": ("is empty; one is taken to be wanted", "为空；按需要 1 个计"),
    "tables.empty.capacity": ("is empty; one is taken to be there", "为空；按有 1 个计"),
    "tables.empty.tier": ("is empty; tier 1, the most urgent, is taken", "为空；按第 1 级（最紧急）计"),
    "tables.half_place": ("is empty, and the other coordinate is not", "为空，而另一坐标不为空"),
    "tables.whole_place": ("Give latitude and longitude, or neither", "请同时填写纬度和经度，或都不填"),
    "tables.outside": (
        "lies outside the bounds that are given, at {lat}, {lon}",
        "位于所给范围之外：{lat}, {lon}",
    ),
    "tables.give_bounds": (
        "Give south, west, north and east in degrees, south not above north, as in 35.9; 103.5; 36.2; 104.1",
        "请依次填写南、西、北、东的度数，南不大于北，例如 35.9; 103.5; 36.2; 104.1",
    ),
    "tables.far": ("lies far from all others, at {lat}, {lon}", "远离其他所有地点：{lat}, {lon}"),
    # Starts and ends.
    "tables.span.twice": (
        "is a start or an end of times that another column of this row gives, too",
        "是时间的起止，而本行另有一列也给出了时间",
    ),
    "tables.span.one_way": (
        "Give the times of a row in one column, or as a start and an end",
        "请只用一列写明时间，或只写起止",
    ),
    "tables.span.no_end": ("is a start without an end", "有开始而没有结束"),
    "tables.span.give_end": ("Give the end, too", "请补上结束时间"),
    "tables.span.no_start": ("is an end without a start", "有结束而没有开始"),
    "tables.span.give_first": (
        "Give the start, or the first date of all (--first, or first in the settings)",
        "请补上开始时间，或给出总开始日期（--first，或设置中的 first）",
    ),
    "tables.span.from_first": (
        "was taken to last from {first} on, the first date of all",
        "按自总开始日期 {first} 起计",
    ),
    # Roles, and what was added.
    "tables.no_demand": ("is no demand that is listed", "不是已列出的需求"),
    "tables.list_demand": (
        "Add the demand, or use the id of a listed one",
        "请补上该需求，或使用已列出的编号",
    ),
    "tables.role_twice": (
        "is about the role of a demand that has roles in the table of roles, too",
        "说的是岗位，而该需求在“岗位”表中已有岗位",
    ),
    "tables.one_role": (
        "Give the roles of a demand in one of the two tables",
        "请只在其中一个表中写明该需求的岗位",
    ),
    "tables.minimum_twice": (
        "differs from the least of {minimum} that the head-count gives",
        "与人数中给出的最少 {minimum} 不一致",
    ),
    "tables.added.units": (
        "names {count:,} {count:|unit|units}; as there is no table of units, each became one",
        "提到 {count:,} 个单位；因没有单位表，已逐一建立",
    ),
    "tables.added.communities": (
        (
            "names {count:,} {count:|community|communities}; as there is no table of communities, each "
            "became one"
        ),
        "提到 {count:,} 个社区；因没有社区表，已逐一建立",
    ),
    # Settings.
    "tables.setting_unknown": (
        "was left out: it is no setting; known are {known}",
        "未读取：不是设置项；可用的有 {known}",
    ),
    "tables.setting_near": (
        "was left out: it is no setting; maybe '{near}' is meant",
        "未读取：不是设置项；或许是“{near}”",
    ),
    "tables.zone_unused": (
        (
            "names the time zone {named}; the times are read, and will be shown, by that of the "
            "mapping or the arguments, {zone}"
        ),
        "写明的时区是 {named}；时间按映射或参数给出的 {zone} 读取和显示",
    ),
    "tables.setting_twice": ("gives the setting {setting} a second time", "重复填写了设置 {setting}"),
    "tables.version": ("is no version of this form that is known", "不是已知的格式版本"),
    "tables.version_one": ("Give 1", "请填 1"),
    # Mapping files.
    "mapping.no_source": ("is neither a file nor a dictionary", "既不是文件也不是字典"),
    "mapping.give_file": ("Give the path of a .toml file", "请给出 .toml 文件的路径"),
    "mapping.large": ("holds more than {most:,} {most:|byte|bytes}", "超过 {most:,} 字节"),
    "mapping.split": ("Keep the mapping short", "请缩短映射"),
    "mapping.no_utf8": ("is not UTF-8", "不是 UTF-8"),
    "mapping.save_utf8": ("Save the file as UTF-8", "请另存为 UTF-8"),
    "mapping.deep": ("is nested too deeply", "嵌套过深"),
    "mapping.flatter": ("Give at most a few levels", "请减少层数"),
    "mapping.no_toml": ("is no TOML ({said})", "不是 TOML（{said}）"),
    "mapping.mend": ("Mend the text there", "请改正该处"),
    "mapping.digits": ("holds a number of thousands of digits", "含有数千位的数字"),
    "mapping.fewer_digits": ("Give numbers as they are needed", "请按需要填写数字"),
    "mapping.unknown": ("has an unknown name '{name}'", "有未知的名称“{name}”"),
    "mapping.near": ("Maybe '{near}' is meant; known are {known}", "或许是“{near}”；可用的有 {known}"),
    "mapping.known": ("Known are {known}", "可用的有 {known}"),
    "mapping.type": ("is of another kind than is read here", "类型不符"),
    "mapping.give_text": ("Give a text in quotes", "请给出带引号的文本"),
    "mapping.give_texts": ("Give a text, or a list of texts", "请给出文本或文本列表"),
    "mapping.give_yes_no": ("Give true or false", "请给出 true 或 false"),
    "mapping.give_date": (
        "Give a date without quotes, as in 2026-03-01",
        "请给出不带引号的日期，例如 2026-03-01",
    ),
    "mapping.give_record": ("Give a table of names and values", "请给出名称与值的表"),
    "mapping.give_list": ("Give [[tables]], one for each table", "请用 [[tables]] 逐表给出"),
    "mapping.give_row": ("Give the number of a row, counted from 1", "请给出从 1 起的行号"),
    "mapping.give_value": (
        "Give a text, a number, a date, true or false",
        "请给出文本、数字、日期、true 或 false",
    ),
    "mapping.bounds": ("are no bounds", "不是范围"),
    "mapping.give_bounds": (
        "Give south, west, north and east in degrees, south not above north",
        "请给出南、西、北、东的度数（south、west、north、east），南不大于北",
    ),
    "mapping.no_table": ("does not say which table it is", "没有指明是哪个表"),
    "mapping.header_twice": ("uses the header '{name}' for two columns", "把表头“{name}”用于两列"),
    "mapping.ignored_too": (
        "ignores the header '{name}', which columns reads",
        "忽略了表头“{name}”，而 columns 又读取它",
    ),
    "mapping.once": ("Use a header once", "每个表头只用一次"),
    "mapping.span": ("is no time of two columns", "不是由两列组成的时间"),
    "mapping.give_span": (
        (
            'Give two headers (start = "...", end = "..."), or a header and a number (start = "...", '
            "minutes = 90), for windows of demands or available of resources"
        ),
        (
            '请为需求的 windows 或资源的 available 给出两个表头（start = "…", end = "…"），'
            '或一个表头和一个数（start = "…", minutes = 90）'
        ),
    ),
}
