"""How two plans differ, what changes would bring, what one goal costs another, and how far a factor can
go.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    "comparison.same": (
        "the plans are the same: {kept:,} {kept:|pair|pairs} kept, every number equal",
        "两个方案相同：{kept:,} 个配对不变，各项数值相等",
    ),
    "comparison.line": (
        (
            "{gone:,} {gone:|pair|pairs} gone, {new:,} new, {moved:,} changed; {slots} "
            "{slots:|unit|units} assigned ({slots_difference}); {goal}: {before} -> {after} "
            "({difference})"
        ),
        (
            "减少 {gone:,} 个配对，新增 {new:,} 个，变动 {moved:,} 个；共安排 "
            "{slots}（{slots_difference}）；{goal}：{before} → {after}（{difference}）"
        ),
    ),
    "comparison.line_other_goals": (
        (
            "{gone:,} {gone:|pair|pairs} gone, {new:,} new, {moved:,} changed; {slots} "
            "{slots:|unit|units} assigned ({slots_difference}); {goal}: {before} before, {after} after"
        ),
        (
            "减少 {gone:,} 个配对，新增 {new:,} 个，变动 {moved:,} 个；共安排 "
            "{slots}（{slots_difference}）；{goal}：之前 {before}，之后 {after}"
        ),
    ),
    "comparison.line_equal_goals": (
        (
            "{gone:,} {gone:|pair|pairs} gone, {new:,} new, {moved:,} changed; {slots} "
            "{slots:|unit|units} assigned ({slots_difference}); every goal equal"
        ),
        (
            "减少 {gone:,} 个配对，新增 {new:,} 个，变动 {moved:,} 个；共安排 "
            "{slots}（{slots_difference}）；各目标不变"
        ),
    ),
    "comparison.goals": ("Goals:", "目标："),
    "comparison.weight": ("Weight, term by term:", "总分构成："),
    "comparison.tiers": ("Slots by tier:", "各级名额："),
    "comparison.gone": ("{count:,} {count:|pair|pairs} gone:", "减少的配对（{count:,}）："),
    "comparison.new": ("{count:,} new {count:|pair|pairs}:", "新增的配对（{count:,}）："),
    "comparison.moved": ("{count:,} {count:|pair|pairs} changed:", "变动的配对（{count:,}）："),
    "comparison.requirements": (
        "Requirements: {more:,} get more, {fewer:,} get fewer:",
        "岗位：{more:,} 个增加，{fewer:,} 个减少：",
    ),
    "comparison.demands": (
        "Demands: {more:,} get more, {fewer:,} get fewer:",
        "需求：{more:,} 项增加，{fewer:,} 项减少：",
    ),
    "comparison.communities": (
        "Communities: {more:,} get more, {fewer:,} get fewer:",
        "社区：{more:,} 个增加，{fewer:,} 个减少：",
    ),
    "comparison.units": (
        "Units: {more:,} give more, {fewer:,} give fewer:",
        "单位：{more:,} 个多出，{fewer:,} 个少出：",
    ),
    "comparison.resources": (
        "Resources: {more:,} carry more, {fewer:,} carry less:",
        "资源：{more:,} 个承担更多，{fewer:,} 个承担更少：",
    ),
    "comparison.payments": ("Payments that changed:", "变动的扣分："),
    "comparison.more": ("  ... and {count:,} more", "  ……另有 {count:,} 项"),
    "comparison.row": ("  {told}", "  {told}"),
    "comparison.pair": ("{resource} for {requirement}", "{resource} — {requirement}"),
    "comparison.pair_units": ("{resource} for {requirement}: {units}", "{resource} — {requirement}：{units}"),
    "comparison.pair_at": ("{pair}, start {start}", "{pair}，开始时间 {start}"),
    "comparison.pair_start": ("{pair}, start {before} -> {after}", "{pair}，开始时间 {before} → {after}"),
    "comparison.payment": ("{rule}, amount {amount}", "{rule}，数量 {amount}"),
    "comparison.arrow": ("{before} -> {after}", "{before} → {after}"),
    "comparison.none": ("none", "无"),
    "comparison.head_goal": ("goal", "目标"),
    "comparison.head_term": ("term", "分项"),
    "comparison.head_tier": ("slots", "名额"),
    "comparison.head_payment": ("rule", "规则"),
    "comparison.head_id": ("id", "编号"),
    "comparison.head_before": ("before", "之前"),
    "comparison.head_after": ("after", "之后"),
    "comparison.head_difference": ("difference", "差额"),
    "comparison.paid": ("less payments", "减：扣分"),
    "comparison.total": ("weight", "总分"),
    "comparison.filled_minimum": ("tier {tier}, minimum filled", "第 {tier} 级 最低名额已满足"),
    "comparison.filled_rest": ("tier {tier}, beyond the minimum filled", "第 {tier} 级 其余名额已满足"),
    "comparison.missing_minimum": ("tier {tier}, minimum missing", "第 {tier} 级 最低名额缺口"),
    "comparison.missing_rest": ("tier {tier}, beyond the minimum missing", "第 {tier} 级 其余名额缺口"),
    # What changes would bring.
    "what_if.line": (
        "with {count:,} {count:|change|changes}, change in the best {goal}: {difference}",
        "作 {count:,} 项改动后，{goal}最好结果的变化：{difference}",
    ),
    "what_if.none": (
        "with {count:,} {count:|change|changes}, no goal's best changes",
        "作 {count:,} 项改动后，各目标的最好结果都不变",
    ),
    "what_if.changes": ("Changes:", "改动："),
    "what_if.goals_proven": ("The best of each goal (proven):", "各目标的最好结果（已证明）："),
    "what_if.goals": (
        "The best of each goal, as far as it is proven:",
        "各目标的最好结果（就已证明的范围）：",
    ),
    "what_if.plans": ("The two plans found:", "所得两个方案的比较："),
    "range.unknown": ("not known", "未知"),
    "range.at_most": ("at most {most}", "至多 {most}"),
    "range.at_least": ("at least {least}", "至少 {least}"),
    "range.between": ("{least} to {most}", "{least} 至 {most}"),
    # What one goal costs another.
    "trade_off.line": (
        (
            "{one} against {two}: {count:,} {count:|point|points}, from {start} to {end}; no plan does "
            "better in one without doing worse in the other (proven)"
        ),
        (
            "{one} 与 {two} 的取舍：共 {count:,} 个点，从 {start} 到 {end}；"
            "没有方案能在其中一项更好而另一项不变差（已证明）"
        ),
    ),
    "trade_off.line_cut": (
        (
            "{one} against {two}: {count:,} {count:|point|points} found, from {start} to {end}; the "
            "curve is not complete"
        ),
        "{one} 与 {two} 的取舍：已得 {count:,} 个点，从 {start} 到 {end}；曲线不完整",
    ),
    "trade_off.point": ("{first} / {second}", "{first} / {second}"),
    "trade_off.held": ("Kept at their best before both: {goals}", "在两者之前保持最好：{goals}"),
    "trade_off.cost": ("given up", "让出"),
    "trade_off.gain": ("gained", "换得"),
    "trade_off.unproven": ("not proven", "未证明"),
    "trade_off.ended_limit": (
        "Cut: the limit of {limit:,} {limit:|point|points} is reached; more may lie before the last one.",
        "已截断：达到 {limit:,} 个点的上限；最后一点之前可能还有。",
    ),
    "trade_off.ended_unproven": (
        "Cut: a point could not be proven; give more time.",
        "已截断：有一点未能证明；请给更多时间。",
    ),
    "trade_off.ended_range": (
        "Cut: the second goal ranges too far to be held; more may lie before the last one.",
        "已截断：第二个目标的范围太大；最后一点之前可能还有。",
    ),
    # How far a factor can go.
    "weight_range.line": (
        (
            "this plan stays optimal while {term} counts {low:,} to {high:,} times (now {factor:,}; 0 "
            "to 1,000 are possible)"
        ),
        "{term}的系数在 {low:,} 至 {high:,} 之间时（现为 {factor:,}，可取 0 至 1,000），本方案保持最优",
    ),
    "weight_range.one": (
        "this plan is optimal only while {term} counts {low:,} {low:|time|times} (now {factor:,})",
        "只有{term}的系数为 {low:,} 时（现为 {factor:,}），本方案才最优",
    ),
    "weight_range.at_least": (
        (
            "this plan stays optimal at least while {term} counts {low:,} to {high:,} times (now "
            "{factor:,}), and at most from {least:,} to {most:,}; not all could be proven"
        ),
        (
            "{term}的系数至少在 {low:,} 至 {high:,} 之间时（现为 {factor:,}），本方案保持最优；最多为 "
            "{least:,} 至 {most:,}，其余未能证明"
        ),
    ),
    "weight_range.unknown": (
        (
            "this plan is proven optimal at no factor of {term} (now {factor:,}); it is not optimal "
            "outside {least:,} to {most:,}, the rest could not be proven"
        ),
        (
            "未能证明本方案在{term}的任何系数下最优（现为 {factor:,}）；系数在 {least:,} 至 {most:,} "
            "之外时不是最优，其余未能证明"
        ),
    ),
    "weight_range.nowhere": (
        "this plan is optimal at no factor of {term} (now {factor:,})",
        "无论{term}的系数取何值（现为 {factor:,}），本方案都不是最优",
    ),
    "weight_range.end": (
        "at {factor:,} another plan is better, by {gain} in {goal} (proven):",
        "系数为 {factor:,} 时另有方案更好，{goal}多 {gain}（已证明）：",
    ),
    "weight_range.end_at_least": (
        "at {factor:,} another plan is better, by at least {gain} in {goal}:",
        "系数为 {factor:,} 时另有方案更好，{goal}至少多 {gain}：",
    ),
    "weight_range.head_goal": ("goal", "目标"),
    "weight_range.head_this": ("this plan", "本方案"),
    "weight_range.head_better": ("better plan", "更好的方案"),
    "weight_range.head_difference": ("difference", "差额"),
}
