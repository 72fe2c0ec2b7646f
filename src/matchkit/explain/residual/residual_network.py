"""The residual network of a plan, made once for all questions about it: its arcs under the certificate's
prices, longest and cheapest paths in them, and what a requirement reaches.
"""

from __future__ import annotations

from functools import cached_property

from matchkit.errors import EngineError
from matchkit.explain.residual.arcs import reduced_costs
from matchkit.explain.residual.network import FlowNetwork, Vectors, potentials
from matchkit.explain.residual.paths import Paths, TooLongError
from matchkit.explain.residual.reach import Reach
from matchkit.messages.message import Message
from matchkit.plan import Certificate


class ResidualNetwork(FlowNetwork):
    """A plan in its network; each part is made when it is first asked for."""

    @cached_property
    def potential(self) -> Vectors | None:
        """The prices by node, of a plan whose problem is a flow; None where there are none, and where pairs
        count as kept besides.

        Raises InputError where the certificate is not one of this problem.
        """
        stated = self.state.plan.certificate
        state = self.state
        if not isinstance(stated, Certificate) or not state.is_flow or state.keeps:
            return None
        return potentials(self.state, self, stated)

    @cached_property
    def paths(self) -> Paths | None:
        """Cheapest paths under the prices; None where they do not prove that the plan is the best there is.

        Raises BrokenPlanError for a plan that breaks its problem.
        """
        return self._paths_of(large=False)

    @cached_property
    def large_paths(self) -> Paths:
        """The same in numbers without end, for a path too long for 64 bits."""
        found = self._paths_of(large=True)
        if found is None:
            raise EngineError(Message("defect.prices"))
        return found

    @cached_property
    def reach(self) -> Reach:
        """What requirements reach, one search after another."""
        return Reach(self.state, self.units, self.next_goal, self.last_goal)

    def _paths_of(self, *, large: bool) -> Paths | None:
        if self.potential is None:
            return None
        if not self.keeps_capacities():
            self.state.check_rules()
        found = reduced_costs(self, self.potential, large=large)
        if found is None:
            return None
        try:
            return Paths(found, self.root)
        except TooLongError:
            return self._paths_of(large=True)
