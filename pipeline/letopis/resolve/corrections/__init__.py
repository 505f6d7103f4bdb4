"""What the user knows better: same, not the same, another name, another type, nothing at all.

The straight line: `parsing` (bytes of a YAML file -> Corrections), `lookup` (which members of the corpus they are about, with
`places` and `naming`), `bonds` (what holds together), `binding` (before and after clusters), `amending` (entities that are made),
`record` (what `method` and the run report say of it).
"""
