"""Problems whose pairs hang together by more than capacities: pairs, rows and goals of an integer program."""
