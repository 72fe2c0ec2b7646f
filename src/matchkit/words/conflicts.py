"""Which hard rules contradict each other."""

MESSAGES: dict[str, tuple[str, str]] = {
    "conflicts.none": ("the hard rules do not contradict each other", "各硬性规则之间没有矛盾"),
    "conflicts.some": (
        (
            "{count:,} {count:|conflict|conflicts} between hard rules; with their members removed, the "
            "rest can be kept"
        ),
        "硬性规则之间有 {count:,} 处矛盾；去掉所列规则后，其余规则可以同时满足",
    ),
    "conflicts.more": (
        (
            "{count:,} {count:|conflict|conflicts} between hard rules found before time was up; there "
            "may be more"
        ),
        "在时限内找到硬性规则之间的 {count:,} 处矛盾；可能还有更多",
    ),
    "conflicts.unknown": (
        "time was up before it was known whether hard rules contradict each other",
        "时限已到，尚不清楚硬性规则之间是否有矛盾",
    ),
    "conflict.line": (
        (
            "no plan keeps {count:|this rule|these {count:,} rules together}; {count:|without it there "
            "is one|without any one of them there is one}: {labels}"
        ),
        "以下 {count:,} 条规则无法同时满足，去掉其中任意一条即可：{labels}",
    ),
    "conflict.member": ("    {rule}, rules[{position}]", "    {rule}，rules[{position}]"),
    "conflict.because": ("    because {fact}", "    原因：{fact}"),
    "conflict.against_capacity": (
        "the locks take {asked:,} of resource {id}, its capacity is {has:,}",
        "锁定规则共占用资源 {id} 的 {asked:,} 个名额，其容量只有 {has:,}",
    ),
    "conflict.against_wanted": (
        "the locks give requirement {id} {asked:,}, it wants {has:,}",
        "锁定规则给岗位 {id} 安排了 {asked:,} 个名额，它只需要 {has:,} 个",
    ),
    "conflict.against_pair": (
        "the lock asks resource {id} for {asked:,} here, the pair can carry {has:,}",
        "锁定规则要求资源 {id} 在此提供 {asked:,} 个名额，这一搭配最多 {has:,} 个",
    ),
    "conflict.against_time": (
        (
            "resource {id} would be at {asked:,} {asked:|demand|demands} whose times do not let it be "
            "at all of them"
        ),
        "资源 {id} 要参加 {asked:,} 项需求，时间上无法兼顾",
    ),
    "conflict.against_load": (
        "the locks take a load of {asked:,} from resource {id}, which carries {has:,}",
        "锁定规则要占用资源 {id} 的承载量 {asked:,}，它只有 {has:,}",
    ),
}
