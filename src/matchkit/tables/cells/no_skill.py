"""What stands in columns of skills and is none: that none is needed, and sex, age, membership, character or a
preference.
"""

from __future__ import annotations

import re
from typing import Final

# Chinese: what a skill is called in general, what stands before such a word, and what follows.
_KNOWING = (
    "(?:专业|技能|技术|技巧|特长|专长|学历|学位|文化|资质|资格|资历|能力|经验|知识|证书|证件|职业|职称|"
    "岗位|工种|背景|水平|基础)"
)
_ANYTHING = (
    "(?:任何|什么|特殊|特别|特定|具体|专门|专业|硬性|额外|其他|相关|明确|太多|过多|一定)*的?"
)
_NOT = "(?:没有?|无须?|无需|不限制?|不限于|不分|不论|不需要?|不用|不要求|不设|不作|不做|不具备|不必)"
_ASKED = "(?:方面)?的?(?:要求|限制|限定|门槛|条件|规定|需求)"
_NO = rf"{_NOT}{_ANYTHING}(?:{_KNOWING}(?:[和或及、]?{_KNOWING})?)"
_NONE_HELD = re.compile(
    rf"(?:暂|目前)?(?:没有?|无){_ANYTHING}(?:技能|技术|特长|专长|资质|证书|{_KNOWING}(?:技能|特长|"
    r"证书|资质|背景))"
    r"|(?:no|without|none|lacks?|have no|has no) "
    r"(?:(?:special|specific|particular|professional|formal|relevant) )?"
    r"(?:skills?|qualifications?|training|experience|expertise|certificates?|certifications?)",
    re.IGNORECASE,
)
_LEARNT = (
    r"(?:(?:special(?:ist|i[sz]ed)?|specific|particular|prior|previous|formal|professional|"
    r"technical|relevant|medical"
    r"|extra|certain|other) )*"
    r"(?:skills?|experience|training|qualifications?|expertise|background|certificat(?:es?|ions?)"
    r"|knowledge)(?: requirements?)?"
)
_NONE_NEEDED = re.compile(
    rf"(?:对)?{_NO}(?:{_ASKED})?(?:均可|都可以?|也可以?|即可)?"
    rf"|{_NOT}{_ANYTHING}(?:性别|年龄|男女|学历|专业)(?:[和或及、]?(?:性别|年龄|学历|专业))*{_ASKED}?"
    rf"|(?:对)?(?:{_KNOWING}|性别|年龄|男女)(?:[和或及、]?(?:{_KNOWING}|性别|年龄))*(?:方面)?(?:{_ASKED})?"
    r"(?:不限制?|不论|不拘|均可|都可以?|皆可|(?:没有?|无|不作|不做|不设|未作)(?:特殊|特别|具体|硬性|"
    r"任何)?(?:要求|限制|限定|规定))"
    r"|零基础(?:即可|亦可|也可以?)?|(?:人人|谁|任何人|所有人)(?:都|均|皆)?(?:可以?|能)(?:参加|参与|报名)?"
    rf"|(?:there (?:is|are) )?no {_LEARNT}(?: (?:and|or) {_LEARNT})?(?: (?:is|are))?(?: "
    r"(?:needed|required|necessary"
    rf"|requested|asked for))?"
    rf"|{_LEARNT}(?: (?:is|are))? ?(?::|-)? ?(?:not "
    r"(?:needed|required|necessary|essential)|unnecessary|none|any|n/?a)"
    r"|any skills?(?: levels?)?|all skills?(?: levels?)?(?: welcome)?|unskilled|no special(?:ist)? skills?"
    r"|(?:anyone|anybody|everyone|everybody|all)(?: is| are)? (?:welcome|can (?:help|join|do (?:it|this)))"
    r"|open to (?:all|everyone|anyone)",
    re.IGNORECASE,
)
_WHO = "(?:志愿者|义工|人员|群众|居民|村民|市民|学生|青年|成年人?|老年人?|人士|人|者)"
_TRAIT = (
    "(?:责任心|责任感|爱心|耐心|细心|奉献精神|服务精神|服务意识|团队精神|团队意识|合作精神|"
    "吃苦精神|吃苦耐劳|吃苦耐劳精神|"
    "身体健康|身心健康|身体强壮|身强力壮|身体素质好|身体状况良好|认真负责|认真|负责|踏实|守时|诚实|"
    "诚信|热心公益|乐于助人|"
    "服从安排|服从管理|服从调配|服从指挥|服从分配|服从调度|品行端正|品行良好|品德良好|政治可靠|"
    "政治过硬|形象好|形象良好|形象气质佳|五官端正|性格开朗|性格外向|"
    "时间充裕|时间充足|时间灵活|时间自由|能吃苦|肯吃苦|无犯罪记录|无违法犯罪记录|无不良记录|遵纪守法)"
)
_YEARS = r"\d{1,3} ?(?:周?岁)"
_NO_SKILL = re.compile(
    r"(?:仅|只|需|要|须)?限?(?:招|为|是)?(?:男|女)(?:性|士|生|同志|的)?(?:为主|最好|即可|均可"
    r"|都可以?)?|男女(?:不限|均可|都可以?|各半)|性别(?:[:：]? ?)[男女]性?"
    rf"|(?:年龄)?(?:要求|在|为|[:：])? ?(?:\d{{1,3}} ?(?:周?岁)? ?(?:[-‐-―~〜]|至"
    rf"|到) ?)?{_YEARS}(?:及|或|\(含\))?(?:之间|以上|以下|以内|左右|上下|为宜|为佳)?{_WHO}?"
    rf"|(?:不超过|不满|未满|年满|已满|满|超过|大于|小于|低于|高于"
    rf"|[<>≤≥]=?) ?{_YEARS}(?:以上|以下)?{_WHO}?|年龄.{{0,12}}|成年人?|未成年人?"
    r"|.{1,30}(?:优先(?:考虑|录用|安排)?|者佳|为佳|更佳|更好|加分)"
    r"|(?:中共|共产|预备|在职|退休|老|青年)*(?:党员|团员|共青团员)(?:身份|同志)?"
    r"|(?:民主)?党派|政治面貌.{0,10}|群众|退役军人|退伍军人|现役军人|军属"
    rf"|(?:仅|只|需|要|须)?限?(?:本地|本市|本区|本县|本镇|本村|本社区|辖区|社区|附近|就近|周边|外地|普通"
    rf"|一般|广大|爱心|热心|身体健康的?|退休|在职|在校|大|青年|成年)*{_WHO}(?:即可|均可|也可|就行|都行)?"
    r"|(?:本地|本市|本区|本村|城镇|农村)(?:户籍|户口)"
    rf"|(?:须|需|要|应)?(?:有|具有|具备|富有)?(?:较强|强烈|一定|高度|足够)?的?{_TRAIT}(?:[和、"
    rf"与及]{_TRAIT})*(?:强|好|即可)?"
    r"|(?:小学|初中|高中|中专|大专|专科|本科|硕士|研究生|博士)(?:及|或)?(?:以上)?(?:学历"
    r"|文化|文化程度|毕业)?|学历(?:不低于|要求|在|须|需).{1,10}"
    r"|熟练|精通|一般|良好|优秀|初级|中级|高级|略懂|了解|掌握|擅长|不熟练|未知|待定|待确认|其他|其它|等|若干"
    r"|[优良中差好高低无]|很好|较好|极好|不错|满分|及格|未掌握|学习中|培训中|在学|(?:待|已|"
    r"未)(?:培训|学习|考取|考证)|没有|暂无|暂缺|空缺|缺|空|不详|未填|待补充?|待填"
    r"|(?:详?见|参见)(?:附件|附表|备注|说明|上|下|后).{0,6}|同上.{0,2}|同前|同左|none|nil|nothing|"
    r"n\.?/?a\.?|blank|empty|missing"
    r"|(?:see|cf\.?|as per) (?:the "
    r")?(?:notes?|remarks?|comments?|attach\w*|annex|above|below|list|file)|(?:same )?as above|ditto"
    r"|(?:有|具有|具备|需要?|要求?)?(?:一定|丰富|相关|工作|从业|实践)*的?经验(?:者|丰富)?"
    r"|(?:\d{1,2}|[一二两三四五六七八九十]{1,3}|多|数)年(?:及?以上|左右)?(?:的?(?:相关|工作|从业|"
    r"实践)*的?(?:经验|经历|工龄)?)?"
    r"|(?:only |all[- ])?(?:fe)?males?(?: only)?|(?:only "
    r")?(?:men|women|man|woman|boys|girls|ladies)(?: only)?|(?:sex|gender):? .{1,20}"
    r"|(?:min(?:imum|\.)? ?|max(?:imum|\.)? ?)?age[ds]?(?: group| range| limit)?:? .{0,20}\d.{0,20}"
    r"|(?:over|under|above|below|at least|older than|younger than) \d{1,3}(?: ?(?:years?|yrs?).{0,12})?"
    r"|\d{1,3}(?: ?(?:-|–|to) ?\d{1,3})? ?(?:years?|yrs?|y/?o)(?: |-)?(?:olds?|of age)?(?: "
    r"?(?:and|or|&) (?:over|older"
    r"|above|up|under|younger|below))?(?: (?:of )?experience)?"
    r"|\d{1,3} ?\+|\d{1,3} (?:and|or) (?:over|older|above|up|under|younger)"
    r"|(?:(?:fit|healthy|strong|local|young|older|retired) "
    r")*(?:adults?|minors?|teens?|teenagers?|seniors?|youths?|young|elderly|retired"
    r"|students?|retirees?)(?: only)?"
    r"|.{1,60} (?:is |are |would be |will be )?(?:preferred|preferable|desirable|desired|(?:a |an "
    r")?(?:plus|advantage"
    r"|asset|bonus)|nice to have|optional|welcome)"
    r"|(?:preferably|ideally|optionally) .{1,60}"
    r"|(?:good |great |positive |strong |have a )?(?:attitude|work ethic|sense of humou?r|team "
    r"?players?|team spirit|people person)"
    r"|reliable|reliability|punctual|punctuality|friendly|friendliness|patient|enthusias(?:m|tic)"
    r"|motivated|motivation|hard[- ]?working"
    r"|(?:physically |very )?fit|(?:in )?good health|healthy|able[- ]bodied|energetic|flexible|flexibility"
    r"|responsible|willing(?:ness)?(?: to .{1,40})?|honest"
    r"|(?:local |nearby )?(?:volunteers?|helpers?|residents?|people|persons?|students?|members?"
    r"|citizens?|locals|neighbou?rs?)(?: only)?"
    r"|party members?"
    r"|basic|beginners?|intermediate|advanced|experts?|fluent|native|experienced|proficient|novice|others?"
    r"|good|very good|excellent|fair|poor|average|high|medium|low|can|cannot|can'?t|able|unable"
    r"|available|unavailable|trained|untrained"
    r"|(?:un)?certified|(?:un)?qualified|(?:un)?licensed|in training|to be trained"
    r"|unknown|tbd|tbc|misc(?:ellaneous)?\.?|various",
    re.IGNORECASE,
)
LONGEST: Final = 80
"""A longer text is none of these."""


def none_held(text: str) -> bool:
    """Whether a text in normal form says that somebody has no skill."""
    return len(text) <= LONGEST and _NONE_HELD.fullmatch(text) is not None


def none_needed(text: str) -> bool:
    """Whether a text in normal form says, in so many words, that no skill is needed."""
    return len(text) <= LONGEST and (
        _NONE_NEEDED.fullmatch(text) is not None or none_held(text)
    )


def no_skill(text: str) -> bool:
    """Whether a text in normal form is no skill but who somebody is (sex, age, membership, character), a
    level alone, or a preference.
    """
    return len(text) <= LONGEST and _NO_SKILL.fullmatch(text) is not None
