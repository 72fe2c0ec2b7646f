"""The spreadsheet program that tests run: found, or installed where that can be, or the test is skipped with the reason."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

PACKAGE = "libreoffice-calc-nogui"


def soffice() -> str:
    """The path of LibreOffice."""
    found = shutil.which("soffice")
    if found is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE]):
            subprocess.run(command, check=False, capture_output=True, timeout=600, env=environment)
        found = shutil.which("soffice")
    if found is None:
        pytest.skip(f"LibreOffice is not here and cannot be installed: needs root and the package {PACKAGE}")
    return found
