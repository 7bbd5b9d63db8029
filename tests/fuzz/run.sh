#!/bin/sh
# Fuzzes the parser of queries for a minute, or for as many seconds as are given. Needs a C++ compiler.
# What breaks it is written to tests/fuzz/target/findings; give such a file as the second argument to see why.
set -eu
cd "$(dirname "$0")"
seconds=${1:-60}
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
target=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --target "$target"
mkdir -p target/corpus target/findings
if [ $# -gt 1 ]; then
    exec "target/$target/release/parse" "$2"
fi
# Each line of the golden queries is a seed.
number=0
cut -f2 ../queries/trees.txt ../queries/errors.txt ../queries/translations.txt | while IFS= read -r line; do
    number=$((number + 1))
    printf '%s' "$line" > "target/corpus/seed-$number"
done
exec "target/$target/release/parse" target/corpus -artifact_prefix=target/findings/ \
    -max_total_time="$seconds" -max_len=300 -timeout=5 -rss_limit_mb=2048
