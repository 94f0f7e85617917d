"""Settings of the assistant."""

from knowledge.settings import Setting

ASSISTANT = (
    Setting(
        "model", "auto",
        "who writes: auto (a local model if Ollama has one, else extractive), extractive, local, or a model's name",
    ),
    Setting("ollama_url", "http://127.0.0.1:11434", "address of the Ollama server"),
    Setting("ollama_model", "", "model to use there; empty: the first that can chat"),
    Setting("num_ctx", 8192, "context window of local models in tokens, one value for all requests"),
    Setting("answer_seconds", 120.0, "seconds a model may take for an answer; then it is quoted from the articles"),
    Setting("answer_when_sure", 0.3, "answer when at least this sure that the articles do, 0 to 1; else refuse"),
    Setting("max_sentences", 3, "sentences of an extractive answer; whole lists are not cut"),
    Setting("trace_days", 30, "days for which the trace of each answer is kept, personal data replaced; 0 keeps none"),
    Setting(
        "conversation_days", 30,
        "days for which a conversation of the chat page is kept after its last question; 0 keeps none",
    ),
)  # fmt: skip
