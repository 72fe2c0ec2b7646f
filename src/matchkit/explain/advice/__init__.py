"""Advice: what would help a plan, and what helps it now."""

from matchkit.explain.advice.contributions import contributions
from matchkit.explain.advice.door import advice
from matchkit.explain.advice.idle import idle
from matchkit.explain.advice.pooling import pooling
from matchkit.explain.advice.recruit import recruit
from matchkit.explain.advice.recruit_k import recruit_k
from matchkit.explain.advice.train import train

__all__ = ["advice", "contributions", "idle", "pooling", "recruit", "recruit_k", "train"]
