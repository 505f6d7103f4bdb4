"""Quantities of Russian text: numbers in digits and words, what they count or measure, and the happening
they belong to.

The way of one sentence: `lexicon` says which words a number can start with, `numbers` reads the number and its range,
`guards` (with `moments`) throw out what only looks like one, `readings` says what it is (money, percent, age, measure,
count), with `units`, `ages` and `counted` under it; `shared` gives a number without a unit that of a neighbour,
`compound` puts '2 часа 15 минут' together, `bounds` marks what is approximate, `ties` finds the event.
"""
