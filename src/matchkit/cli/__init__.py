"""The command line: a module for commands on the same files, and ``app``, which registers all."""

from matchkit_command import main

__all__ = ["main"]
