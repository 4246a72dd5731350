"""Counts hopeful and bleak words; every line in is an article, every line out an answer."""
import json, sys

HOPEFUL = {"تعاون", "افتتاح", "اتفاق", "نجاح", "تحسن", "صيانة", "دعم"}
BLEAK = {"اشتباكات", "أزمة", "انقطاع", "ضحايا", "حريق", "نقص", "إغلاق"}

for line in sys.stdin:
    article = json.loads(line)
    words = (article["title"] or "").split() + article["text"].split()
    score = sum(word in HOPEFUL for word in words) - sum(word in BLEAK for word in words)
    print(json.dumps({"id": article["id"], "sentiment": score}), flush=True)
