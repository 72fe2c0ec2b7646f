"""What checks find in a plan."""

MESSAGES: dict[str, tuple[str, str]] = {
    "violation.line": ("{rule} {ids}: {fact}", "{rule}（{ids}）：{fact}"),
    "violation.line_without_ids": ("{rule}: {fact}", "{rule}：{fact}"),
    "violation.long_number": ("a number of about {digits} digits", "一个约 {digits} 位的数"),
    "violation.absent": ("absent", "无"),
    "violation.and": (", ", "、"),
    "violation.or": (" or ", "或"),
    "violation.window": ("{start} to {end} UTC", "{start} 至 {end}（UTC）"),
    "violation.kept": ("", ""),
    # Ids, quantities, loads, starts and overlaps.
    "violation.no_resource": ("is assigned, but is no resource of the problem", "被安排了，但问题中没有这个资源"),
    "violation.no_requirement": ("is served, but is no requirement of the problem", "有安排，但问题中没有这个岗位"),
    "violation.no_requirement_short": ("has a shortfall, but is no requirement of the problem", "列有缺口，但问题中没有这个岗位"),
    "violation.no_demand_short": ("is named by a shortfall, but is no demand of the problem", "在缺口中出现，但问题中没有这个需求"),
    "violation.duplicate": ("stands in the plan {times} times, once is allowed", "在方案中出现 {times} 次，只允许一次"),
    "violation.pair_quantity": (
        "has quantity {quantity}, at most {most} is allowed for the pair",
        "数量为 {quantity}，这一对最多允许 {most}",
    ),
    "violation.resource_capacity": ("gives {quantity} in all, its capacity is {most}", "共提供 {quantity}，容量为 {most}"),
    "violation.requirement_wanted": ("takes {quantity} in all, wanted are {most}", "共得到 {quantity}，需要 {most}"),
    "violation.load": (
        "carries {carried} of {dimension} in all, at most {most} fit",
        "{dimension} 共承载 {carried}，最多 {most}",
    ),
    "violation.start_of_fixed": ("states a start, but demand {demand} has fixed times", "写有开始时间，但需求 {demand} 的时间是固定的"),
    "violation.start_missing": ("states no start, but demand {demand} is flexible", "没有写开始时间，但需求 {demand} 的时间是可选的"),
    "violation.start_wrong": ("starts at {start}, where demand {demand} may not start", "开始于 {start}，需求 {demand} 不能在此时开始"),
    "violation.start_differs": (
        "starts at {start}, others at demand {demand} at another time",
        "开始于 {start}，同一需求 {demand} 的其他安排在另一时间开始",
    ),
    "violation.overlap_roles": (
        "serves {roles} requirements of demand {demand} at one time, at most 1 is allowed",
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
    "violation.mode": ("serves {serves} only, the demand is {asked}", "只提供{serves}服务，该需求是{asked}的"),
    "violation.on_site": ("on_site", "现场"),
    "violation.online": ("online", "线上"),
    "violation.never_free": (
        "is never free for {minutes} minutes within the windows of the demand",
        "在该需求的时间段内没有连续 {minutes} 分钟的空闲",
    ),
    "violation.not_free": ("is not free for all of {time}", "在 {time}并非全程有空"),
    "violation.max_distance": ("is {far} m away, at most {most} m are allowed", "相距 {far} 米，最多允许 {most} 米"),
    "violation.forbid": ("is forbidden by a rule", "规则禁止这样安排"),
    "violation.load_of_one": ("cannot carry one unit: {beyond}", "连一份也承载不了：{beyond}"),
    "violation.beyond": ("{used} of {dimension} > {most}", "{dimension} {used} > {most}"),
    # Rule records, by their amount.
    "violation.forbid_amount": ("has quantity {quantity}, the pair is forbidden", "数量为 {quantity}，但这一对是禁止的"),
    "violation.lock": ("has quantity {quantity}, locked are at least {least}", "数量为 {quantity}，规则锁定至少 {least}"),
    "violation.max_distance_amount": ("is {far} m away, {most} m are allowed", "相距 {far} 米，允许 {most} 米"),
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
        "serves {used} seconds{when}, its budget of {minutes} minutes is {most}",
        "{when}共服务 {used} 秒，预算 {minutes} 分钟即 {most} 秒",
    ),
    "violation.count_budget": ("serves {used} units{when}, at most {most} are allowed", "{when}共服务 {used} 份，最多允许 {most}"),
    "violation.in_all": ("", ""),
    "violation.in_day": (" in the day from {first}", "在 {first} 这一天"),
    "violation.in_week": (" in the week from {first}", "在 {first} 起的一周内"),
    "violation.in_days": (" in the {days} days from {first}", "在 {first} 起的 {days} 天内"),
    "violation.longest_run": (
        "serves on {days} days in a row from {since}, at most {most} are allowed",
        "从 {since} 起连续服务 {days} 天，最多允许 {most} 天",
    ),
    "violation.rest": (
        "serves demands with less than {minutes} minutes between them; in all {pairs} pairs of demands lie so close",
        "所服务的需求之间不足 {minutes} 分钟；这样相近的需求共 {pairs} 对",
    ),
    "violation.travel": (
        "serves demands with less time between them than the way takes at {kmh} km an hour; in all {pairs} pairs of demands lie so close",
        "所服务的需求之间的时间不够按每小时 {kmh} 公里走完路程；这样相近的需求共 {pairs} 对",
    ),
    "violation.uncounted": (
        "serves {demands} demands too close together to be counted",
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
        "is served by members of {units} units, at least {least} are asked",
        "成员来自 {units} 个单位，至少要 {least} 个",
    ),
    "violation.local_member": (
        "is served by {local} members at home there, at least {least} are asked",
        "有 {local} 名成员是本地人，至少要 {least} 名",
    ),
    "violation.all_or_nothing": (
        "is served, but its requirements lack {missing} of their minimums",
        "有人服务，但各岗位的最低人数还差 {missing}",
    ),
    "violation.keep_together": (
        "of {whole} resources that belong together, {missing} are missing at {demands} demands",
        "应在一起的 {whole} 个资源，在 {demands} 个需求中共缺 {missing} 个",
    ),
    "violation.keep_apart": (
        "of resources to be kept apart, {size} too many serve {demands} demands",
        "应当分开的资源，在 {demands} 个需求中多出 {size} 个",
    ),
    "violation.choose_at_most": (
        "{used} of {whole} resources are used, at most {most} are allowed",
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
    "violation.payment_of_tier": ("amount {size}, paid {paid}, tier {tier}", "违反量 {size}，扣分 {paid}，第 {tier} 级"),
    "violation.once": ("once", "一次"),
    "violation.times": ("{times} times", "{times} 次"),
    "violation.payment_missing": ("{payment} is right, but listed {times} too seldom", "应列出“{payment}”，但少列了{times}"),
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
    "violation.short_demand": ("belongs to demand {demand}, the shortfall names another", "属于需求 {demand}，缺口却写了另一个"),
    "violation.short_number": (
        "states {name} {stated} in its shortfall, right is {right}",
        "缺口中 {name} 写为 {stated}，应为 {right}",
    ),
    "violation.short_reason": (
        "states {eligible} eligible and the reason {reason}, which contradict each other",
        "写有 {eligible} 个合格资源，原因却是 {reason}，两者矛盾",
    ),
    "violation.short_unlisted": ("lacks {missing}, but has no shortfall", "缺 {missing}，但没有列出缺口"),
    "violation.short_often": ("has {count} shortfalls, exactly 1 is right", "列有 {count} 条缺口，应恰好 1 条"),
    # The outcome: goals, bounds, gap and status.
    "violation.goal_count": (
        "{stated} goals are listed, the problem has {count}: {names}",
        "列出了 {stated} 个目标，问题有 {count} 个：{names}",
    ),
    "violation.goal_name": ("goal {place} has another name than {name}", "第 {place} 个目标的名称不是 {name}"),
    "violation.goal_value": ("goal {name} states {stated}, the plan reaches {right}", "目标 {name} 写为 {stated}，方案达到 {right}"),
    "violation.goal_tolerance": (
        "goal {name} states the tolerance {stated}, the problem gives {right}",
        "目标 {name} 的容差写为 {stated}，问题给出的是 {right}",
    ),
    "violation.value": (
        "the value is stated as {stated}, the assignments are worth {right} in the last goal",
        "总值写为 {stated}，而各项安排在最后一个目标上值 {right}",
    ),
    "violation.proof_held": (
        "the bound is said to rest on {said}, but there is a certificate",
        "上界据称来自{said}，但附有最优性证明",
    ),
    "violation.proof_absent": (
        "the bound is said to rest on {said}, but there is no certificate",
        "上界据称来自{said}，但没有最优性证明",
    ),
    "violation.on_prices": ("prices", "价格"),
    "violation.on_search": ("search", "搜索"),
    "violation.on_nothing": ("nothing", "“无”"),
    "violation.proof_without_bound": (
        "the bound is said to rest on a search, but none is stated",
        "上界据称来自搜索，但没有写出上界",
    ),
    "violation.bound_unproved": ("a bound is stated without a certificate that proves it", "写有上界，但没有能证明它的证明"),
    "violation.bounds": (
        "the goals state the bounds {stated}, values and certificate give {right}",
        "各目标的上界写为 {stated}，由数值和证明得出的是 {right}",
    ),
    "violation.bound_last": (
        "the bound is stated as {stated}, values and certificate give {right} for the last goal",
        "上界写为 {stated}，由数值和证明得出最后一个目标的上界是 {right}",
    ),
    "violation.beyond_bound": ("the plan reaches {reached}, more than the bound {bound}", "方案达到 {reached}，超过上界 {bound}"),
    "violation.bound_of_goal": (
        "the bound of goal {name} is stated as {stated}, but {why}",
        "目标 {name} 的上界写为 {stated}，但{why}",
    ),
    "violation.all_reached": ("every goal before it is reached", "它之前的目标都已达到"),
    "violation.not_all_reached": ("a goal before it is not reached", "它之前有目标没有达到"),
    "violation.goal_beyond_bound": (
        "the plan reaches {reached} in goal {name}, more than its bound {bound}",
        "方案在目标 {name} 上达到 {reached}，超过其上界 {bound}",
    ),
    "violation.bound_not_last": (
        "the bound is stated as {stated}, that of the last goal is {right}",
        "上界写为 {stated}，而最后一个目标的上界是 {right}",
    ),
    "violation.gap_unproved": (
        "the gap is stated as {stated}, but there is no certificate to prove a bound",
        "差距写为 {stated}，但没有证明上界的证明",
    ),
    "violation.gap_without_bound": ("the gap is stated as {stated}, but no bound is", "差距写为 {stated}，但没有写出上界"),
    "violation.gap": ("the gap is stated as {stated}, values and bound give {right}", "差距写为 {stated}，由数值和上界得出的是 {right}"),
    "violation.not_optimal": ("the plan is called optimal, but {why}", "方案自称最优，但{why}"),
    "violation.certificate_not_reached": ("the certificate's bound is not what the plan reaches", "方案没有达到证明中的上界"),
    "violation.search_not_reached": ("the bounds of the search are not what the plan reaches", "方案没有达到搜索得出的上界"),
    "violation.no_certificate": ("there is no certificate", "没有最优性证明"),
    "violation.optimal_by_certificate": (
        "the plan is called feasible only, but it reaches the bound of its certificate",
        "方案只自称可行，但它已达到证明中的上界",
    ),
    "violation.optimal_by_goals": (
        "the plan is called feasible only, but it reaches the bound of every goal",
        "方案只自称可行，但它已达到每个目标的上界",
    ),
    "violation.status_stopped": (
        "the status {status} contradicts that solving stopped with {stopped}",
        "状态 {status} 与求解结束的原因 {stopped} 矛盾",
    ),
    # The certificate: prices and the bound they give.
    "violation.certificate_missing": ("the plan has no certificate", "方案没有最优性证明"),
    "violation.aims_given": (
        "the problem gives aims of its own, about which prices prove nothing",
        "问题自行给出了目标，价格对它们证明不了什么",
    ),
    "violation.certificate_goals": (
        "the certificate's goals are not those of the problem: {names}",
        "证明中的目标不是问题的目标：{names}",
    ),
    "violation.certificate_length": (
        "the certificate's {what} has {length} numbers, the problem has {goals} goals",
        "证明中的{what}有 {length} 个数，问题有 {goals} 个目标",
    ),
    "violation.the_bound": ("bound", "上界"),
    "violation.the_digits": ("digits", "位值"),
    "violation.the_floors": ("floors", "下限"),
    "violation.the_ceilings": ("ceilings", "上限"),
    "violation.price_twice": ("the {what} has more than one price in the certificate", "这个{what}在证明中有不止一个价格"),
    "violation.price_unknown": (
        "has a price in the certificate, but is no {what} of the problem",
        "在证明中有价格，但问题中没有这个{what}",
    ),
    "violation.price_length": (
        "the price of the {what} has {length} numbers, the problem has {goals} goals",
        "这个{what}的价格有 {length} 个数，问题有 {goals} 个目标",
    ),
    "violation.price_missing": ("the {what} has no price in the certificate", "这个{what}在证明中没有价格"),
    "violation.a_resource": ("resource", "资源"),
    "violation.a_requirement": ("requirement", "岗位"),
    "violation.a_capped_unit": ("capped unit", "有上限的单位"),
    "violation.a_capped_community": ("capped community", "有上限的社区"),
    "violation.certificate_bound": (
        "the certificate states the bound {stated}, its prices give {right}",
        "证明写出的上界是 {stated}，由其价格得出的是 {right}",
    ),
    "violation.more_pairs": (
        "more than {listed} pairs are worth more than their prices; the search ended here",
        "有超过 {listed} 对的价值高于其价格；查找到此为止",
    ),
    "violation.pair_worth": ("the pair is worth {worth}, more than its prices {price}", "这一对值 {worth}，高于其价格 {price}"),
    "violation.floor_above": (
        "the floor {floor} of goal {goal} lies above its ceiling {ceiling}",
        "目标 {goal} 的下限 {floor} 高于其上限 {ceiling}",
    ),
    "violation.floor_wrong": (
        "the floor of goal {goal} is stated as {floor}, plans may reach as little as {least}",
        "目标 {goal} 的下限写为 {floor}，而方案可能低至 {least}",
    ),
    "violation.ceiling_wrong": (
        "the ceiling of goal {goal} is stated as {ceiling}, plans may reach as much as {most}",
        "目标 {goal} 的上限写为 {ceiling}，而方案可能高至 {most}",
    ),
    "violation.more_blocks": (
        "more than {listed} resources' blocks are worth more than their prices; the search ended here",
        "有超过 {listed} 个资源的组合价值高于其价格；查找到此为止",
    ),
    "violation.block_worth": (
        "its best block is worth {worth} at these prices, more than its price {price}",
        "按这些价格，它的最佳组合值 {worth}，高于其价格 {price}",
    ),
}
