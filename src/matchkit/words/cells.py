"""How a cell of a table was understood, why it was not, and what would be accepted."""

MESSAGES: dict[str, tuple[str, str]] = {
    # How messages quote a cell.
    "cell.hidden": ("(hidden)", "（不显示）"),
    "cell.digits": ("a number of {count} {count:|digit|digits}", "{count} 位数字"),
    "cell.of_type": ("(something of type {name})", "（类型为 {name} 的内容）"),
    # Facts: what is said of a cell that is refused, as the predicate of a sentence.
    "cell.item": ("has the item '{item}', which {fact}", "中的“{item}”{fact}"),
    "cell.long": (
        "holds {count:,} {count:|character|characters}; at most {most:,} {most:|is|are} read",
        "有 {count:,} 个字符，最多读取 {most:,} 个",
    ),
    "cell.error_value": ("is the error value {error} of a formula", "是公式出错的结果 {error}"),
    "cell.uncalculated": ("is a formula without a stored value", "是没有存储结果的公式"),
    "cell.ditto": ("points to another cell", "指向别的单元格"),
    "cell.digits_too_many": ("has more digits than any number of a plan", "位数过多"),
    "cell.infinite": ("is too large to be a number of a plan", "数值过大"),
    "cell.type": ("is of the type {name}, which no table holds", "的类型是 {name}，不是表格内容"),
    "cell.invisible": ("holds the invisible or control character {code}", "含有不可见字符或控制字符 {code}"),
    "cell.raised_digit": ("holds the raised or lowered digit {character}", "含有上标或下标数字 {character}"),
    "cell.text.long": (
        "holds {count:,} {count:|character|characters}; at most {most:,} {most:|is|are} allowed",
        "有 {count:,} 个字符，最多允许 {most:,} 个",
    ),
    "cell.text.empty": ("holds no visible text", "没有可见文字"),
    "cell.text.rounded": (
        "is a long number that a spreadsheet has rounded; its last digits are lost",
        "是被表格软件四舍五入的长数字，末尾几位已丢失",
    ),
    "cell.text.digits_lost": (
        "is a number of more than {most} {most:|digit|digits}; a spreadsheet may have lost the last ones",
        "是超过 {most} 位的数字，表格软件可能已丢失末尾几位",
    ),
    "cell.text.truth": ("is a truth value, not text", "是逻辑值，不是文字"),
    "cell.text.fraction": ("is a number with a fraction, not text", "是小数，不是文字"),
    "cell.text.point_zero": (
        "ends in .0, as whole numbers do that were taken for fractions",
        "以 .0 结尾，像是整数被当成了小数",
    ),
    "cell.text.date": ("is a date or a time, not text", "是日期或时间，不是文字"),
    "cell.zone": ("is no time zone that this system knows", "不是系统已知的时区"),
    "cell.list.quote": (
        "opens a quotation that does not end, or goes on after one",
        "的引号没有成对，或引号之后还有内容",
    ),
    "cell.list.long": (
        "has {count:,} {count:|item|items}; at most {most:,} {most:|is|are} read",
        "有 {count:,} 项，最多读取 {most:,} 项",
    ),
    "cell.list.number": ("is a number where a name is expected", "是数字，而此处应为名称"),
    "cell.list.any": ("says that any will do, or all, and names none", "表示不限或全部，没有写名称"),
    "cell.list.tick": ("is a tick or a cross where a name is expected", "是勾、叉之类的记号，而此处应为名称"),
    "cell.whole.not": ("is no whole number", "不是整数"),
    "cell.whole.fraction": ("is a number with a fraction", "带有小数"),
    "cell.number.not": ("is no number", "不是数字"),
    "cell.number.decimal_comma": (
        "has a comma that may part thousands or begin a fraction",
        "中的逗号可能是千分位，也可能是小数点",
    ),
    "cell.degrees.bounds": ("is beyond {most} {most:|degree|degrees}", "超出 {most} 度"),
    "cell.degrees.not": ("is no latitude or longitude of this column", "不是本列的经度或纬度"),
    "cell.place.not": ("is no latitude and longitude", "不是“纬度, 经度”"),
    "cell.place.order": ("seems to give the longitude first", "似乎先写了经度"),
    "cell.place.dict": (
        "is no short dict with one latitude and one longitude",
        "不是只含一个纬度和一个经度的简短字典",
    ),
    "cell.heads.no_number": ("gives no number", "没有给出数字"),
    "cell.heads.none": ("asks for nobody", "没有要任何人"),
    "cell.heads.order": ("has a least number above the greatest", "的最少人数大于最多人数"),
    "cell.heads.date": (
        "is a date; spreadsheets make one of a range such as 3-5",
        "是日期；表格软件会把 3-5 这样的范围变成日期",
    ),
    "cell.word.unknown": ("is not one of the known words", "不是已知的词"),
    "cell.word.cross": ("may mark a yes or cross out a no", "可能表示选中，也可能表示否"),
    "cell.tier.not": ("is no tier", "不是等级"),
    "cell.tier.bounds": ("is not between 1 and 20", "不在 1 到 20 之间"),
    "cell.tier.unclear": ("does not say which tier of how many", "没有说明是第几级"),
    "cell.skill.level": (
        "gives the level {level:,}; levels go from 1 to {most}",
        "的级别是 {level:,}，级别应在 1 到 {most} 之间",
    ),
    "cell.skill.no_level": ("has no level after the colon", "的冒号后面不是级别"),
    "cell.skill.unnamed": ("names no skill", "没有写技能名称"),
    "cell.skill.count": (
        "gives the count {count:,}; it must lie between 1 and {most:,}",
        "的人数是 {count:,}，应在 1 到 {most:,} 之间",
    ),
    "cell.skill.people": ("counts people beside the skill", "在技能旁写了人数"),
    "cell.skill.one": (
        "names {count:,} {count:|skill|skills} where one is expected",
        "写了 {count:,} 项技能，此处应为一项",
    ),
    "cell.pair.not": ("is no name with a whole number after a colon", "不是“名称:整数”"),
    "cell.pair.comma": (
        "has a comma between digits that may part items, thousands or a fraction",
        "的数字之间有逗号，分不清是分隔、千分位还是小数点",
    ),
    "cell.pair.bounds": (
        "gives a number that is not between {least:,} and {most:,}",
        "中的数字不在 {least:,} 到 {most:,} 之间",
    ),
    "cell.date.not": ("is no date", "不是日期"),
    "cell.date.number": (
        "is a number; whether it stands for a day is not certain",
        "是数字，不能确定是否表示日期",
    ),
    "cell.date.with_time": ("is a moment of a day, not a day", "带有钟点，不只是日期"),
    "cell.date.ambiguous": ("may be {ways}", "可能是{ways}"),
    "cell.date.month_first": ("{day}, with the month first", "{day}（月在前）"),
    "cell.date.day_first": ("{day}, with the day first", "{day}（日在前）"),
    "cell.date.year_first": ("{day}, with the year first", "{day}（年在前）"),
    "cell.date.month_day": ("day {day} of month {month}", "{month}月{day}日"),
    "cell.date.no_month": ("names a day without a month", "只有日，没有月"),
    "cell.date.no_year": ("names a day without a year", "没有写年份"),
    "cell.date.years": (
        "names a day without a year, and there is one in several years of the plan",
        "没有写年份，而计划期内不止一年有这一天",
    ),
    "cell.date.outside": (
        "names a day without a year, and no year of the plan has it",
        "没有写年份，而计划期内没有这一天",
    ),
    "cell.date.year": (
        "lies in a year that no plan reaches (1972 to 2198 are read)",
        "的年份超出范围（读取 1972 至 2198 年）",
    ),
    "cell.date.no_such_day": ("names a day that the calendar does not have", "是日历上没有的日子"),
    "cell.date.weekday": ("names another day of the week than {date} is", "写的星期与 {date} 不符"),
    "cell.time.not": ("has '{part}', which is no time that is understood", "中的“{part}”不是能读懂的时间"),
    "cell.time.no_zone": ("gives times without saying by which clocks", "没有说明是哪个时区的时间"),
    "cell.time.no_dates": (
        "goes on every week without saying from when until when",
        "是每周重复的时间，但没有说明起止日期",
    ),
    "cell.time.no_end": ("says when it starts and not when it ends", "只有开始时间，没有结束时间"),
    "cell.time.no_start": ("has no start beside its end", "只有结束时间，没有开始时间"),
    "cell.time.moment_not": ("is no date and no date with a time of day", "不是日期，也不是日期加钟点"),
    "cell.time.half_day": ("may mean the morning or the evening", "分不清是上午还是下午"),
    "cell.time.no_clock": ("names a time that clocks do not show", "中的钟点不存在"),
    "cell.time.seconds": ("gives seconds where hours and minutes are read", "写到了秒，此处只读取时和分"),
    "cell.time.contradiction": (
        "names a part of the day and hours that do not lie in it",
        "中的时段与钟点不符",
    ),
    "cell.time.order": ("ends before it starts", "的结束早于开始"),
    "cell.time.span": ("lasts more than {most} {most:|day|days}", "超过 {most} 天"),
    "cell.time.no_day": (
        "names days of the week of which none lies between its dates",
        "中的星期几在起止日期之间一天也没有",
    ),
    "cell.time.off": (
        "names days off or make-up days outside its dates, or the same day as both",
        "中的停止日或补充日在起止日期之外，或者两者有同一天",
    ),
    "cell.time.days_within": (
        "names days of the week within others, so that it is not clear which are meant",
        "中的星期几互相包含，不清楚指哪几天",
    ),
    "cell.time.days_counted": ("may count days rather than name them", "可能是天数或次数，而不是星期几"),
    "cell.time.hours_missing": (
        "names hours for some of its days and none for others",
        "中有的日子写了钟点，有的没有写",
    ),
    "cell.time.mixed": (
        "names dates and days of the week together in a way that is not understood",
        "把日期和星期几混写，无法读懂",
    ),
    "cell.time.holidays": (
        "speaks of holidays, which are not in the table",
        "提到节假日或假期，而表中没有假期的日期",
    ),
    "cell.time.rhythm": (
        "speaks of every other week, of months or of odd weeks, which no weekly pattern has",
        "提到隔周、单双周或每月，每周时间无法表示",
    ),
    "cell.time.vague": ("does not say when", "没有说明是什么时间"),
    "cell.time.never": ("may mean never or not known", "可能表示没有时间，也可能表示不清楚"),
    "cell.time.moment": ("is a moment, and not a time that lasts", "是一个时刻，不是一段时间"),
    "cell.setting.order": ("lies before the first date", "早于起始日期"),
    "cell.setting.yes_no": ("is neither true nor false", "不是 true 或 false"),
    "cell.setting.words": ("are no texts with the texts that they mean", "不是“词 → 含义”的文字"),
    "cell.setting.parts": ("are no parts of the day with a start and an end", "不是“时段 → 开始、结束”"),
    # What would be accepted instead.
    "cell.accepts.text": ("Give text", "请填文字"),
    "cell.accepts.shorter": (
        "Give less, or go on in a column with a number after its name",
        "请缩短，或在后面带编号的同名列中续写",
    ),
    "cell.accepts.fewer_letters": ("Shorten it", "请缩短"),
    "cell.accepts.written_out": ("Write out what is meant", "请写出所指的内容"),
    "cell.accepts.no_error": (
        "Mend the formula, or put its value in its place",
        "请修正公式，或直接填写数值",
    ),
    "cell.accepts.calculated": (
        "Open the file in a spreadsheet program and save it",
        "请用电子表格软件打开该文件并保存",
    ),
    "cell.accepts.plain": ("Give text, a number, a date or a time", "请填文字、数字、日期或时间"),
    "cell.accepts.visible": ("Type the text again without it", "请重新输入，去掉该字符"),
    "cell.accepts.as_text": ("Format the column as text and type it again", "请把该列设为文本格式后重新输入"),
    "cell.accepts.all_digits": (
        (
            "Format the column as text and type it again; in a data frame make it whole numbers or "
            "text where it is filled"
        ),
        "请把该列设为文本格式后重新输入；数据框请在填入时就用整数或文字",
    ),
    "cell.accepts.quotes": (
        'Put such a name in double quotes, as in "24"',
        '请把这样的名称放在双引号内，如 "24"',
    ),
    "cell.accepts.no_tick": (
        (
            "Write the name itself; of columns that each stand for one name, make one that lists the "
            "names: First aid; Driving"
        ),
        "请写名称本身；若每列各代表一个名称，请合并为一列并写出名称，如 急救; 驾驶",
    ),
    "cell.accepts.zone": (
        "Give an IANA name, as in Asia/Shanghai or UTC",
        "请填 IANA 时区名，如 Asia/Shanghai 或 UTC",
    ),
    "cell.accepts.id": ("Give an id as text, as in R-001", "请以文字填写编号，如 R-001"),
    "cell.accepts.ids": ("Give ids parted by semicolons, as in C1; C2", "请填编号，用分号分开，如 C1; C2"),
    "cell.accepts.names": ("Give names parted by semicolons", "请填名称，用分号分开"),
    "cell.accepts.whole": ("Give a whole number, as in 12", "请填整数，如 12"),
    "cell.accepts.minutes": ("Give whole minutes, as in 90", "请填整数分钟，如 90"),
    "cell.accepts.number": ("Give a number, as in 2.5", "请填数字，如 2.5"),
    "cell.accepts.degrees": (
        "Give degrees with a point, as in 36.06, south and west with a minus",
        "请填小数形式的度数，如 36.06；南纬和西经加负号",
    ),
    "cell.accepts.place": (
        "Give latitude and longitude in degrees, as in 36.06, 103.83",
        "请填纬度和经度，如 36.06, 103.83",
    ),
    "cell.accepts.head_count": (
        "Give the number wanted, as in 5, or the least and the number wanted, as in 3..5",
        "请填需要的人数，如 5；或最少与需要的人数，如 3..5",
    ),
    "cell.accepts.tier": ("Give a whole number from 1 (served first) to 20", "请填 1（最优先）到 20 的整数"),
    "cell.accepts.words": (
        "Give one of {words}; also understood are {also}",
        "请填 {words} 之一，也可以写 {also}",
    ),
    "cell.accepts.skills": (
        "Give skills with levels parted by semicolons, as in nursing:2; driving",
        "请填技能和级别，用分号分开，如“护理:2; 驾驶”",
    ),
    "cell.accepts.needs": (
        (
            "Give skills with least levels parted by semicolons, alternatives by |, as in "
            "driving|riding:2; first aid"
        ),
        "请填技能和最低级别，用分号分开，多选一用 | 分开，如“驾驶|骑行:2; 急救”",
    ),
    "cell.accepts.skill_counts": (
        "Give skills with levels and counts, as in nursing:2*3; driving",
        "请填技能、级别和人数，如“护理:2*3; 驾驶”",
    ),
    "cell.accepts.people_apart": (
        "Give the number of people in a column of its own; put a name with a number in double quotes",
        "请把人数填在单独的一列；名称本身带数字时放在双引号内",
    ),
    "cell.accepts.senior": (
        "Give one skill with its level, as in nursing:3",
        "请填一项技能和级别，如“护理:3”",
    ),
    "cell.accepts.loads": (
        "Give dimensions with amounts, as in kg:20; seats:4",
        "请填项目和数量，如“公斤:20; 座位:4”",
    ),
    "cell.accepts.preferences": (
        "Give categories or @communities with points from -100 to 100, as in tutoring:20; @C3:5",
        "请填类别或 @社区编号 和 -100 到 100 的分值，如“辅导:20; @C3:5”",
    ),
    "cell.accepts.date": ("Give a date as in 2026-05-02", "请填日期，如 2026-05-02"),
    "cell.accepts.date_format": (
        "Format the cell as a date, or give one as in 2026-05-02",
        "请把单元格设为日期格式，或填写 2026-05-02 这样的日期",
    ),
    "cell.accepts.date_order": (
        (
            "Give it as in 2026-05-02, or say which comes first: --day-first or --month-first, or "
            "day_first = true or false in the settings"
        ),
        (
            "请写成 2026-05-02，或说明顺序：--day-first（日在前）或 --month-first（月在前），"
            "或在设置中写 day_first = true 或 false"
        ),
    ),
    "cell.accepts.year": ("Give the year, as in 2026-05-02", "请写明年份，如 2026-05-02"),
    "cell.accepts.times": (
        "Give times as in 2026-05-02 08:00-12:00 or Mon,Thu 18:00-22:00, parted by semicolons",
        "请填“2026-05-02 08:00-12:00”或“周一、周四 18:00-22:00”这样的时间，用分号分开",
    ),
    "cell.accepts.moment": (
        "Give a date, or a date with a time as in 2026-05-02 08:00",
        "请填日期，或“2026-05-02 08:00”这样的日期和钟点",
    ),
    "cell.accepts.time_zone": (
        "Give the zone (--zone Asia/Shanghai, or zone in the settings), or times with an offset",
        "请给出时区（--zone Asia/Shanghai，或在设置中写明），或写带时差的时间",
    ),
    "cell.accepts.zone_and_dates": (
        (
            "Give the zone, the first and the last date (--zone Asia/Shanghai --first 2026-03-01 "
            "--last 2026-06-30, or in the settings)"
        ),
        "请给出时区和起止日期（--zone Asia/Shanghai --first 2026-03-01 --last 2026-06-30，或在设置中写明）",
    ),
    "cell.accepts.lasting": (
        (
            "Give when it ends, too, as in 2026-05-02 08:00-12:00, or put starts and ends in columns "
            "of their own"
        ),
        "请同时写明结束时间，如“2026-05-02 08:00-12:00”，或把开始和结束分别写在两列",
    ),
    "cell.accepts.time_dates": (
        (
            "Give the first and the last date (--first 2026-03-01 --last 2026-06-30, or in the "
            "settings), or write them beside the hours"
        ),
        "请给出起止日期（--first 2026-03-01 --last 2026-06-30，或在设置中写明），或写在时间旁边",
    ),
    "cell.accepts.time_clock": (
        "Give hours from 00:00 to 24:00, as in 18:00-22:00",
        "请按 24 小时制填写，如 18:00-22:00",
    ),
    "cell.accepts.time_words": (
        "Give dates or days of the week with hours, or say in the settings what the word means",
        "请填日期或星期几和钟点，或在设置中说明该词的含义",
    ),
    "cell.accepts.yes_no": ("Give True or False", "请给出 True 或 False"),
    "cell.accepts.own_words": (
        "Give at most {most:,} {most:|word|words}, each with what it means, both as text",
        "请给出至多 {most:,} 个词及其含义，均为文字",
    ),
    "cell.accepts.parts": (
        "Give each part of the day with its hours, as in 18:00 and 22:00",
        "请给出每个时段的起止钟点，如 18:00 和 22:00",
    ),
    # Guesses: how a cell was read that could have meant something else, and why it was not certain.
    "cell.guess": ("read as {read} ({why})", "读作 {read}（{why}）"),
    "cell.guess.empty": ("read as an empty cell", "读作空白"),
    "cell.guess.always": ("an empty cell", "空白"),
    "cell.guess.word": ("by the meaning of {word}", "按“{word}”的含义"),
    "cell.guess.number_as_text": ("a number was taken for its digits", "数字按文字处理"),
    "cell.guess.line_break": ("a line break was taken for a blank", "换行当作空格"),
    "cell.guess.commas": ("commas and semicolons both part items", "逗号和分号都当作分隔"),
    "cell.guess.one_name": (
        "taken for one name; part several by semicolons",
        "当作一个名称；若是多个，请用分号分开",
    ),
    "cell.guess.joined": (
        "taken for several names, as other cells hold parts of it; in double quotes it is one",
        "其他单元格中有它的各部分，当作多个名称；若是一个名称，请放在双引号内",
    ),
    "cell.guess.outer_mark": (
        "a mark or a tick at its start or end was taken for a part of the name",
        "首尾的符号或勾叉之类的记号当作名称的一部分",
    ),
    "cell.guess.no_skill": (
        "without {item}, which is taken for a condition or a preference; in double quotes it is a skill",
        "去掉了“{item}”，当作条件或偏好；若是技能，请放在双引号内",
    ),
    "cell.guess.and_so_on": ("more may be meant than is written", "可能还有未写出的"),
    "cell.guess.thousands": ("a comma parts thousands", "逗号当作千分位"),
    "cell.guess.point": ("a point begins a fraction", "点当作小数点"),
    "cell.guess.unit": ("without the unit {unit}", "去掉了单位 {unit}"),
    "cell.guess.minutes": ("minutes", "单位为分钟"),
    "cell.guess.hours": ("from hours", "由小时换算"),
    "cell.guess.metres": ("from metres, written {unit}", "由单位 {unit} 换算成公里"),
    "cell.guess.factor": ("times {factor:,}", "乘以 {factor:,}"),
    "cell.guess.about": ("a rough number was taken as exact", "约数当作准数"),
    "cell.guess.range": (
        "a range was taken for the least and the number wanted",
        "范围当作最少人数和需要人数",
    ),
    "cell.guess.least": ("the least number was taken for the number wanted, too", "最少人数也当作需要人数"),
    "cell.guess.most": ("the greatest number was taken for the number wanted", "最多人数当作需要人数"),
    "cell.guess.turns": (
        "turns, in which the same people may serve again, were taken for people",
        "人次当作人数；同一人可能服务多次",
    ),
    "cell.guess.no_limit": ("{count:,} looks like a mark for no limit", "{count:,} 像是“不限”的记号"),
    "cell.guess.tier": ("tier {tier}", "第 {tier} 级"),
    "cell.guess.level": ("{skill} at level {level}", "{skill} {level} 级"),
    "cell.guess.no_level": ("taken for a name without a level", "当作不带级别的名称"),
    "cell.guess.bullet": ("without {mark} before it", "去掉了前面的 {mark}"),
    "cell.guess.count": ("{count} with {skill}", "{skill} {count} 人"),
    "cell.guess.alternatives": ("any one of the alternatives is enough", "其中任一项即可"),
    "cell.guess.amount": ("{amount} of {name}", "{name} {amount}"),
    "cell.guess.degrees": ("from degrees, minutes and seconds", "由度分秒换算"),
    "cell.guess.dict": ("from a dict in the cell", "取自单元格中的字典"),
    "cell.guess.month_first": ("the month comes first", "月在前"),
    "cell.guess.day_first": ("the day comes first", "日在前"),
    "cell.guess.year_first": ("the year comes first", "年在前"),
    "cell.guess.century": ("the year {year}", "{year} 年"),
    "cell.guess.compact": ("eight digits were taken for a date", "八位数字当作日期"),
    "cell.guess.next_year": ("in {year}", "{year} 年"),
    "cell.guess.part": ("{part} means {start} to {end}", "{part}指 {start} 至 {end}"),
    "cell.guess.all_day": ("all day, as no hours are named", "没有写钟点，按全天"),
    "cell.guess.which_hours": (
        (
            "all day, as no hours are named: 00:00 to 24:00 on each of these days; if other hours are "
            "meant, write them beside the days"
        ),
        "没有写钟点，按全天：每天 00:00 至 24:00；若是别的钟点，请写在日子旁边",
    ),
    "cell.guess.one_span": (
        (
            "all day, as no hours are named: one span of {days} {days:|day|days}, day and night; if "
            "hours on each day are meant, write them beside the dates"
        ),
        "没有写钟点，按全天：连续 {days} 天昼夜不断；若是每天的某些钟点，请写在日期旁边",
    ),
    "cell.guess.from_midnight": ("from midnight on, as no hours are named", "没有写钟点，从零点开始"),
    "cell.guess.from_midnight_on": ("00:00 to 00:00 was taken for the whole day", "00:00 至 00:00 当作全天"),
    "cell.guess.fraction": ("without the fraction of a second", "去掉了不足一秒的部分"),
    "cell.guess.offset": ("{offset} was taken for the offset from UTC", "{offset} 当作与 UTC 的时差"),
    "cell.guess.no_offset": (
        "{end} was taken for the end; if it is the offset from UTC, put a hyphen (-) for the dash",
        "{end} 当作结束时间；若是与 UTC 的时差，请把破折号改为短横（-）",
    ),
    "cell.guess.begins_day": (
        "it ends at 00:00, the beginning of {date}; if it lasts until the end of that day, write 24:00",
        "在 {date} 零点、即当天开始时结束；若含当天，请写 24:00",
    ),
    "cell.guess.skipped": (
        (
            "clocks do not show {time} on {date}, as they go forward then; the next time that they "
            "show was taken"
        ),
        "{date} 的时钟在此刻拨快，没有 {time}，按其后出现的第一个时刻",
    ),
    "cell.guess.twice": (
        (
            "clocks show {time} on {date} twice, as they go back then; the first was taken; an offset "
            "from UTC says which"
        ),
        "{date} 的时钟在此刻拨慢，{time} 出现两次，取第一次；写上与 UTC 的时差即可指明",
    ),
    "cell.guess.noon": (
        "12 AM, which is midnight, was taken for noon: {noon}; by midnight it is {day} or {evening}",
        "12 AM 是午夜，此处当作正午：{noon}；若确指午夜，则是 {day} 或 {evening}",
    ),
    "cell.guess.midnight": (
        "12 AM is midnight; if noon is meant, it is {noon}",
        "12 AM 是午夜；若指正午，则是 {noon}",
    ),
    "cell.guess.every_day": ("every day, as no days are named", "没有写日子，按每天"),
    "cell.guess.one_by_one": (
        (
            "dates without a mark between them were taken one by one; if the days between belong to "
            "them, write a hyphen between"
        ),
        "并列的日期当作单独的几天；若包括其间各天，请在中间写短横",
    ),
    "cell.guess.days_between": (
        "on these days of the week between the dates only",
        "只在起止日期之间的这些星期几",
    ),
    "cell.guess.same_days": (
        "hours without days are on the days before them",
        "没有写日子的钟点按前面的日子",
    ),
    "cell.guess.overnight": ("it ends on the next day", "在次日结束"),
    "cell.guess.clock24": ("by the 24-hour clock", "按 24 小时制"),
    "cell.guess.office": ("from the morning until the afternoon", "从上午到下午"),
    "cell.guess.through": ("through all its days and nights", "其间昼夜连续"),
    "cell.guess.each_day": ("these hours on each of the days", "其间每天都是这些钟点"),
    "cell.guess.until_midnight": ("until midnight", "到午夜为止"),
}
