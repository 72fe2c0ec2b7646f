"""What checks find in a plan."""

MESSAGES: dict[str, tuple[str, str]] = {
    "violation.line": ("{rule} {ids}: {fact}", "{rule}（{ids}）：{fact}"),
    "violation.line_without_ids": ("{rule}: {fact}", "{rule}：{fact}"),
    "violation.long_number": ("a number of about {digits} {digits:|digit|digits}", "一个约 {digits} 位的数"),
    "violation.absent": ("absent", "无"),
    "violation.and": (", ", "、"),
    "violation.or": (" or ", "或"),
    "violation.window": ("{start} to {end} {zone}", "{start} 至 {end}（{zone}）"),
    "violation.kept": ("", ""),
    # Ids, quantities, loads, starts and overlaps.
    "violation.no_resource": (
        "is assigned, but is no resource of the problem",
        "被安排了，但问题中没有这个资源",
    ),
    "violation.no_requirement": (
        "is served, but is no requirement of the problem",
        "有安排，但问题中没有这个岗位",
    ),
    "violation.no_requirement_short": (
        "has a shortfall, but is no requirement of the problem",
        "列有缺口，但问题中没有这个岗位",
    ),
    "violation.no_demand_short": (
        "is named by a shortfall, but is no demand of the problem",
        "在缺口中出现，但问题中没有这个需求",
    ),
    "violation.duplicate": (
        "stands in the plan {times} {times:|time|times}, once is allowed",
        "在方案中出现 {times} 次，只允许一次",
    ),
    "violation.pair_quantity": (
        "has quantity {quantity}, at most {most} is allowed for the pair",
        "数量为 {quantity}，这一对最多允许 {most}",
    ),
    "violation.resource_capacity": (
        "gives {quantity} in all, its capacity is {most}",
        "共提供 {quantity}，容量为 {most}",
    ),
    "violation.requirement_wanted": (
        "takes {quantity} in all, wanted are {most}",
        "共得到 {quantity}，需要 {most}",
    ),
    "violation.load": (
        "carries {carried} of {dimension} in all, at most {most} fit",
        "{dimension} 共承载 {carried}，最多 {most}",
    ),
    "violation.start_of_fixed": (
        "states a start, but demand {demand} has fixed times",
        "写有开始时间，但需求 {demand} 的时间是固定的",
    ),
    "violation.start_missing": (
        "states no start, but demand {demand} is flexible",
        "没有写开始时间，但需求 {demand} 的时间是可选的",
    ),
    "violation.start_wrong": (
        "starts at {start}, where demand {demand} may not start",
        "开始于 {start}，需求 {demand} 不能在此时开始",
    ),
    "violation.start_differs": (
        "starts at {start}, others at demand {demand} at another time",
        "开始于 {start}，同一需求 {demand} 的其他安排在另一时间开始",
    ),
    "violation.overlap_roles": (
        (
            "serves {roles} {roles:|requirement|requirements} of demand {demand} at one time, at most "
            "1 is allowed"
        ),
        "同时承担需求 {demand} 的 {roles} 个岗位，最多允许 1 个",
    ),
    "violation.overlap": (
        "is at demand {first} and at demand {second} during {during}",
        "在 {during}同时被安排到需求 {first} 和需求 {second}",
    ),
    # When a resource may serve a requirement.
    "violation.of": ("{who} {told}", "{who} {told}"),
    "violation.capacity": ("has capacity 0, at least 1 is needed", "容量为 0，至少要有 1"),
    "violation.kind": ("is of kind {kind}, asked is {asked}", "类别是 {kind}，要求的是 {asked}"),
    "violation.skill": ("lacks skill {needs}", "技能不足：{needs}"),
    "violation.level": ("{skill} {held} < {asked}", "{skill} {held} 级 < {asked} 级"),
    "violation.mode": (
        "serves {serves} only, the demand is {asked}",
        "只提供{serves}服务，该需求是{asked}的",
    ),
    "violation.on_site": ("on_site", "现场"),
    "violation.online": ("online", "线上"),
    "violation.never_free": (
        "is never free for {minutes} {minutes:|minute|minutes} within the windows of the demand",
        "在该需求的时间段内没有连续 {minutes} 分钟的空闲",
    ),
    "violation.not_free": ("is not free for all of {time}", "在 {time}并非全程有空"),
    "violation.max_distance": (
        "is {far} m away, at most {most} m are allowed",
        "相距 {far} 米，最多允许 {most} 米",
    ),
    "violation.forbid": ("is forbidden by a rule", "规则禁止这样安排"),
    "violation.load_of_one": ("cannot carry one unit: {beyond}", "连一份也承载不了：{beyond}"),
    "violation.beyond": ("{used} of {dimension} > {most}", "{dimension} {used} > {most}"),
    # Rule records, by their amount.
    "violation.forbid_amount": (
        "has quantity {quantity}, the pair is forbidden",
        "数量为 {quantity}，但这一对是禁止的",
    ),
    "violation.lock": (
        "has quantity {quantity}, locked are at least {least}",
        "数量为 {quantity}，规则锁定至少 {least}",
    ),
    "violation.max_distance_amount": (
        "is {far} m away, {most} m are allowed",
        "相距 {far} 米，允许 {most} 米",
    ),
    "violation.unit_cap": (
        "gives {given} with units below it, at most {most} is allowed",
        "连同下级单位共提供 {given}，最多允许 {most}",
    ),
    "violation.community_cap": (
        "takes {taken} with communities below it, at most {most} is allowed",
        "连同下级社区共得到 {taken}，最多允许 {most}",
    ),
    "violation.reserve_share": (
        "gives {given} of {whole}; {percent}% kept back leaves {most}",
        "在 {whole} 中提供 {given}；留出 {percent}% 后只剩 {most}",
    ),
    "violation.hours_budget": (
        (
            "serves {used} {used:|second|seconds}{when}, its budget of {minutes} "
            "{minutes:|minute|minutes} is {most}"
        ),
        "{when}共服务 {used} 秒，预算 {minutes} 分钟即 {most} 秒",
    ),
    "violation.count_budget": (
        "serves {used} {used:|unit|units}{when}, at most {most} {most:|is|are} allowed",
        "{when}共服务 {used} 份，最多允许 {most}",
    ),
    "violation.in_all": ("", ""),
    "violation.in_day": (" in the day from {first}", "在 {first} 这一天"),
    "violation.in_week": (" in the week from {first}", "在 {first} 起的一周内"),
    "violation.in_days": (" in the {days} {days:|day|days} from {first}", "在 {first} 起的 {days} 天内"),
    "violation.longest_run": (
        "serves on {days} {days:|day|days} in a row from {since}, at most {most} {most:|is|are} allowed",
        "从 {since} 起连续服务 {days} 天，最多允许 {most} 天",
    ),
    "violation.rest": (
        (
            "serves demands with less than {minutes} {minutes:|minute|minutes} between them; in all "
            "{pairs} {pairs:|pair|pairs} of demands lie so close"
        ),
        "所服务的需求之间不足 {minutes} 分钟；这样相近的需求共 {pairs} 对",
    ),
    "violation.travel": (
        (
            "serves demands with less time between them than the way takes at {kmh} km an hour; in all "
            "{pairs} {pairs:|pair|pairs} of demands lie so close"
        ),
        "所服务的需求之间的时间不够按每小时 {kmh} 公里走完路程；这样相近的需求共 {pairs} 对",
    ),
    "violation.uncounted": (
        "serves {demands} {demands:|demand|demands} too close together to be counted",
        "服务 {demands} 个需求，彼此时间太近，无法计数",
    ),
    "violation.team": (
        "is served by {quantity}, allowed are 0 or {least} to {most}",
        "由 {quantity} 份服务，只允许 0 或 {least} 至 {most}",
    ),
    "violation.cover": (
        "is served by {members}, who lack {missing} of the skills asked of them together",
        "由 {members} 名成员服务，合起来还缺 {missing} 项所要求的技能",
    ),
    "violation.trainees": (
        "is served by {juniors} without the skill and {seniors} with it; each allows {most}",
        "有 {juniors} 名成员没有该技能，{seniors} 名有；每名有技能者可带 {most} 名",
    ),
    "violation.units_represented": (
        "is served by members of {units} {units:|unit|units}, at least {least} {least:|is|are} asked",
        "成员来自 {units} 个单位，至少要 {least} 个",
    ),
    "violation.local_member": (
        "is served by {local} {local:|member|members} at home there, at least {least} {least:|is|are} asked",
        "有 {local} 名成员是本地人，至少要 {least} 名",
    ),
    "violation.all_or_nothing": (
        "is served, but its requirements lack {missing} of their minimums",
        "有人服务，但各岗位的最低人数还差 {missing}",
    ),
    "violation.keep_together": (
        (
            "of {whole} {whole:|resource|resources} that belong together, {missing} {missing:|is|are} "
            "missing at {demands} {demands:|demand|demands}"
        ),
        "应在一起的 {whole} 个资源，在 {demands} 个需求中共缺 {missing} 个",
    ),
    "violation.keep_apart": (
        "of resources to be kept apart, {size} too many serve {demands} {demands:|demand|demands}",
        "应当分开的资源，在 {demands} 个需求中多出 {size} 个",
    ),
    "violation.choose_at_most": (
        "{used} of {whole} {whole:|resource is|resources are} used, at most {most} {most:|is|are} allowed",
        "{whole} 个资源中用了 {used} 个，最多允许 {most} 个",
    ),
    "violation.unit_share": (
        "gives {quantity} to {community}, allowed are {least} to {most} if it takes anything",
        "向 {community} 提供 {quantity}，只要该社区得到服务，允许的是 {least} 至 {most}",
    ),
    "violation.no_worse": (
        "{told}; the rule is broken by {now} in all, by the previous pairs only by {before}",
        "{told}；总共违反 {now}，而先前的安排只违反 {before}",
    ),
    # What a plan says of itself: payments, weights and what is missing.
    "violation.payment": ("amount {size}, paid {paid}", "违反量 {size}，扣分 {paid}"),
    "violation.payment_of_tier": (
        "amount {size}, paid {paid}, tier {tier}",
        "违反量 {size}，扣分 {paid}，第 {tier} 级",
    ),
    "violation.once": ("once", "一次"),
    "violation.times": ("{times} {times:|time|times}", "{times} 次"),
    "violation.payment_missing": (
        "{payment} is right, but listed {times} too seldom",
        "应列出“{payment}”，但少列了{times}",
    ),
    "violation.payment_beyond": ("{payment} is listed {times} too often", "“{payment}”多列了{times}"),
    "violation.payment_unknown": (
        "{payment} is listed for what is neither a soft rule that the plan breaks nor an activation to pay",
        "列出了“{payment}”，但它既不是方案违反的软规则，也不是应付的启用成本",
    ),
    "violation.term": ("states {stated} for {term}, right is {right}", "{term} 写为 {stated}，应为 {right}"),
    "violation.weight": ("states weight {stated}, right is {right}", "分值写为 {stated}，应为 {right}"),
    "violation.not_short": (
        "has a shortfall, but {assigned} of {wanted} wanted are assigned",
        "列有缺口，但所需 {wanted} 中已安排 {assigned}",
    ),
    "violation.short_demand": (
        "belongs to demand {demand}, the shortfall names another",
        "属于需求 {demand}，缺口却写了另一个",
    ),
    "violation.short_number": (
        "states {name} {stated} in its shortfall, right is {right}",
        "缺口中 {name} 写为 {stated}，应为 {right}",
    ),
    "violation.short_reason": (
        "states {eligible} eligible and the reason {reason}, which contradict each other",
        "写有 {eligible} 个合格资源，原因却是 {reason}，两者矛盾",
    ),
    "violation.short_unlisted": ("lacks {missing}, but has no shortfall", "缺 {missing}，但没有列出缺口"),
    "violation.short_often": (
        "has {count} {count:|shortfall|shortfalls}, exactly 1 is right",
        "列有 {count} 条缺口，应恰好 1 条",
    ),
}
