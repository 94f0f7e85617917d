"""Settings of the assistant."""

from assistant.models.model import WINDOW, Patience
from knowledge.settings import Setting

# Tokens in which rules, one question, one passage and the answer fit.
LEAST_WINDOW = 2048
# Days; more of them than that reach back before any calendar.
CENTURY = 36500

ASSISTANT = (
    Setting(
        "model", "auto",
        "who writes: auto (the model that FOOTNOTE_POLICY names, else extractive), extractive, local, closed, or the "
        "name of a model in Ollama",
    ),
    Setting("ollama_url", "http://127.0.0.1:11434", "address of the Ollama server"),
    Setting("ollama_model", "", "model to use there; empty: the first that can chat and is no moderator"),
    Setting(
        "policy", "local",
        "what may leave: local (nothing), closed (a closed model writes), escalate (only where the local draft fails)",
    ),
    Setting("api_model", "", "model behind an API, anthropic:NAME or openai:NAME; at home it takes Ollama's place"),
    Setting("api_url", "", "base address of an OpenAI-compatible server, like http://127.0.0.1:8000/v1"),
    Setting("api_key", "", "key of that API", secret=True),
    Setting("api_key_file", "", "file that holds the key instead"),
    Setting("day_budget_usd", 1.0, "US dollars that closed models may cost in a day, all visitors together", least=0),
    Setting("visitor_budget_usd", 0.1, "US dollars that closed models may cost in a day for one visitor", least=0),
    Setting("prices", "", "file with the prices of closed models; empty: the one that comes with Footnote"),
    Setting(
        "num_ctx", WINDOW,
        "context window of local models in tokens, one value for all requests",
        least=LEAST_WINDOW,
    ),
    Setting(
        "answer_seconds", Patience().whole,
        "seconds a model may take for an answer; then it is quoted from the articles",
        least=1,
    ),
    Setting(
        "answer_when_sure", 0.25,
        "answer when at least this sure that the articles do, 0 to 1; else refuse",
        least=0, most=1,
    ),
    Setting(
        "max_sentences", 3,
        "sentences of an extractive answer, two more to a question translated word by word; whole lists are not cut",
        least=1,
    ),
    Setting("unsupported", "drop", "a model's sentence that its passage does not carry: drop, mark or replace"),
    Setting("moderation", "", "file with rules of what is not answered; empty: Footnote's own; off: none"),
    Setting("moderator", "", "model in Ollama that judges questions and sentences too, like llama-guard3:1b"),
    Setting(
        "trace_days", 30,
        "days for which the trace of each answer is kept, personal data replaced; 0 keeps none",
        least=0, most=CENTURY,
    ),
    Setting(
        "conversation_days", 30,
        "days for which a conversation of the chat page is kept after its last question; 0 keeps none",
        least=0, most=CENTURY,
    ),
)  # fmt: skip
