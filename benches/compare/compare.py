#!/usr/bin/env python3
"""Indexes one file with Shukach, with plain Tantivy and with Lucene, in turns, and prints a table.

    cargo build --release
    benches/compare/compare.py flat.jsonl --peers DIR --rounds 3

The file has a line of JSON for each article: id, title, date, source, body. DIR holds the peers:
`tantivy-plain`, a program of Tantivy with its default tokenizer, built by `cargo build --release`,
and `lucene/run.sh`, Lucene with UkrainianMorfologikAnalyzer, set up by `lucene/run.sh setup`. Those
that are not there are left out. Figures of one run can be compared with each other, not with those of
another: medians of user and system CPU seconds, wall seconds, peak memory and bytes of the index.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def commands(options, index):
    """Returns the command of each program that is there, by name."""
    text, peers = options.file, options.peers
    all_commands = {
        "Shukach": [options.shukach, "index", text, "--index", index, "--quiet"],
    }
    if peers:
        plain = peers / "tantivy-plain/target/release/tantivy-plain"
        lucene = peers / "lucene/run.sh"
        all_commands["plain Tantivy, one indexing thread"] = [
            plain, "index", "--input", text, "--index", index, "--threads", "1", "--mem", "256",
        ]
        all_commands["Lucene, UkrainianMorfologikAnalyzer"] = [
            lucene, "index", text, index, "1", "256", "uk", "postings",
        ]
    return {
        name: [str(word) for word in command]
        for name, command in all_commands.items()
        if Path(command[0]).exists()
    }


def measured(command, index):
    """Runs a command; returns its CPU seconds, wall seconds, peak memory and index in bytes."""
    shutil.rmtree(index, ignore_errors=True)
    environment = {**os.environ, "SHUKACH_NO_CONFIG": "1"}
    started = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} failed: {told.decode(errors='replace')[-500:]}")
    size = sum(file.stat().st_size for file in Path(index).rglob("*") if file.is_file())
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, size


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="articles, one a line")
    parser.add_argument("--peers", type=Path, help="the folder of the peers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--shukach", type=Path, default=REPOSITORY / "target/release/shukach", help="the program"
    )
    options = parser.parse_args()
    if not options.shukach.exists():
        sys.exit(f"{options.shukach} is not there: run cargo build --release")
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        for _ in range(options.rounds):
            for name, command in commands(options, index).items():
                figures.setdefault(name, []).append(measured(command, index))
    text_bytes = options.file.stat().st_size
    medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in figures.items()}
    ours = medians["Shukach"]
    print(f"{options.file.name}, {text_bytes / 1e6:.0f} MB, {options.rounds} rounds in turns, medians\n")
    print("| | CPU s | Shukach / it | wall s | Shukach / it | peak MB | index / text |")
    print("|---|---|---|---|---|---|---|")
    for name, (cpu, wall, memory, size) in medians.items():
        print(
            f"| {name} | {cpu:.1f} | {ours[0] / cpu:.2f} | {wall:.1f} | {ours[1] / wall:.2f} "
            f"| {memory / 1e6:.0f} | {size / text_bytes:.2f} |"
        )


if __name__ == "__main__":
    main()
