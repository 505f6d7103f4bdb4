"""Development scores of a tagger: `python training/evaluate_tagger.py CHECKPOINT --corpora ../shared/corpora`.

Gold is read from the corpora and compared in characters, so what tokens or sentences can't express counts as missed.
"""

import argparse
import sys
from pathlib import Path

import torch
from sklearn.metrics import f1_score

import checkpoint
from corpora import LAYER_TYPES, REALIS
from dataset import Development, load
from features import navec
from letopis.evaluate.spans import ALL, Score, exact_scores, match, overlapping_score
from model import Shape, Tagger
from predict import Prediction, Special, predict
from samples import Sample, event_types
from subwords import Encoder, shipped

RUNS = Path(__file__).with_name("runs")
THRESHOLD = 0.5
SHOWN = ("EVENT", "PERSON", "ORGANIZATION", "PER", "ORG", "LOC")
Span = tuple[int, int, str]


def follow(model: Tagger, special: Special, dev: Development) -> dict[str, float]:
    """The figures that are followed while training."""
    found: dict[str, float] = {}
    for name in LAYER_TYPES:
        table = layer_scores(model, special, dev, name)
        found[name] = table[ALL].f1
        found |= {f"{name}.{t}": table[t].f1 for t in SHOWN if t in table}
    return found | {k: v if isinstance(v, float) else v.f1 for k, v in event_scores(model, special, dev).items()}


def layer_scores(model: Tagger, special: Special, dev: Development, name: str) -> dict[str, Score]:
    """Exact scores by type of one layer of names."""
    gold = [[(x.start, x.end, x.type) for x in t.layers[name]] for t in dev.texts[name]]
    predictions = predict(model, special, dev.samples[name], (name,))
    return exact_scores(gold, [_spans(s, p, name) for s, p in zip(dev.samples[name], predictions, strict=True)])


def event_scores(model: Tagger, special: Special, dev: Development) -> dict[str, Score | float]:
    """Overlapping scores of triggers, in all and by corpus, and what is right of those matched.

    'type' counts the likeliest type as right if it is the first or the second of gold, 'group' its part before the dot,
    'realis' is the macro-F1 of the four values.
    """
    gold = [[(x.start, x.end, "") for x in t.triggers or ()] for t in dev.texts["events"]]
    predictions = predict(model, special, dev.samples["events"], (), threshold=THRESHOLD)
    found = [_triggers(s, p) for s, p in zip(dev.samples["events"], predictions, strict=True)]
    scores: dict[str, Score | float] = {"events": overlapping_score(gold, found)}
    for corpus in sorted({t.corpus for t in dev.texts["events"]}):
        own = [n for n, t in enumerate(dev.texts["events"]) if t.corpus == corpus]
        scores[corpus] = overlapping_score([gold[n] for n in own], [found[n] for n in own])
    pairs = [
        (t.triggers[g], p, f)
        for t, p, gs, fs in zip(dev.texts["events"], predictions, gold, found, strict=True)
        for g, f in match(gs, fs)
    ]
    return scores | _kinds(pairs)


def _kinds(pairs: list[tuple]) -> dict[str, float]:
    names = event_types()
    types = [(names[int(p.types[f].argmax())], {g.type, g.type2 or g.type}) for g, p, f in pairs]
    realis = [(REALIS[int(p.realis[f].argmax())], g.realis) for g, p, f in pairs]
    return {
        "type": sum(one in right for one, right in types) / max(len(types), 1),
        "group": sum(_group(one) in map(_group, right) for one, right in types) / max(len(types), 1),
        "realis": float(f1_score([g for _, g in realis], [f for f, _ in realis], labels=REALIS, average="macro")),
    }


def _group(kind: str) -> str:
    return kind.split(".", maxsplit=1)[0]


def _spans(sample: Sample, prediction: Prediction, name: str) -> list[Span]:
    types = LAYER_TYPES[name]
    return [(*_characters(sample, i, j), types[kind]) for i, j, kind, _ in prediction.layers[name]]


def _triggers(sample: Sample, prediction: Prediction) -> list[Span]:
    return [(*_characters(sample, i, j), "") for i, j, _, _ in prediction.triggers]


def _characters(sample: Sample, first: int, last: int) -> tuple[int, int]:
    return int(sample.bounds[first, 0]), int(sample.bounds[last, 1])


def load_tagger(path: Path, encoder: Encoder, numbers: list[int]) -> Tagger:
    """The averaged weights of best.pt, last.pt or a shipped file of these pieces, ready to predict."""
    state = checkpoint.read(path)
    if state.get("numbers", numbers) != numbers:
        raise SystemExit(f"{path} has other pieces than the samples: delete the cache")
    model = Tagger(Shape(**state["plan"]["shape"]), encoder, numbers, navec())
    model.load_state_dict(state["average"], strict=False)
    return model.eval()


def table(model: Tagger, special: Special, dev: Development) -> list[str]:
    """Lines of a table: layer, type, precision, recall, F1 with its interval, gold."""
    lines = ["layer\ttype\tP\tR\tF1\tlow\thigh\tgold"]
    for name in LAYER_TYPES:
        lines += [_line(name, kind, s) for kind, s in layer_scores(model, special, dev, name).items()]
    for kind, s in event_scores(model, special, dev).items():
        lines.append(f"events\t{kind}\t\t\t{s:.4f}" if isinstance(s, float) else _line("events", kind, s))
    return lines


def _line(layer: str, kind: str, s: Score) -> str:
    figures = (s.precision, s.recall, s.f1, s.low, s.high)
    return "\t".join([layer, kind, *(f"{x:.4f}" for x in figures), str(s.gold)])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--encoder", type=Path, default=shipped())
    options = parser.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(options.encoder)
    data = load(options.corpora, encoder, RUNS / "cache")
    model = load_tagger(options.checkpoint, encoder, data.numbers)
    sys.stdout.write("\n".join(table(model, data.special, data.dev)) + "\n")


if __name__ == "__main__":
    main()
