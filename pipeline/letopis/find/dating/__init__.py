"""Which day a happening has: candidate days of every event mention, facts for and against each, and the choice for all mentions
of one happening together.

The way of one batch: `moments` gathers the days that the texts state and the days of the reports, `pairs` gives every event mention
those it may have, `grounds` asks the words what speaks for each and `facts` puts that into codes, `weights` turns codes into
probabilities, `choose` lets the mentions of one happening agree.
"""
