#!/usr/bin/env python3
"""Trains the scorer of pages and writes it as a Swift table.

usage: train.py TRAINER DATA OUT.swift
TRAINER: the program ExtractionTrainer; DATA: a folder of SET.jsonl.gz, rows of id, url, html and gold_text, or
must_contain and must_not_contain. Needs: pip install lightgbm numpy. Prints token F1 on five folds by site.

A block is of the article when its words stand in the gold text, in order. A block weighs its share of the page's words,
so that the loss follows the mean token F1 of pages. Models that had not seen a page's site then say what to make of its
gold: pages on which they are far off weigh a quarter, as most of those golds leave out lists or quotes by their outlet's
custom, and of pages with phrases alone the other blocks count as the models are sure of them. The second round learns
from first-round chances of such models. Each round is the mean of two models. Same data, same lightgbm: same table.
"""
import bisect, glob, gzip, hashlib, json, os, re, subprocess, sys, tempfile, unicodedata
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlparse

import lightgbm
import numpy

BASE, FOLDS, SEEDS = 215, 5, (1, 2)
# Below this F1 of models that had not seen the site a gold is doubted; beyond this chance they are sure of a block.
DOUBTED, SURE = 0.75, 0.9
SET_WEIGHT = dict(arabic=3, scrapinghub=1.5, fundus=1.3, n4kdataset=1.2, trafilatura=0.5, newspaper_tests=0.5)
SETS = "arabic scrapinghub fundus n4kdataset wcxb_article trafilatura newspaper_tests".split()
PARAMETERS = dict(objective="binary", learning_rate=0.09, num_leaves=24, min_data_in_leaf=60, feature_fraction=0.4,
                  bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, max_bin=63, deterministic=True, force_col_wise=True,
                  num_threads=1, verbose=-1)
TREES = 80
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
WORD = re.compile(f"[{WIDE}]|[^\\W{WIDE}]+")


def words(text):
    return WORD.findall(MARKS.sub("", unicodedata.normalize("NFC", text or "")).lower())


def squash(text):
    return re.sub(r"\s+", " ", MARKS.sub("", unicodedata.normalize("NFC", text or ""))).strip()


def site_fold(row):
    host = (urlparse(row.get("url") or "").hostname or row["id"]).lower().removeprefix("www.")
    labels = host.split(".")
    site = ".".join(labels[-2:] if len(labels) > 2 and len(labels[-2]) > 3 else labels[-3:])
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


def share_in_gold(blocks, gold):
    """For each block (a list of words) how much of it is the gold text's, each place of which is given away once."""
    starts, places = defaultdict(list), defaultdict(list)
    for i in range(len(gold) - 3):
        starts[tuple(gold[i:i + 4])].append(i)
    for i, word in enumerate(gold):
        places[word].append(i)
    share, place = numpy.zeros(len(blocks)), [0] * len(blocks)
    for k, block in enumerate(blocks):
        if len(block) < 6:
            continue
        found = [starts.get(tuple(block[i:i + 4])) for i in range(len(block) - 3)]
        share[k] = sum(f is not None for f in found) / len(found)
        hits = [f[0] - i for i, f in enumerate(found) if f]
        place[k] = int(numpy.median(hits)) if hits else 0
    certain = [k for k in range(len(blocks)) if share[k] > 0.6 and len(blocks[k]) >= 12]
    middle = numpy.median(certain) if certain else len(blocks) / 2
    copies = defaultdict(list)
    for k, block in enumerate(blocks):
        if len(block) >= 6 and share[k] > 0.5:
            copies[place[k]].append(k)
    for same in copies.values():
        count = max(1, len(starts.get(tuple(blocks[same[0]][:4]), [0])))
        for k in sorted(same, key=lambda k: (-share[k] * len(blocks[k]), abs(k - middle)))[count:]:
            share[k] = 0
    anchors = [k for k in range(len(blocks)) if share[k] > 0.6 and len(blocks[k]) >= 6]
    taken = numpy.zeros(len(gold) + 1, bool)
    for k in anchors:
        taken[max(0, place[k]):place[k] + len(blocks[k])] = True
    for k, block in enumerate(blocks):
        if block and len(block) < 6:
            place_short(k, block, anchors, blocks, place, places, gold, taken, share)
    return share


def place_short(k, block, anchors, blocks, place, places, gold, taken, share):
    """A short block is the article's only between the same neighbours as in the gold text."""
    i = bisect.bisect_left(anchors, k)
    before, behind = (anchors[i - 1] if i else None), (anchors[i] if i < len(anchors) else None)
    near = [abs(k - a) <= 25 for a in (before, behind) if a is not None]
    if not near or (before is not None and not any(near)):
        return
    low = place[before] + len(blocks[before]) - 1 if before is not None else max(0, place[behind] + 1 - 60)
    high = place[behind] + 1 if behind is not None else low + 60
    for at in places.get(block[0], []):
        end = at + len(block)
        if low - 2 <= at and end <= high + 2 and gold[at:end] == block and not taken[at:end].any():
            share[k], taken[at:end] = 1, True
            return


def judge(page, row, name):
    blocks = [words(t) for t in page["texts"]]
    size = numpy.array([len(b) for b in blocks], float)
    weight = SET_WEIGHT.get(name, 1)
    page.update(set=name, fold=site_fold(row), blocks=blocks, size=size, gold=None)
    if row.get("gold_text"):
        gold = words(row["gold_text"])
        share = share_in_gold(blocks, gold)
        page.update(gold=Counter(gold), label=(share > 0.5).astype(float),
                    weight=(numpy.minimum(size, 200) * abs(2 * share - 1) + 1) * weight * 100 / (len(gold) + 100))
        return page
    texts, label = [squash(t) for t in page["texts"]], numpy.full(len(blocks), -1.0)
    for phrases, value in ((row.get("must_not_contain"), 0), (row.get("must_contain"), 1)):
        for phrase in phrases or []:
            for k, text in enumerate(texts):
                if phrase in text:
                    label[k] = value
    page.update(label=(label > 0.5).astype(float),
                weight=numpy.where(label < 0, 0, 3 + numpy.minimum(size, 60) * 0.1) * weight * 0.35)
    return page


def fit(pages, columns, seeds=SEEDS):
    rows, labels, weights = [], [], []
    for page in pages:
        small = (page["label"] < 0.5) & (page["size"] < 15)
        # One in five of the many short lines of chrome stands for the others.
        drawn = numpy.random.RandomState(len(small)).rand(len(small)) < 0.2
        keep = (page["weight"] > 0) & (~small | drawn)
        rows.append(page["rows"][keep, :columns])
        labels.append(page["label"][keep])
        weights.append(numpy.where(small, 5, 1)[keep] * page["weight"][keep])
    rows, labels, weights = map(numpy.concatenate, (rows, labels, weights))
    # LightGBM keeps no state between two models, and one thread each makes them the same every time.
    return [lightgbm.train(dict(PARAMETERS, seed=seed), lightgbm.Dataset(rows, label=labels, weight=weights), TREES)
            for seed in seeds]


def odds(models, rows):
    return sum(m.predict(rows, raw_score=True) for m in models) / len(models) if len(rows) else numpy.zeros(0)


def unseen(pages, columns, seeds=SEEDS):
    """Each page's logarithms of odds by models that saw no page of its site."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        models = list(pool.map(
            lambda fold: fit([p for p in pages if p["fold"] != fold], columns, seeds), range(FOLDS)))
    return [odds(models[page["fold"]], page["rows"][:, :columns]) for page in pages]


def chances(odds):
    return [1 / (1 + numpy.exp(-o)) for o in odds]


def reconsider(pages, unseen):
    for page, chance in zip(pages, unseen):
        if page["gold"] is not None:
            if f1(page, chance > 0.5) < DOUBTED:
                page["weight"] = page["weight"] * 0.25
            continue
        size = numpy.minimum(page["size"], 100)
        sure = (page["weight"] == 0) & (abs(2 * chance - 1) > 2 * SURE - 1)
        whole = max(100, (size * (chance > 0.5)).sum())
        page["label"] = numpy.where(sure, chance > 0.5, page["label"]).astype(float)
        page["weight"] = numpy.where(sure, (size + 1) * 15 / (whole + 100), page["weight"])


def read(trainer, folder, sets, chances=None):
    pages, at = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in sets:
            path = f"{scratch}/pages.jsonl"
            with gzip.open(f"{folder}/{name}.jsonl.gz", "rb") as source, open(path, "wb") as target:
                target.write(source.read())
            with open(path, encoding="utf8") as lines:
                golds = {row["id"]: row for row in map(json.loads, lines)}
            command = [trainer, path, f"{scratch}/seen"]
            if chances:
                numpy.concatenate(chances[name]).astype(numpy.float32).tofile(f"{scratch}/chances")
                command.append(f"{scratch}/chances")
            subprocess.run(command, check=True)
            with open(f"{scratch}/seen.jsonl", encoding="utf8") as lines:
                found = [json.loads(line) for line in lines]
            values = numpy.fromfile(f"{scratch}/seen.f32", dtype=numpy.float32)
            values = values.reshape(sum(len(p["texts"]) for p in found), -1)
            at = 0
            for page in found:
                page["rows"] = values[at:at + len(page["texts"])]
                at += len(page["texts"])
                pages.append(judge(page, golds[page["id"]], name))
    return pages


def f1(page, keep):
    text = Counter(w for block, kept in zip(page["blocks"], keep) if kept for w in block)
    both = sum((text & page["gold"]).values())
    return 2 * both / max(1, sum(text.values()) + sum(page["gold"].values()))


def choose(page, odds):
    """As ``BlockChoice``: the blocks that make the greatest F1 to be expected."""
    chance = 1 / (1 + numpy.exp(-(odds - 0.2)))
    order = numpy.argsort(-chance, kind="stable")
    both, kept = numpy.cumsum((page["size"] * chance)[order]), numpy.cumsum(page["size"][order])
    expected = 2 * both / numpy.maximum(kept + (both[-1] if len(both) else 0), 1e-9)
    return chance > max(0.15, expected.max() / 2 if len(both) else 1)


def report(pages, first, second):
    scores, folds = defaultdict(list), defaultdict(list)
    for page, a, b in zip(pages, first, second):
        if page["gold"] is None:
            continue
        scores[page["set"]].append(f1(page, choose(page, (numpy.clip(a, -9.2, 9.2) + 2 * b) / 3)))
        folds[page["set"], page["fold"]].append(scores[page["set"]][-1])
    for name, values in scores.items():
        means = [numpy.mean(folds[name, k]) for k in range(FOLDS) if (name, k) in folds]
        print(f"{name:16} {numpy.mean(values):.4f}  ({len(values)} pages, sites not trained on; "
              f"folds {min(means):.3f} to {max(means):.3f})", flush=True)


def tree(node):
    if "leaf_value" in node:
        return ["%.4g" % (node["leaf_value"] / len(SEEDS))]
    return ["%d<%.6g" % (node["split_feature"], node["threshold"])] + tree(node["left_child"]) + tree(node["right_child"])


def table(name, summary, models):
    trees = [model.dump_model()["tree_info"] for model in models]
    # In turns, so that a part of the sum from the front is a fair guess of the whole.
    lines = [" ".join(tree(t["tree_structure"])) for turn in zip(*trees) for t in turn]
    body = "\n".join("        " + line for line in lines)
    return f'    /// {summary}\n    static let {name} = """\n{body}\n        """\n'


def main(trainer, folder, out):
    sets = [s for s in SETS if os.path.exists(f"{folder}/{s}.jsonl.gz")]
    pages = read(trainer, folder, sets)
    reconsider(pages, chances(unseen(pages, BASE, SEEDS[:1])))
    first = unseen(pages, BASE)
    model = fit(pages, BASE)
    judged = [(page["label"], page["weight"]) for page in pages]
    given = {s: [c for p, c in zip(pages, chances(first)) if p["set"] == s] for s in sets}
    pages = read(trainer, folder, sets, given)
    for page, chance, (label, weight) in zip(pages, chances(first), judged):
        page.update(label=label, weight=numpy.where(chance < 0.02, 0, weight))
    columns = pages[0]["rows"].shape[1]
    report(pages, first, unseen(pages, columns))
    with open(out, "w", encoding="utf8") as swift:
        swift.write("// swift-format-ignore-file\n// Made by `make model-extraction`; the trees of ``BlockModel``.\n\nenum BlockModelTables {\n"
                    + table("first", "By a block and its surroundings.", model) + "\n"
                    + table("second", "By these and what the first says of its company.", fit(pages, columns)) + "}\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
