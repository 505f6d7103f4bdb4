"""The journal of a store: what each night did, as a page to read and the same as JSON, and what should alarm somebody.

`write.write_night` reads the snapshot of a run and writes `journal/<run_id>.html`, `.json` and `latest.html` under the store.
`alarms.alarms` judges a night by the thresholds of the configuration. Nothing here changes the tables: they are published before.
"""
