"""What would fill a demand, and what it costs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "repair.line": (
        "price {price:,}: {changes:,} {changes:|change|changes, all of them together}",
        "代价 {price:,}：{changes:,} 项改动{changes:||，须一并实施}",
    ),
    "repair.free": ("price 0: no change, only people set aside", "代价 0：无需改动，只需预留人员"),
    "repair.step": ("    {change}", "    {change}"),
    "repair.set_aside": (
        "set {resource} aside for {requirement} ({quantity:,} {quantity:|unit|units})",
        "将 {resource} 预留给 {requirement}（{quantity:,} 个名额）",
    ),
    "repair.goal": (
        "    {goal}: {before:,} before, {after:,} after",
        "    {goal}：改动前 {before:,}，改动后 {after:,}",
    ),
    "repair.less": (
        "    {requirement} has {units:,} fewer than before",
        "    {requirement} 比改动前少 {units:,} 个名额",
    ),
    "repairs.lacks_nothing_wanted": (
        "demand {demand} lacks nothing: there is nothing to repair",
        "需求 {demand} 已全部满足，无需补救",
    ),
    "repairs.lacks_nothing_minimum": (
        "demand {demand} has all its minimums: there is nothing to repair",
        "需求 {demand} 已达到全部最低人数，无需补救",
    ),
    "repairs.exact": (
        (
            "demand {demand} lacks {units:,}; {repairs:,} {repairs:|way|ways} to fill it, the cheapest "
            "at price {price:,} (proven: nothing cheaper)"
        ),
        (
            "需求 {demand} 缺 {units:,} 个名额；有 {repairs:,} 种补救办法，最低代价 "
            "{price:,}（已证明没有更低的）"
        ),
    ),
    "repairs.found": (
        (
            "demand {demand} lacks {units:,}; {repairs:,} {repairs:|way|ways} found, the cheapest at "
            "price {price:,} (there may be cheaper ones)"
        ),
        (
            "需求 {demand} 缺 {units:,} 个名额；找到 {repairs:,} 种补救办法，其中最低代价 "
            "{price:,}（可能还有更低的）"
        ),
    ),
    "repairs.none_exact": (
        (
            "demand {demand} lacks {units:,}; none of the {candidates:,} {candidates:|change|changes} "
            "weighed, alone or together, fills it"
        ),
        "需求 {demand} 缺 {units:,} 个名额；考虑的 {candidates:,} 项改动，单独或合在一起都补不上",
    ),
    "repairs.none_found": (
        (
            "demand {demand} lacks {units:,}; no way to fill it was found among {candidates:,} "
            "{candidates:|change|changes}"
        ),
        "需求 {demand} 缺 {units:,} 个名额；在 {candidates:,} 项改动中没有找到补救办法",
    ),
    "repairs.lacking": ("  {requirement} lacks {units:,}", "  {requirement} 缺 {units:,} 个名额"),
    "repairs.numbered": ("  {number}. {repair}", "  {number}. {repair}"),
}
