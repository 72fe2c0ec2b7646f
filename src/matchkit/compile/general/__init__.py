"""Integer programs of problems that no min-cost flow expresses: pairs, rows and goals."""
