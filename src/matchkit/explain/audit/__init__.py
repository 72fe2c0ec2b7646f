"""The audit of a plan made by hand: any table of pairs, broken rules and all."""
