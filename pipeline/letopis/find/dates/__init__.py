"""Dates of Russian text: a grammar over atoms, partial dates, calendar arithmetic and anchoring.

The way of one sentence: `lexicon` says what each word can be, `atoms` gathers neighbouring words into runs,
`expressions` (with `points`, `relative` and `years` under it) reads partial dates (`partial`) out of a run, `guards`
throws out what only looks like one, `tense` says whether the clause speaks of past or future, and `resolve` turns a
partial date into days with the help of `calendar` and the `story` so far.
"""
