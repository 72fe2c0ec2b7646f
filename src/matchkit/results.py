"""The types of all answers: what solving, matching, checking, explaining and reading give back.

They are made by functions of matchkit; import them from here for annotations and ``isinstance``.
"""

from matchkit.answers.advice import Advice as Advice
from matchkit.answers.advice import Contribution as Contribution
from matchkit.answers.advice import Contributions as Contributions
from matchkit.answers.advice import Pooling as Pooling
from matchkit.answers.advice import Recruit as Recruit
from matchkit.answers.advice import Recruits as Recruits
from matchkit.answers.audit import Audit as Audit
from matchkit.answers.audit import Fault as Fault
from matchkit.answers.audit import Improvement as Improvement
from matchkit.answers.base import Answer as Answer
from matchkit.answers.causes import Blocked as Blocked
from matchkit.answers.causes import CostlyChain as CostlyChain
from matchkit.answers.causes import Funnel as Funnel
from matchkit.answers.causes import HallSet as HallSet
from matchkit.answers.causes import NotProven as NotProven
from matchkit.answers.causes import SharedHallSet as SharedHallSet
from matchkit.answers.comparison import Comparison as Comparison
from matchkit.answers.comparison import WhatIf as WhatIf
from matchkit.answers.conflicts import Conflict as Conflict
from matchkit.answers.conflicts import Conflicts as Conflicts
from matchkit.answers.fairness import Covered as Covered
from matchkit.answers.fairness import Fairness as Fairness
from matchkit.answers.fairness import Spread as Spread
from matchkit.answers.idle import Idle as Idle
from matchkit.answers.idle import IdleResources as IdleResources
from matchkit.answers.pairs import Service as Service
from matchkit.answers.pairs import Why as Why
from matchkit.answers.pairs import WhyNot as WhyNot
from matchkit.answers.reasons import Reason as Reason
from matchkit.answers.repairs import Repair as Repair
from matchkit.answers.repairs import Repairs as Repairs
from matchkit.answers.sensitivity import RangeEnd as RangeEnd
from matchkit.answers.sensitivity import TradeOff as TradeOff
from matchkit.answers.sensitivity import TradePoint as TradePoint
from matchkit.answers.sensitivity import WeightRange as WeightRange
from matchkit.answers.shortages import Remedy as Remedy
from matchkit.answers.shortages import Shortage as Shortage
from matchkit.answers.shortages import Shortages as Shortages
from matchkit.plan import Assignment as Assignment
from matchkit.plan import BlockCertificate as BlockCertificate
from matchkit.plan import BlockCut as BlockCut
from matchkit.plan import BlockingPair as BlockingPair
from matchkit.plan import BlockPrice as BlockPrice
from matchkit.plan import Certificate as Certificate
from matchkit.plan import ChosenBy as ChosenBy
from matchkit.plan import Goal as Goal
from matchkit.plan import Outcome as Outcome
from matchkit.plan import Payment as Payment
from matchkit.plan import Plan as Plan
from matchkit.plan import Price as Price
from matchkit.plan import SharePrice as SharePrice
from matchkit.plan import Shortfall as Shortfall
from matchkit.plan import StoredMessage as StoredMessage
from matchkit.plan import Terms as Terms
from matchkit.solvers.floors.priced import FloorPrices as FloorPrices
from matchkit.solvers.flow.solution import Progress as Progress
from matchkit.solvers.lottery.answer import Draw as Draw
from matchkit.solvers.lottery.answer import Lottery as Lottery
from matchkit.solvers.lottery.answer import LotteryPairs as LotteryPairs
from matchkit.solvers.lottery.answer import LotterySide as LotterySide
from matchkit.solvers.lottery.witness import CapWitness as CapWitness
from matchkit.solvers.matching import Floors as Floors
from matchkit.solvers.matching import MatchedGoal as MatchedGoal
from matchkit.solvers.matching import MatchedPairs as MatchedPairs
from matchkit.solvers.matching import Matching as Matching
from matchkit.tables.findings import Finding as Finding
from matchkit.tables.findings import Findings as Findings
from matchkit.tables.importer.reading import TablesRead as TablesRead
from matchkit.verification.report import Report as Report
from matchkit.verification.report import Violation as Violation

__all__ = sorted(name for name in globals() if name[0] != "_")
