"""What the page of a plan and its pictures say."""

MESSAGES: dict[str, tuple[str, str]] = {
    "title": ("Who helps where", "谁来帮、帮到哪"),
    "subtitle": ("A plan, what it leaves open, and its proof", "一份方案、它的缺口与它的证明"),
    "skip": ("Skip to the content", "跳到正文"),
    "contents": ("Contents", "目录"),
    "note": ("More about these data", "关于这些数据的更多说明"),
    "personal": (
        (
            "This file holds personal data: names of people. Give it only to those who may have them, "
            "and delete it when it is no longer needed."
        ),
        "本文件含个人信息（姓名）。只可交给有权知悉的人，不再需要时请删除。",
    ),
    "noscript": (
        (
            "Filters and long lists need a script, which is switched off here. Charts, their tables "
            "and all sums are shown without it."
        ),
        "筛选和长列表需要脚本，而此处脚本已停用。图表、图表数据和各项合计仍可查看。",
    ),
    # The result.
    "result": ("The result", "结果"),
    "result.filled": ("of {wanted:,} {wanted:|slot|slots} filled", "个名额已满足，共需 {wanted:,} 个"),
    "result.missing": ("{missing:|slot|slots} missing", "个名额空缺"),
    "result.below": ("of these below a minimum", "个低于最低名额"),
    "result.busy": (
        "of {resources:,} {resources:|resource gives|resources give} help",
        "个资源提供帮助，共 {resources:,} 个",
    ),
    "result.requirements": (
        (
            "{demands:,} {demands:|demand|demands} with {requirements:,} "
            "{requirements:|requirement|requirements}; {lacking:,} of the requirements lack something."
        ),
        "共 {demands:,} 项需求、{requirements:,} 个岗位，其中 {lacking:,} 个岗位有缺口。",
    ),
    "result.optimal": (
        "This is proven: no plan that keeps the rules is better, in the order of the goals.",
        "已经证明：在遵守规则的前提下，按目标的先后次序，没有更好的方案。",
    ),
    "result.feasible": (
        "This plan keeps every rule. It is not proven that there is none better.",
        "本方案遵守全部规则，但尚未证明没有更好的方案。",
    ),
    "result.gap": (
        (
            "In the first goal in which the two differ, it is at most {gap} below what is known to be "
            "out of reach."
        ),
        "在方案与上界首先不同的目标上，它与上界至多相差 {gap}。",
    ),
    # Words of tables and legends.
    "tier": ("Tier {tier}", "第 {tier} 级"),
    "tier_head": ("Tier", "等级"),
    "wanted": ("Wanted", "需要"),
    "filled": ("Filled", "已满足"),
    "missing": ("Missing", "空缺"),
    "below_minimum": ("Below the minimum", "低于最低名额"),
    "share": ("Share", "比例"),
    "bar": ("{filled:,} of {wanted:,} ({share})", "{wanted:,} 中的 {filled:,}（{share}）"),
    "others": ("{count:,} {count:|other|others}", "其他 {count:,} 个"),
    "unit": ("Unit", "单位"),
    "units": ("Units", "单位"),
    "community": ("Community", "社区"),
    "communities": ("Communities", "社区"),
    "resource": ("Resource", "资源"),
    "requirement": ("Requirement", "岗位"),
    "demand": ("Demand", "需求"),
    "category": ("Category", "类别"),
    "when": ("When ({zone})", "时间（{zone}）"),
    "quantity": ("Slots", "名额"),
    "help": ("Slots filled", "承担的名额"),
    "resources_counted": ("Resources", "资源数"),
    "busy": ("That give help", "提供帮助的"),
    "slots_given": ("Slots they fill", "承担名额"),
    "capacity": ("Could fill", "可承担"),
    "given": ("Slots filled", "已承担的名额"),
    "not_given": ("Could fill more", "尚可承担"),
    "latitude": ("Latitude", "纬度"),
    "longitude": ("Longitude", "经度"),
    "all_filled": ("all filled", "全部满足"),
    "some_missing": ("something missing", "有空缺"),
    "minimum_missing": ("a minimum missing", "低于最低名额"),
    "km": ("{km} km", "{km} 公里"),
    "day": ("{weekday} {date}", "{date} {weekday}"),
    "day_head": ("Day", "日期"),
    "hour": ("Hour from ({zone})", "起始时刻（{zone}）"),
    "data": ("The same as a table", "以表格查看"),
    "scroll": ("{what}, can be scrolled sideways", "{what}，可左右滚动"),
    "scroll.table": ("{what}, as a table, can be scrolled sideways", "{what}（表格），可左右滚动"),
    # Coverage.
    "coverage": ("What is filled", "满足情况"),
    "coverage.lead": (
        (
            "Tier 1 is filled before tier 2, and so on; minimums come first within a tier, unless the "
            "problem states goals of its own."
        ),
        "先满足第 1 级，再满足第 2 级，依此类推；同级之中先满足最低名额。问题另有目标的，以其目标为准。",
    ),
    "coverage.told": ("Filled, of what is wanted: {bars}.", "已满足与需要之比：{bars}。"),
    "coverage.many": (
        "{count:,} {count:|bar|bars}. All is filled in {whole:,} of them. The least: {bars}.",
        "共 {count:,} 条，其中 {whole:,} 条全部满足。比例最低的是：{bars}。",
    ),
    "coverage.part": ("{what} {share}", "{what} {share}"),
    "coverage_by_tier.title": ("Slots by tier", "各等级的名额"),
    "coverage_by_tier.head": ("Tier", "等级"),
    "coverage_by_community.title": ("Slots by community", "各社区的名额"),
    "coverage_by_community.head": ("Community", "社区"),
    "drill": ("Step by step through the communities", "逐级查看社区"),
    "drill.lead": (
        "Each row counts everything below it. Choose a name to see what it consists of.",
        "每一行都包含其下全部。点选名称可查看其组成。",
    ),
    "drill.top": ("all", "全部"),
    "drill.path": ("Where you are", "当前位置"),
    # Load.
    "load": ("Who gives", "谁在出力"),
    "load.lead": (
        "A stock of supplies or a fund is not counted among those who give slots one by one.",
        "物资、经费等可分的资源不计入按人统计的分布。",
    ),
    "load.bar": ("{count:,} {count:|resource|resources}", "{count:,} 个资源"),
    "load.slots": ("{slots} {slots:|slot|slots}", "{slots} 个名额"),
    "load.one": ("1 slot", "1 个名额"),
    "load.none": ("none", "未承担"),
    "load_per_person.title": ("Slots by resource", "每个资源承担的名额"),
    "load.told": (
        (
            "Of {people:,} {people:|resource|resources} that can give help, {idle:,} {idle:|is|are} "
            "not needed by this plan; one fills {most:,} at most."
        ),
        (
            "能提供帮助的资源共 {people:,} 个，其中 {idle:,} 个未被本方案使用；单个资源最多承担 "
            "{most:,} 个名额。"
        ),
    ),
    "load.unable": (" Besides them {unable:,} can give nothing.", "此外有 {unable:,} 个资源无法提供帮助。"),
    "load_per_unit.title": ("Slots by unit", "各单位承担的名额"),
    "unit_load.told": (
        (
            "{units:,} {units:|bar|bars}, one a unit. They fill {given:,} {given:|slot|slots} and have "
            "the capacity for {capacity:,}."
        ),
        "共 {units:,} 条，每条一个单位。合计承担 {given:,} 个名额，容量为 {capacity:,} 个。",
    ),
    "unit_drill": ("Step by step through the units", "逐级查看单位"),
    # The map.
    "map": ("Where", "在哪里"),
    "demand_map.title": ("Where help is wanted", "哪里需要帮助"),
    "map.lead": (
        (
            "North is up. The larger a sign, the more is wanted there. Only demands on site whose "
            "place is known."
        ),
        "上北下南。符号越大，需要越多。仅含地点已知的现场需求。",
    ),
    "map.told": (
        (
            "{points:,} {points:|place|places}: {whole:,} all filled, {some:,} with something missing, "
            "{minimum:,} with a minimum missing."
        ),
        "共 {points:,} 处：{whole:,} 处全部满足，{some:,} 处有空缺，{minimum:,} 处低于最低名额。",
    ),
    "map.none": (
        "No demand on site has a place, so there is no map.",
        "没有现场需求注明地点，因此没有地图。",
    ),
    # Units and communities.
    "flows": ("Who helps whom", "谁帮谁"),
    "flows.title": ("Units and the communities they help", "单位与其帮助的社区"),
    "flows.units": ("units", "单位"),
    "flows.communities": ("communities", "社区"),
    "flows.lead": (
        (
            "A band is as wide as the help it stands for. Choose a unit, a community or a band: the "
            "list below then shows the assignments in it. With the keyboard: Tab into the picture, "
            "arrow keys from part to part, Enter to choose, Escape to show all."
        ),
        (
            "色带越宽，帮助越多。点选单位、社区或色带，下方列表即只显示其中的安排。键盘操作：用 Tab "
            "键进入图中，用方向键移动，按 Enter 选定，按 Escape 显示全部。"
        ),
    ),
    "flows.told": (
        (
            "{units:,} {units:|unit|units} and {communities:,} {communities:|community|communities}, "
            "joined by {bands:,} {bands:|band|bands}: {help:,} {help:|slot|slots} filled."
        ),
        "{units:,} 个单位与 {communities:,} 个社区，由 {bands:,} 条色带相连，合计承担 {help:,} 个名额。",
    ),
    "flows.none": ("The plan assigns nobody, so there is no picture.", "方案没有任何安排，因此没有图。"),
    "flows.node0": ("{name}: fills {units:,}", "{name}：承担 {units:,}"),
    "flows.node1": ("{name}: gets {units:,}", "{name}：得到 {units:,}"),
    "flows.band": ("{unit} to {community}: {units:,}", "{unit} 对 {community}：{units:,}"),
    "itself": ("{name} (itself)", "{name}（本级）"),
    "node": ("{name}  {units:,}", "{name}  {units:,}"),
    "flows.inside": ("Units and the communities of {name}", "单位与{name}各社区"),
    "flows.back": ("Back to all communities", "返回全部社区"),
    "assignments": ("The assignments", "各项安排"),
    "filter": ("Filter", "筛选"),
    "filter.unit": ("Unit", "单位"),
    "filter.community": ("Community", "社区"),
    "filter.tier": ("Tier", "等级"),
    "filter.day": ("Day", "日期"),
    "filter.cause": ("Cause", "原因"),
    "filter.text": ("Text: an id, a name, a skill", "文字：编号、名称或技能"),
    "filter.all": ("all", "全部"),
    "filter.clear": ("Show all", "显示全部"),
    "count": ("rows: {shown} of {all}, slots: {sum}", "{all} 行中的 {shown} 行，名额合计 {sum}"),
    "count.rows": ("rows: {shown} of {all}", "{all} 行中的 {shown} 行"),
    "pages": ("Rows {first} to {last}", "第 {first} 至 {last} 行"),
    "pages.none": ("No rows", "没有符合的行"),
    "previous": ("Earlier rows", "上一页"),
    "next": ("Later rows", "下一页"),
    # The timetable.
    "timetable": ("When", "什么时候"),
    "timetable.title": ("When help is wanted", "什么时候需要帮助"),
    "timetable.wanted": ("Slots wanted, hour by hour ({zone})", "各时段需要的名额（{zone}）"),
    "timetable.missing": ("Slots missing, hour by hour ({zone})", "各时段空缺的名额（{zone}）"),
    "timetable.told": (
        "Hours are those of {zone}. At most {most:,} {most:|slot is|slots are} wanted in one hour. ",
        "时刻按 {zone} 时区。单个小时最多需要 {most:,} 个名额。",
    ),
    "timetable.weekly": (
        "The time is longer than two weeks: each day of the week counts all its dates together. ",
        "时间超过两周：按星期几合并各日计数。",
    ),
    "timetable.timeless": (
        (
            "{demands:,} {demands:|demand has|demands have} no time set and {demands:|is|are} not in "
            "the picture. "
        ),
        "有 {demands:,} 项需求未定时间，图中不含。",
    ),
    "timetable.left_out": (
        "{demands:,} {demands:|demand|demands} with very long times {demands:|is|are} not in the picture. ",
        "有 {demands:,} 项时间过长的需求，图中不含。",
    ),
    "timetable.lead": (
        "A slot counts in every hour that its demand touches.",
        "需求所涉及的每个小时都计入其名额。",
    ),
    "timetable.none": (
        "No demand has a time set, so there is no timetable.",
        "没有需求注明时间，因此没有时间表。",
    ),
    "demands": ("The demands", "各项需求"),
    "no_time": ("no time set", "未定时间"),
    "times_more": ("{first} and {more:,} more", "{first}，另有 {more:,} 段"),
    # Shortages.
    "shortages": ("What is missing, and why", "缺什么、为什么"),
    "shortages.none": ("Nothing is missing: every slot is filled.", "没有空缺：所有名额均已满足。"),
    "shortages.lead": (
        (
            "Each cause comes with a witness that independent code can check, and with changes that "
            "would remove the obstacle."
        ),
        "每个原因都附有可由独立程序检验的证据，以及能够消除障碍的改动。",
    ),
    "shortages.by_cause": ("Missing slots by cause", "按原因统计的空缺"),
    "shortages.list": ("Every shortage", "全部空缺"),
    "cause": ("Cause", "原因"),
    "why": ("Why, and what would help", "原因与解决办法"),
    "more": ("Witness and remedy", "证据与办法"),
    "repairs": ("Ways to fill the first ones", "补足前几项的办法"),
    "repairs.lead": (
        (
            "For the first demands by tier that lack something. Each way was tried by solving the "
            "changed problem; prices say what a change counts, the cheapest comes first."
        ),
        "针对按等级排在最前的缺口需求。每种办法都已通过重新求解验证；价格表示改动的代价，由低到高排列。",
    ),
    "repairs.time": (
        "Searched for about {seconds} s in all; a longer search may find more.",
        "合计搜索约 {seconds} 秒；延长搜索可能找到更多办法。",
    ),
    "repairs.instead": (
        "No way to fill all of it was found in the time given. What would fill one more:",
        "限定时间内没有找到全部补足的办法。能多补一个的办法：",
    ),
    "repairs.skipped": ("Not looked for here: the time for repairs was used up.", "此处未查找：时间已用完。"),
    # Prices.
    "prices": ("What to recruit", "该招募谁"),
    "prices.lead": (
        "What one more resource, made as a requirement asks, would add to the best plan.",
        "按岗位要求增加一个资源，能给最优方案带来什么。",
    ),
    "prices.none": (
        "The plan has no prices, so they cannot say what to recruit.",
        "本方案没有价格，因此无法由价格得出该招募谁。",
    ),
    "prices.searched": (
        (
            "Rules tie this plan's pairs together, so its prices do not tell profile by profile: some "
            "were tried by solving, within the time given."
        ),
        "本问题的规则使搭配相互牵连，价格不能逐类给出结论；以下是在限定时间内求解试验过的部分人选。",
    ),
    "prices.best": ("The best, one by one", "最值得招募的，逐项列出"),
    "prices.skills": ("What is worth recruiting, by skill", "按技能看值得招募的"),
    "prices.skills.lead": (
        (
            "Requirements that ask for the same: how many of them one more such resource would help, "
            "and the most that one adds."
        ),
        "所需相同的岗位：增加一个这样的资源能帮到其中多少个岗位，以及最多能带来多少。",
    ),
    "helped": ("Requirements it would help", "能帮到的岗位"),
    "dearest": ("The most that one adds", "最多带来"),
    "prices.more": ("{count:,} more would add less.", "另有 {count:,} 类，带来的更少。"),
    "asked_head": ("What is asked", "所需"),
    "asked": ("{kind}: {skills}", "{kind}：{skills}"),
    # The proof.
    "proof": ("The proof in words", "用文字说明证明"),
    "proof.goals": (
        "Goals in their order, and the most that any plan can reach",
        "按次序的目标，以及任何方案所能达到的上界",
    ),
    "proof.goal": ("Goal", "目标"),
    "proof.value": ("Reached", "达到"),
    "proof.bound": ("Bound", "上界"),
    "proof.tolerance": ("May give up", "可让出"),
    "proof.open": ("open", "未定"),
    "proof.verified": (
        (
            "When this page was made, the plan was checked against every rule of the problem by code "
            "that shares nothing with what made the plan."
        ),
        "生成本页时，已由与求解程序毫无共用的代码逐条检查：方案遵守问题的全部规则。",
    ),
    "proof.prices": (
        (
            "The bound rests on prices: every resource and every requirement has one, and no pair left "
            "out is worth more than its two prices. Anybody can check that."
        ),
        (
            "上界以价格为依据：每个资源、每个岗位各有价格，未选的任何一对的价值都不超过其两个价格之和。"
            "任何人都可以检验。"
        ),
    ),
    "proof.blocks": (
        (
            "The bound rests on prices: every requirement has one, and at these prices the best that a "
            "resource's hours allow is worth no more than the price of the resource. Anybody can check "
            "that."
        ),
        (
            "上界以价格为依据：每个岗位各有价格；按这些价格，每个资源的时间所容许的最佳安排，"
            "其价值都不超过该资源自身的价格。任何人都可以检验。"
        ),
    ),
    "proof.search": (
        (
            "The bound rests on the search of an exact solver; there are no prices that could be "
            "checked by themselves."
        ),
        "上界以精确求解器的搜索为依据，没有可单独检验的价格。",
    ),
    "proof.nothing": ("No bound was proved.", "没有证明上界。"),
    "proof.check": ("To check it:", "检验方法："),
    # Where it comes from.
    "provenance": ("Where this comes from", "来源"),
    "provenance.engine": ("Solved by", "求解引擎"),
    "provenance.reason": ("Why so", "选用原因"),
    "provenance.stopped": ("Why it ended", "结束原因"),
    "provenance.seed": ("Seed", "随机种子"),
    "provenance.digest": ("SHA-256 of the problem", "问题的 SHA-256"),
    "provenance.versions": ("Versions", "版本"),
    "provenance.zone": ("Time zone of this page", "本页时区"),
    "stopped.proved": ("the best was proved", "已证明最优"),
    "stopped.gap": ("the gap asked for was reached", "达到要求的差距"),
    "stopped.time_limit": ("the time was used up", "时间用完"),
    "stopped.interrupted": ("somebody ended it", "被人中止"),
    "stopped.no_proof": ("its engine proves nothing", "该引擎不给出证明"),
    "footer": (
        "Made by matchkit {version}. This file loads nothing and sends nothing.",
        "由 matchkit {version} 生成。本文件不加载、也不发送任何内容。",
    ),
}
"""Messages of report/, under ``report.``."""

MESSAGES = {f"report.{name}": texts for name, texts in MESSAGES.items()}
