"""What the check of a whole problem says: of skills, names, numbers, times and requirements."""

MESSAGES: dict[str, tuple[str, str]] = {
    "check.nothing": ("Nothing was found.", "没有发现问题。"),
    # Skills that are asked for and not offered.
    "check.no_skills_offered": (
        "asks for skills ({skills}), and no resource has any; maybe a column of skills was not read",
        "要求技能（{skills}），而没有任何资源填写了技能；或许技能列未读取",
    ),
    "check.skill_near": (
        (
            "asks for {skill}, which nobody offers, in {count:,} {count:|place|places} ({ids}); near "
            "it somebody offers {near}"
        ),
        "要求“{skill}”，共 {count:,} 处（{ids}），但无人提供；相近且有人提供的是 {near}",
    ),
    "check.skill_not_offered": (
        (
            "asks for {skill}, which nobody offers, in {count:,} {count:|place|places} ({ids}), and no "
            "name that is offered is near it"
        ),
        "要求“{skill}”，共 {count:,} 处（{ids}），但无人提供，也没有相近的技能",
    ),
    # Names of skills that hardly are one.
    "check.joined": (
        (
            "names the skill {skill}, which may be several ({parts}): other names hold its parts, or "
            "are joined alike"
        ),
        "技能“{skill}”或许是多项（{parts}）：其他名称中有它的各部分，或有同样的连写",
    ),
    "check.tick": (
        "names the skill {skill}, which is a tick, or yes or no",
        "技能“{skill}”是勾或是否之类的记号",
    ),
    "check.no_skill": (
        "names the skill {skill}, which is a condition or a preference, or says that none is needed",
        "技能“{skill}”是条件、偏好或“不限”之类的说明",
    ),
    # One name in two forms.
    "check.what.skill": ("skill", "技能"),
    "check.what.kind": ("kind", "类别"),
    "check.what.unit": ("unit", "单位"),
    "check.what.community": ("community", "社区"),
    "check.two_forms": (
        (
            "holds one of {count:,} {count:|name|names} of a {what} that differ in form alone and are "
            "not taken for one: {names}"
        ),
        "有 {count:,} 个{what}名称仅写法不同，没有当作同一个：{names}",
    ),
    "check.two_cases": (
        (
            "holds one of {count:,} {count:|spelling|spellings} of a {what} that differ in letter case "
            "alone and are taken for one: {names}"
        ),
        "有 {count:,} 个{what}名称仅大小写不同，已当作同一个：{names}",
    ),
    # Values far from all others.
    "check.far.wanted": (
        "wants {value:,}, far more than all others (at most {others:,})",
        "需要 {value:,}，远多于其他各处（最多 {others:,}）",
    ),
    "check.far.capacity": (
        "has the capacity {value:,}, far more than all others (at most {others:,})",
        "容量为 {value:,}，远多于其他各项（最多 {others:,}）",
    ),
    "check.far.weight": (
        "has the weight {value:,}, far more than all others (at most {others:,})",
        "权重为 {value:,}，远多于其他各项（最多 {others:,}）",
    ),
    "check.far.time": (
        "has a time on {day}, far from all others (from {first} to {last})",
        "有 {day} 的时间，远离其他各项（{first} 至 {last}）",
    ),
    "check.too_short": (
        "takes {minutes:,} {minutes:|minute|minutes}, and none of its windows is as long",
        "需 {minutes:,} 分钟，而没有一个时段有这么长",
    ),
    # Requirements that nobody can fill.
    "check.unfilled.kind": (
        "can be filled by nobody: no resource of its kind has anything to give",
        "无人能满足：没有该类别的可用资源",
    ),
    "check.unfilled.skills": (
        "can be filled by nobody: no resource of its kind has all the skills at these levels ({skills})",
        "无人能满足：没有该类别的资源具备全部所需技能和级别（{skills}）",
    ),
    "check.unfilled.mode": (
        "can be filled by nobody: those with its skills serve otherwise, on site or online",
        "无人能满足：具备技能者的服务方式（现场或线上）不符",
    ),
    "check.unfilled.windows": (
        (
            "can be filled by nobody: of {count:,} {count:|resource|resources} with its skills none is "
            "free at its time"
        ),
        "无人能满足：具备技能的 {count:,} 个资源在该时间都没有空闲",
    ),
}
