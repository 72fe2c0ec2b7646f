"""Colours by meaning. The page's stylesheet gives each a second value for dark rooms, so no two meanings
share a colour.
"""

PAPER, ON_DEEP = "#ffffff", "#fefefe"
INK, QUIET, LINE = "#1d2733", "#56616e", "#d3d9e0"
FILLED, MISSING, BELOW = "#1f6f78", "#bf7a1f", "#a4303f"
REST, IDLE = "#e6eaee", "#b9c3cc"
BAND = "#2f7f89"
WANTED = ("#f1f6f6", "#d5e6e7", "#a9cdd0", "#72adb2", "#357c83", "#155e66")
LACKED = ("#fbf4f0", "#f4dcd0", "#e9b8a2", "#d98d73", "#b35443", "#8f2f33")
"""Ramps of six steps: none, and five up to the greatest."""
EVERY = (
    PAPER,
    ON_DEEP,
    INK,
    QUIET,
    LINE,
    FILLED,
    MISSING,
    BELOW,
    REST,
    IDLE,
    BAND,
    *WANTED,
    *LACKED,
)
