"""Run every notebook on a store and keep a rendered copy: `python notebooks/build.py OUT BUILD`.

Contract. The sources are jupytext's percent format, one `.py` a notebook. A notebook that raises, or runs longer than a minute,
fails the build; each leaves an .ipynb and an .html in BUILD that need no network.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbconvert import HTMLExporter

HERE = Path(__file__).resolve().parent
LONGEST = 60                          # seconds of one notebook
ORDER = ("first_look", "timeline", "who_met_whom", "organisation", "map", "quality", "last_night")


def build(name: str, folder: Path) -> float:
    """Run one notebook and write its copies; the seconds it took."""
    notebook = jupytext.read(HERE / f"{name}.py")
    start = time.monotonic()
    client = NotebookClient(notebook, timeout=LONGEST, kernel_name="python3", resources={"metadata": {"path": str(HERE)}})
    client.execute()
    seconds = time.monotonic() - start
    nbformat.write(notebook, folder / f"{name}.ipynb")
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    (folder / f"{name}.html").write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")
    return seconds


def main() -> int:
    """Exit code 1 where a notebook failed or took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of a store")
    parser.add_argument("build", type=Path, help="folder for the rendered copies")
    parser.add_argument("names", nargs="*", default=ORDER)
    arguments = parser.parse_args()
    os.environ["LETOPIS_OUT"] = str(arguments.out.resolve())
    arguments.build.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in arguments.names:
        try:
            seconds = build(name, arguments.build)
        except (CellExecutionError, CellTimeoutError) as error:
            print(f"{name:14} FAILED\n{error}", flush=True)
            failed += 1
            continue
        late = seconds > LONGEST
        failed += late
        print(f"{name:14} {seconds:5.1f} s{'  TOO LONG' if late else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
