"""Left nodes as blocks: each takes a set of pairs that fits its time, budget and count; prices on right nodes tie them together."""

from matchkit.matching.blocks.blocks import Blocks, Priced, Reached
from matchkit.matching.blocks.price_blocks import block_bound, price_blocks

__all__ = ["Blocks", "Priced", "Reached", "block_bound", "price_blocks"]
