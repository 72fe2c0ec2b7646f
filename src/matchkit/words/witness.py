"""What the check of causes finds in shortages and their witnesses."""

MESSAGES: dict[str, tuple[str, str]] = {
    # A shortage's own fields.
    "violation.shortage_form": ("is no valid record at {where}", "{where} 处不是有效的记录"),
    "violation.shortage_none": ("is explained, but lacks nothing", "给出了缺口说明，但并不缺"),
    "violation.shortage_goal": (
        "names another goal than that of its next unit, {right}",
        "写的目标不对，下一份应计入的目标是：{right}",
    ),
    "violation.shortage_often": (
        "is explained {count} {count:|time|times}, once is enough",
        "被说明了 {count} 次，只应说明一次",
    ),
    "violation.shortage_unlisted": ("lacks {missing}, but is not explained", "还缺 {missing}，却没有说明"),
    "violation.shortage_order": (
        "shortages do not stand by tier and then by requirement",
        "缺口说明没有先按级别、再按岗位编号排列",
    ),
    # Causes.
    "violation.cause_witness": (
        "has a witness of another kind than its cause asks for",
        "证据的种类与原因不符",
    ),
    "violation.cause_eligible": (
        "is said to have nobody eligible, but {who} is",
        "说是无人符合条件，但 {who} 符合",
    ),
    "violation.cause_nobody": (
        "has nobody eligible, but another cause is named",
        "其实无人符合条件，却写了别的原因",
    ),
    "violation.cause_crowd": (
        "capacities alone leave no way to one more: the cause is contention or higher_tier",
        "单凭容量就已无法再增加一个，原因应是争用（contention）或更高级别（higher_tier）",
    ),
    "violation.cause_later": (
        "one of the crowd counts in a later goal: something else stands in the way",
        "争用的岗位中有计入更靠后目标的，真正的障碍另有其他",
    ),
    "violation.cause_units": (
        "rests on caps of units: the cause is limit",
        "依据的是单位上限，原因应是限制（limit）",
    ),
    "violation.cause_of_crowd": (
        "by the goals of those in the crowd the cause is {right}",
        "按争用各方所计入的目标，原因应是 {right}",
    ),
    # Nobody is eligible.
    "violation.funnel_resources": (
        "the funnel starts from {stated} {stated:|resource|resources}, there are {right}",
        "筛选写的资源总数是 {stated}，实际为 {right}",
    ),
    "violation.funnel_rule": (
        "the funnel names a rule that is none of eligibility, or one twice",
        "筛选中有不属于资格条件的规则，或重复的规则",
    ),
    "violation.funnel_counts": (
        "by {rule} the funnel removes (in all, alone) {stated}, right is {right}",
        "条件 {rule} 筛掉的数目（共计、仅因此）写为 {stated}，应为 {right}",
    ),
    "violation.funnel_left_out": (
        "the funnel leaves out {rule}, which removes {count}",
        "筛选漏了条件 {rule}，它筛掉 {count}",
    ),
    "violation.funnel_nearest": (
        "the nearest are {right}, in this order; others are named",
        "最接近的依次是 {right}，写的不是",
    ),
    "violation.funnel_reasons": (
        "{who} fails {right}, other rules are named",
        "{who} 不满足的条件是 {right}，写的不是",
    ),
    "violation.funnel_values": (
        "a reason of {who} does not state what the records say, or one is missing or there twice",
        "{who} 的理由与记录不符，或有遗漏或重复",
    ),
    # A crowd.
    "violation.crowd_twice": ("the crowd names one of {what} twice", "争用证据的 {what} 中有重复"),
    "violation.crowd_unknown": (
        "the crowd names one of {what} that is not in the problem, not of the crowd, or without a cap",
        "争用证据的 {what} 中有不在问题里、不属于这一争用或没有上限的条目",
    ),
    "violation.crowd_held": (
        "{who} is said to hold {stated}, it holds {right}",
        "{who} 写为得到 {stated}，实际得到 {right}",
    ),
    "violation.crowd_gives": (
        "{who} is said to give {stated}, it can give {right}",
        "{who} 写为可提供 {stated}，实际可提供 {right}",
    ),
    "violation.crowd_double": ("{who} is counted twice in the crowd", "{who} 在争用证据中被重复计算"),
    "violation.crowd_another": (
        "{who} is eligible for {requirement} too and is not counted in the crowd",
        "{who} 也符合 {requirement} 的条件，却没有计入",
    ),
    "violation.crowd_idle": (
        "{who} is eligible for none of the crowd, but named",
        "{who} 对争用的岗位都不符合条件，却被列入",
    ),
    "violation.crowd_sum": (
        "the crowd holds {holds}, all who are named give {gives}",
        "争用的岗位共得到 {holds}，所列各方共可提供 {gives}",
    ),
    "violation.crowd_minimal": (
        "{who} is in the crowd, but one unit less there is not one more where it lacks",
        "{who} 被列入争用，但它少一份，短缺的岗位并不能多一份",
    ),
    # Steps.
    "violation.steps_unknown": ("a step names what is not in the problem", "步骤中有问题里没有的编号"),
    "violation.steps_twice": (
        "there is no step, or two to one requirement",
        "没有步骤，或有两步给了同一岗位",
    ),
    "violation.steps_chain": (
        "the step to {who} does not follow from the one before",
        "给 {who} 的这一步与前一步不衔接",
    ),
    "violation.steps_short": (
        "the steps leave {who} short, which counts as early as what they fill",
        "这些步骤使 {who} 短缺，而它与所补的岗位同级或更优先",
    ),
    "violation.steps_away": (
        "{who} has no unit at {requirement} to move elsewhere",
        "{who} 在 {requirement} 没有可移走的份额",
    ),
    "violation.steps_eligible": (
        "{who} is not eligible for {requirement}",
        "{who} 不符合 {requirement} 的条件",
    ),
    "violation.steps_pair": (
        "after the steps {who} gives {requirement} more than {most}",
        "步骤之后 {who} 给 {requirement} 的超过 {most}",
    ),
    "violation.steps_capacity": (
        "after the steps {who} gives more than its capacity {most}",
        "步骤之后 {who} 超过其容量 {most}",
    ),
    "violation.steps_wanted": (
        "after the steps {who} takes more than the {most} it wants",
        "步骤之后 {who} 超过所需的 {most}",
    ),
    "violation.steps_start": (
        "there is no start of {who} at which all who are given to it are free",
        "{who} 没有一个开始时间能让派去的各方都有空",
    ),
    "violation.steps_uncounted": (
        "the steps break a rule by more than can be counted",
        "这些步骤违反规则的程度大到无法计算",
    ),
    "violation.nothing_broken": ("the steps break no hard rule", "这些步骤没有违反任何硬性规则"),
    "violation.rules_twice": ("a rule is listed twice", "有规则被重复列出"),
    "violation.rule_absent": (
        "the steps break {rule} ({label}) by {right}, which is not listed",
        "这些步骤违反 {rule}（{label}）{right}，没有列出",
    ),
    "violation.rule_kept": (
        "{count} of the rules listed are not broken by the steps",
        "列出的规则中有 {count} 条并未因这些步骤而违反",
    ),
    "violation.rule_amount": (
        "the steps break {rule} ({label}) by {right}, stated are {stated}",
        "这些步骤违反 {rule}（{label}）{right}，写的是 {stated}",
    ),
    "violation.rule_broken": (
        "the steps break the hard rule {rule} ({label}) by {right}",
        "这些步骤违反硬性规则 {rule}（{label}）{right}",
    ),
    "violation.not_caps_alone": (
        "a crowd is named, but caps of its units are not all that the steps break",
        "列出了争用，但这些步骤违反的不只是其中单位的上限",
    ),
    "violation.goals_stated": (
        "the goals are {before} before the steps and {after} after them",
        "各目标在步骤之前是 {before}，之后是 {after}",
    ),
    "violation.goals_better": (
        "the steps make the goals better, {after} for {before}",
        "这些步骤使各目标变好：由 {before} 变为 {after}",
    ),
    "violation.goals_no_better": (
        "the steps make the goals no better, {after} for {before}",
        "这些步骤并没有使各目标变好：由 {before} 变为 {after}",
    ),
    # The end of the search.
    "violation.all_proved": (
        "the outcome proves every goal: the search was not ended early",
        "结果中每个目标都已证明，搜索并未提前结束",
    ),
    "violation.unsearched_stated": (
        "the first goal not proved is number {place}, at {right} with bound {bound} and gap {gap}",
        "第一个未证明的目标是第 {place} 个：值 {right}，上界 {bound}，差距 {gap}",
    ),
    # The remedy.
    "violation.remedy_of_search": (
        "only more search helps, but changes are named",
        "只有继续搜索才有用，却写了改动",
    ),
    "violation.remedy_none": ("no remedy is named", "没有写补救办法"),
    "violation.remedy_not_made": ("the changes of the remedy cannot be made", "补救办法中的改动无法实施"),
    "violation.remedy_nothing": (
        "the changes of the remedy change nothing",
        "补救办法中的改动什么也没有改变",
    ),
    "violation.remedy_nobody": (
        "after the changes there is still nobody eligible",
        "改动之后仍然无人符合条件",
    ),
    "violation.remedy_asks": (
        "the remedy changes what is lacking instead of filling it",
        "补救办法改变了需求本身，而不是补足它",
    ),
    "violation.remedy_eligible": ("{who} is added, but is not eligible", "增加的 {who} 不符合条件"),
    "violation.remedy_not_locked": (
        "{who} is added, but not set aside by a lock",
        "增加的 {who} 没有用锁定留给这个岗位",
    ),
    "violation.remedy_locks": (
        "the locks ask more of {who} than it can give or take",
        "锁定的份数超过 {who} 能提供或接收的",
    ),
    "violation.remedy_still": (
        "after the changes the steps still break {rule} ({label})",
        "改动之后，这些步骤仍违反 {rule}（{label}）",
    ),
}
