"""A problem and its best plan that stay together while both change, event by event."""
