"""Why a pair is in a plan or not, and what forcing it would cost."""

MESSAGES: dict[str, tuple[str, str]] = {
    "pair.goal.amount": ("{goal}: {amount:,}", "{goal}：{amount:,}"),
    "pair.goal.nothing": ("nothing", "无"),
    # A pair in the plan.
    "pair.why.line": (
        "{resource} serves {requirement}, worth {weight:,} a unit; {next}",
        "{resource} 承担 {requirement}，每份价值 {weight:,}；{next}",
    ),
    "pair.why.terms": ("weight {weight:,} = {terms}", "总分 {weight:,} = {terms}"),
    "pair.why.terms.none": ("weight 0: no term counts anything", "总分 0：没有任何一项计分"),
    "pair.why.term": ("{term} {points:+,}", "{term} {points:+,}"),
    "pair.why.prices": (
        (
            "the price of a unit of {resource} is ({first}), that of a slot of {requirement} "
            "({second}); the weight exceeds both by ({rest})"
        ),
        (
            "{resource} 每份的价格为（{first}），{requirement} 每个名额的价格为（{second}）；"
            "分值比两者之和多（{rest}）"
        ),
    ),
    "pair.why.quantity": (
        "{resource} gives it {quantity:,} {quantity:|unit|units}",
        "{resource} 为其提供 {quantity:,} 份",
    ),
    "pair.why.locked": (
        "hard locks hold {locked:,} {locked:|unit|units} there, whatever {locked:|it is|they are} worth",
        "其中 {locked:,} 份由硬性锁定固定，不论价值高低",
    ),
    "pair.why.next.resource": (
        "next for {requirement} is {other} (worth {weight:,}), behind by {behind}",
        "{requirement} 的下一个选择是 {other}（每份价值 {weight:,}），落后（{behind}）",
    ),
    "pair.why.next.resource.even": (
        "next for {requirement} is {other} (worth {weight:,}), which would do as well",
        "{requirement} 的下一个选择是 {other}（每份价值 {weight:,}），效果相同",
    ),
    "pair.why.next.resource.none": (
        "nobody else could give {requirement} a unit more",
        "没有其他资源还能为 {requirement} 再提供一份",
    ),
    "pair.why.next.requirement": (
        "next for {resource} is {other} (worth {weight:,}), behind by {behind}",
        "{resource} 的下一个去处是 {other}（每份价值 {weight:,}），落后（{behind}）",
    ),
    "pair.why.next.requirement.even": (
        "next for {resource} is {other} (worth {weight:,}), which would do as well",
        "{resource} 的下一个去处是 {other}（每份价值 {weight:,}），效果相同",
    ),
    "pair.why.next.requirement.none": (
        "there is nothing else that {resource} could give a unit to",
        "{resource} 没有其他可再承担的岗位",
    ),
    "pair.why.by_weight": (
        (
            "there are no prices of this pair, so others are compared by weight alone, not by what "
            "they are needed for elsewhere"
        ),
        "这一对没有价格，因此只按分值比较，未计入各资源在别处的用途",
    ),
    "pair.why.not_proven": (
        "the plan is not proven optimal, so the prices are near what they should be, not exact",
        "该方案未被证明为最优，因此价格只是近似值",
    ),
    # A pair that is not in the plan, or not with more.
    "pair.why_not.not_eligible": (
        "{resource} cannot serve {requirement}: {reasons}",
        "{resource} 不能承担 {requirement}：{reasons}",
    ),
    "pair.why_not.at_capacity": (
        "{resource} serves {requirement} already, with all that the pair can carry ({quantity:,})",
        "{resource} 已经承担 {requirement}，并且已达这一对的最大数量（{quantity:,}）",
    ),
    "pair.why_not.ruled_out": (
        "{resource} could serve {requirement}, but cannot be made to: {obstacles}",
        "{resource} 符合 {requirement} 的条件，但无法指定：{obstacles}",
    ),
    "pair.why_not.ruled_out.more": (
        "{resource} gives {requirement} {quantity:,}, and cannot be made to give one more: {obstacles}",
        "{resource} 为 {requirement} 提供 {quantity:,} 份，无法再指定多一份：{obstacles}",
    ),
    "pair.why_not.free": (
        "{resource} could serve {requirement} at no loss: another plan that is as good has the pair",
        "{resource} 也可以承担 {requirement} 而没有任何损失：有另一个同样好的方案包含这一对",
    ),
    "pair.why_not.free.more": (
        "{resource} could give {requirement} one more than {quantity:,} at no loss: another plan is as good",
        (
            "{resource} 可以在 {quantity:,} 份之外再为 {requirement} 多提供一份而没有任何损失："
            "有另一个同样好的方案"
        ),
    ),
    "pair.why_not.exact": (
        "making {resource} serve {requirement} changes the best plan by: {change}",
        "若指定 {resource} 承担 {requirement}，最好的方案将变化：{change}",
    ),
    "pair.why_not.exact.more": (
        "making {resource} give {requirement} one more than {quantity:,} changes the best plan by: {change}",
        "若指定 {resource} 在 {quantity:,} 份之外再为 {requirement} 多提供一份，最好的方案将变化：{change}",
    ),
    "pair.why_not.bound": (
        "making {resource} serve {requirement} costs the best plan, as far as it is proven: {loss}",
        "若指定 {resource} 承担 {requirement}，最好方案的损失（仅证明到以下界限）：{loss}",
    ),
    "pair.why_not.bound.more": (
        (
            "making {resource} give {requirement} one more than {quantity:,} costs the best plan, as "
            "far as it is proven: {loss}"
        ),
        (
            "若指定 {resource} 在 {quantity:,} 份之外再为 {requirement} 多提供一份，"
            "最好方案的损失（仅证明到以下界限）：{loss}"
        ),
    ),
    "pair.why_not.unknown": (
        (
            "{resource} could serve {requirement}; what that would cost is not known, as time ended "
            "before a plan with it was found"
        ),
        "{resource} 符合 {requirement} 的条件；代价未知，因为在时限内没有找到包含这一对的方案",
    ),
    "pair.why_not.goal": (
        "{goal}: {before:,} before, {after:,} after",
        "{goal}：之前 {before:,}，之后 {after:,}",
    ),
    "pair.why_not.searched": (
        "the moves lead to the plan that was found with the pair; a shorter way may exist",
        "以上变动通向所找到的包含这一对的方案；可能存在变动更少的做法",
    ),
    "pair.range.exact": ("{goal}: {loss:,}", "{goal}：{loss:,}"),
    "pair.range.between": ("{goal}: {least:,} to {most:,}", "{goal}：{least:,} 至 {most:,}"),
    "pair.range.least": ("{goal}: at least {least:,}", "{goal}：至少 {least:,}"),
    "pair.range.most": ("{goal}: at most {most:,}", "{goal}：至多 {most:,}"),
    "pair.range.unknown": ("{goal}: unknown", "{goal}：未知"),
    # What would change.
    "pair.move.swap": (
        "{resource} goes to {to} instead of {away_from}",
        "{resource} 从 {away_from} 改派到 {to}",
    ),
    "pair.move.swap.many": (
        "{resource} gives {quantity:,} {quantity:|unit|units} to {to} instead of {away_from}",
        "{resource} 将 {quantity:,} 份从 {away_from} 改给 {to}",
    ),
    "pair.move.join": (
        "{resource}, with something left to give, goes to {to}",
        "{resource} 尚有余量，派到 {to}",
    ),
    "pair.move.join.many": (
        "{resource}, with something left to give, gives {quantity:,} {quantity:|unit|units} to {to}",
        "{resource} 尚有余量，为 {to} 提供 {quantity:,} 份",
    ),
    "pair.move.leave": (
        "{resource} leaves {away_from} and goes nowhere else",
        "{resource} 退出 {away_from}，不再另派",
    ),
    "pair.move.leave.many": (
        "{resource} gives {away_from} {quantity:,} {quantity:|unit|units} less, and nobody else",
        "{resource} 为 {away_from} 减少 {quantity:,} 份，不再另派",
    ),
    "pair.filled.more": ("{requirement} has {count:,} more", "{requirement} 多 {count:,}"),
    "pair.filled.less": ("{requirement} has {count:,} less", "{requirement} 少 {count:,}"),
    "pair.new_start": (
        "{demand} starts at {after}, before: {before}",
        "{demand} 开始于 {after}，原为：{before}",
    ),
    "pair.new_start.none": ("no time", "无"),
    # What rules a pair out.
    "pair.obstacle.resource": (
        "{id} can give {limit:,}, other locks hold {held:,} of it, and {needed:,} would be needed",
        "{id} 最多提供 {limit:,}，其他锁定已占 {held:,}，而这里需要 {needed:,}",
    ),
    "pair.obstacle.requirement": (
        "{id} wants {limit:,}, other locks give it {held:,}, and {needed:,} would be added",
        "{id} 需要 {limit:,}，其他锁定已给 {held:,}，而这里还要加 {needed:,}",
    ),
    "pair.obstacle.unit": (
        (
            "caps and reserves leave unit {id} {limit:,}, other locks use {held:,} of it, and "
            "{needed:,} would be needed"
        ),
        "上限与预留只给单位 {id} 留下 {limit:,}，其他锁定已用 {held:,}，而这里需要 {needed:,}",
    ),
    "pair.obstacle.community": (
        (
            "its cap leaves community {id} {limit:,}, other locks use {held:,} of it, and {needed:,} "
            "would be needed"
        ),
        "上限只给社区 {id} 留下 {limit:,}，其他锁定已用 {held:,}，而这里需要 {needed:,}",
    ),
    "pair.obstacle.rules": (
        "together with the locks {locks} it contradicts the other hard rules",
        "它与锁定 {locks} 一起，与其他硬性规则相矛盾",
    ),
    "pair.obstacle.other_rules": ("it contradicts the hard rules", "它与硬性规则相矛盾"),
}
