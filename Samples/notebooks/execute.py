"""Executes the notebooks named on the command line, each in its folder, and keeps their outputs."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

for path in map(Path, sys.argv[1:]):
    notebook = nbformat.read(path, as_version=4)
    folder = {"metadata": {"path": str(path.parent)}}
    # Times would make every execution a change.
    NotebookClient(notebook, timeout=600, resources=folder, record_timing=False).execute()
    nbformat.write(notebook, path)
