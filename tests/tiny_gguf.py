"""Writes a language model of two megabytes that says what it was told to, for tests against a real llama.cpp.

    PYTHON tests/tiny_gguf.py FILE.gguf '{"": "What it says else.", "refund": "What it says to that word."}'

PYTHON has ``gguf`` and ``numpy``; nothing is downloaded. Architecture llama, weights made here: attention and the
feed-forward nets give zero, so that the last token's embedding goes through unchanged, and the output matrix encodes
"after this token comes that one". A real engine thus streams the script at any temperature and ends by itself; a script
that ends in ``<LOOP>`` never does. The chat template picks the script by a keyword in the last message. It proves that
the parts fit together, and says nothing about the quality of answers.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFWriter, TokenType

WIDTH, HEADS, KV_HEADS, INNER, LAYERS, WINDOW = 128, 4, 2, 256, 2, 16384
# Logit of the scripted next token; all others stay far below it.
PEAK = 60.0
END = 2
SPECIAL = ["<unk>", "<s>", "</s>", "<|system|>", "<|user|>", "<|end|>"]
LOOP = re.compile(r"\s*<LOOP>\s*$")


class Vocabulary:
    """Tokens with their kinds; ``after`` says which follows which, ``heads`` which one begins a keyword's script."""

    def __init__(self, scripts: Mapping[str, str]) -> None:
        self.tokens: list[str] = []
        self.kinds: list[int] = []
        self.after: dict[int, int] = {}
        self._add(TokenType.CONTROL, *SPECIAL)
        self.kinds[0] = TokenType.UNKNOWN
        self.heads = {word: self._add(TokenType.CONTROL, f"<|assistant{n}|>") for n, word in enumerate(scripts)}
        self._add(TokenType.BYTE, *(f"<0x{byte:02X}>" for byte in range(256)))
        self._add(TokenType.NORMAL, "\u2581", *(chr(code) for code in range(33, 127)))
        for word, text in scripts.items():
            self._script(self.heads[word], LOOP.sub("", text).strip(), bool(LOOP.search(text)))

    def _add(self, kind: int, *tokens: str) -> int:
        """Append tokens; the number of the last."""
        self.tokens += tokens
        self.kinds += [kind] * len(tokens)
        return len(self.tokens) - 1

    def _script(self, head: int, text: str, endless: bool) -> None:
        """Each piece after the one before it, the end, or the first one again, after the last."""
        last, first = head, 0
        for piece in self._pieces(f" {text}" if endless else text):
            last_before, last = last, self._add(TokenType.NORMAL, piece)
            self.after[last_before] = last
            first = first or last
        self.after[last] = first if endless else END

    def _pieces(self, text: str) -> list[str]:
        """Words, joined where one was there already: no two tokens may read alike."""
        pieces, waiting = list[str](), ""
        for word in re.findall(r"\s*\S+", text):
            waiting += word
            if (piece := waiting.replace(" ", "\u2581")) not in {*self.tokens, *pieces}:
                pieces.append(piece)
                waiting = ""
        if waiting:
            pieces[-1] += waiting.replace(" ", "\u2581")
        return pieces


def template(words: Vocabulary) -> str:
    """The chat template: messages between their marks, then the head of the script that the last one asks for."""
    chosen = words.tokens[words.heads[""]]
    for word, head in words.heads.items():
        if word:
            asked = f"{word!r} in messages[-1]['content'] | lower"
            chosen = f"{{% if {asked} %}}{words.tokens[head]}{{% else %}}{chosen}{{% endif %}}"
    return "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}" + chosen


def write(path: Path, scripts: Mapping[str, str]) -> None:
    """The model file."""
    words = Vocabulary({"": ""} | dict(scripts))
    writer = GGUFWriter(str(path), "llama")
    _describe(writer, words)
    for name, tensor in _tensors(words).items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _describe(writer: Any, words: Vocabulary) -> None:
    writer.add_file_type(0)  # all 32-bit floats
    writer.add_context_length(WINDOW)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(len(words.tokens))
    writer.add_tokenizer_model("llama")  # as SentencePiece, with single bytes for what it lacks
    writer.add_tokenizer_pre("default")
    writer.add_token_list(words.tokens)
    writer.add_token_scores([-float(n) if kind == TokenType.NORMAL else 0.0 for n, kind in enumerate(words.kinds)])
    writer.add_token_types([int(kind) for kind in words.kinds])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(END)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(template(words))


def _tensors(words: Vocabulary) -> dict[str, Any]:
    """By the names that llama.cpp has for them; float32, each matrix (out, in)."""
    chance = np.random.default_rng(0)

    def noise(*shape: int) -> Any:
        return (chance.standard_normal(shape) * 0.05).astype(np.float32)

    def zero(*shape: int) -> Any:
        return np.zeros(shape, np.float32)

    embedding = noise(len(words.tokens), WIDTH)
    embedding /= np.linalg.norm(embedding, axis=1, keepdims=True)
    output = zero(len(words.tokens), WIDTH)
    for one, following in words.after.items():
        output[following] += embedding[one] * (PEAK / np.sqrt(WIDTH))  # the norm before it makes vectors that long
    ones, narrow = np.ones(WIDTH, np.float32), KV_HEADS * WIDTH // HEADS
    tensors = {"token_embd.weight": embedding, "output_norm.weight": ones, "output.weight": output}
    for layer in range(LAYERS):
        parts = {
            "attn_norm": ones, "attn_q": noise(WIDTH, WIDTH), "attn_k": noise(narrow, WIDTH),
            "attn_v": noise(narrow, WIDTH), "attn_output": zero(WIDTH, WIDTH), "ffn_norm": ones,
            "ffn_gate": noise(INNER, WIDTH), "ffn_up": noise(INNER, WIDTH), "ffn_down": zero(WIDTH, INNER),
        }  # fmt: skip
        tensors |= {f"blk.{layer}.{name}.weight": part for name, part in parts.items()}
    return tensors


if __name__ == "__main__":
    write(Path(sys.argv[1]), json.loads(sys.argv[2]))
