"""A static site of one snapshot that opens from disk: no server, no network, no build step.

`report.write_report` reads the tables through DuckDB in the order of their keys and writes pages of data beside the bundled
HTML, CSS and JavaScript of `static/`. Pages from disk may not fetch, so data are scripts that call back. Nothing here changes
the store.
"""
