"""What checks find in the outcome that a plan states, and in its certificate; and what is wrong with the
limits of a search.
"""

MESSAGES: dict[str, tuple[str, str]] = {
    "limit.time_limit": ("is not a number from 0 upwards", "不是不小于 0 的数"),
    "limit.time_limit.do": ("Give seconds, at most 1e9", "请填写秒数，至多 1e9"),
    "limit.gap": ("is not a number from 0 to 1", "不是 0 到 1 之间的数"),
    "limit.gap.do": ("Give a share of the bound, as in 0.01", "请填写占上界的比例，如 0.01"),
    # What is said before the search begins, and by the outcome.
    "outcome.closed": (
        (
            "{label} asks for at least {least:,} of {unit}, of which at most {most:,} can come: "
            "{community} takes nothing. Lower the least, list more of the unit, or make the rule soft"
        ),
        (
            "{label} 要求至少 {least:,} 份来自 {unit}，而它最多只能提供 {most:,} 份：{community} "
            "将得不到任何资源。请降低下限、增加该单位的资源，或把规则改为软性"
        ),
    ),
    "violation.closed": (
        "the rules said to close a community are not those that do, or their numbers are wrong",
        "所写的使社区得不到任何资源的规则，与实际不符或数字不对",
    ),
    # The outcome: goals, bounds, gap and status.
    "violation.goal_count": (
        "{stated} {stated:|goal is|goals are} listed, the problem has {count}: {names}",
        "列出了 {stated} 个目标，问题有 {count} 个：{names}",
    ),
    "violation.goal_name": (
        "goal {place} has another name than {name}",
        "第 {place} 个目标的名称不是 {name}",
    ),
    "violation.goal_value": (
        "goal {name} states {stated}, the plan reaches {right}",
        "目标 {name} 写为 {stated}，方案达到 {right}",
    ),
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
    "violation.bound_unproved": (
        "a bound is stated without a certificate that proves it",
        "写有上界，但没有能证明它的证明",
    ),
    "violation.bounds": (
        "the goals state the bounds {stated}, values and certificate give {right}",
        "各目标的上界写为 {stated}，由数值和证明得出的是 {right}",
    ),
    "violation.bound_last": (
        "the bound is stated as {stated}, values and certificate give {right} for the last goal",
        "上界写为 {stated}，由数值和证明得出最后一个目标的上界是 {right}",
    ),
    "violation.beyond_bound": (
        "the plan reaches {reached}, more than the bound {bound}",
        "方案达到 {reached}，超过上界 {bound}",
    ),
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
    "violation.gap_without_bound": (
        "the gap is stated as {stated}, but no bound is",
        "差距写为 {stated}，但没有写出上界",
    ),
    "violation.gap": (
        "the gap is stated as {stated}, values and bound give {right}",
        "差距写为 {stated}，由数值和上界得出的是 {right}",
    ),
    "violation.not_optimal": ("the plan is called optimal, but {why}", "方案自称最优，但{why}"),
    "violation.certificate_not_reached": (
        "the certificate's bound is not what the plan reaches",
        "方案没有达到证明中的上界",
    ),
    "violation.search_not_reached": (
        "the bounds of the search are not what the plan reaches",
        "方案没有达到搜索得出的上界",
    ),
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
        (
            "the certificate's {what} has {length} {length:|number|numbers}, the problem has {goals} "
            "{goals:|goal|goals}"
        ),
        "证明中的{what}有 {length} 个数，问题有 {goals} 个目标",
    ),
    "violation.the_bound": ("bound", "上界"),
    "violation.the_digits": ("digits", "位值"),
    "violation.the_floors": ("floors", "下限"),
    "violation.the_ceilings": ("ceilings", "上限"),
    "violation.price_twice": (
        "the {what} has more than one price in the certificate",
        "这个{what}在证明中有不止一个价格",
    ),
    "violation.price_unknown": (
        "has a price in the certificate, but is no {what} of the problem",
        "在证明中有价格，但问题中没有这个{what}",
    ),
    "violation.price_length": (
        (
            "the price of the {what} has {length} {length:|number|numbers}, the problem has {goals} "
            "{goals:|goal|goals}"
        ),
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
        "more than {listed} {listed:|pair is|pairs are} worth more than their prices; the search ended here",
        "有超过 {listed} 对的价值高于其价格；查找到此为止",
    ),
    "violation.pair_worth": (
        "the pair is worth {worth}, more than its prices {price}",
        "这一对值 {worth}，高于其价格 {price}",
    ),
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
        (
            "more than {listed} {listed:|resource|resources}' blocks are worth more than their prices; "
            "the search ended here"
        ),
        "有超过 {listed} 个资源的组合价值高于其价格；查找到此为止",
    ),
    "violation.block_worth": (
        "its best block is worth {worth} at these prices, more than its price {price}",
        "按这些价格，它的最佳组合值 {worth}，高于其价格 {price}",
    ),
}
