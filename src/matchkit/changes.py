"""``mk.changes``: changes of a problem as records, how they are read and applied, and costs of repairs.

A what-if asks about changes; remedies, repairs and advice propose them. A rule is named by its label
(``rule.label``: its id, or its kind with the ids it names).
"""

from matchkit.answers.apply import apply_changes as apply_changes
from matchkit.answers.changes import AddDemand as AddDemand
from matchkit.answers.changes import AddResource as AddResource
from matchkit.answers.changes import AddRule as AddRule
from matchkit.answers.changes import Change as Change
from matchkit.answers.changes import ChangeDemand as ChangeDemand
from matchkit.answers.changes import ChangeObjective as ChangeObjective
from matchkit.answers.changes import ChangeResource as ChangeResource
from matchkit.answers.changes import ChangeRule as ChangeRule
from matchkit.answers.changes import FreeAt as FreeAt
from matchkit.answers.changes import RemoveDemand as RemoveDemand
from matchkit.answers.changes import RemoveResource as RemoveResource
from matchkit.answers.changes import RemoveRule as RemoveRule
from matchkit.answers.changes import SetCapacity as SetCapacity
from matchkit.answers.changes import SetWanted as SetWanted
from matchkit.answers.changes import Train as Train
from matchkit.answers.changes import changes_from_json as changes_from_json
from matchkit.answers.repairs import RepairCosts as RepairCosts

__all__ = sorted(name for name in globals() if name[0] != "_")
