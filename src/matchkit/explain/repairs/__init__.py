"""What would fill a demand: the cheapest sets of changes, each tried by solving."""
