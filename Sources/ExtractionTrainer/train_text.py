#!/usr/bin/env python3
"""Trains the judge of whole pages without markup and writes it as a Swift table.

usage: train_text.py TRAINER DATA OUT.swift
TRAINER: the program ExtractionTrainer; DATA: a folder of SET.jsonl.gz, rows of id, url, html or html_b64, and
gold_text. Needs: pip install lightgbm lxml numpy. Prints, on five folds by site, which share of the removed lines is
chrome and which share of the chrome is removed, by the rules alone and with the judge.

A page becomes the lines of its text as a browser would copy it. A line is body when its words stand in the gold text, a
short one only between lines that are; what cannot be told is left out. Each page is learned from twice: as it is, and
with its Latin letters exchanged (ROT13), which no phrase is found in: so the judge knows pages in languages that have no
phrases here. A line of the body weighs three times one of chrome: losing it is worse. Same data, same lightgbm: same
table.
"""
import base64, bisect, codecs, collections, gzip, json, os, re, subprocess, sys, tempfile, unicodedata

import lightgbm
import numpy
from lxml import html

from train import FOLDS, site_fold

SETS = dict(arabic=1.3, scrapinghub=1.3, fundus=1.3, n4kdataset=1.3, wcxb_article=0.7)
PARAMETERS = dict(objective="binary", learning_rate=0.1, num_leaves=20, min_data_in_leaf=60, feature_fraction=0.5,
                  bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, max_bin=63, deterministic=True,
                  force_col_wise=True, num_threads=1, verbose=-1, seed=1)
TREES = 80
# As in ScrapedTextModel.swift.
CHROME_FROM, BODY_BELOW = 1.25, 0.5
BLOCKS = set("""address article aside blockquote body br button center dd details dialog div dl dt fieldset figcaption figure
footer form frame h1 h2 h3 h4 h5 h6 header hr iframe label legend li main menu nav ol option p pre section select summary
table tbody td textarea tfoot th thead tr ul""".split())
UNSEEN = set("script style noscript template head svg iframe object math textarea select".split())
FORMS = str.maketrans("أإآٱىیئةکؤ", "اااايييهكو")


def text_lines(document):
    lines, current, stack = [], [], [(document, False)]

    def flush():
        line = re.sub(r"\s+", " ", "".join(current)).strip()
        current.clear()
        if line:
            lines.append(line)

    while stack:
        element, is_end = stack.pop()
        name = element.tag.lower() if isinstance(element.tag, str) else None
        if is_end or name is None or name in UNSEEN:
            if is_end and name in BLOCKS:
                flush()
            if element is not document and element.tail:
                current.append(element.tail)
            continue
        if name in BLOCKS:
            flush()
        if element.text:
            current.append(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    flush()
    return lines


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text or "").lower() if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text.replace("ـ", "").translate(FORMS)))


def labels(lines, gold, title):
    """B for body, C for chrome, - for what cannot be told."""
    paragraphs = {fold(line) for line in gold.split("\n")}
    whole = f" {' '.join(fold(line) for line in gold.split(chr(10)))} "
    words = whole.split()
    fours = {tuple(words[i:i + 4]) for i in range(len(words) - 3)}
    found, folded = [], [fold(line) for line in lines]
    for line in folded:
        own = line.split()
        if not own or line == fold(title):
            found.append("-")
        elif len(own) >= 5:
            parts = [tuple(own[i:i + 4]) for i in range(len(own) - 3)]
            share = sum(part in fours for part in parts) / len(parts)
            found.append("B" if f" {line} " in whole or share >= 0.6 else "-" if share > 0.25 else "C")
        else:
            found.append("b" if line in paragraphs else "s" if f" {line} " in whole else "C")
    body = [i for i, label in enumerate(found) if label == "B"]
    first, last = (body[0], body[-1]) if body else (0, -1)
    times = collections.Counter(folded)
    for i, label in enumerate(found):
        if label == "b":
            found[i] = "B" if first - 3 <= i <= last + 3 else "C"
        elif label == "s":
            found[i] = "-" if first <= i <= last else "C"
        if found[i] == "B" and times[folded[i]] > 1 and whole.count(f" {folded[i]} ") < times[folded[i]]:
            found[i] = "-"
    return found


def pages_of(folder):
    for name in SETS:
        path = f"{folder}/{name}.jsonl.gz"
        if not os.path.exists(path):
            continue
        for row in map(json.loads, gzip.open(path, "rt", encoding="utf8")):
            source = row.get("html")
            if source is None:
                source = base64.b64decode(row["html_b64"]).decode(row.get("charset") or "utf-8", "replace")
            if len(row.get("gold_text") or "") < 200:
                continue
            try:
                document = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\0", "")))
            except (ValueError, html.etree.ParserError):
                continue
            body = document.find("body")
            lines = text_lines(document if body is None else body)
            yield dict(id=row["id"], set=name, lang=row.get("lang"), fold=site_fold(row), lines=lines,
                       labels=labels(lines, row["gold_text"], row.get("gold_title")))


def look(trainer, pages, change=str):
    """What the program sees of each page: copies of the pages with a row of numbers and the rules' reason a line."""
    with tempfile.TemporaryDirectory() as scratch:
        with open(f"{scratch}/texts.jsonl", "w", encoding="utf8") as texts:
            for page in pages:
                text = change("\n".join(page["lines"]))
                texts.write(json.dumps(dict(id=page["id"], text=text), ensure_ascii=False) + "\n")
        subprocess.run([trainer, "text", f"{scratch}/texts.jsonl", f"{scratch}/seen"], check=True)
        seen = [json.loads(line) for line in open(f"{scratch}/seen.jsonl", encoding="utf8")]
        rows = numpy.fromfile(f"{scratch}/seen.f32", dtype=numpy.float32)
    rows = rows.reshape(sum(len(page["starts"]) for page in seen), -1)
    copies, at = [], 0
    for page, found in zip(pages, seen):
        starts = [0]
        for line in page["lines"]:
            starts.append(starts[-1] + len(change(line).encode()) + 1)
        label = [page["labels"][bisect.bisect_right(starts, start) - 1] for start in found["starts"]]
        copies.append(dict(page, label=numpy.array(label, dtype="<U1"), reasons=found["reasons"],
                           whole=found["whole"], open=found["open"], rows=rows[at:at + len(label)]))
        at += len(label)
    return copies


def fit(pages, foreign):
    rows, targets, weights = [], [], []
    for page, weight in [(page, 1) for page in pages] + [(page, 0.5) for page in foreign]:
        known = page["label"] != "-"
        if not page["whole"] or not known.any():
            continue
        chrome = page["label"][known] == "C"
        rows.append(page["rows"][known])
        targets.append(chrome.astype(float))
        weights.append(numpy.where(chrome, 1, 3) * weight * SETS[page["set"]] * 10 / numpy.sqrt(known.sum()))
    rows, targets, weights = map(numpy.concatenate, (rows, targets, weights))
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, label=targets, weight=weights), TREES)


def removed(page, odds=None):
    """Which lines leave: by the rules, or, where these go by the place alone, by the judge."""
    kept = []
    for k, reason in enumerate(page["reasons"]):
        if odds is None or not page["whole"] or not page["open"][k]:
            kept.append(bool(reason))
        else:
            kept.append(odds[k] >= BODY_BELOW if reason else odds[k] > CHROME_FROM)
    return numpy.array(kept, dtype=bool)


def report(title, pages, odds):
    sums = collections.defaultdict(lambda: numpy.zeros((2, 4), int))
    for page, own in zip(pages, odds):
        body, chrome = page["label"] == "B", page["label"] == "C"
        for k, out in enumerate((removed(page), removed(page, own))):
            counts = [(chrome & out).sum(), (body & out).sum(), chrome.sum(), body.sum()]
            for key in ("all", "all but wcxb" if page["set"] != "wcxb_article" else None, page["set"], page["lang"]):
                sums[key][k] += counts
    for key, (rules, judge) in sorted(sums.items(), key=lambda item: -item[1][0][2]):
        if key is None:
            continue
        text = "  ".join(f"{c / max(1, c + b):.4f}/{c / max(1, all_c):.4f} lost {b}" for c, b, all_c, _ in (rules, judge))
        print(f"{title} {key:13} {rules[2]:7} chrome {rules[3]:6} body  rules, with judge: {text}", flush=True)


def tree(node):
    if "leaf_value" in node:
        return ["%.4g" % node["leaf_value"]]
    return ["%d<%.6g" % (node["split_feature"], node["threshold"])] + tree(node["left_child"]) + tree(node["right_child"])


def main(trainer, folder, out):
    texts = list(pages_of(folder))
    pages = look(trainer, texts)
    foreign = look(trainer, texts, lambda text: codecs.encode(text, "rot13"))
    models = [fit([p for p in pages if p["fold"] != k], [p for p in foreign if p["fold"] != k]) for k in range(FOLDS)]
    for title, copies in (("as it is", pages), ("exchanged", foreign)):
        odds = [models[p["fold"]].predict(p["rows"], raw_score=True) if len(p["rows"]) else [] for p in copies]
        report(title, copies, odds)
    lines = [" ".join(tree(t["tree_structure"])) for t in fit(pages, foreign).dump_model()["tree_info"]]
    with open(out, "w", encoding="utf8") as swift:
        swift.write("// swift-format-ignore-file\n// Made by `make model-text`; the trees of ``ScrapedTextFeatures``.\n\n"
                    "enum ScrapedTextModelTable {\n    static let trees = \"\"\"\n"
                    + "\n".join("        " + line for line in lines) + "\n        \"\"\"\n}\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
