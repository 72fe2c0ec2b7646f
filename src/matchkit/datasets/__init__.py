"""Generated data: invented people and organisations, the same for the same seed, and saying so."""

from matchkit.datasets.generator import city
from matchkit.datasets.parameters import STATED, CityScale, Stated

__all__ = ["STATED", "CityScale", "Stated", "city"]
