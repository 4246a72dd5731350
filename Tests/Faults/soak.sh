#!/bin/sh
# Runs a pipeline over a folder that grows, for some minutes: soak.sh ETL MINUTES [SECONDS BETWEEN RUNS]
#
# Prints a line a run: its number, articles in the set, the largest memory (kB) and the most open files seen in it, and
# the bytes of the state. Ends with 1 when a run fails or the set is not as long as it has to be.
set -eu
etl=$1
minutes=$2
pause=${3:-5}
articles=50

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/in"
cat > "$folder/soak.json" <<'JSON'
{ "name": "soak", "output": "out", "keepRuns": 5, "stages": [
    { "stage": "ingest", "paths": ["in"], "only": "new" },
    { "stage": "dedupe", "across": "runs" },
    { "stage": "export", "file": "articles.jsonl", "mode": "append" },
    { "stage": "export", "file": "months/{published:yyyy-MM}.csv", "mode": "append" } ] }
JSON

words() { # different words for each number, so that no article repeats another
    awk -v n="$1" 'BEGIN { srand(n); for (i = 0; i < 60; i++) printf "كلمة%d ", int(rand() * 100000) }'
}

end=$(($(date +%s) + minutes * 60))
run=0
echo "run articles memory_kb files state_bytes"
while [ "$(date +%s)" -lt "$end" ]; do
    run=$((run + 1))
    number=0
    while [ $number -lt $articles ]; do
        id=$((run * articles + number))
        month=$((run % 12 + 1))
        printf '{"id":"%s","published":"2020-%02d-01","text":"%s"}\n' "$id" "$month" "$(words $id)"
        number=$((number + 1))
    done > "$folder/in/$run.jsonl"
    "$etl" run "$folder/soak.json" --jobs 2 &
    process=$!
    memory=0
    files=0
    while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$process/status" 2> /dev/null) && [ -n "$now" ]; do
        memory=$now
        open=$(ls "/proc/$process/fd" 2> /dev/null | wc -l)
        if [ "$open" -gt "$files" ]; then files=$open; fi
        sleep 0.02
    done
    wait $process || { echo "run $run failed" >&2; exit 1; }
    rows=$(wc -l < "$folder/out/articles.jsonl")
    state=$(du -sb "$folder/out/.state" | cut -f 1)
    echo "$run $rows $memory $files $state"
    [ "$rows" -eq $((run * articles)) ] || { echo "run $run: $rows rows instead of $((run * articles))" >&2; exit 1; }
    sleep "$pause"
done
