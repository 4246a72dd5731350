/// `load.py` but for the tables of the run.
enum LoaderText {
    static let text = #"""
        """The files of this run as data frames, with their types.

            import sys; sys.path.insert(0, "Output/libya")
            import load

            articles = load.pandas("articles.jsonl")
            articles = load.polars("articles.jsonl")
            articles = load.duckdb("articles.jsonl")   # a relation: .df(), .filter("language = 'ar'")
            mentions = load.pandas("news.sqlite", "mentions")
            found = load.pandas("news.sqlite", "articles", search="أحمد")   # finds احمد too, the best first
            months = load.pandas("months/{published:yyyy-MM}.csv")   # all files of an export that is cut into many
            march = load.pandas("months/2024-03.csv")

        Left to themselves the libraries guess the types from the first rows, and guess wrong where a column is
        empty at first or an id looks like a number. Needs Python 3.9 and the library that is asked for. Made by etl.
        """

        import fnmatch
        import glob
        import json
        import re
        import unicodedata
        from pathlib import Path

        # The run itself, though the link beside the outputs may lead to another one tomorrow.
        FOLDER = Path(__file__).resolve().parent

        TEXT, COUNT, NUMBER, TIME, OBJECT = "text", "count", "number", "time", "object"

        # Columns of each export, in order; [kind] is a list, {name: kind} a structure.
        TABLES = {}


        def pandas(name, table=None, search=None):
            """A pandas DataFrame: text as string, whole numbers as Int64, times in UTC, lists as Python lists."""
            import pandas as pd

            columns, paths, format = _find(name, table)

            def read(path):
                if format == "parquet":
                    frame = pd.read_parquet(path, dtype_backend="numpy_nullable")
                    for column, kind in columns.items():
                        if isinstance(kind, (list, dict)):
                            frame[column] = [_plain(value) for value in frame[column]]
                    return frame
                if format == "csv":
                    with _open(path) as file:
                        # Nothing but an empty cell is unknown: "NA" and "null" are words.
                        return pd.read_csv(
                            file, dtype="string", encoding="utf-8-sig", keep_default_na=False, na_values=[""])
                return rows(_rows(path, format, columns, table, search))

            def rows(rows):
                rows = list(rows)
                # As objects, so that nothing is guessed before the types are given below.
                return pd.DataFrame(
                    {column: pd.Series([row[column] for row in rows], dtype=object) for column in columns})

            frames = [read(path) for path in paths]
            frame = frames[0] if len(frames) == 1 else pd.concat(frames or [rows([])], ignore_index=True)
            for column, kind in columns.items():
                if kind == OBJECT and format != "jsonl":
                    frame[column] = [json.loads(value) for value in frame[column]]
                elif kind == TEXT:
                    frame[column] = frame[column].astype("string")
                elif kind in (COUNT, NUMBER):
                    frame[column] = frame[column].astype("Int64")
                elif kind == TIME:
                    frame[column] = pd.to_datetime(frame[column], utc=True).astype("datetime64[us, UTC]")
            return frame


        def polars(name, table=None):
            """A polars DataFrame; fields of the input without a column ("extra") as JSON in a string."""
            import polars as pl

            def type_of(kind):
                if isinstance(kind, list):
                    return pl.List(type_of(kind[0]))
                if isinstance(kind, dict):
                    return pl.Struct({key: type_of(value) for key, value in kind.items()})
                return {COUNT: pl.Int32, NUMBER: pl.Int64}.get(kind, pl.String)

            columns, paths, format = _find(name, table)
            schema = {column: type_of(kind) for column, kind in columns.items()}

            def read(path):
                if format == "csv":
                    return pl.read_csv(path, schema=schema)
                if format == "jsonl":
                    return pl.read_ndjson(path, schema=schema)
                return pl.DataFrame(list(_rows(path, format, columns, table)), schema=schema)

            if format == "parquet" and paths:
                return pl.concat(pl.read_parquet(path) for path in paths)
            frame = pl.concat([read(path) for path in paths]) if paths else pl.DataFrame(schema=schema)
            times = [column for column, kind in columns.items() if kind == TIME]
            return frame.with_columns(
                pl.col(column).str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", time_zone="UTC")
                for column in times)


        def duckdb(name, table=None, connection=None):
            """A DuckDB relation. To fetch times as Python objects, DuckDB wants the package pytz."""
            import duckdb as db

            def type_of(kind):
                if isinstance(kind, list):
                    return type_of(kind[0]) + "[]"
                if isinstance(kind, dict):
                    return "STRUCT(" + ", ".join(f'"{key}" {type_of(value)}' for key, value in kind.items()) + ")"
                return {COUNT: "INTEGER", NUMBER: "BIGINT", TIME: "TIMESTAMPTZ", OBJECT: "JSON"}.get(kind, "VARCHAR")

            connection = connection or db
            columns, paths, format = _find(name, table)
            if format == "sqlite" or not paths:
                return connection.from_df(pandas(name, table))
            files = "[" + ", ".join(map(_quoted, paths)) + "]"
            if format == "parquet":
                objects = [f'"{column}"::JSON AS "{column}"' for column, kind in columns.items() if kind == OBJECT]
                replace = f" REPLACE ({', '.join(objects)})" if objects else ""
                return connection.sql(f"SELECT *{replace} FROM read_parquet({files})")
            types = "{" + ", ".join(f"{_quoted(column)}: '{type_of(kind)}'" for column, kind in columns.items()) + "}"
            if format == "csv":
                return connection.sql(
                    f"SELECT * FROM read_csv({files}, columns={types}, auto_detect=false, header=true, delim=',', "
                    "quote='\"', escape='\"', max_line_size=1073741824)")
            return connection.sql(
                f"SELECT * FROM read_json({files}, columns={types}, format='newline_delimited', "
                "maximum_object_size=1073741824)")


        def _find(name, table):
            """The columns, paths and format of a file, or of all files of an export that is cut into many."""
            suffixes = [suffix.lower() for suffix in Path(name).suffixes]
            if suffixes[-1] in (".gz", ".zst"):
                suffixes.pop()
            format = suffixes[-1][1:]
            for key, columns in TABLES.items():
                file, part = key if isinstance(key, tuple) else (key, None)
                fixed = re.split(r"\{[^}]*\}", file)
                pattern = "*".join(map(glob.escape, fixed))
                if part != table:
                    continue
                if name == file and len(fixed) > 1:
                    return columns, sorted(FOLDER.glob(pattern)), format
                if name == file or (len(fixed) > 1 and fnmatch.fnmatchcase(name, pattern)):
                    return columns, [FOLDER / name], format
            key = name if table is None else (name, table)
            raise KeyError(f"{key!r} is none of this run's tables: {', '.join(map(repr, TABLES))}")


        def _open(path):
            """The file's bytes, unpacked."""
            if path.suffix.lower() == ".gz":
                import gzip

                return gzip.open(path, "rb")
            if path.suffix.lower() != ".zst":
                return open(path, "rb")
            try:
                from compression import zstd  # Python 3.14
            except ImportError:
                try:
                    import zstandard as zstd
                except ImportError:
                    import io
                    import pyarrow

                    with pyarrow.input_stream(str(path), compression="zstd") as file:
                        return io.BytesIO(file.read())
            return zstd.open(path, "rb")


        def fold(text):
            """The text as the search of a database has it: no case, marks and forms of a letter, only words."""
            folded = []
            for letter in unicodedata.normalize("NFKD", text).lower():
                category = unicodedata.category(letter)
                if category[0] == "M" or category == "Cf" or letter == "ـ":
                    continue
                if category == "Nd":
                    folded.append(str(unicodedata.digit(letter)))
                else:
                    folded.append(_FORMS.get(letter, letter) if category[0] in "LN" else " ")
            return " ".join("".join(folded).split())


        _FORMS = {form: letter for letter, forms in {"ا": "ٱ", "ي": "ىیې", "ه": "ةھہە", "ك": "کڪ"}.items() for form in forms}


        def _rows(path, format, columns, table, search=None):
            """The rows as dictionaries of Python's own types."""
            if format == "sqlite":
                import sqlite3

                lists = [column for column, kind in columns.items() if isinstance(kind, (list, dict))]
                names = ", ".join(f'"{table}"."{column}"' for column in columns)
                query, words = f'SELECT {names} FROM "{table}" ORDER BY rowid', ()
                if search is not None:
                    query = (f'SELECT {names} FROM search JOIN "{table}" ON "{table}".rowid = search.rowid '
                             "WHERE search MATCH ? ORDER BY rank, search.rowid")
                    words = (" ".join(f'"{word}"' for word in fold(search).split()) or '""',)
                connection = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)
                try:
                    for row in connection.execute(query, words):
                        row = dict(zip(columns, row))
                        yield row | {column: json.loads(row[column]) for column in lists}
                finally:
                    connection.close()
                return
            with _open(path) as file:
                for line in file:
                    yield json.loads(line)


        def _plain(value):
            """Lists and dictionaries in place of NumPy's arrays."""
            if hasattr(value, "tolist"):
                value = value.tolist()
            if isinstance(value, dict):
                return {key: _plain(item) for key, item in value.items()}
            return [_plain(item) for item in value] if isinstance(value, list) else value


        def _quoted(text):
            return "'" + str(text).replace("'", "''") + "'"

        """#
}
