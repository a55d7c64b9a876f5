"""The corpora themselves: what the measures are taken on."""

import tomllib
from collections import Counter
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"


def test_no_sentence_is_counted_twice():
    """A text that stood in two files would weigh double in every measure."""
    texts = [case["text"] for path in CORPUS.glob("*/*.toml") for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    assert [text for text, times in Counter(texts).items() if times > 1] == []
