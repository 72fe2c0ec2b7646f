"""Why requirements lack something."""

MESSAGES: dict[str, tuple[str, str]] = {
    "shortage": (
        "{requirement} (tier {tier}) lacks {missing:,}: {why}",
        "{requirement}（第 {tier} 级）缺 {missing:,}：{why}",
    ),
    "shortage.remedy": ("what would fill one more:", "以下办法可再补一名："),
    "shortage.remedies": (
        "what would fill one more, each of these {count:,} {count:|way|ways} by itself:",
        "以下 {count:,} 种办法，任选其一即可再补一名：",
    ),
    "remedy.all": ("all of these together:", "以下各项须一并实施："),
    "remedy.together": ("all of these together: {changes}", "以下各项须一并实施：{changes}"),
    "remedy.more": ("and {more:,} {more:|change|changes} more", "另有 {more:,} 项改动"),
    "remedy.numbered": ("({place}) {remedy}", "（{place}）{remedy}"),
    "remedy.or": ("; or ", "；或"),
    "remedy.ways": (
        "each of these {count:,} {count:|way|ways} is enough: {told}",
        "以下 {count:,} 种办法任选其一：{told}",
    ),
    "shortages": (
        (
            "{requirements:,} {requirements:|requirement lacks|requirements lack} {units:,} "
            "{units:|unit|units}: {causes}"
        ),
        "{requirements:,} 个岗位共缺 {units:,} 份：{causes}",
    ),
    "shortages.cause": ("{cause} {units:,}", "{cause} {units:,}"),
    "shortages.none": ("nothing is missing", "没有短缺"),
    "cause.name.nobody_eligible": ("nobody eligible", "无人符合条件"),
    "cause.name.contention": ("contention", "供不应求"),
    "cause.name.limit": ("a rule in the way", "受规则限制"),
    "cause.name.higher_tier": ("earlier goals come first", "优先目标在先"),
    "cause.name.soft_rule": ("not worth its cost", "得不偿失"),
    "cause.name.search_limit": ("search ended early", "搜索提前结束"),
    "cause.nobody_eligible": ("nobody is eligible", "没有任何资源符合条件"),
    "cause.contention.alone": (
        "all that anybody eligible can give ({units:,}) is here already",
        "符合条件者所能提供的（{units:,}）已全部在此",
    ),
    "cause.contention.others": (
        "all that anybody eligible can give ({units:,}) is held by it together with {others}",
        "符合条件者所能提供的（{units:,}）已由它和 {others} 共同占用",
    ),
    "cause.contention.elsewhere": (
        "all that anybody eligible can give ({units:,}) is held by {others}",
        "符合条件者所能提供的（{units:,}）已全部由 {others} 占用",
    ),
    "cause.higher_tier.others": (
        "all that anybody eligible can give ({units:,}) is held for earlier goals by {others}",
        "符合条件者所能提供的（{units:,}）已用于更优先的目标：{others}",
    ),
    "cause.in_crowd": (
        "all that anybody eligible can give is held, as crowd {number:,} of the list shows",
        "符合条件者所能提供的已全部占用，见列表中序号为 {number:,} 的争用证据",
    ),
    "cause.limit": ("one more would break {rules}", "再补一名就会违反规则：{rules}"),
    "cause.soft_rule": (
        "one more would cost more than it brings: {goal} goes from {before:,} to {after:,}",
        "再补一名得不偿失：目标“{goal}”将由 {before:,} 变为 {after:,}",
    ),
    "cause.search_limit": (
        "the search ended before it was known: {goal} is {value:,}, the proven bound is {bound:,}",
        "搜索在得出结论前结束：目标“{goal}”为 {value:,}，已证明的上界为 {bound:,}",
    ),
    "cause.search_limit.open": (
        "the search ended before it was known: {goal} is {value:,}, and no bound is proven",
        "搜索在得出结论前结束：目标“{goal}”为 {value:,}，尚无已证明的上界",
    ),
    "service": (
        "{resource} gives {units:,} {units:|unit|units}: {needs}",
        "{resource} 提供 {units:,} 份：{needs}",
    ),
    "step": ("{resource} goes to {to}", "{resource} 去 {to}"),
    "step.away": (
        "{resource} goes to {to} instead of {away_from}",
        "{resource} 改去 {to}，不再去 {away_from}",
    ),
    "broken": ("{label} ({rule}) by {amount:,}", "{label}（{rule}，违反量 {amount:,}）"),
    "loss": ("{goal}: {before:,} → {after:,}", "{goal}：{before:,} → {after:,}"),
    "crowd.requirements": ("held by {claims}", "占用者：{claims}"),
    "crowd.resources": ("given by {claims}", "提供者：{claims}"),
    "crowd.units": ("all that caps leave to {claims}", "各单位在上限内能提供的全部：{claims}"),
    "crowd.pairs": ("full between {claims}", "已满的配对：{claims}"),
}
