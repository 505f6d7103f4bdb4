"""Where reported content begins and ends: clauses of one sentence, seen through commas, verbs of speech and the tree."""

from letopis.find.speech.lexicon import verbs
from letopis.find.speech.view import Tree, View

STOPS = frozenset({".", "!", "?", "…", "...", ";", "?!", "!!!", "..", "!.."})
DASHES = frozenset({"-", "–", "—", "−"})
MARKS = frozenset({"«", "»", "\"", "„", "“", "”"})
JOINTS = DASHES | {","}
_SOURCES = frozenset({"say", "media", "think", "passive", "colour", "admit", "deny"})
_SUBJECTS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "ADP", "NUM", "ADV", "PUNCT", "X"})
_TAILS = (["по", "словам"], ["по", "данным"], ["по", "мнению"], ["со", "ссылкой"])


def is_finite(view: View, word: int) -> bool:
    """A verb in a personal form."""
    return "VerbForm=Fin" in view.feats[word] and view.pos[word] in ("VERB", "AUX")


def sentence_end(tree: Tree) -> int:
    """The word after the sentence's last one, its final stop not counted."""
    end = tree.last
    while end > tree.first and tree.view.form[end - 1] in STOPS:
        end -= 1
    return end


def before_comma(tree: Tree, word: int) -> int:
    """`word` moved left over commas and dashes."""
    while word > tree.first and tree.view.form[word - 1] in JOINTS:
        word -= 1
    return word


def content_start(tree: Tree, before: int) -> int:
    """The first word of a sentence's content: dashes and what a headline left before it don't count."""
    view = tree.view
    word = tree.first
    while word < before and (view.form[word] in JOINTS or view.form[word] in (")", "»")):
        word += 1
    return word


def content_end(tree: Tree, start: int, cue: int) -> int:
    """The word after the content that begins at `start`: its sentence's end, or where the reporting clause goes on."""
    view = tree.view
    end = sentence_end(tree)
    end = min(end, _resumption(tree, start, cue, end), _second_verb(tree, start, cue, end))
    for word in range(start + 1, end - 1):
        form = view.form[word]
        if form == "," and _goes_on(tree, word + 1, end, cue):
            return word
        if (form in JOINTS and _returns(tree, word + 1, end)) or (form == ":" and view.form[word + 1] in MARKS):
            return before_comma(tree, word)
    return before_comma(tree, end) if end > start else end


def _goes_on(tree: Tree, word: int, end: int, cue: int) -> bool:
    """'отметил, что мост готов, <и поблагодарил> строителей': a comma, 'и' and a verb of the cue's form without a subject."""
    view = tree.view
    if "VerbForm=Conv" in view.feats[cue]:                 # 'Петров, добавив, что мост готов, <уехал>'
        waits = not any(is_finite(view, w) for w in range(tree.first, cue))
        subject = tree.kid(word, "nsubj", "nsubj:pass")
        return waits and is_finite(view, word) and (subject is None or subject < cue)
    if view.form[word] not in ("и", "а", "но", "однако"):
        return False
    verb = next((w for w in range(word + 1, min(word + 4, end)) if view.pos[w] not in ("ADV", "PART")), word)
    return is_finite(view, cue) and view.feats[verb] == view.feats[cue] and tree.kid(verb, "nsubj", "nsubj:pass") is None


def _returns(tree: Tree, word: int, end: int) -> bool:
    """The speech is over: who speaks is named, or the first speaker goes on."""
    view = tree.view
    while word < end - 1 and view.form[word] in JOINTS:
        word += 1
    entry = verbs().get(view.lemma[word])
    if entry is None:
        return _is_tail(view, word, end)
    if "VerbForm=Conv" in view.feats[word]:                # ', добавив, что'
        return entry.kind != "colour"
    return entry.kind in _SOURCES and is_finite(view, word) and (
        word + 1 >= tree.last or (view.pos[word + 1] in _SUBJECTS and view.form[word + 1] != ":"))


def _is_tail(view: View, word: int, end: int) -> bool:
    """'..., как сообщает ТАСС.' and '..., по словам министра.' at the sentence's end."""
    form = view.form[word]
    if form not in ("как", "по", "со", "ссылаясь") or end - word > 12:
        return False
    if form == "как":
        return any(view.lemma[w] in verbs() for w in range(word + 1, min(word + 4, end))) and "," not in view.form[word:end]
    return form == "ссылаясь" or view.form[word:word + 2] in _TAILS


def _resumption(tree: Tree, start: int, cue: int, end: int) -> int:
    """'Трутнев, отметив, что <...>, отказался': the cue hangs on a verb further right, so its content ends before."""
    head = tree.view.head[cue]
    if not start < head < end:
        return end
    _, right = tree.edges(cue)
    word = max(right + 1, start + 1)
    while word < head and tree.view.form[word] != ",":
        word += 1
    return word if word < head else (right + 1 if right < head else end)


def _second_verb(tree: Tree, start: int, cue: int, end: int) -> int:
    """'заявил, что <...>, и отказался': what is coordinated with the cue is no content."""
    view = tree.view
    for kid in tree.kids.get(cue, ()):
        if kid > start and view.deprel[kid] == "conj" and is_finite(view, kid):
            return max(start + 1, tree.edges(kid)[0])
    return end
