"""What the search may do to be faster. None of it changes the best goals, which the tests check by switching
each off.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """``presolve``: programs are reduced for each goal, here and by the engine. ``pruning``: pairs that
    prices show to be in no better plan are left out. ``grouping``: resources that nothing tells apart are
    one. ``components``: parts of a program that no row joins are solved apart. ``relaxation``: a problem with
    rules left out is solved first, for its bound and its plan. ``packing``: a plan is packed in the order of
    time first, and units are exchanged in it until fewer left nodes do.
    """

    presolve: bool = True
    pruning: bool = True
    grouping: bool = True
    components: bool = True
    relaxation: bool = True
    packing: bool = True


ALL = SearchOptions()
NONE = SearchOptions(
    presolve=False,
    pruning=False,
    grouping=False,
    components=False,
    relaxation=False,
    packing=False,
)
