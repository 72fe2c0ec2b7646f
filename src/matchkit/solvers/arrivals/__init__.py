"""Calls that arrive one by one: bid prices from sampled futures, and replays of a stream by a policy."""
