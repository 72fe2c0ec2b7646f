"""How changes of a problem are told."""

MESSAGES: dict[str, tuple[str, str]] = {
    "change.add_resource": (
        "add resource {resource} to unit {unit} ({told})",
        "为单位 {unit} 增加资源 {resource}（{told}）",
    ),
    "change.remove_resource": ("take resource {resource} out", "去掉资源 {resource}"),
    "change.change_resource": (
        "change resource {resource} of unit {unit} to: {told}",
        "将单位 {unit} 的资源 {resource} 改为：{told}",
    ),
    "change.set_capacity": (
        "set the capacity of {resource} to {capacity:,}",
        "将 {resource} 的容量设为 {capacity:,}",
    ),
    "change.train": (
        "train {resource} in {skill} to level {level}",
        "培训 {resource}：{skill} 达到 {level} 级",
    ),
    "change.free_at": ("free {resource} at this time too: {time}", "让 {resource} 在以下时间也有空：{time}"),
    "change.add_demand": (
        "add demand {demand} of community {community} ({told})",
        "为社区 {community} 增加需求 {demand}（{told}）",
    ),
    "change.remove_demand": ("take demand {demand} out", "去掉需求 {demand}"),
    "change.change_demand": (
        "change demand {demand} of community {community} to: {told}",
        "将社区 {community} 的需求 {demand} 改为：{told}",
    ),
    "change.set_wanted": (
        "let {requirement} want {wanted:,}, at least {minimum:,}",
        "将 {requirement} 的需要量设为 {wanted:,}，至少 {minimum:,}",
    ),
    "change.set_wanted_only": (
        "let {requirement} want {wanted:,}",
        "将 {requirement} 的需要量设为 {wanted:,}",
    ),
    "change.add_rule": ("add rule {rule}", "增加规则 {rule}"),
    "change.remove_rule": ("drop rule {label}", "取消规则 {label}"),
    "change.change_rule": ("replace rule {label} by {rule}", "将规则 {label} 改为 {rule}"),
    "change.change_objective": ("change the objective: {told}", "修改目标：{told}"),
    # What changes bring.
    "change.skill": ("{skill} {level}", "{skill} {level} 级"),
    "change.skill_count": ("{count:,} with {skill}", "{skill} {count:,} 名"),
    "change.told_resource": (
        "{kind}, skills: {skills}; capacity {capacity:,}",
        "{kind}，技能：{skills}；容量 {capacity:,}",
    ),
    "change.told_resource_unskilled": (
        "{kind}, no skills, capacity {capacity:,}",
        "{kind}，无技能，容量 {capacity:,}",
    ),
    "change.told_demand": ("tier {tier}; {needs}", "第 {tier} 级；{needs}"),
    "change.need": ("{requirement} wants {wanted:,}", "{requirement} 需要 {wanted:,}"),
    "change.need_at_least": (
        "{requirement} wants {wanted:,}, at least {minimum:,}",
        "{requirement} 需要 {wanted:,}（至少 {minimum:,}）",
    ),
    "change.told_rule": ("{rule} ({limits})", "{rule}（{limits}）"),
    "change.rule.quantity": ("at least {value:,}", "至少 {value:,}"),
    "change.rule.least": ("at least {value:,}", "至少 {value:,}"),
    "change.rule.most": ("at most {value:,}", "至多 {value:,}"),
    "change.rule.percent": ("{value}% kept back", "保留 {value}%"),
    "change.rule.minutes": ("{value:,} {value:|minute|minutes}", "{value:,} 分钟"),
    "change.rule.km": ("{value:g} km", "{value:g} 公里"),
    "change.rule.kmh": ("{value:,} km/h", "每小时 {value:,} 公里"),
    "change.rule.days": ("{value:,} {value:|day|days} in a row", "连续 {value:,} 天"),
    "change.rule.senior": ("for each one with {skill}", "每名具备 {skill} 者"),
    "change.rule.skills": ("together: {skills}", "合计具备：{skills}"),
    "change.per.all": ("in all", "总计"),
    "change.per.day": ("a day ({zone})", "每天（{zone}）"),
    "change.per.week": ("a week ({zone})", "每周（{zone}）"),
    "change.per.days": ("in any {days} {days:|day|days} in a row ({zone})", "任意连续 {days} 天（{zone}）"),
    "change.soft.price": (
        "soft: {price:,} {price:|point|points} for each one broken",
        "软规则：每违反 1 扣 {price:,} 分",
    ),
    "change.soft.tier": ("soft: counted in tier {tier}", "软规则：计入第 {tier} 级目标"),
    "change.soft.no_worse": ("soft: no worse than in the previous plan", "软规则：不差于上一方案"),
    # Objectives.
    "change.told_objective": ("{told}", "{told}"),
    "change.usual_objective": ("the usual one", "恢复默认"),
    "change.factor": ("{term} counts {factor:,} {factor:|time|times}", "{term} ×{factor:,}"),
    "change.aims": ("goals in this order: {aims}", "目标依次为：{aims}"),
    # Times.
    "change.day": ("{weekday} {date}", "{date} {weekday}"),
    "change.window": ("{day} {start}-{end} ({zone})", "{day} {start} 至 {end}（{zone}）"),
    "change.window_days": (
        "{day} {start} - {last} {end} ({zone})",
        "{day} {start} 至 {last} {end}（{zone}）",
    ),
    "change.weekly": (
        "{days} {start}-{end}, {first} to {last} ({zone})",
        "{first} 至 {last}，{days} {start} 至 {end}（{zone}）",
    ),
    "change.weekly_night": (
        "{days} {start} to {end} the next day, {first} to {last} ({zone})",
        "{first} 至 {last}，{days} {start} 至次日 {end}（{zone}）",
    ),
    "change.weekly_off": ("{told}, not on {dates}", "{told}，{dates} 除外"),
    "change.weekly_also": ("{told}, also on {dates}", "{told}，另加 {dates}"),
    "change.weekdays": ("{days}", "每{days}"),
    "change.weekday.run": ("{first} to {last}", "{first}至{last}"),
    "change.weekday.all": ("daily", "每天"),
    "change.weekday.1": ("Mon", "周一"),
    "change.weekday.2": ("Tue", "周二"),
    "change.weekday.3": ("Wed", "周三"),
    "change.weekday.4": ("Thu", "周四"),
    "change.weekday.5": ("Fri", "周五"),
    "change.weekday.6": ("Sat", "周六"),
    "change.weekday.7": ("Sun", "周日"),
}
