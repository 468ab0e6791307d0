"""medSpaCy's side of the comparison: reads texts and target phrases, writes what ConText says of each.

It runs with the Python of an environment of its own and knows nothing of this project: one JSON object
comes in on standard input (``targets``: phrase and label; ``texts``; ``passes``), one goes out.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib import import_module
from typing import Any

FLAGS = ("is_family", "is_negated", "is_historical", "is_hypothetical", "is_uncertain")


def pipeline(targets: list[list[str]]) -> Any:
    """Return the pipeline: a blank tokenizer, the sentencizer, the targets, ConText with its own rules."""
    logger = import_module("loguru").logger
    logger.remove()  # its messages for each sentence would be timed too
    logging.disable(logging.WARNING)
    spacy = import_module("spacy")
    import_module("medspacy.context")
    rule = import_module("medspacy.target_matcher").TargetRule
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = nlp.add_pipe("medspacy_target_matcher")
    matcher.add([rule(phrase, label) for phrase, label in targets])
    nlp.add_pipe("medspacy_context")
    return nlp


def found(nlp: Any, text: str) -> list[list[object]]:
    """Return start, end, label and the flags that hold of every target in a text."""
    return [
        [e.start_char, e.end_char, e.label_, [flag for flag in FLAGS if getattr(e._, flag)]]
        for e in nlp(text).ents
    ]


def main() -> None:
    """Read one job, run it, write its results."""
    job = json.load(sys.stdin)
    nlp = pipeline(job["targets"])
    results = [found(nlp, text) for text in job["texts"]]
    best = float("inf")
    for _ in range(job["passes"]):
        began = time.process_time()
        for text in job["texts"]:
            nlp(text)
        best = min(best, time.process_time() - began)
    versions = {name: import_module(name).__version__ for name in ("spacy",)}
    versions["medspacy"] = import_module("importlib.metadata").version("medspacy")
    json.dump({"found": results, "seconds": best, "versions": versions}, sys.stdout)


if __name__ == "__main__":
    main()
