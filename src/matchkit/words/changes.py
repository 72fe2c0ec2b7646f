"""How changes of a problem are told."""

MESSAGES: dict[str, tuple[str, str]] = {
    "change.add_resource": (
        "add resource {resource} ({kind}, skills: {skills}) to unit {unit}",
        "为单位 {unit} 增加资源 {resource}（{kind}，技能：{skills}）",
    ),
    "change.remove_resource": ("take resource {resource} out", "去掉资源 {resource}"),
    "change.change_resource": ("change resource {resource}", "修改资源 {resource}"),
    "change.set_capacity": ("set the capacity of {resource} to {capacity:,}", "将 {resource} 的容量设为 {capacity:,}"),
    "change.train": ("train {resource} in {skill} to level {level}", "培训 {resource}：{skill} 达到 {level} 级"),
    "change.free_at": ("free {resource} at {time}", "让 {resource} 在 {time} 有空"),
    "change.add_demand": ("add demand {demand}", "增加需求 {demand}"),
    "change.remove_demand": ("take demand {demand} out", "去掉需求 {demand}"),
    "change.change_demand": ("change demand {demand}", "修改需求 {demand}"),
    "change.set_wanted": (
        "let {requirement} want {wanted:,}, at least {minimum:,}",
        "将 {requirement} 设为需要 {wanted:,} 名，至少 {minimum:,} 名",
    ),
    "change.add_rule": ("add rule {rule}", "增加规则 {rule}"),
    "change.remove_rule": ("drop rule {label}", "取消规则 {label}"),
    "change.change_rule": ("change rule {label} ({limit})", "修改规则 {label}（{limit}）"),
    "change.change_objective": ("change the objective", "修改目标"),
}
