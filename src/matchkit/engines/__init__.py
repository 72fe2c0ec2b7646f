"""Engines: arrays in, a flow out. Their word is evidence, not proof; ``matching`` checks every answer.

A new engine is one file here and one line in ``ENGINES``.
"""

from __future__ import annotations

from matchkit.engines.brute import BruteEngine
from matchkit.engines.flow import FlowEngine
from matchkit.engines.greedy import GreedyEngine
from matchkit.engines.lap import LapEngine

ENGINES = {engine.name: engine for engine in (FlowEngine(), LapEngine(), GreedyEngine(), BruteEngine())}
