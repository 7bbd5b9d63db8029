#!/usr/bin/env bash
# Sets the latency of Shukach beside that of other engines, in one run, and prints one table: ms at the median and the
# 99th percentile of each class of query, and how many times the others' latency ours is. Each row names the operation:
# "hits alone" (ids and scores of the ten best), the same with "new words", "page" (those ten with passages,
# --no-counts) and "whole answer" (ten hits with passages, total, counts by month and source).
#
#   SHUKACH_BENCH_INDEX    an index of ours
#   SHUKACH_BENCH_QUERIES  the log: lines of id, class, text, first day and the day after the last, divided by tabs
#   SHUKACH_BENCH_REPEATS  how often each query runs (5)
#   SHUKACH_BENCH_PEERS    commands of the others, one a line: a name, a space, the command. It finds the log in the file
#                          $QUERIES and prints lines of class, operation (top10), median and 99th percentile. If empty,
#                          only our own rows are printed.
#
# Phrases of common words are added to the log here; for the others they are phrases like any other.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${SHUKACH_BENCH_INDEX:?names an index}" "${SHUKACH_BENCH_QUERIES:?names a log of queries}"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

common='що не|і в|у тому|до того|про те|не було|та на|в цьому|як і|за те|це не|а й|що в|не має|на це|він не|з того'
phrases() { tr '|' '\n' <<<"$common" | awk -v class="$1" '{ printf "%d\t%s\t%s\t\t\n", 1000 + NR, class, $0 }'; }
cat "$SHUKACH_BENCH_QUERIES" > "$work/ours.tsv"
phrases phrase_common >> "$work/ours.tsv"
phrases phrase > "$work/common.tsv"

# Lines of engine, class, median, 99th percentile.
keep='
  BEGIN { title["hits"] = title["top10"] = "hits alone"; title["new"] = "hits alone, new words"
          title["page"] = "page"; title["answer"] = "whole answer" }
  $2 in title { print name "\t" $1 ": " title[$2] "\t" $3 "\t" $4 }'
SHUKACH_BENCH_QUERIES=$work/ours.tsv cargo bench --quiet --bench latency | awk -v name=shukach "$keep" > "$work/rows"
while read -r name command; do
  [ -n "$name" ] || continue
  QUERIES=$SHUKACH_BENCH_QUERIES bash -c "$command" | awk -v name="$name" "$keep" >> "$work/rows"
  QUERIES=$work/common.tsv bash -c "$command" | awk -v name="$name" "$keep" | sed 's/\tphrase: /\tphrase_common: /' >> "$work/rows"
done <<<"${SHUKACH_BENCH_PEERS:-}"

awk -F '\t' '
  { if (!($1 in known)) { known[$1] = 1; engines[++count] = $1 }
    if ($1 == "shukach") { classes[++rows] = $2 }
    p50[$1, $2] = $3; p99[$1, $2] = $4 }
  END {
    printf "%-38s", "class"
    for (e = 1; e <= count; e++) printf("%18s%s", engines[e], (e > 1) ? sprintf("%16s", "ours is") : "")
    print ""
    for (r = 1; r <= rows; r++) {
      class = classes[r]; printf "%-38s", class
      for (e = 1; e <= count; e++) {
        name = engines[e]
        if (!((name, class) in p50)) { printf("%18s%s", "-", (e > 1) ? sprintf("%16s", "") : ""); continue }
        printf "%9.3f%9.3f", p50[name, class], p99[name, class]
        if (e > 1) printf "%8.2f%8.2f", p50["shukach", class] / p50[name, class], p99["shukach", class] / p99[name, class]
      }
      print ""
    }
  }' "$work/rows"
