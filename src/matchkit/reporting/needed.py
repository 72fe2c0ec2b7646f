"""What the extra ``report`` brings, asked for only when it is needed."""

from __future__ import annotations

import importlib
from types import ModuleType

from matchkit.errors import Complaint, InputError


def needed(name: str) -> ModuleType:
    """The module of that name. Raises InputError, which names the extra, where it is not installed."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        advice = "Install matchkit with the extra report"
        chinese = f"报告：需要未安装的 {name}。请安装带 report 附加组件的 matchkit。"
        raise InputError(
            [Complaint("report", f"needs {name}, which is not installed", advice, chinese)]
        ) from None
