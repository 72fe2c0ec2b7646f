"""Why pairs are not eligible (``reason.*``, ``funnel.*``), and how spans of time are told (``span.*``)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "reason": ("{rule}: {fact}", "{rule}：{fact}"),
    # One for each fact of a rule of eligibility: what a pair offers and what is asked.
    "reason.capacity": ("capacity {capacity} < 1", "容量 {capacity} < 1"),
    "reason.kind": ("kind {kind}, needed {needed}", "类别为 {kind}，需要的是 {needed}"),
    "reason.level": ("skill {skill} {held} < {asked}", "技能 {skill} {held} 级 < {asked} 级"),
    "reason.any_of": ("{short}", "{short}"),
    "reason.and": (" and ", "，且"),
    "reason.online_only": ("offered online only, demand on site", "只提供线上服务，而该需求在现场"),
    "reason.on_site_only": ("offered on site only, demand online", "只提供现场服务，而该需求在线上"),
    "reason.no_start": (
        "no window of the demand is {minutes:,} {minutes:|minute|minutes} long",
        "该需求没有一个时段长达 {minutes:,} 分钟",
    ),
    "reason.not_free": ("not free, needed {window} ({zone})", "没有空闲，需要 {window}（{zone}）"),
    "reason.free": ("free {free}, needed {window} ({zone})", "空闲时段为 {free}，需要 {window}（{zone}）"),
    "reason.free_and_more": (
        "free {free} and {more:,} more, needed {window} ({zone})",
        "空闲时段为 {free}，另有 {more:,} 段，需要 {window}（{zone}）",
    ),
    "reason.free_at_no_start": (
        "free at none of {starts:,} {starts:|start|starts}, the first {window}, the last {last} ({zone})",
        "{starts:,} 个可选的开始时间都没有空闲，最早为 {window}，最晚为 {last}（{zone}）",
    ),
    "reason.distance": ("{far} km > {limit} km", "{far} 公里 > {limit} 公里"),
    "reason.distance_of_resource": (
        "{far} km > {limit} km (limit of resource {resource})",
        "{far} 公里 > {limit} 公里（资源 {resource} 的上限）",
    ),
    "reason.distance_of_demand": (
        "{far} km > {limit} km (limit of demand {demand})",
        "{far} 公里 > {limit} 公里（需求 {demand} 的上限）",
    ),
    "reason.distance_of_both": (
        "{far} km > {limit} km (limit of resource {resource} and demand {demand})",
        "{far} 公里 > {limit} 公里（资源 {resource} 去需求 {demand} 的上限）",
    ),
    "reason.forbid": (
        "a forbid rule names {resource} and {requirement}",
        "有规则禁止 {resource} 承担 {requirement}",
    ),
    "reason.load": ("{dimension} {has:,} < {needed:,}", "{dimension} {has:,} < {needed:,}"),
    "reason.cap": ("the cap {label} is used up", "上限 {label} 已用满"),
    "eligible": ("eligible: this pair fails no rule", "符合条件：这一对不违反任何规则"),
    # How many each rule keeps from a requirement, and who comes nearest.
    "funnel.nobody": ("there are no resources", "没有任何资源"),
    "funnel.open": (
        "{resources:,} {resources:|resource|resources}: no rule keeps anybody out",
        "共 {resources:,} 个资源：没有规则排除任何资源",
    ),
    "funnel.line": (
        "{resources:,} {resources:|resource|resources}: {removed}; nearest: {resource} ({reasons})",
        "共 {resources:,} 个资源：{removed}；最接近的是 {resource}（{reasons}）",
    ),
    "funnel.removed": ("{rule} keeps out {all:,}", "因{rule}排除 {all:,} 个"),
    "funnel.removed_alone": (
        "{rule} keeps out {all:,} ({alone:,} alone)",
        "因{rule}排除 {all:,} 个（其中 {alone:,} 个仅此一条不符）",
    ),
    "funnel.nearest": ("{resource}: {reasons}", "{resource}：{reasons}"),
    # Spans of time.
    "span.clock": ("{start}-{end}", "{start}-{end}"),
    "span.day": ("{weekday} {date} {start}-{end}", "{date}（{weekday}）{start}-{end}"),
    "span.days": (
        "{weekday} {date} {start} - {last_weekday} {last_date} {end}",
        "{date}（{weekday}）{start} 至 {last_date}（{last_weekday}）{end}",
    ),
    "weekday.0": ("Mon", "周一"),
    "weekday.1": ("Tue", "周二"),
    "weekday.2": ("Wed", "周三"),
    "weekday.3": ("Thu", "周四"),
    "weekday.4": ("Fri", "周五"),
    "weekday.5": ("Sat", "周六"),
    "weekday.6": ("Sun", "周日"),
}
