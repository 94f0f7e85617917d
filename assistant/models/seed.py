"""The seed of a model's draws: the same for every visitor, another for each repeat of an eval.

It belongs to the thread that asks, so that nothing between it and the model has to hand it on. Ollama gets one always,
an OpenAI-compatible API in evals only (some makers refuse what they do not know), Anthropic's has no such parameter.
"""

from contextvars import ContextVar

FIRST = 7
SEED: ContextVar[int | None] = ContextVar("seed", default=None)
