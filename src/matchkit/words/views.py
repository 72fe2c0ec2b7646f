"""What notebooks and terminals show of a problem and of a plan."""

MESSAGES: dict[str, tuple[str, str]] = {
    "problem": ("Problem", "问题"),
    "problem.told": (
        (
            "{units:,} {units:|unit|units}, {communities:,} {communities:|community|communities}, "
            "{rules:,} {rules:|rule|rules}"
        ),
        "{units:,} 个单位、{communities:,} 个社区、{rules:,} 条规则",
    ),
    "what": ("what", "内容"),
    "records": ("records", "记录数"),
    "units": ("units", "数量"),
    "resources": ("resources: {kind}", "资源：{kind}"),
    "demands": ("demands: tier {tier}", "需求：第 {tier} 级"),
    "plan": ("Plan: {status}", "方案：{status}"),
    "status.optimal": ("proven optimal", "已证明最优"),
    "status.feasible": ("not proven optimal", "未证明最优"),
    "summary": (
        (
            "{filled:,} of {wanted:,} {wanted:|slot|slots} filled by {busy:,} "
            "{busy:|resource|resources}; {proof}, gap {gap}"
        ),
        "{wanted:,} 个名额中，{busy:,} 个资源承担 {filled:,} 个；{proof}，差距 {gap}",
    ),
    "summary.lacks": (
        (
            "{requirements:,} {requirements:|requirement lacks|requirements lack} {missing:,}, "
            "{below:,} of them below a minimum"
        ),
        "{requirements:,} 个岗位共缺 {missing:,}，其中 {below:,} 个低于最低名额",
    ),
    "plan.told": (
        (
            "{filled:,} of {wanted:,} {wanted:|slot|slots} filled by {busy:,} "
            "{busy:|resource|resources}; {missing:,} missing, {below:,} of them below a minimum"
        ),
        (
            "共需 {wanted:,} 个名额，{busy:,} 个资源承担 {filled:,} 个；空缺 {missing:,} 个，其中 "
            "{below:,} 个低于最低名额"
        ),
    ),
    "goal": ("goal", "目标"),
    "value": ("value", "达到"),
    "bound": ("bound", "上界"),
    "open": ("open", "未定"),
    "more": ("{count:,} more", "另有 {count:,} 项"),
}
"""Messages of model/view.py, under ``view.``."""

MESSAGES = {f"view.{name}": texts for name, texts in MESSAGES.items()}
