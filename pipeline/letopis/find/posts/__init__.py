"""Posts: which words hold them, how far they reach, and who is said to hold them. `find.positions` puts them together."""
