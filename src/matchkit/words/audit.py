"""The audit of a plan made by hand."""

MESSAGES: dict[str, tuple[str, str]] = {
    "audit.line_broken": (
        "The table is no plan: {faults:,} {faults:|fault|faults}.",
        "这张表不是可行的方案：有 {faults:,} 处问题。",
    ),
    "audit.line_part": (
        (
            "The table is no plan: {faults:,} {faults:|fault|faults}; {kept:,} of its {of:,} "
            "{of:|unit|units} can be kept together."
        ),
        "这张表不是可行的方案：有 {faults:,} 处问题；{of:,} 份安排中有 {kept:,} 份可以一起保留。",
    ),
    "audit.line_claims": (
        (
            "The pairs keep every rule, but what the plan says of itself is wrong in {faults:,} "
            "{faults:|place|places}."
        ),
        "各项安排遵守所有规则，但方案对自身的说明有 {faults:,} 处错误。",
    ),
    "audit.line_unsolved": (
        "The table keeps every rule; how good it is could not be found.",
        "这张表遵守所有规则；但未能求出它有多好。",
    ),
    "audit.line_optimal": (
        "The table keeps every rule, and no plan is better.",
        "这张表遵守所有规则，而且没有更好的方案。",
    ),
    "audit.line_best": (
        "The table keeps every rule, and no better plan was found.",
        "这张表遵守所有规则，也没有找到更好的方案。",
    ),
    "audit.line_behind": (
        "The table keeps every rule; the best plan found has {amount:,} more in goal {goal}.",
        "这张表遵守所有规则；找到的最好方案在目标“{goal}”上多 {amount:,}。",
    ),
    "audit.line_ahead": (
        "The table keeps every rule; it has {amount:,} more in goal {goal} than the best plan found.",
        "这张表遵守所有规则；它在目标“{goal}”上比找到的最好方案还多 {amount:,}。",
    ),
    "audit.faults": ("{count:,} {count:|fault|faults}:", "{count:,} 处问题："),
    "audit.fault": (
        "{rule}{label}{ids}: {fact}; size {amount}{rows}",
        "{rule}{label}{ids}：{fact}；计 {amount}{rows}",
    ),
    "audit.label": (" [{label}]", "［{label}］"),
    "audit.ids": (" {ids}", "（{ids}）"),
    "audit.rows": (" (row {rows:,})", "（第 {rows:,} 行）"),
    "audit.uncounted": ("too much to be counted", "多得无法计数"),
    "audit.more": ("  ... and {count:,} more, in the record", "  ……另有 {count:,} 条，见记录"),
    "audit.score": (
        "What can be counted, {units:,} {units:|unit|units}, is worth:",
        "能计入的 {units:,} 份安排，其价值为：",
    ),
    "audit.goal": ("  {goal}: {value}", "  {goal}：{value}"),
    "audit.terms": ("  weight by term: {terms}", "  总分按项：{terms}"),
    "audit.term": ("{term} {points}", "{term} {points}"),
    "audit.comma": (", ", "，"),
    "audit.payments": ("Taken from it or counted against it:", "从中扣除或另计的："),
    "audit.payment": (
        "{rule}: amount {amount}, {paid} {paid:|point|points}",
        "{rule}：量 {amount}，{paid} 分",
    ),
    "audit.left_out": ("Not counted: {count:|row|rows} {rows:,}", "未计入：第 {rows:,} 行"),
    "audit.distance_optimal": ("Beside the best plan there is:", "与最优方案相比："),
    "audit.distance_feasible": (
        "Beside the best plan found, which is not proven to be the best there is:",
        "与找到的最好方案相比（未证明它最优）：",
    ),
    "audit.behind": (
        "  {goal}: {table}, best {best} ({difference}), bound {bound}",
        "  {goal}：本表 {table}，最好 {best}（{difference}），上界 {bound}",
    ),
    "audit.open": ("open", "未定"),
    "audit.not_comparable": (
        "The table breaks rules: it is no plan, so the difference does not say how good it is.",
        "这张表违反了规则，不是可行的方案，所以上述差别不能说明它的好坏。",
    ),
    "audit.unsolved_none": (
        "There is nothing to compare with: the problem has no plan.",
        "没有可比较的方案：这个问题没有方案。",
    ),
    "audit.unsolved_contradiction": (
        (
            "There is nothing to compare with: hard rules contradict each other, so the problem has no "
            "plan at all."
        ),
        "没有可比较的方案：硬规则相互矛盾，这个问题根本没有方案。",
    ),
    "audit.unsolved_stopped": (
        "There is nothing to compare with: time was over before any plan was found.",
        "没有可比较的方案：在找到方案之前时间已到。",
    ),
    "audit.unsolved_budget": (
        "There is nothing to compare with: the problem is larger than the budget allows.",
        "没有可比较的方案：问题超出了预算所允许的规模。",
    ),
    "audit.part_proved": (
        (
            "The largest part of it that is a plan keeps {units:,} of {of:,} {of:|unit|units}; proven, "
            "no part keeps more:"
        ),
        "其中能成为方案的最大部分保留 {of:,} 份中的 {units:,} 份；已证明不能保留更多：",
    ),
    "audit.part_found": (
        "The largest part of it found that is a plan keeps {units:,} of {of:,} {of:|unit|units}:",
        "找到的能成为方案的最大部分保留 {of:,} 份中的 {units:,} 份：",
    ),
    "audit.part_none": (
        "No part of it is a plan: what hard locks demand breaks another rule unless more is added.",
        "其中没有任何部分能成为方案：不另外增加安排，锁定所要求的就会违反别的规则。",
    ),
    "audit.part_contradiction": (
        "No part of it is a plan: hard locks contradict other rules by themselves.",
        "其中没有任何部分能成为方案：锁定本身就与别的规则矛盾。",
    ),
    "audit.part_stopped": (
        "Time was over before a part of it was found that is a plan.",
        "在找到其中能成为方案的部分之前时间已到。",
    ),
    "audit.part_budget": (
        "A part of it that is a plan was not looked for: the problem is too large.",
        "没有寻找其中能成为方案的部分：问题太大。",
    ),
    "audit.part_dropped": ("  left out: {pairs}", "  去掉：{pairs}"),
    "audit.part_added": ("  added, as hard locks demand: {pairs}", "  按锁定的要求加上：{pairs}"),
    "audit.part_goals": ("  its goals:", "  它的目标："),
    "audit.part_goal": ("    {goal}: {value}", "    {goal}：{value}"),
    "audit.pair": ("{resource} to {requirement} ({units:,})", "{resource} 到 {requirement}（{units:,}）"),
    "audit.improvements": (
        "Best single changes of the {tried:,} tried:",
        "在尝试过的 {tried:,} 种单项改动中，最好的是：",
    ),
    "audit.improvement": ("{change}: {effect}", "{change}：{effect}"),
    "audit.no_effect": ("no goal changes", "各目标不变"),
    "audit.kept_again": ("{rule} {ids} is mended", "{rule}（{ids}）得到改正"),
    "audit.less_broken": (
        "{rule} {ids} is broken by {amount:,} less",
        "{rule}（{ids}）的违反减少 {amount:,}",
    ),
    "audit.exhaustive": (
        (
            "Each is the best for the goals of all that break nothing and concern other resources and "
            "requirements than those before it."
        ),
        "每一项都是不违反规则、且涉及的资源和岗位与前面各项不同的改动中对目标最有利的。",
    ),
    "audit.not_exhaustive": (
        "Other single changes may do more: not all were tried.",
        "其他单项改动也许更有利：并未全部尝试。",
    ),
    "audit.nothing_better": (
        "No single change that breaks nothing makes any goal better or mends a fault.",
        "没有任何不违反规则的单项改动能改进目标或改正问题。",
    ),
    "audit.nothing_found": (
        "None of the {tried:,} single {tried:|change|changes} tried makes it better.",
        "尝试过的 {tried:,} 种单项改动都不能使它更好。",
    ),
    "audit.drop": (
        "take {out_resource} off {out_requirement}",
        "把 {out_resource} 从 {out_requirement} 撤下",
    ),
    "audit.move": (
        "move {out_resource} from {out_requirement} to {put_requirement}",
        "把 {out_resource} 从 {out_requirement} 调到 {put_requirement}",
    ),
    "audit.add": ("add {put_resource} to {put_requirement}", "把 {put_resource} 加到 {put_requirement}"),
    "audit.replace": (
        "at {out_requirement}, put {put_resource} in place of {out_resource}",
        "在 {out_requirement} 用 {put_resource} 代替 {out_resource}",
    ),
    "audit.swap": (
        "swap {out_resource} at {out_requirement} with {out1_resource} at {out1_requirement}",
        "将 {out_requirement} 的 {out_resource} 与 {out1_requirement} 的 {out1_resource} 对调",
    ),
    "audit.units": ("{change} ({units:,} {units:|unit|units})", "{change}（{units:,} 份）"),
    # Lines of a table that are none.
    "violation.row_type": ("is neither a pair nor a record", "既不是一对，也不是一条记录"),
    "violation.row_length": (
        "has {count} {count:|entry|entries}, a row has 2 to 4",
        "有 {count} 项，一行应有 2 至 4 项",
    ),
    "violation.row_fields": (
        "has unknown fields ({count}): a row has resource, requirement, quantity and start",
        "有 {count} 个未知字段：一行只有 resource、requirement、quantity 和 start",
    ),
    "violation.row_missing": ("gives no {field}", "没有给出 {field}"),
    "violation.row_no_text": ("gives a {field} that is no text", "{field} 不是文字"),
    "violation.row_long": ("gives a {field} that is too long for an id", "{field} 太长，不能作编号"),
    "violation.row_id": (
        "gives a {field} that is no possible id: it is blank, or holds an invisible or control character",
        "{field} 不能作编号：它是空白，或含有不可见字符或控制字符",
    ),
    "violation.row_quantity_type": ("has a quantity that is not a whole number", "数量不是整数"),
    "violation.row_quantity_zero": ("has quantity 0, the least is 1", "数量为 0，最少为 1"),
    "violation.row_quantity_negative": ("has a quantity below 0, the least is 1", "数量小于 0，最少为 1"),
    "violation.row_quantity_large": ("has a quantity above {most}", "数量超过 {most}"),
    "violation.row_start": (
        "has a start that is no date and time with an offset, as 2026-05-01T08:00:00+08:00 is",
        "开始时间不是带时区的日期时间，应如 2026-05-01T08:00:00+08:00",
    ),
}
