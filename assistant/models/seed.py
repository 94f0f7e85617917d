"""The seed of a model's draws: the same for every visitor, another for each repeat of an eval.

It belongs to the thread that asks, so that nothing between it and the model has to hand it on.
"""

from contextvars import ContextVar

FIRST = 7
SEED: ContextVar[int] = ContextVar("seed", default=FIRST)
