"""Rounds of calls that a problem's people answer, drawn by a stated arrival model and compared by policy."""
