"""What the tables and columns that people keep mean, for templates and docs/tables.md."""

_ID = ("Its id: a number or a short text, different for every row", "编号：数字或短文字，各行不同")
_PARENT_UNIT = (
    "The unit it belongs to: its id, or its name where only one unit has it",
    "所属的上级单位：编号，或唯一的名称",
)
_LAT = ("Latitude in degrees, WGS 84; longitude with it", "纬度（度，WGS 84），须与经度同填")
_LON = ("Longitude in degrees, WGS 84; latitude with it", "经度（度，WGS 84），须与纬度同填")
_PLACE = (
    "Latitude and longitude in one cell, instead of the two columns",
    "在一格中写纬度和经度，代替前两列",
)
_START = ("First day or moment, instead of times written out", "开始的日期或时间，代替写在一格中的时间")
_END = ("Last day or moment after it, with the start", "结束的日期或时间，与开始同用")
_SKILLS = (
    "What must be known at which level; all of it, or one of alternatives parted by |",
    "需要的技能及等级；须全部具备，用 | 分隔的为任选其一",
)
_WANTED = ("How many are wanted", "需要多少")
_MINIMUM = ("How many are the least that is of use; else 0", "至少需要多少；不填为 0")
_USES = ("What each one who is sent uses of what it can carry", "每个派出者占用的承载量")
_KIND_ASKED = ("What kind of resource is asked for; else a person", "需要哪类资源；不填为人员")

MESSAGES: dict[str, tuple[str, str]] = {
    "table.units": (
        "Who offers resources. Where this table is missing, units are those that the resource list names",
        "提供资源的单位。没有此表时，以资源清单中出现的单位为准",
    ),
    "table.communities": (
        "Who has demands. Where this table is missing, communities are those that the lists name",
        "有需求的社区。没有此表时，以各清单中出现的社区为准",
    ),
    "table.resources": (
        "One row for each person, venue, stock of supplies or service that can be given",
        "可提供的人员、场地、物资或服务，每项一行",
    ),
    "table.demands": (
        "One row for each demand; where it has one role, the role stands in the same row",
        "每项需求一行；只有一个岗位时，岗位写在同一行",
    ),
    "table.requirements": (
        "Roles of demands that have several: one row each",
        "一项需求有多个岗位时，每个岗位一行",
    ),
    "table.skills": (
        "Other names of skills, and which skills count as a broader one; needed only where there are such",
        "技能的别名和上级技能；有需要时才填",
    ),
    "table.rules": (
        "What a plan must keep beyond all this, one rule a row; docs/rules.md says what each means",
        "方案还须遵守的规则，每条一行；含义见 docs/rules.md",
    ),
    "table.previous": (
        "Pairs of the plan before, which are kept where nothing speaks against it",
        "上期安排，在没有妨碍时尽量沿用",
    ),
    "table.scores": ("Points of your own for pairs, one pair a row", "自行评定的搭配分数，每对一行"),
    "table.aims": (
        "Goals in an order of your own, one measure a row; rows of one goal have the same name",
        "自定的目标次序，每个度量一行，同一目标各行同名",
    ),
    "table.settings": (
        (
            "One setting a row: zone, first, last, day_first, bounds, note, and factors of the terms "
            "of the weight"
        ),
        "每项设置一行：时区、开始日期、结束日期、日在月前、范围、说明，以及各分项的系数",
    ),
    "column.units.id": _ID,
    "column.units.name": ("What it is called", "单位的名称"),
    "column.units.parent": _PARENT_UNIT,
    "column.communities.id": _ID,
    "column.communities.name": ("What it is called", "社区的名称"),
    "column.communities.parent": (
        "The street, district or city it belongs to, which is a row of this table, too",
        "所属的街道、区或市，也是本表的一行",
    ),
    "column.communities.lat": _LAT,
    "column.communities.lon": _LON,
    "column.communities.place": _PLACE,
    "column.resources.id": _ID,
    "column.resources.unit": (
        "The unit that offers it: its id, or its name where only one unit has it",
        "提供单位：编号，或唯一的名称",
    ),
    "column.resources.kind": (
        "What it is; else a person. Any other word is a kind of your own",
        "资源类别；不填为人员。其他词视为自定类别",
    ),
    "column.resources.name": (
        "Its name, for your own sheets; it is never published",
        "姓名或名称，仅供自用，不会公布",
    ),
    "column.resources.contact": (
        "How to reach it, for your own sheets; it is never published",
        "联系方式，仅供自用，不会公布",
    ),
    "column.resources.skills": (
        "What it knows, with levels from 1 to 100 where they matter",
        "具备的技能，需要时写 1 至 100 的等级",
    ),
    "column.resources.capacity": (
        "How many slots it can fill in all, or how much of it there is; else 1",
        "共可承担多少个名额，或共有多少；不填为 1",
    ),
    "column.resources.divisible": (
        "Whether it is a stock that can be parted, as supplies are; else by its kind",
        "是否可以分给多处（如物资）；不填则按类别",
    ),
    "column.resources.available": ("When it can be given; empty is always", "何时可以提供；不填为随时"),
    "column.resources.available start": _START,
    "column.resources.available end": _END,
    "column.resources.lat": _LAT,
    "column.resources.lon": _LON,
    "column.resources.place": _PLACE,
    "column.resources.mode": (
        "Whether it serves on site, online or both; else both",
        "现场、线上或均可；不填为均可",
    ),
    "column.resources.home": ("The community it lives in or belongs to", "所居住或所属的社区"),
    "column.resources.familiar": ("Communities it knows", "熟悉的社区"),
    "column.resources.preferences": (
        "Points from -100 to 100 for demands of a category, of a community, or of both",
        "对某类需求、某社区或两者兼有者的意愿分（-100 至 100）",
    ),
    "column.resources.loads": (
        "What it can carry in all: kilograms, seats, money",
        "总承载量：公斤、座位、金额等",
    ),
    "column.resources.activation": ("Points it costs to use it at all; else 0", "启用它要扣的分；不填为 0"),
    "column.demands.id": _ID,
    "column.demands.community": (
        "Whose demand it is: an id, or a name where only one community has it",
        "提出需求的社区：编号，或唯一的名称",
    ),
    "column.demands.name": ("What is needed, in a few words", "需要什么，几个字即可"),
    "column.demands.in_charge": (
        "Who answers for it, for your own sheets; it is never published",
        "负责人，仅供自用，不会公布",
    ),
    "column.demands.contact": (
        "How to reach who is in charge; it is never published",
        "负责人的联系方式，不会公布",
    ),
    "column.demands.category": (
        "What sort of demand it is, for preferences and for counting",
        "需求的类别，用于意愿和统计",
    ),
    "column.demands.tier": (
        "How urgent: 1 is filled before 2, and so on up to 20; else 1",
        "紧急程度：先满足 1，再满足 2，直至 20；不填为 1",
    ),
    "column.demands.weight": (
        "Points for each slot that is filled, 0 to 1,000; else 100",
        "每满足一个名额的得分，0 至 1,000；不填为 100",
    ),
    "column.demands.windows": ("When it takes place; empty is at no set time", "何时进行；不填为时间不定"),
    "column.demands.windows start": _START,
    "column.demands.windows end": _END,
    "column.demands.lat": _LAT,
    "column.demands.lon": _LON,
    "column.demands.place": _PLACE,
    "column.demands.mode": ("On site or online; else on site", "现场或线上；不填为现场"),
    "column.demands.minutes": (
        "Where it may start at several times within its windows: how long it takes",
        "可在所写时间内任选起点时，所需的分钟数",
    ),
    "column.demands.step": (
        "With the duration: how many minutes lie between possible starts; else 60",
        "与时长同用：可选起点相隔的分钟数；不填为 60",
    ),
    "column.demands.kind": _KIND_ASKED,
    "column.demands.skills": _SKILLS,
    "column.demands.wanted": _WANTED,
    "column.demands.minimum": _MINIMUM,
    "column.demands.uses": _USES,
    "column.requirements.id": _ID,
    "column.requirements.demand": ("The id of the demand it is a role of", "所属需求的编号"),
    "column.requirements.kind": _KIND_ASKED,
    "column.requirements.skills": _SKILLS,
    "column.requirements.wanted": _WANTED,
    "column.requirements.minimum": _MINIMUM,
    "column.requirements.uses": _USES,
    "column.skills.name": ("The skill, as most lists call it", "技能名称，以多数清单的叫法为准"),
    "column.skills.aliases": ("What else it is called", "其他叫法"),
    "column.skills.parents": (
        "Broader skills that it counts as: a surgeon counts as a medic",
        "也可算作的更宽技能：外科医生也算医护",
    ),
    "column.rules.id": ("An id, where it matters which rule was broken", "编号，需要指明是哪条规则时填写"),
    "column.rules.rule": ("Which rule it is", "是哪种规则"),
    "column.rules.resource": (
        (
            "The id of the resource of forbid and lock; in max_distance, hours_budget, count_budget, "
            "longest_run, rest and travel of the one it holds for, where not for all"
        ),
        (
            "forbid、lock 所指资源的编号；max_distance、hours_budget、count_budget、longest_run、rest、"
            "travel 只限一个资源时填写"
        ),
    ),
    "column.rules.requirement": ("The id of the role of forbid and lock", "forbid、lock 所指岗位的编号"),
    "column.rules.demand": (
        (
            "The id of the demand of team, cover, trainees, units_represented, local_member and "
            "all_or_nothing; in max_distance of the one it holds for, where not for all"
        ),
        (
            "team、cover、trainees、units_represented、local_member、all_or_nothing 所指需求的编号；"
            "max_distance 只限一项需求时填写"
        ),
    ),
    "column.rules.unit": (
        "The unit of unit_cap, reserve_share and unit_share: its id, or its name where only one unit has it",
        "unit_cap、reserve_share、unit_share 所指的单位：编号，或唯一的名称",
    ),
    "column.rules.community": (
        "The community of community_cap and unit_share: its id, or its name where only one community has it",
        "community_cap、unit_share 所指的社区：编号，或唯一的名称",
    ),
    "column.rules.kind": (
        (
            "The kind of resource, such as person, that hours_budget, count_budget, longest_run, rest "
            "or travel holds for, where not for all"
        ),
        "hours_budget、count_budget、longest_run、rest、travel 只限某类资源（如人员）时填写的类别",
    ),
    "column.rules.resources": (
        "The ids of the resources of keep_together, keep_apart and choose_at_most",
        "keep_together、keep_apart、choose_at_most 所指各资源的编号",
    ),
    "column.rules.quantity": (
        "How many units lock assigns at least; else 1",
        "lock 至少锁定的数量；不填为 1",
    ),
    "column.rules.least": (
        (
            "The least: units of a team, units of unit_share, units that units_represented asks for, "
            "members that local_member asks for"
        ),
        "最少：team 的人数、unit_share 的数量、units_represented 的单位数、local_member 的本地成员数",
    ),
    "column.rules.most": (
        (
            "The most: units that unit_cap, community_cap, unit_share and team allow, assignments a "
            "period of count_budget, trainees a guide of trainees, resources used of choose_at_most"
        ),
        (
            "最多：unit_cap、community_cap、unit_share、team 的数量，count_budget 每周期的次数，"
            "trainees 每名带教者所带的人数，choose_at_most 启用的资源数"
        ),
    ),
    "column.rules.percent": (
        "How many per cent reserve_share keeps back of what a unit has, 0 to 100",
        "reserve_share 为单位保留的百分比，0 至 100",
    ),
    "column.rules.km": (
        "The greatest distance that max_distance allows, in kilometres",
        "max_distance 允许的最大距离，单位公里",
    ),
    "column.rules.kmh": (
        "The speed by which travel reckons, in kilometres an hour",
        "travel 计算路途所用的速度，单位公里/小时",
    ),
    "column.rules.minutes": (
        "Minutes: the most of a period in hours_budget, the least between two demands in rest",
        "分钟：hours_budget 每周期最多的时长，rest 两项需求之间最短的间隔",
    ),
    "column.rules.per": (
        "Over which periods hours_budget and count_budget count; else over all",
        "hours_budget、count_budget 按什么周期计算；不填为全部",
    ),
    "column.rules.days": (
        (
            "Days in a row: of a period, where per is days in hours_budget or count_budget; the most "
            "with work in longest_run"
        ),
        "连续天数：hours_budget、count_budget 的周期为 days 时一个周期的天数；longest_run 最多连续工作的天数",
    ),
    "column.rules.zone": (
        (
            "By whose midnight hours_budget, count_budget and longest_run part the days; the zone of "
            "the tables where none is given"
        ),
        "hours_budget、count_budget、longest_run 以哪个时区的零点分日；不填则用表格的时区",
    ),
    "column.rules.skills": (
        "The skills that cover asks of the members together, with levels and how many of each",
        "cover 要求成员共同具备的技能、等级和各需几人",
    ),
    "column.rules.counting": (
        "Whether cover counts one person for one of its skills or for several",
        "cover 中一人只算一项技能还是可算多项",
    ),
    "column.rules.senior": (
        "The skill, with its level, of those who guide others in trainees",
        "trainees 中带教者的技能及等级",
    ),
    "column.rules.soft_price": (
        "Points that each unit of breaking costs; empty is a hard rule",
        "每违反一个单位所扣的分；不填为硬规则",
    ),
    "column.rules.soft_tier": (
        "The tier among whose goals the breaking is made small; empty is a hard rule",
        "在哪一级的目标中使违规最小；不填为硬规则",
    ),
    "column.rules.soft_no_worse": (
        "Whether it may be broken as much as in the previous plan",
        "是否允许不劣于上期的违规",
    ),
    "column.previous.resource": ("Who served", "上期派出的资源"),
    "column.previous.requirement": ("Which role", "所任的岗位"),
    "column.scores.resource": ("Who", "资源"),
    "column.scores.requirement": ("For which role", "岗位"),
    "column.scores.points": ("Points of the pair, which may be negative", "这一对的分数，可为负"),
    "column.aims.name": ("What the goal is called", "目标名称"),
    "column.aims.tolerance": (
        "How much of it later goals may cost; else 0",
        "后面的目标最多可使它降低多少；不填为 0",
    ),
    "column.aims.measure": ("What is counted", "度量什么"),
    "column.aims.tier": ("Of which tier; empty is of all", "限哪一级；不填为所有"),
    "column.aims.factor": ("How many times it counts; else 1", "计几倍；不填为 1"),
    "column.settings.setting": ("Which setting it is", "哪项设置"),
    "column.settings.value": ("Its value", "取值"),
    # The sheet of notes in a template.
    "notes.table": ("table", "表"),
    "notes.column": ("column", "列"),
    "notes.needed": ("needed", "必填"),
    "notes.meaning": ("meaning", "含义"),
    "notes.accepted": ("accepted", "可填内容"),
    "notes.example": ("example", "示例"),
    "notes.yes": ("yes", "是"),
    "notes.whole_table": ("(the table)", "（整表）"),
    "notes.sheet": ("notes", "说明"),
    "accepts.setting": ("One of {settings}", "以下之一：{settings}"),
    "accepts.raw": (
        (
            "The value of the setting: a name of a zone, a date, yes or no, south, west, north and "
            "east in degrees (35.9; 103.5; 36.2; 104.1), a text, a number"
        ),
        "设置的取值：时区名称、日期、是或否、南西北东的度数（35.9; 103.5; 36.2; 104.1）、文字、数字",
    ),
}
