#!/usr/bin/env python3
"""Scores `etl` on data that is too large, or not free enough, for the repository, and holds it to pinned floors.

usage: quality.py ETL SHARED [--pin]     (SHARED: a folder with data/ and bench/; --pin writes the floors anew)

A floor is pinned a little under the figure that was measured, together with the SHA-256 of the data it was measured
on: on other data nothing is compared, and it says so.
"""
import hashlib, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FLOORS = os.path.join(HERE, "floors.json")
PAGES = ["arabic", "scrapinghub", "fundus", "n4kdataset", "wcxb_article", "wcxb_other", "trafilatura"]
SLACK = 0.003


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:16]


def run(etl, definition, output, **params):
    command = [etl, "run", os.path.join(HERE, definition), "--param", "output=" + output]
    for name, value in params.items():
        command += ["--param", f"{name}={value}"]
    # A page that cannot be read is quarantined and scores 0; the run itself has to succeed.
    subprocess.run(command, check=True)
    return os.path.join(output, "articles.jsonl")


def pages(etl, shared, work):
    for name in PAGES:
        data = os.path.join(shared, "data/extraction", name + ".jsonl.gz")
        articles = run(etl, "pages.json", os.path.join(work, name), set=data)
        scores = os.path.join(work, name + ".json")
        scorer = [sys.executable, os.path.join(shared, "bench/extraction/score.py"), data, articles, "--json", scores]
        table = subprocess.run(scorer + ["--worst", "3"], check=True, capture_output=True, text=True).stdout
        print(f"\n== {name}\n{table}", end="")
        total = json.load(open(scores))["scores"]["ALL"]
        for metric in ("tok_f1", "sh_f1", "mc", "mnc"):
            if metric in total:
                yield f"{name} {metric}", total[metric], digest(data)


def repeats(etl, shared, work):
    bench = os.path.join(shared, "bench/dedupe")
    data = os.path.join(shared, "data/dedupe/saudi31k.jsonl.gz")
    articles = run(etl, "repeats.json", os.path.join(work, "saudi31k"), set=data)
    silver = os.path.join(shared, "data/dedupe/saudi31k.silver.tsv")
    table = subprocess.run(
        [sys.executable, os.path.join(bench, "silver.py"), silver, articles], check=True, capture_output=True, text=True).stdout
    print(f"\n== saudi31k\n{table}", end="")
    for line in table.splitlines():
        if line.startswith("similarity"):
            band, share = line.split()[1].rstrip(":"), float(line.split()[-1])
            if float(band.split("-")[0]) >= 0.4:
                yield f"saudi31k {band}", share, digest(data)
    corpus, truth = os.path.join(work, "corpus.jsonl"), os.path.join(work, "truth.jsonl")
    subprocess.run(
        [sys.executable, os.path.join(bench, "generate.py"), "--n", "10000", "--seed", "1", "--out", corpus, "--truth", truth],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    marked = run(etl, "repeats.json", os.path.join(work, "generated"), set=corpus, action="mark")
    scorer = [sys.executable, os.path.join(bench, "score.py"), "--truth", truth, "--pred", marked, "--corpus", corpus]
    scores = json.loads(subprocess.run(scorer + ["--json"], check=True, capture_output=True, text=True).stdout)
    print(f"\n== generated, seed 1\npairwise F1 {scores['pair_f1']:.4f}")
    yield "generated pair_f1", scores["pair_f1"], digest(corpus)


def offsets(etl, shared, work):
    """Tags every text there is and compares each mention with the slice it names; both as Python counts, in code points."""
    for path in ["text/ant.jsonl.gz", "dedupe/saudi31k.jsonl.gz"] + [f"extraction/{name}.jsonl.gz" for name in PAGES]:
        data = os.path.join(shared, "data", path)
        articles = run(etl, "offsets.json", os.path.join(work, "offsets-" + os.path.basename(path)), set=data)
        mentions = wrong = 0
        with open(articles, encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                end = 0
                for mention in article["entities"]:
                    mentions += 1
                    exact = article["text"][mention["start"]:mention["end"]] == mention["text"]
                    wrong += not exact or mention["start"] < end
                    end = mention["end"]
        print(f"offsets {path}: {mentions} mentions, {wrong} wrong")
        yield f"offsets {path}", 1 - wrong / max(mentions, 1), digest(data)


def main():
    etl, shared = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    if not os.path.isdir(os.path.join(shared, "data")):
        print(f"no data in {shared}: the quality on larger data is not measured here")
        return 0
    measured = {}
    with tempfile.TemporaryDirectory() as work:
        for part in (pages, repeats, offsets):
            for name, value, data in part(etl, shared, work):
                measured[name] = {"value": round(value, 4), "data": data}
    if "--pin" in sys.argv:
        floors = {name: {"floor": round(m["value"] - (name[:8] != "offsets ") * SLACK, 4), "data": m["data"]} for name, m in measured.items()}
        with open(FLOORS, "w") as file:
            json.dump(floors, file, indent=1, sort_keys=True)
            file.write("\n")
        print(f"\npinned {len(floors)} floors")
        return 0
    floors = json.load(open(FLOORS))
    failed = 0
    print(f"\n{'measure':32} {'here':>7} {'floor':>7}")
    for name, m in measured.items():
        floor = floors.get(name)
        if floor is None or floor["data"] != m["data"]:
            print(f"{name:32} {m['value']:7.4f}       - other data than the floor's")
            continue
        low = m["value"] < floor["floor"]
        failed += low
        print(f"{name:32} {m['value']:7.4f} {floor['floor']:7.4f}{'  BELOW' if low else ''}")
    print(f"{len(measured) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
