"""Plans as tables by unit and community, public notices, pseudonymous copies and graphs."""
