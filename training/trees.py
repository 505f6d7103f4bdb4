"""Gradient boosting fitted by scikit-learn -> the whole-numbered trees that `find.coreference.forest` asks."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from letopis.find.coreference.forest import LEAVES, SCALE, Nodes

Table = npt.NDArray[np.int16]


def fit(table: Table, right: npt.NDArray[np.bool_], **options: float) -> HistGradientBoostingClassifier:
    """Trees of at most LEAVES leaves; the same rows give the same trees."""
    settings = {"max_iter": 200, "learning_rate": 0.08, "min_samples_leaf": 40, "l2_regularization": 1.0, **options}
    return HistGradientBoostingClassifier(max_leaf_nodes=LEAVES, random_state=0, early_stopping=False, **settings).fit(table, right)


def chances(model: HistGradientBoostingClassifier, table: Table) -> npt.NDArray[np.float64]:
    """[row] probability, rounded as at run time."""
    return np.round(model.predict_proba(table)[:, 1], 4)


def table_of(facts: Mapping[str, npt.NDArray[np.generic]]) -> Table:
    """[row, facts] in the order of their names."""
    return np.stack([np.asarray(facts[name]).astype(np.int16) for name in sorted(facts)], axis=1)


def nodes_of(model: HistGradientBoostingClassifier, names: Sequence[str]) -> Nodes:
    """The trees of a model over facts in this order."""
    trees = [own[0].nodes for own in model._predictors]
    shape = (len(trees), LEAVES - 1)
    fact, bound = np.full(shape, -1, np.int32), np.zeros(shape, np.int32)
    above, leaves = np.full(shape, 0xFFFF, np.uint16), np.zeros((len(trees), LEAVES), np.int32)
    for t, tree in enumerate(trees):
        for place, (number, limit, mask) in enumerate(_tests(tree, 0, [], leaves[t])[0]):
            fact[t, place], bound[t, place], above[t, place] = number, limit, mask
    return Nodes(tuple(names), fact, bound, above, leaves, round(float(model._baseline_prediction[0, 0]) * SCALE))


def _tests(
    tree: np.ndarray, node: int, before: list[int], leaves: np.ndarray
) -> tuple[list[tuple[int, int, int]], list[int]]:
    """The tests under a node as (fact, bound, leaves that stay above it), and its leaves; `before` have their numbers already."""
    if tree[node]["is_leaf"]:
        leaf = len(before)
        before.append(leaf)
        leaves[leaf] = round(float(tree[node]["value"]) * SCALE)
        return [], [leaf]
    left, under_left = _tests(tree, int(tree[node]["left"]), before, leaves)
    right, under_right = _tests(tree, int(tree[node]["right"]), before, leaves)
    gone = sum(1 << leaf for leaf in under_left)
    own = (int(tree[node]["feature_idx"]), int(np.floor(tree[node]["num_threshold"])), 0xFFFF & ~gone)
    return [own, *left, *right], under_left + under_right
