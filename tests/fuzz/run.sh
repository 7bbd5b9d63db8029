#!/bin/sh
# Fuzzes a target: tests/fuzz/run.sh parse|analyze|read [SECONDS] [FINDING]
#
# Runs for a minute, or as many seconds as given. Needs a C++ compiler. Inputs that break the target are written to
# target/fuzz-findings; name one as FINDING to see why.
set -eu
cd "$(dirname "$0")/../.."
target=${1:?name a target: parse, analyze or read}
seconds=${2:-60}
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --locked --package shukach-fuzz --features fuzzer --profile fuzz --target "$host" --bin "$target"
program=target/$host/fuzz/$target
corpus=target/fuzz-corpus/$target
mkdir -p "$corpus" target/fuzz-findings
if [ $# -gt 2 ]; then
    exec "$program" "$3"
fi
case $target in
    read)
        # The first byte chooses the format, as `ENDINGS` in read.rs lists them.
        find tests/archive -type f | while IFS= read -r file; do
            case $file in
                *.txt) format='\000' ;; *.md) format='\001' ;; *.html) format='\002' ;;
                *.json) format='\003' ;; *) format='\004' ;;
            esac
            { printf "$format"; cat "$file"; } > "$corpus/seed-$(basename "$file")"
        done
        ;;
    *)
        # Each line of the golden queries is a seed.
        number=0
        cut -f2 tests/queries/trees.txt tests/queries/errors.txt tests/queries/translations.txt |
            while IFS= read -r line; do
                number=$((number + 1))
                printf '%s' "$line" > "$corpus/seed-$number"
            done
        ;;
esac
exec "$program" "$corpus" -artifact_prefix=target/fuzz-findings/ \
    -max_total_time="$seconds" -max_len=4096 -timeout=5 -rss_limit_mb=2048
