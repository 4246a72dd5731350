"""Loads what a run exported with pandas, polars and DuckDB, and compares types, counts and values with the input.

    python loader_check.py ETL FOLDER

The input is what the libraries guess wrong when they are left to: a column that is null in its first 20,480 rows, an
empty list first, line ends inside a text, bidi marks, ids of digits, "12e456", "NA", "null", a number beyond 64 bits.
"""

import datetime
import json
import subprocess
import sys
from pathlib import Path

ETL, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
COUNT, KNOWN_FROM = 20_500, 20_481
UTC = datetime.timezone.utc
FILES = ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.csv.gz", "a.csv.zst", "a.parquet"]
LISTS = ["m.jsonl", "m.csv", "m.parquet"]
CUT = ["days/{published:yyyy-MM-dd}.jsonl.gz", "outlets/{outlet}.csv", "sections/{section}.parquet"]
EMPTY = ["none/{outlet}.jsonl", "nothing/{outlet}.parquet"]


def article(number):
    row = {
        "id": {0: "007", 1: "12e456", 2: "NA", 3: "1e5"}.get(number, f"{number:05}"),
        "title": f"خبر \u202e{number}\u202c 🛢️",
        "text": f'سطر "أول"، {number}, و12 مارس 2024\nسطر ثان\r\nثالث; x',
        "published": f"2024-03-{1 + number % 28:02}T10:00:00Z",
        "authors": ["أحمد", "b, c", "NA"][: number % 4],
        "section": None,
    }
    if number >= KNOWN_FROM:
        row |= {"section": "12e456", "outlet": "null", "modified": "2024-04-01T00:00:00Z", "rank": 10**20 + number}
    return row


def run():
    """Exports the articles in every format, and gives the module that loads them."""
    ingest = [{"stage": "ingest", "paths": ["in.jsonl"]}, {"stage": "tag", "types": ["DATE"]}]
    exports = [{"stage": "export", "file": file} for file in FILES]
    exports += [{"stage": "export", "file": file, "rows": "mentions"} for file in LISTS]
    exports += [{"stage": "export", "file": file} for file in ["a.sqlite", *CUT]]
    exports += [{"stage": "filter", "minWords": 1000}] + [{"stage": "export", "file": file} for file in EMPTY]
    definition = {"output": "out", "stages": ingest + exports, "guards": {"minArticles": 0}}
    (FOLDER / "run.json").write_text(json.dumps(definition))
    with open(FOLDER / "in.jsonl", "w", encoding="utf-8") as file:
        for number in range(COUNT):
            file.write(json.dumps(article(number), ensure_ascii=False) + "\n")
    subprocess.run([str(ETL), "run", str(FOLDER / "run.json")], check=True)
    sys.path.insert(0, str(FOLDER / "out"))
    import load

    return load


def check(what, found, expected):
    if found != expected:
        raise SystemExit(f"{what}: found {found!r}, expected {expected!r}")


def check_articles(what, columns, is_csv):
    """Compares whole columns, as Python's own values, with the input."""
    rows = [article(number) for number in range(COUNT)]
    time = lambda text: text and datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    check(f"{what}: rows", len(columns["id"]), COUNT)
    for name in ("id", "title", "text", "section", "outlet"):
        check(f"{what}: {name}", columns[name], [row.get(name) for row in rows])
    for name in ("published", "modified"):
        check(f"{what}: {name}", columns[name], [time(row.get(name)) for row in rows])
    authors = [row["authors"] for row in rows]
    if is_csv:
        return check(f"{what}: authors", columns["authors"], ["; ".join(names) or None for names in authors])
    check(f"{what}: authors", columns["authors"], authors)
    check(f"{what}: entities", {len(entities) for entities in columns["entities"]}, {1})
    check(f"{what}: entity", columns["entities"][7][0]["value"], "2024-03-12")
    extra = [value if isinstance(value, dict) else json.loads(value) for value in columns["extra"]]
    check(f"{what}: extra", extra, [{"rank": row["rank"]} if "rank" in row else {} for row in rows])


def with_sqlite(load):
    for what, found in ("pandas", load.pandas("a.sqlite", "articles")), ("polars", load.polars("a.sqlite", "articles")):
        check(f"{what} a.sqlite: rows", len(found), COUNT)
        check(f"{what} a.sqlite: ids", list(found["id"])[:4], ["007", "12e456", "NA", "1e5"])
        check(f"{what} a.sqlite: authors", [list(names) for names in list(found["authors"])[:3]], [[], ["أحمد"], ["أحمد", "b, c"]])
    check("duckdb a.sqlite", load.duckdb("a.sqlite", "mentions").aggregate("count(*)").fetchall(), [(COUNT,)])
    # What differs in alef, tashkeel and digits is found alike.
    for words in ("أوّل سطر", "اول سطر", "٢٠٢٤ اول"):
        check(f"search {words}", len(load.pandas("a.sqlite", "articles", search=words)), COUNT)
    check("search", list(load.pandas("a.sqlite", "articles", search="خبر 20499")["id"]), ["20499"])
    check("search", len(load.pandas("a.sqlite", "articles", search='" OR ؛')), 0)
    check("fold", load.fold("الـمَدْرَسَةُ ﻻ ٱلأولى، Été ٣"), "المدرسه لا الاولي ete 3")


def with_pandas(load):
    import pandas as pd

    def plain(series):
        missing = lambda value: value is None or value is pd.NA or value is pd.NaT
        values = (None if missing(value) else value for value in series)
        return [value.to_pydatetime() if isinstance(value, pd.Timestamp) else value for value in values]

    for file in FILES:
        frame = load.pandas(file)
        check_articles(f"pandas {file}", {name: plain(frame[name]) for name in frame}, ".csv" in file)
        types = [str(frame[name].dtype) for name in ("id", "section", "published", "word_count")]
        check(f"pandas {file}: types", types, ["string", "string", "datetime64[us, UTC]", "Int64"])
    for file in LISTS:
        check(f"pandas {file}", plain(load.pandas(file)["start"])[:1], [article(0)["text"].index("12 مارس")])


def with_polars(load):
    import polars as pl

    for file in FILES:
        frame = load.polars(file)
        check_articles(f"polars {file}", frame.to_dict(as_series=False), ".csv" in file)
        types = [frame.schema[name] for name in ("id", "section", "published", "word_count")]
        check(f"polars {file}: types", types, [pl.String, pl.String, pl.Datetime("us", "UTC"), pl.Int32])
    for file in LISTS:
        check(f"polars {file}", load.polars(file)["article_id"].to_list()[:4], ["007", "12e456", "NA", "1e5"])


def with_duckdb(load):
    for file in FILES:
        relation = load.duckdb(file)
        types = dict(zip(relation.columns, map(str, relation.types)))
        names = ("id", "section", "published", "word_count")
        expected = ["VARCHAR", "VARCHAR", "TIMESTAMP WITH TIME ZONE", "INTEGER"]
        check(f"duckdb {file}: types", [types[name] for name in names], expected)
        # As seconds: to fetch times as objects DuckDB wants one more package.
        seconds = {name for name in types if types[name].startswith("TIMESTAMP")}
        chosen = ", ".join(f'epoch("{name}") AS "{name}"' if name in seconds else f'"{name}"' for name in types)
        columns = dict(zip(types, map(list, zip(*relation.project(chosen).fetchall()))))
        for name in seconds:
            columns[name] = [value and datetime.datetime.fromtimestamp(value, UTC) for value in columns[name]]
        check_articles(f"duckdb {file}", columns, ".csv" in file)
    for file in LISTS:
        check(f"duckdb {file}", load.duckdb(file).aggregate("count(*), max(value)").fetchall(), [(COUNT, "2024-03-12")])


def with_many_files(load):
    """An export that is cut into files is one frame, and each of its files another, of the same types."""
    ids = lambda frame: sorted(row[0] for row in frame.project("id").fetchall()) if hasattr(frame, "project") else sorted(frame["id"])
    types = lambda frame: [str(kind) for kind in (frame.types if hasattr(frame, "types") else frame.dtypes)]
    every = sorted(article(number)["id"] for number in range(COUNT))
    for read in load.pandas, load.polars, load.duckdb:
        for name, like in zip(CUT, FILES[:1] + ["a.csv", "a.parquet"]):
            what, whole = f"{read.__name__} {name}", read(name)
            check(what, ids(whole), every)
            check(f"{what}: types", types(whole), types(read(like)))
            parts = [str(path.relative_to(load.FOLDER)) for path in (load.FOLDER / name).parent.iterdir()]
            check(f"{what}: files", len(parts), 28 if name.startswith("days") else 2)
            check(f"{what}: parts", sorted(sum((ids(read(part)) for part in parts), [])), every)
        for name in EMPTY:
            check(f"{read.__name__} {name}", ids(read(name)), [])


def check_schema(load):
    """Every row of JSON Lines is what schema.json says, by jsonschema where it is installed."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        return print("jsonschema is not installed")
    schema = json.loads((load.FOLDER / "schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    for file in ("a.jsonl", "m.jsonl"):
        validator = Draft202012Validator(schema["$defs"][file])
        for line in (load.FOLDER / file).read_text(encoding="utf-8").split("\n")[-200:-1]:
            validator.validate(json.loads(line))


loader = run()
with_sqlite(loader)
with_pandas(loader)
with_polars(loader)
with_duckdb(loader)
with_many_files(loader)
check_schema(loader)
print("all loaded")
