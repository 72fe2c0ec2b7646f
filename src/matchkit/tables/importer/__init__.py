"""Tables to a problem, with every guess listed, and a problem to tables without loss."""
