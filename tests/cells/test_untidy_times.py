"""Times as people write them, each with what it means, worked out by hand: a certain value, a value to
confirm, or a refusal.

The plan lasts from 2026-03-01 to 2026-06-30 by the clocks of Shanghai, eight hours ahead of UTC all year. 2
May 2026 is a Saturday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pinned
import pytest

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model.time import Window
from matchkit.model.weekly import Weekly
from matchkit.tables.cells import CellFault, Context, read_cell, read_span, read_start

CONTEXT = Context(zone="Asia/Shanghai", first=date(2026, 3, 1), last=date(2026, 6, 30))
SHANGHAI = timezone(timedelta(hours=8))
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
EVERY = "Mon,Tue,Wed,Thu,Fri,Sat,Sun"
WORK = "Mon,Tue,Wed,Thu,Fri"


def window_text(entry: Window | Weekly) -> str:
    """A window by the clocks of Shanghai; a weekly pattern by its days and hours, and by its dates where they
    are not the plan's.
    """
    if isinstance(entry, Window):
        start, end = (
            f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}"
            for moment in (entry.start, entry.end)
        )
        assert entry.start.astimezone(SHANGHAI).year == 2026
        return f"{start}/{end}"
    dates = (
        ""
        if (entry.first, entry.last) == (CONTEXT.first, CONTEXT.last)
        else f" {entry.first:%m-%d}..{entry.last:%m-%d}"
    )
    assert (entry.zone, entry.off, entry.also) == ("Asia/Shanghai", (), ())
    return f"{','.join(NAMES[day - 1] for day in entry.days)} {entry.start}-{entry.end}{dates}"


def reading(cell: Any, context: Context = CONTEXT) -> tuple[list[str], set[str]]:
    """What a cell comes to, and the reasons for which it is a guess."""
    found = read_cell("times", cell, context)
    reasons = (
        {
            reason.key.removeprefix("cell.guess.")
            for reason in dict(found.guess.values).get("why", ())
        }
        if found.guess
        else set()
    )
    return [window_text(entry) for entry in found.value], reasons


CERTAIN = [
    # Days of the week with hours.
    ("周一至周五 18:00-22:00", f"{WORK} 18:00-22:00"),
    ("周一到周五18:00—22:00", f"{WORK} 18:00-22:00"),
    ("星期一至星期五 １８：００～２２：００", f"{WORK} 18:00-22:00"),
    ("周二/周四 19:00-21:00", "Tue,Thu 19:00-21:00"),
    ("周二、周四 19:00-21:00", "Tue,Thu 19:00-21:00"),
    ("周二和周四19:00-21:00", "Tue,Thu 19:00-21:00"),
    ("每周二、四19点—21点", "Tue,Thu 19:00-21:00"),
    ("周1-5 18:00-21:00", f"{WORK} 18:00-21:00"),
    ("礼拜三 14:00-16:30", "Wed 14:00-16:30"),
    ("周三:19:00-21:00", "Wed 19:00-21:00"),
    ("工作日（周一至周五）18:00-20:00", f"{WORK} 18:00-20:00"),
    ("工作日 8:30-12:00 14:00-18:00", [f"{WORK} 08:30-12:00", f"{WORK} 14:00-18:00"]),
    ("每日晚7点至9点", f"{EVERY} 19:00-21:00"),
    ("周二晚6-9点", "Tue 18:00-21:00"),
    ("星期天下午2点-5点", "Sun 14:00-17:00"),
    ("周六上午9:00—11:00", "Sat 09:00-11:00"),
    ("每周六上午（9:00—11:00）", "Sat 09:00-11:00"),
    ("周六上午9点一刻到11点半", "Sat 09:15-11:30"),
    ("周二18:00~20:00,周四19:00~20:00", ["Tue 18:00-20:00", "Thu 19:00-20:00"]),
    ("Mon-Fri 6pm-9pm", f"{WORK} 18:00-21:00"),
    ("Mondays and Thursdays 6-9pm", "Mon,Thu 18:00-21:00"),
    ("6-9pm on Mondays", "Mon 18:00-21:00"),
    ("Monday 9am-12pm", "Mon 09:00-12:00"),
    ("Mon, Wed, Fri 10:00-12:00", "Mon,Wed,Fri 10:00-12:00"),
    ("Sat 8:00-12:00; Sun 14:00-18:00", ["Sat 08:00-12:00", "Sun 14:00-18:00"]),
    ("Every Tuesday from 18:30 to 21:00", "Tue 18:30-21:00"),
    ("周五 22:00-次日6:00", "Fri 22:00-06:00"),
    ("周六 18:00-24:00", "Sat 18:00-24:00"),
    ("周六 18:00-0:00", "Sat 18:00-24:00"),
    # Dates with hours.
    ("2026-05-02 08:00~12:00", "05-02 08:00/05-02 12:00"),
    ("2026/5/2 8:00-12:00", "05-02 08:00/05-02 12:00"),
    ("2026.5.2 8:30-11:30", "05-02 08:30/05-02 11:30"),
    ("2026年5月2日 14:00至17:00", "05-02 14:00/05-02 17:00"),
    ("5月2日 14:00-17:00", "05-02 14:00/05-02 17:00"),
    ("2026-05-02（周六） 14:00-17:00", "05-02 14:00/05-02 17:00"),
    ("2026-05-02 08:00/2026-05-04 18:00", "05-02 08:00/05-04 18:00"),
    ("5月2日22:00至5月3日6:00", "05-02 22:00/05-03 06:00"),
    ("5月2日6:00至5月2日18:00", "05-02 06:00/05-02 18:00"),
    ("2026-05-02 00:00 至 2026-05-09 00:00", "05-02 00:00/05-09 00:00"),
    ("2026-05-02 22:00-次日6:00", "05-02 22:00/05-03 06:00"),
    ("2026-05-02T08:00+09:00/2026-05-02T12:00+09:00", "05-02 07:00/05-02 11:00"),
    (
        "2026-05-02 08:00-12:00, 2026-05-03 08:00-12:00",
        ["05-02 08:00/05-02 12:00", "05-03 08:00/05-03 12:00"],
    ),
    ("2 May 2026 6pm-9pm", "05-02 18:00/05-02 21:00"),
    ("Sat 2 May 2026 6pm-9pm", "05-02 18:00/05-02 21:00"),
    ("Saturday, 2nd May 2026, 6-9pm", "05-02 18:00/05-02 21:00"),
    ("Saturday, May 2, 2026 18:00-21:00", "05-02 18:00/05-02 21:00"),
    ("2026-05-02 08:00:00-23:59:59", "05-02 08:00/05-03 00:00"),
    ("周一至周五、周日 9:00-11:00", f"{WORK},Sun 09:00-11:00"),
    ("周六上午9点-上午12点", "Sat 09:00-12:00"),
    ("周六上午10:00-12:30", "Sat 10:00-12:30"),
    ("周六晚8点-12点", "Sat 20:00-24:00"),
    ("周六凌晨12点-3点", "Sat 00:00-03:00"),
    ("10pm-12am Monday", "Mon 22:00-24:00"),
    # Twelve o'clock: 12 AM is midnight, 12 PM noon; 凌晨 is after midnight, 中午 around noon.
    ("Sat 12:30 AM - 1:30 AM", "Sat 00:30-01:30"),
    ("Sat 12:15 a.m. to 12:45 a.m.", "Sat 00:15-00:45"),
    ("Sat 12AM-1AM", "Sat 00:00-01:00"),
    ("Sat 00:30 AM-1:00 AM", "Sat 00:30-01:00"),
    ("Sat 12:00 AM-12:00 PM", "Sat 00:00-12:00"),
    ("Sat 12-3pm", "Sat 12:00-15:00"),
    ("Sat 10PM-12AM", "Sat 22:00-24:00"),
    ("AM 12:30-AM 1:30 Sat", "Sat 00:30-01:30"),
    ("周六凌晨12:30-1:30", "Sat 00:30-01:30"),
    ("周六中午12:30-1:30", "Sat 12:30-13:30"),
    ("周六上午12:30-13:30", "Sat 12:30-13:30"),
    ("2026-05-02 12:30AM - 2026-05-02 1:30AM", "05-02 00:30/05-02 01:30"),
    # Moments with offsets, as programs write them, are by no clock of the plan's: 02:00-05:00 there is 15:00
    # in Shanghai.
    ("2026-05-02 02:00:00-05:00/2026-05-02 04:00:00-05:00", "05-02 15:00/05-02 17:00"),
    (
        "2026-05-02 02:00:00-05:00 - 2026-05-02 04:00:00-05:00",
        "05-02 15:00/05-02 17:00",
    ),
    ("2026-05-02T09:00:00.000Z/2026-05-02T11:00:00.000Z", "05-02 17:00/05-02 19:00"),
    (
        "2026-05-02T09:00:00.0000000Z to 2026-05-02T11:00:00.0000000Z",
        "05-02 17:00/05-02 19:00",
    ),
    ("2026-05-02T09:00+0800 至 2026-05-02T11:00+08", "05-02 09:00/05-02 11:00"),
    ("2026-05-02 09:00 UTC - 2026-05-02 11:00 GMT", "05-02 17:00/05-02 19:00"),
    ("2026-05-02T22:00:00+08:00/2026-05-02T24:00:00+08:00", "05-02 22:00/05-03 00:00"),
    ("2026-05-02T22:00/2026-05-02T24:00:00.000", "05-02 22:00/05-03 00:00"),
    ("2026-05-02 09:00:00-11:00:00", "05-02 09:00/05-02 11:00"),
    ("2026-05-02 09:00:00至11:00", "05-02 09:00/05-02 11:00"),
    ("2026-05-02 09:00:00–11:00", "05-02 09:00/05-02 11:00"),
    ("2026-05-02 09:00:00.000 - 11:00:00.000", "05-02 09:00/05-02 11:00"),
    # A half of the day is named for each, or a 24-hour clock shows which.
    ("周一 7:00-9:00, 下午2:00-4:00", ["Mon 07:00-09:00", "Mon 14:00-16:00"]),
    ("周一 下午2:00-4:00, 上午9:00-11:00", ["Mon 14:00-16:00", "Mon 09:00-11:00"]),
    ("周一 下午2:00-4:00, 07:00-09:00", ["Mon 14:00-16:00", "Mon 07:00-09:00"]),
    ("周一 下午2:00-4:00, 19:00-21:00", ["Mon 14:00-16:00", "Mon 19:00-21:00"]),
    # Days without a mark between them, in their order; each of them, said twice.
    ("周六日 9:00-12:00", "Sat,Sun 09:00-12:00"),
    ("周五六日 9:00-12:00", "Fri,Sat,Sun 09:00-12:00"),
    ("周一三五日 9:00-12:00", "Mon,Wed,Fri,Sun 09:00-12:00"),
    ("周日、一 9:00-12:00", "Sun,Mon 09:00-12:00"),
    ("周六、周天 9:00-12:00", "Sat,Sun 09:00-12:00"),
    ("周一至周五每天 9:00-11:00", f"{WORK} 09:00-11:00"),
    ("every day (Mon-Fri) 09:00-11:00", f"{WORK} 09:00-11:00"),
    # Days of the week between dates.
    ("2026年4月1日至5月31日 周二 19:00-21:00", "Tue 19:00-21:00 04-01..05-31"),
    (
        "Tuesdays 19:00-21:00 from 1 April 2026 to 31 May 2026",
        "Tue 19:00-21:00 04-01..05-31",
    ),
]

FROM = [
    ("5月2日至5月31日 周六 9:00-11:00", "Sat 09:00-11:00 05-02..05-31"),
    ("from Mon to Fri 9:00-12:00", f"{WORK} 09:00-12:00"),
    ("从周一到周五 9:00-11:00", f"{WORK} 09:00-11:00"),
    ("weekdays from 9:00 to 17:00", f"{WORK} 09:00-17:00"),
    ("Mon from 4 May to 30 May 9:00-11:00", "Mon 09:00-11:00 05-04..05-30"),
]

# Each mark that stands between a first and a last day; none may lose the days between them.
BETWEEN = [
    *(
        "..",
        "…",
        "...",
        "……",
        " . . ",
        "。。",
        "··",
        "-",
        "--",
        "–",
        "—",
        "~",
        "～",
        "->",
        " -> ",
        "→",
        "=>",
        ">",
    ),
    *(" to ", " until ", "至", "到"),
]

GUESSED = [
    # Parts of the day.
    ("每周二四晚", "Tue,Thu 18:00-22:00", {"part"}),
    ("每周二、四晚上", "Tue,Thu 18:00-22:00", {"part"}),
    ("工作日晚上", f"{WORK} 18:00-22:00", {"part"}),
    ("周一至五晚上", f"{WORK} 18:00-22:00", {"part"}),
    ("周末全天", "Sat,Sun 00:00-24:00", {"part"}),
    ("双休日上午", "Sat,Sun 08:00-12:00", {"part"}),
    ("每天上午", f"{EVERY} 08:00-12:00", {"part"}),
    ("周六、日 下午", "Sat,Sun 14:00-18:00", {"part"}),
    ("周六一整天", "Sat 00:00-24:00", {"part"}),
    ("周一日间", "Mon 08:00-18:00", {"part"}),
    ("周六日中午", "Sat,Sun 12:00-14:00", {"part"}),
    ("周二 上午、晚上", ["Tue 08:00-12:00", "Tue 18:00-22:00"], {"part"}),
    ("周一上午，周三下午", ["Mon 08:00-12:00", "Wed 14:00-18:00"], {"part"}),
    ("周六上午至晚上", "Sat 08:00-22:00", {"part"}),
    ("weekday evenings", f"{WORK} 18:00-22:00", {"part"}),
    ("evenings on weekdays", f"{WORK} 18:00-22:00", {"part"}),
    ("Tue & Thu evenings", "Tue,Thu 18:00-22:00", {"part"}),
    ("Sunday afternoon", "Sun 13:00-18:00", {"part"}),
    ("Saturdays all day", "Sat 00:00-24:00", {"part"}),
    ("2026年5月2日上午", "05-02 08:00/05-02 12:00", {"part"}),
    ("五月二日上午", "05-02 08:00/05-02 12:00", {"part"}),
    ("2 May 2026 morning", "05-02 08:00/05-02 12:00", {"part"}),
    ("1st of June 2026 evening", "06-01 18:00/06-01 22:00", {"part"}),
    (
        "5月2日、5月3日上午",
        ["05-02 08:00/05-02 12:00", "05-03 08:00/05-03 12:00"],
        {"part"},
    ),
    ("5/2 下午", "05-02 14:00/05-02 18:00", {"part", "month_first"}),
    ("3月1日至6月30日 每周二四晚", "Tue,Thu 18:00-22:00", {"part"}),
    # No hours named: all day. No days named: every day.
    ("每周一至周五", f"{WORK} 00:00-24:00", {"which_hours"}),
    ("双休日", "Sat,Sun 00:00-24:00", {"which_hours"}),
    ("Sat/Sun", "Sat,Sun 00:00-24:00", {"which_hours"}),
    ("weekends", "Sat,Sun 00:00-24:00", {"which_hours"}),
    ("周五至周一", "Fri,Sat,Sun,Mon 00:00-24:00", {"which_hours"}),
    ("5月2日", "05-02 00:00/05-03 00:00", {"all_day"}),
    ("2026-05-02", "05-02 00:00/05-03 00:00", {"all_day"}),
    ("2026-05-02 至 2026-05-09", "05-02 00:00/05-10 00:00", {"one_span"}),
    ("5月2日-5月4日", "05-02 00:00/05-05 00:00", {"one_span"}),
    ("5月2日至4日", "05-02 00:00/05-05 00:00", {"one_span"}),
    (
        "2026年5月2、3日",
        ["05-02 00:00/05-03 00:00", "05-03 00:00/05-04 00:00"],
        {"all_day"},
    ),
    ("2 May to 4 May 2026", "05-02 00:00/05-05 00:00", {"one_span"}),
    ("22:00-次日6:00", f"{EVERY} 22:00-06:00", {"every_day"}),
    ("上午9点至下午5点", f"{EVERY} 09:00-17:00", {"every_day"}),
    ("晚10点至次日2点", f"{EVERY} 22:00-02:00", {"every_day"}),
    ("凌晨", f"{EVERY} 00:00-06:00", {"part", "every_day"}),
    ("中午12点-1点", f"{EVERY} 12:00-13:00", {"every_day"}),
    # Hours that could be of either half of the day, one of which no one would mean.
    ("工作日 9点到11点半", f"{WORK} 09:00-11:30", {"clock24"}),
    ("2026年5月2日8时至12时", "05-02 08:00/05-02 12:00", {"clock24"}),
    ("weekdays 9-17", f"{WORK} 09:00-17:00", {"clock24"}),
    ("every day 9 to 5", f"{EVERY} 09:00-17:00", {"office"}),
    ("9-5pm weekdays", f"{WORK} 09:00-17:00", {"office"}),
    ("Tuesday 11-1pm", "Tue 11:00-13:00", {"office"}),
    ("2026-05-02 00:00:00", "05-02 00:00/05-03 00:00", {"all_day"}),
    ("周五晚上10点-2点", "Fri 22:00-02:00", {"overnight"}),
    ("周五 22:00-6:00", "Fri 22:00-06:00", {"overnight"}),
    # 12 AM where noon is more likely, or noon may be meant.
    ("MON 10-12PM", "Mon 10:00-12:00", {"office"}),
    ("THU 10-12AM", "Thu 10:00-12:00", {"noon"}),
    ("Thu 9:00-12:30 AM", "Thu 09:00-12:30", {"noon"}),
    ("Thu 10AM-12AM", "Thu 10:00-24:00", {"midnight"}),
    ("Thu 08:00-12:00 AM", "Thu 08:00-24:00", {"midnight"}),
    # Years of two digits, where one order alone gives a day, or a day near the plan's years.
    ("5/22/26 9:00-11:00", "05-22 09:00/05-22 11:00", {"month_first", "century"}),
    ("22.5.26 9:00-11:00", "05-22 09:00/05-22 11:00", {"day_first", "century"}),
    ("26/5/2 9:00-11:00", "05-02 09:00/05-02 11:00", {"year_first", "century"}),
    ("26年5月2日 9:00-11:00", "05-02 09:00/05-02 11:00", {"century"}),
    ("2 May '26 9am-11am", "05-02 09:00/05-02 11:00", {"century"}),
    (
        "2026-05-02T09:00:00.500Z/2026-05-02T11:00:00Z",
        "05-02 17:00/05-02 19:00",
        {"fraction"},
    ),
    ("2026-05-02 周六", "05-02 00:00/05-03 00:00", {"all_day"}),
    (
        "5月2日（周六）、3日（周日）",
        ["05-02 00:00/05-03 00:00", "05-03 00:00/05-04 00:00"],
        {"all_day"},
    ),
    # 30 May is a Saturday: the days of the week between, or that of the last date.
    (
        "5月2日至5月30日 周六",
        "Sat 00:00-24:00 05-02..05-30",
        {"which_hours", "days_between"},
    ),
    (
        "5月2日至5月30日 周六 9:00-11:00",
        "Sat 09:00-11:00 05-02..05-30",
        {"days_between"},
    ),
    ("5月1日至5月3日周六 9:00-11:00", "Sat 09:00-11:00 05-01..05-03", {"days_between"}),
    (
        "5月1日至5月3日周日 9:00-11:00",
        f"{EVERY} 09:00-11:00 05-01..05-03",
        {"each_day"},
    ),
    (
        "5月2日(周六)至5月30日(周六) 9:00-11:00",
        f"{EVERY} 09:00-11:00 05-02..05-30",
        {"each_day"},
    ),
    # Two dates side by side may be a first and a last day.
    (
        "2026-05-02 2026-05-05 9:00-11:00",
        ["05-02 09:00/05-02 11:00", "05-05 09:00/05-05 11:00"],
        {"one_by_one"},
    ),
    # Hours in an item or a line of their own are on the days before them.
    (
        "Mon 9:00-11:00; 14:00-16:00",
        ["Mon 09:00-11:00", "Mon 14:00-16:00"],
        {"same_days"},
    ),
    (
        "5月2日 9:00-11:00\n14:00-16:00",
        ["05-02 09:00/05-02 11:00", "05-02 14:00/05-02 16:00"],
        {"same_days"},
    ),
    (
        "14:00-16:00; Mon 9:00-11:00",
        [f"{EVERY} 14:00-16:00", "Mon 09:00-11:00"],
        {"every_day"},
    ),
    # The whole day, or what a form holds that nobody filled in.
    ("Mon 0:00-0:00", "Mon 00:00-24:00", {"from_midnight_on"}),
    ("2026-05-02 00:00-00:00", "05-02 00:00/05-03 00:00", {"from_midnight_on"}),
    (
        "from 2026-05-02 09:00 to 2026-05-04 18:00",
        "05-02 09:00/05-04 18:00",
        {"through"},
    ),
    ("从5月2日到5月5日 9:00-11:00", f"{EVERY} 09:00-11:00 05-02..05-05", {"each_day"}),
    # An end, or an offset whose hyphen has become a dash.
    ("2026-05-02 02:00:00–05:00", "05-02 02:00/05-02 05:00", {"no_offset"}),
    ("2026-05-02T02:00—05:00", "05-02 02:00/05-02 05:00", {"no_offset"}),
    # Two days and nights, or hours on each of the days.
    ("2026-05-02 08:00 至 2026-05-04 18:00", "05-02 08:00/05-04 18:00", {"through"}),
    ("5月2日8:00至5月4日18:00", "05-02 08:00/05-04 18:00", {"through"}),
    ("5月2日8:00至5月3日18:00", "05-02 08:00/05-03 18:00", {"through"}),
    ("5月2日22:00至5月4日6:00", "05-02 22:00/05-04 06:00", {"through"}),
    # The evening of one day may go on for the next.
    (
        "周一晚上7:00-9:00; 周三7:00-9:00",
        ["Mon 19:00-21:00", "Wed 07:00-09:00"],
        {"clock24"},
    ),
    (
        "周一 下午2:00-4:00, 周二 9:00-11:00",
        ["Mon 14:00-16:00", "Tue 09:00-11:00"],
        {"clock24"},
    ),
    # A start only, dates with hours on each.
    ("周二 18:00以后", "Tue 18:00-24:00", {"until_midnight"}),
    ("Tuesday after 6pm", "Tue 18:00-24:00", {"until_midnight"}),
    ("5月2日-5月4日 8:00-12:00", f"{EVERY} 08:00-12:00 05-02..05-04", {"each_day"}),
]

ALWAYS = [
    "随时",
    "任何时间",
    "全天",
    "每天",
    "时间不限",
    "长期",
    "anytime",
    "any time",
    "24/7",
    "Every day",
]

REFUSED = [
    ("节假日", "holidays"),
    ("法定节假日上午", "holidays"),
    ("暑假", "holidays"),
    ("寒假及周末", "holidays"),
    ("school holidays", "holidays"),
    ("单周周六", "rhythm"),
    ("隔周周三", "rhythm"),
    ("每月第一个周六", "rhythm"),
    ("every other Monday", "rhythm"),
    ("first Saturday of the month", "rhythm"),
    ("战时", "vague"),
    ("待定", "vague"),
    ("若干时间", "vague"),
    ("另行通知", "vague"),
    ("下班后", "vague"),
    ("TBD", "vague"),
    ("夜间", "vague"),
    ("Friday night", "vague"),
    ("无", "never"),
    ("none", "never"),
    ("周二 6-9", "half_day"),
    ("周二 7-9点", "half_day"),
    ("周六6:00-9:00", "half_day"),
    ("周六 2点到5点", "half_day"),
    ("5月2日2:00至5月2日5:00", "half_day"),
    ("周二 2:00以后", "half_day"),
    ("周一 上午11:00-01:00", "half_day"),
    ("周六晚12点-3点", "half_day"),
    # The second may be of the afternoon or evening as the first is.
    ("周一 下午2:00-4:00, 7:00-9:00", "half_day"),
    ("周一 下午1:00-3:00、8:00-9:00", "half_day"),
    ("周一 晚上7:00-8:00, 8:00-9:00", "half_day"),
    ("周一下午、7:00-9:00", "half_day"),
    ("Mon 6:00-7:00pm, 8:00-9:00", "half_day"),
    ("周二 18:00:30-19:00", "seconds"),
    # Noon or midnight, and this evening or after midnight.
    ("周六上午12:30-1:30", "half_day"),
    ("周六早上12点-2点", "half_day"),
    ("Thu 6-12am", "half_day"),
    ("Thu 12-12pm", "half_day"),
    ("Fri 11-3am", "half_day"),
    ("Sat 13:00 AM-14:00 AM", "no_clock"),
    # A moment is none of the hours until its offset.
    ("2026-05-02 02:00:00-05:00", "moment"),
    ("2026-05-02T02:00-05:00", "moment"),
    ("2026-05-02 02:00+08:00", "moment"),
    ("2026/5/2 02:00:00 -05:00", "moment"),
    ("2 May 2026 02:00:00 -0500", "moment"),
    ("2026-05-02T09:00:00.000Z", "moment"),
    ("2026-05-02T09:00:00", "no_end"),
    ("2026-05-02 09:00Z - 2026-05-02 11:00", "no_zone"),
    ("8/6/26 13:00-14:00", "date.ambiguous"),
    ("周一 9:00-11:00 周二", "hours_missing"),
    ("Fri 2 May 2026 6pm-9pm", "date.weekday"),
    ("2026-05-02 - 2026-05-04 00:00", "no_end"),
    ("周二19:00", "no_end"),
    ("周二四点", "no_end"),
    ("周二 from 18:00", "no_end"),
    ("5月2日(周六)至5月30日(周五) 9:00-11:00", "date.weekday"),
    # From a day on is neither that day alone nor without an end.
    ("from 4 May 9:00-11:00", "no_end"),
    ("Mon from 4 May 9:00-11:00", "no_end"),
    ("since 4 May Mon 9:00-11:00", "no_end"),
    ("from Mon 9:00-12:00", "no_end"),
    ("从5月4日 9:00-11:00", "no_end"),
    ("自5月4日起 周一 9:00-11:00", "no_end"),
    ("周一上午、周三", "hours_missing"),
    ("上午14:00-15:00", "contradiction"),
    ("下午08:00-10:00", "contradiction"),
    ("周二 全天 8:00-12:00", "contradiction"),
    ("周一25:00-26:00", "no_clock"),
    ("周一 18:75-19:00", "no_clock"),
    ("2026-05-04 至 2026-05-02", "order"),
    ("5月30日至2日 9:00-12:00", "order"),
    ("5月4日至5月2日", "order"),
    ("周二或周四", "not"),
    # Some days, and some of them again.
    ("周末的周六 9:00-11:00", "days_within"),
    ("weekends (Sat) 9:00-11:00", "days_within"),
    ("周一至周五 周三 9:00-11:00", "days_within"),
    ("周一至周五、周三 9:00-11:00", "days_within"),
    # One, three or five days a week are not Monday, Wednesday or Friday, nor is 天 or 日 after them Sunday.
    ("每周三天 9:00-12:00", "days_counted"),
    ("每周五天 8:00-17:00", "days_counted"),
    ("每周一日 8:00-12:00", "days_counted"),
    ("每周三日 8:00-12:00", "days_counted"),
    ("周六一天 9:00-17:00", "days_counted"),
    ("每周3天 9:00-12:00", "days_counted"),
    ("每周一至三天 9:00-12:00", "days_counted"),
    ("每周三个上午", "days_counted"),
    ("周六日两天 9:00-12:00", "days_counted"),
    ("周五一上午", "not"),
    ("周六、天 9:00-12:00", "not"),
    ("周日一 9:00-12:00", "not"),
    ("除周三外每天", "not"),
    ("每周一次", "days_counted"),
    ("周二晚上，具体再议", "not"),
    ("周一 5月4日、周二", "mixed"),
    ("2026-05-02 周五上午", "date.weekday"),
    ("2026-02-30 上午", "date.no_such_day"),
    ("03/04/2026", "date.ambiguous"),
    ("2月2日", "date.outside"),
    ("1850-05-02", "date.year"),
]


def test_the_tables_hold_more_than_a_hundred_expressions() -> None:
    cells = [row[0] for row in CERTAIN + GUESSED + REFUSED] + ALWAYS
    assert len(cells) == len(set(cells)) > 140


@pytest.mark.parametrize(("cell", "meaning"), CERTAIN + FROM)
def test_it_is_certain(cell: str, meaning: str | list[str]) -> None:
    assert reading(cell) == ([meaning] if isinstance(meaning, str) else meaning, set())


@pytest.mark.parametrize(("cell", "meaning", "reasons"), GUESSED)
def test_it_is_a_guess_for_these_reasons(
    cell: str, meaning: str | list[str], reasons: set[str]
) -> None:
    assert reading(cell) == (
        [meaning] if isinstance(meaning, str) else meaning,
        reasons,
    )


@pytest.mark.parametrize(
    "cell",
    ["工作日八小时外", "下班后", "双休", "节假日", "周六或周日", "工作日晚上和周末", "5月12日下午2点", "5月20日前",
     "5月12日14:00-17:00（3小时）", "5.12 14:00-17:00", "5月每周五 20:00-22:00", "即日起至5月31日",
     "每月第一个周六上午", "5月2、3、5日 8:00-12:00", "Sat 10.00-14.00",
     "Sat 0900-1300"],
)  # fmt: skip
def test_what_is_not_read_yet_is_one_fault_and_no_wrong_time(cell: str) -> None:
    with pytest.raises(CellFault):
        read_cell("times", cell, CONTEXT)


def test_dates_without_hours_are_asked_about_with_both_readings() -> None:
    """31 days from 1 May; a weekend has two days, of 24 hours each until somebody says otherwise."""
    span, weekend = (
        read_cell("times", cell, CONTEXT).guess for cell in ("5月1日至31日", "周末")
    )
    assert pinned.text("cell.guess.one_span", days=31) in span.text()
    assert "each day" in span.text()
    assert "连续 31 天" in span.text("zh")
    assert pinned.text("cell.guess.which_hours") in weekend.text()
    assert "别的钟点" in weekend.text("zh")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "taken for noon"), ("zh", "当作正午")]
)
def test_noon_for_midnight_is_told_with_all_its_readings(lang: Any, said: str) -> None:
    text = read_cell("times", "THU 10-12AM", CONTEXT).guess.text(lang)
    assert said in text
    assert all(hours in text for hours in ("10:00-12:00", "10:00-24:00", "22:00-24:00"))


@pytest.mark.parametrize("cell", ALWAYS)
def test_always_is_no_window_at_all_and_a_guess(cell: str) -> None:
    found = read_cell("times", cell, CONTEXT)
    assert found.value == ()
    assert found.guess is not None


@pytest.mark.parametrize(("cell", "reason"), REFUSED)
def test_it_is_refused_for_this_reason(cell: str, reason: str) -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("times", cell, CONTEXT)
    assert caught.value.fact.key == (
        f"cell.{reason}" if "." in reason else f"cell.time.{reason}"
    )
    assert all(
        note.text(lang)
        for note in (caught.value.fact, caught.value.advice)
        for lang in ("en", "zh")
    )


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        (date(2026, 5, 2), "05-02 00:00/05-03 00:00"),
        (datetime(2026, 5, 2), "05-02 00:00/05-03 00:00"),  # noqa: DTZ001 - as spreadsheets give it
    ],
)
def test_a_date_cell_is_a_whole_day_and_a_guess(cell: Any, meaning: str) -> None:
    assert reading(cell) == ([meaning], {"all_day"})


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 5, 2, 8),  # noqa: DTZ001 - cells have no zone
        datetime(2026, 5, 2, 8, tzinfo=UTC),
        time(8),
        timedelta(hours=8),
        46_000,
        0.5,
        True,
    ],
)
def test_a_moment_or_a_number_is_no_time_that_lasts(cell: Any) -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("times", cell, CONTEXT)
    assert caught.value.fact.key == (
        "cell.date.number" if type(cell) in (int, float) else "cell.time.moment"
    )


def test_a_fault_names_the_item_it_lies_in() -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("times", "周二晚; 待定", CONTEXT)
    assert caught.value.fact.text() == pinned.text(
        "cell.item", item="待定", fact=Message("cell.time.vague")
    )
    assert caught.value.fact.text("zh") == pinned.text(
        "cell.item", "zh", item="待定", fact=Message("cell.time.vague")
    )


def test_own_words_and_own_parts_of_the_day_are_certain() -> None:
    own = Context(
        zone="Asia/Shanghai",
        first=CONTEXT.first,
        last=CONTEXT.last,
        words={
            "战时": "2026-05-02 00:00/2026-05-09 00:00",
            "老时间": "周二 19:00-21:00",
        },
        parts={"晚": ("19:00", "21:00"), "夜间": ("22:00", "06:00")},
    )
    assert reading("战时", own) == (["05-02 00:00/05-09 00:00"], set())
    assert reading("周一晚；老时间", own) == (
        ["Mon 19:00-21:00", "Tue 19:00-21:00"],
        set(),
    )
    assert reading("周五夜间", own) == (["Fri 22:00-06:00"], set())


@pytest.mark.parametrize(
    ("context", "cell", "reason"),
    [
        (Context(), "周二 18:00-20:00", "no_dates"),
        (Context(zone="UTC"), "周二 18:00-20:00", "no_dates"),
        (
            Context(first=date(2026, 3, 1), last=date(2026, 6, 30)),
            "周二 18:00-20:00",
            "no_zone",
        ),
        (Context(), "2026-05-02 08:00-12:00", "no_zone"),
        (
            Context(zone="UTC", first=date(2026, 1, 1), last=date(2028, 12, 31)),
            "周二 18:00-20:00",
            "span",
        ),
        (
            Context(zone="UTC", first=date(2026, 5, 2), last=date(2026, 5, 3)),
            "周二 18:00-20:00",
            "no_day",
        ),
    ],
)
def test_what_the_settings_leave_open_is_asked_for(
    context: Context, cell: str, reason: str
) -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("times", cell, context)
    assert caught.value.fact.key == f"cell.time.{reason}"


def test_a_day_without_a_year_that_two_years_have_is_refused() -> None:
    with pytest.raises(CellFault) as caught:
        read_cell(
            "times",
            "5月2日上午",
            Context(zone="UTC", first=date(2025, 5, 1), last=date(2026, 5, 31)),
        )
    assert caught.value.fact.key == "cell.date.years"


def test_dates_from_december_to_january_go_on_in_the_next_year() -> None:
    winter = Context(
        zone="Asia/Shanghai", first=date(2026, 12, 1), last=date(2027, 1, 31)
    )
    found = read_cell("times", "12月30日至1月2日", winter)
    assert found.guess is not None
    assert "in 2027" in found.guess.text()
    [window] = found.value
    assert (window.start, window.end) == (
        datetime(2026, 12, 29, 16, tzinfo=UTC),
        datetime(2027, 1, 2, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize("mark", BETWEEN)
@pytest.mark.parametrize(
    ("first", "last"),
    [("Mon", "Fri"), ("周一", "周五"), ("周一", "五"), ("星期1", "星期5")],
)
def test_days_of_the_week_between_a_first_and_a_last_are_kept(
    first: str, last: str, mark: str
) -> None:
    assert reading(f"{first}{mark}{last} 9:00-12:00") == (
        [f"{WORK} 09:00-12:00"],
        set(),
    )


@pytest.mark.parametrize("mark", BETWEEN)
@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-05-02", "2026-05-05"), ("5月2日", "5日"), ("May 2", "May 5")],
)
def test_dates_between_a_first_and_a_last_are_kept(
    first: str, last: str, mark: str
) -> None:
    assert reading(f"{first}{mark}{last} 9:00-12:00") == (
        [f"{EVERY} 09:00-12:00 05-02..05-05"],
        {"each_day"},
    )
    assert reading(f"{first}{mark}{last}") == (
        ["05-02 00:00/05-06 00:00"],
        {"one_span"},
    )


@pytest.mark.parametrize(
    "cell", ["周一、周三…… 9:00-12:00", "Mon, ..., Fri 9:00-12:00", "5月2日……"]
)
def test_points_that_stand_for_more_are_no_days(cell: str) -> None:
    with pytest.raises(CellFault):
        reading(cell)


BERLIN = Context(zone="Europe/Berlin", first=date(2026, 3, 1), last=date(2026, 12, 31))
# Clocks go from 2:00 to 3:00 on 29 March and from 3:00 to 2:00 on 25 October 2026: two hours ahead of UTC
# between, else one.
CHANGES = [
    ("2026-03-29 02:30-05:00", "03-29 01:00", "03-29 03:00", {"skipped"}),
    ("2026-03-29 01:00-02:30", "03-29 00:00", "03-29 01:00", {"skipped"}),
    (
        "2026-03-29T02:30:00/2026-03-29T05:00:00",
        "03-29 01:00",
        "03-29 03:00",
        {"skipped"},
    ),
    ("2026-03-28 22:00 - 2026-03-29 02:30", "03-28 21:00", "03-29 01:00", {"skipped"}),
    ("2026-03-29 01:00-02:00", "03-29 00:00", "03-29 01:00", set()),
    ("2026-03-29 03:00-05:00", "03-29 01:00", "03-29 03:00", set()),
    ("2026-10-25 02:30-05:00", "10-25 00:30", "10-25 04:00", {"twice"}),
    ("2026-10-25 00:00-02:30", "10-24 22:00", "10-25 00:30", {"twice"}),
    ("2026-10-25T02:30/2026-10-25T05:00", "10-25 00:30", "10-25 04:00", {"twice"}),
    ("2026-10-25 03:00-05:00", "10-25 02:00", "10-25 04:00", set()),
    ("2026-10-25 00:00-24:00", "10-24 22:00", "10-25 23:00", set()),
    (
        "2026-10-25T02:30:00+02:00/2026-10-25T05:00:00+01:00",
        "10-25 00:30",
        "10-25 04:00",
        set(),
    ),
]


@pytest.mark.parametrize(("cell", "start", "end", "reasons"), CHANGES)
def test_a_time_that_clocks_skip_or_show_twice_is_asked_about(
    cell: str, start: str, end: str, reasons: set[str]
) -> None:
    found = read_cell("times", cell, BERLIN)
    [window] = found.value
    assert (f"{window.start:%m-%d %H:%M}", f"{window.end:%m-%d %H:%M}") == (start, end)
    assert {one.removeprefix("cell.guess.") for one in keys(found)} == reasons


@pytest.mark.parametrize(
    ("start", "end", "reasons"),
    [
        ("2026-03-29 02:30", "2026-03-29 05:00", {"skipped"}),
        (datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 5), {"skipped"}),  # noqa: DTZ001 - a spreadsheet's
        ("2026-10-25 00:30", "02:30", {"twice"}),
        ("2026-10-25", "2026-10-26", {"one_span"}),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T05:00:00+01:00", set()),
    ],
)
def test_so_is_a_start_or_an_end_that_clocks_skip_or_show_twice(
    start: Any, end: Any, reasons: set[str]
) -> None:
    assert {
        one.removeprefix("cell.guess.") for one in keys(read_span(start, end, BERLIN))
    } == reasons


def test_so_is_the_start_of_a_time_that_lasts_some_minutes() -> None:
    assert keys(read_start("2026-03-29 02:30", 60, BERLIN)) == {"cell.guess.skipped"}


def test_a_whole_day_whose_midnight_clocks_skip_is_no_question_about_clocks() -> None:
    """Clocks of Santiago go from midnight to 1:00 on 6 September 2026, from four hours behind UTC to
    three.
    """
    found = read_cell("times", "2026-09-06", Context(zone="America/Santiago"))
    [window] = found.value
    assert (window.start, window.end) == (
        datetime(2026, 9, 6, 4, tzinfo=UTC),
        datetime(2026, 9, 7, 3, tzinfo=UTC),
    )
    assert keys(found) == {"cell.guess.all_day"}


def keys(found: Any) -> set[str]:
    """Why a reading is to be confirmed."""
    return (
        set()
        if found.guess is None
        else {
            why.key
            for name, whys in found.guess.values
            if name == "why"
            for why in whys
        }
    )


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-02 09:00",
        "2026-05-02T09:00",
        "2026-05-02 09:00:00",
        "5月2日 9点",
        "2026-05-02 9am",
    ],
)
def test_a_lone_start_with_its_date_is_advised_to_keep_the_date(cell: str) -> None:
    with pytest.raises(CellFault) as caught:
        read_cell("times", cell, CONTEXT)
    assert (caught.value.fact.key, caught.value.advice.key) == (
        "cell.time.no_end",
        "cell.accepts.lasting",
    )


@pytest.mark.parametrize("cell", ["2026-05-02 9", "9:00", "Mon 9:00", "soon"])
def test_the_advice_for_a_start_is_to_write_a_start_and_no_hours(cell: str) -> None:
    with pytest.raises(CellFault) as caught:
        read_start(cell, 60, CONTEXT)
    assert caught.value.advice.key == "cell.accepts.moment"


@pytest.mark.parametrize("name", ["asia/shanghai", "ASIA/SHANGHAI", "Asia/shanghai"])
def test_a_zone_in_another_letter_case_is_the_zone_wherever_it_stands(
    name: str,
) -> None:
    assert Context(zone=name).zone == "Asia/Shanghai"
    assert read_cell("zone", name, CONTEXT) == ("Asia/Shanghai", None)
    [pattern] = read_cell(
        "times", f"Mon 09:00-12:00 2026-05-01..2026-06-30 {name}", Context()
    ).value
    assert pattern.zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    "name", ["right/Asia/Shanghai", "posix/Asia/Shanghai", "Right/UTC", "asia/shangai"]
)
def test_copies_of_zones_and_unknown_ones_are_refused_wherever_they_stand(
    name: str,
) -> None:
    with pytest.raises(InputError):
        Context(zone=name)
    with pytest.raises(CellFault):
        read_cell("zone", name, CONTEXT)
    with pytest.raises(CellFault):
        read_cell("times", f"Mon 09:00-12:00 2026-05-01..2026-06-30 {name}", Context())


def test_hours_that_summer_time_skips_are_refused_on_that_day() -> None:
    """Clocks of Berlin jump from 2:00 to 3:00 on 29 March 2026."""
    with pytest.raises(CellFault) as caught:
        read_cell("times", "2026-03-29 02:00-02:30", Context(zone="Europe/Berlin"))
    assert caught.value.fact.key == "cell.time.no_clock"


def test_hours_around_a_jump_of_the_clock_are_as_long_as_they_are() -> None:
    """From midnight to 4:00 on that day are three hours: 23:00 to 02:00 UTC."""
    [window] = read_cell(
        "times", "2026-03-29 00:00-04:00", Context(zone="Europe/Berlin")
    ).value
    assert (window.start, window.end) == (
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 2, tzinfo=UTC),
    )
