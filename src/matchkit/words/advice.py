"""What would help a plan, and what helps it now."""

MESSAGES: dict[str, tuple[str, str]] = {
    "effect.none": ("nothing", "没有变化"),
    "effect.solved": ("{goals} (solved)", "{goals}（已求解验证）"),
    "effect.prices": ("{goals} (exact, by prices)", "{goals}（由价格得出，精确）"),
    "effect.at_most": ("at most {goals}", "最多 {goals}"),
    "effect.at_least": ("at least {goals}", "至少 {goals}"),
    "effect.between": ("at least {least}, at most {most}", "至少 {least}，最多 {most}"),
    "effect.found": ("{goals} (found by search, not proven)", "{goals}（搜索所得，未经证明）"),
    "effect.unknown": ("not known (search did not say)", "未知（搜索未能确定）"),
    "recruit.who": (
        "one more {kind} ({skills}; {mode}; free {times}; in {community}), as {requirement} asks",
        "增加一个 {kind}（{skills}；{mode}；有空时间：{times}；位于 {community}），如 {requirement} 所要求",
    ),
    "recruit.line": ("{who}: {effect}", "{who}：{effect}"),
    "recruit.skills": ("skills {skills}", "技能 {skills}"),
    "recruit.no_skills": ("no skill needed", "无需技能"),
    "recruit.always": ("always", "随时"),
    "mode.on_site": ("on site", "现场"),
    "mode.online": ("online", "线上"),
    "mode.both": ("on site or online", "现场或线上"),
    "recruits.line": (
        "of {profiles:,} {profiles:|profile|profiles} that requirements ask for, the best to recruit: {best}",
        "在各岗位所要求的 {profiles:,} 类人选中，最值得招募的是：{best}",
    ),
    "recruits.none": (
        "of {profiles:,} {profiles:|profile|profiles} that requirements ask for, none would add anything",
        "在各岗位所要求的 {profiles:,} 类人选中，招募任何一类都不会带来改进",
    ),
    "contribution.line": ("{name} adds {effect}", "{name} 贡献：{effect}"),
    "contributions.line": (
        (
            "{resources:,} {resources:|resource|resources} and {units:,} {units:|unit|units} give "
            "something; most: {best}"
        ),
        "{resources:,} 个资源、{units:,} 个单位有所贡献；最多的是：{best}",
    ),
    "contributions.none": ("no resource gives anything", "没有资源作出贡献"),
    "idle.rule": (
        "{resource} is idle: only {rule} keeps it from {requirement} ({facts}); mend: {change}",
        "{resource} 闲置：仅因“{rule}”而不能承担 {requirement}（{facts}）；改法：{change}",
    ),
    "idle.cap": (
        "{resource} is idle: it could serve {requirement}, but {facts}; mend: {change}",
        "{resource} 闲置：它能承担 {requirement}，但{facts}；改法：{change}",
    ),
    "idle.bound": (
        "{resource} is idle: it could serve {requirement}, but other rules hold it back",
        "{resource} 闲置：它能承担 {requirement}，但受其他规则限制",
    ),
    "idle.filled": (
        (
            "{resource} is idle: all {eligible:,} {eligible:|requirement|requirements} it could serve "
            "{eligible:|is|are} filled"
        ),
        "{resource} 闲置：它能承担的 {eligible:,} 个岗位均已满足",
    ),
    "idle.several": (
        (
            "{resource} is idle: no single change opens a short requirement to it, nearest "
            "{requirement} ({facts})"
        ),
        "{resource} 闲置：没有哪一项改动能使它承担某个未满足的岗位，最接近的是 {requirement}（{facts}）",
    ),
    "idle.nothing_short": ("{resource} is idle: nothing is short", "{resource} 闲置：没有未满足的岗位"),
    "advised.capacity": ("its capacity", "容量"),
    "advised.kind": ("its kind", "类别"),
    "advised.skill": ("a skill", "技能"),
    "advised.mode": ("its mode", "服务方式"),
    "advised.time": ("its time", "时间"),
    "advised.distance": ("the distance", "距离"),
    "advised.forbid": ("a forbid rule", "禁止规则"),
    "advised.load": ("its load", "承载量"),
    "advised.cap": ("a cap", "上限"),
    "idle.list": (
        "{count:,} {count:|resource is|resources are} idle: {reasons}",
        "{count:,} 个资源闲置：{reasons}",
    ),
    "idle.counted": ("{what} {count:,}", "{what} {count:,}"),
    "idle.none": ("no resource is idle", "没有闲置资源"),
    "what.filled": ("all they could do is filled", "能承担的均已满足"),
    "what.several": ("several rules at once", "同时受多条规则限制"),
    "what.bound": ("other rules", "其他规则"),
    "what.nothing_short": ("nothing short", "没有未满足的岗位"),
    "choice.line": (
        "{changes}: {goals} together, {proof}",
        "{changes}：合计 {goals}，{proof}",
    ),
    "choice.none": ("no change of this kind would add anything, {proof}", "此类改动都不会带来改进，{proof}"),
    "choice.proven": ("proven the most that {k:,} can add", "已证明是 {k:,} 项所能带来的最大改进"),
    "choice.bound": ("{k:,} add at most {bound}", "{k:,} 项最多可带来 {bound}"),
    "choice.unknown": ("not proven the most", "未证明是最大改进"),
    "choice.unsolved": ("{number:,}. {change}", "{number:,}. {change}"),
    "choice.step": ("{number:,}. {change}: {goals}", "{number:,}. {change}：{goals}"),
    "pooling.line": (
        "pooling {units:,} {units:|unit|units} gains {goals} over each on its own",
        "{units:,} 个单位统筹安排，比各自单独安排多得：{goals}",
    ),
    "pooling.unit": ("{unit} on its own: {goals}", "{unit} 单独安排：{goals}"),
}
"""Messages of answers/advice.py, under ``advice.``."""

MESSAGES = {f"advice.{name}": texts for name, texts in MESSAGES.items()}
