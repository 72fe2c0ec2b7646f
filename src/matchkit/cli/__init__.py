"""The command line: ``matchkit demo``, ``solve``, ``check``, ``why-not`` and ``schema``."""

from matchkit_command import main

__all__ = ["main"]
