"""matchkit matches what units can give with what communities need: exact, proven, explained."""
