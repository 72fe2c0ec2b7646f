"""The independent checker: plain Python over the records, sharing nothing with what makes plans."""
