"""Pages of the documentation that are made from the code: what they tell cannot drift from it."""
