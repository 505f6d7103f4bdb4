"""Whose words a verb of speech reports: an ordered list of rules over the tree, the first answer wins."""

from collections.abc import Callable

from letopis.find.speech.clauses import JOINTS, is_finite
from letopis.find.speech.lexicon import bodies, group, nouns, verbs
from letopis.find.speech.phrases import NAMES, NOUNS, Speaker, is_time, owner, phrase
from letopis.find.speech.view import Tree

_CITING = frozenset({"цитировать", "процитировать"})
_RELATIVE = frozenset({"который", "кто"})
_CLAUSES = frozenset({"conj", "advcl", "xcomp", "parataxis", "ccomp", "dep", "appos", "obl", "csubj"})
_FARTHEST = 25                                     # words a lost subject is looked for in


def of_verb(tree: Tree, verb: int, depth: int = 0) -> Speaker | None:
    """The phrase that names who speaks; `depth` counts the verbs gone up to from the cue."""
    entry = verbs().get(tree.view.lemma[verb])
    if (entry is not None and entry.kind == "passive") or tree.view.lemma[verb] in group("following"):
        return paper(tree, verb)
    for rule in RULES if depth == 0 else UPPER_RULES:
        found = rule(tree, verb, depth)
        if found is not None:
            return found
    return None


def quoted(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """'приводит ТАСС слова <министра>', 'цитирует <Путина> агентство': not who passes it on, but whose words they are."""
    view = tree.view
    if view.lemma[verb] not in group("passing_on"):
        return None
    for kid in tree.kids.get(verb, ()):
        if view.deprel[kid] == "obj":
            if view.lemma[kid] in nouns():
                return owner(tree, kid)
            if view.lemma[verb] in _CITING and ("Animacy=Anim" in view.feats[kid] or view.pos[kid] == "PROPN"):
                return phrase(tree, kid, "quoted")
    for word in range(verb + 1, min(verb + 9, tree.last)):
        if view.form[word] in (",", "."):
            break
        if view.lemma[word] in nouns() and "Case=Acc" in view.feats[word]:
            return owner(tree, word)
    return None


def cited(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """'передает ТАСС со ссылкой на <CNN>': the source of the one who passes on."""
    view = tree.view
    for word in range(verb + 1, min(verb + 9, tree.last - 3)):
        if view.form[word] in (",", ".", ":"):
            return None
        if view.form[word] in ("со", "с") and view.lemma[word + 1] == "ссылка":
            return noun_after(tree, word + 1)
    return None


def noun_after(tree: Tree, word: int) -> Speaker | None:
    """'ссылкой на <источник>', 'согласно <закону>'; of 'согласно данным <МВД>' the owner."""
    view = tree.view
    for at in range(word + 1, min(word + 6, tree.last)):
        if view.pos[at] in NOUNS:
            return (owner(tree, at) if view.lemma[at] in nouns() else None) or phrase(tree, at, "owner")
    return None


def behind(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """'<...>, сообщили в полиции': what is behind a verb right after a comma or dash comes first."""
    view = tree.view
    if verb == tree.first or (view.form[verb - 1] not in JOINTS and view.form[verb - 1] not in ("»", "\"")):
        return None
    for kid in tree.kids.get(verb, ()):
        if kid > verb and view.deprel[kid] in ("nsubj", "nsubj:pass") and may_be_subject(tree, kid, verb):
            return phrase(tree, kid, "subject")
    return _body_in(tree, verb, range(verb + 1, min(verb + 7, tree.last - 1))) or nominative_after(tree, verb, depth)


def subject(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """The subject that the tree gives, where it agrees with the verb."""
    view = tree.view
    for kid in tree.kids.get(verb, ()):
        if view.deprel[kid] in ("nsubj", "nsubj:pass") and may_be_subject(tree, kid, verb):
            return _through_relative(tree, phrase(tree, kid, "subject"))
    return None


def may_be_subject(tree: Tree, word: int, verb: int) -> bool:
    """In the nominative (or after a number), and in the number of the verb."""
    view = tree.view
    feats = view.feats[word]
    counted = tree.kid(word, "nummod:gov", "nummod") is not None
    if "Case=" in feats and "Case=Nom" not in feats and view.pos[word] in ("NOUN", "PRON") and not counted:
        return False
    if "Number=Plur" not in view.feats[verb] or not is_finite(view, verb):
        return True
    return "Number=Plur" in feats or counted or tree.kid(word, "conj") is not None or view.lemma[word] in group("many")


def _through_relative(tree: Tree, found: Speaker) -> Speaker:
    """'министр, который заявил': the noun that 'который' stands for."""
    view = tree.view
    if view.lemma[found.head] not in _RELATIVE:
        return found
    verb = view.head[found.head]
    noun = view.head[verb] if verb >= 0 else -1
    return phrase(tree, noun, "relative") if tree.first <= noun < found.head else found


def place(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """'в министерстве сообщили', 'рассказали на заводе': an impersonal plural."""
    before, after = range(verb - 1, max(verb - 12, tree.first) - 1, -1), range(verb + 1, min(verb + 7, tree.last - 1))
    return _body_in(tree, verb, before) or _body_in(tree, verb, after)


def _body_in(tree: Tree, verb: int, words: range) -> Speaker | None:
    view = tree.view
    if "Number=Plur" not in view.feats[verb] or not is_finite(view, verb):
        return None
    for word in words:
        if view.form[word] in (",", ":") or is_finite(view, word):
            return None
        if view.lower(word) in ("в", "во", "на", "из") and _is_body(tree, view.head[word], word, verb):
            return phrase(tree, view.head[word], "place")
    return None


def _is_body(tree: Tree, word: int, preposition: int, verb: int) -> bool:
    """The noun of a preposition can say something: 'в МИД', 'в Samsung', 'в ведомстве', not 'в среду', 'в интервью'."""
    view = tree.view
    if not preposition < word < min(tree.last, preposition + 6) or view.pos[word] not in NOUNS or is_time(tree, word):
        return False
    lemma = view.lemma[word]
    if lemma in nouns() or lemma in group("occasion") or ("Case=Acc" in view.feats[word] and view.pos[word] == "NOUN"):
        return False
    if preposition == verb + 1 or (view.lower(preposition) != "из" and word == verb - 1):
        return True
    return lemma in bodies() or view.form[word][:1].isupper() or view.form[preposition + 1] in ("«", "\"")


def nominative_after(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """A subject right after the verb that the tree hangs elsewhere: ', сообщил он', ', передает ТАСС'."""
    view = tree.view
    for word in range(verb + 1, min(verb + 5, tree.last)):
        if view.form[word] in (",", ".", ":", ";", "«", "(") or view.pos[word] == "VERB":
            return None
        if view.pos[word] == "ADP" and not is_time(tree, view.head[word]):
            return None
        if view.pos[word] in ("NOUN", "PROPN", "PRON", "X") and may_be_subject(tree, word, verb) and (
            "Case=Nom" in view.feats[word] or ("Case" not in view.feats[word] and view.pos[word] != "NOUN")
        ):
            return phrase(tree, word, "after")
    return None


def inherited(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """The subject of the verb that this one hangs on: 'добавив', 'и отметил', 'пообещал рассказать'."""
    view = tree.view
    head, relation = view.head[verb], view.deprel[verb]
    if depth > 3 or not tree.first <= head < tree.last:
        return None
    if relation.startswith("acl") and view.pos[head] in NAMES:
        if any(view.lemma[kid] in _RELATIVE and view.deprel[kid].startswith("obl") for kid in tree.kids.get(verb, ())):
            # 'направил письмо, в котором предложил': who sent it
            above = view.head[head]
            return of_verb(tree, above, depth + 1) if tree.first <= above < tree.last and view.pos[above] == "VERB" else None
        return phrase(tree, head, "participle")
    if relation not in _CLAUSES or (relation in ("conj", "parataxis") and not _agree(tree, verb, head)):
        return None
    found = of_verb(tree, head, depth + 1)
    return None if found is None else Speaker(found.head, found.first, found.last, relation)


def _agree(tree: Tree, one: int, other: int) -> bool:
    """Two verbs can have one subject: same number, and gender where both show it."""
    view = tree.view
    a, b = view.feats[one], view.feats[other]
    if not (is_finite(view, one) and is_finite(view, other)):
        return True
    return ("Number=Plur" in a) == ("Number=Plur" in b) and not (
        ("Gender=Fem" in a and "Gender=Masc" in b) or ("Gender=Masc" in a and "Gender=Fem" in b))


def nominative_before(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """A subject before the verb that the tree has lost: the nearest nominative that belongs to no other verb, else a name."""
    view = tree.view
    if not is_finite(view, verb):
        return None
    name, marked = None, False
    for word in range(verb - 1, max(verb - _FARTHEST, tree.first - 1), -1):
        if view.form[word] in (":", ";") or (is_finite(view, word) and not view.deprel[word].startswith("acl")):
            break
        if view.form[word] in ("»", "«") and word < verb - 1:
            marked = view.form[word] == "»"
        if name is None and view.pos[word] in NOUNS and (marked or _is_free_name(tree, word)):
            name = word
        if not marked and view.pos[word] in ("NOUN", "PROPN", "PRON") and _can_be_nominative(tree, word) and (
            may_be_subject(tree, word, verb)
        ):
            return phrase(tree, _topmost(tree, word), "before")
    return None if name is None else phrase(tree, name, "before")


def _is_free_name(tree: Tree, word: int) -> bool:
    return tree.view.form[word][:1].isupper() and tree.kid(word, "case") is None


def _can_be_nominative(tree: Tree, word: int) -> bool:
    """In the nominative, or in the genitive after a number ('два источника')."""
    feats = tree.view.feats[word]
    return "Case=Nom" in feats or ("Case=Gen" in feats and tree.kid(word, "nummod:gov", "nummod") is not None)


def _topmost(tree: Tree, word: int) -> int:
    """The head of the phrase that a nominative explains: 'директор' of 'директор Иван Петров'."""
    view = tree.view
    while view.deprel[word] in ("flat:name", "appos", "flat:foreign", "nmod") and tree.first <= view.head[word] < word and (
        "Case=Nom" in view.feats[view.head[word]]
    ):
        word = view.head[word]
    return word


def of_verb_before(tree: Tree, verb: int, depth: int) -> Speaker | None:
    """'потребовала снять фильм, заявив': the subject of the nearest verb before, where the tree has lost it."""
    view = tree.view
    for word in range(verb - 1, max(verb - 30, tree.first - 1), -1):
        if is_finite(view, word) and not view.deprel[word].startswith(("acl", "ccomp")) and _agree(tree, verb, word):
            found = of_verb(tree, word, 1)
            return None if found is None else Speaker(found.head, found.first, found.last, "verb_before")
    return None


def paper(tree: Tree, verb: int) -> Speaker | None:
    """'говорится в сообщении МИД': who the paper is of; 'говорится в документе', 'в нём указывается': the paper itself."""
    view = tree.view
    papers = [*tree.kids.get(verb, ()), *range(verb + 1, min(verb + 4, tree.last))]
    for kid in papers:
        if view.pos[kid] in NOUNS and ("Case=Nom" not in view.feats[kid] or view.lemma[verb] == "гласить"):
            found = owner(tree, kid)
            if found is not None:
                return found
    for kid in papers:
        if (view.pos[kid] in NOUNS or view.pos[kid] == "PRON") and tree.kid(kid, "case") is not None and not is_time(tree, kid):
            return phrase(tree, kid, "paper")
    return None


RULES: tuple[Callable[[Tree, int, int], Speaker | None], ...] = (
    quoted, cited, behind, subject, place, nominative_after, inherited, nominative_before, of_verb_before,
)
UPPER_RULES: tuple[Callable[[Tree, int, int], Speaker | None], ...] = (quoted, subject, inherited)
