#!/bin/sh
# Fault tests at length: tests/faults/run.sh [KILLS] [POSITIONS] [COMMITS]
#
# Kills KILLS jobs (200) of each kind (index, reindex, repair, optimize) at random moments with searches beside them, lets a disk fail and the power go at every change of
# a job in all variants, damages every file of an index at POSITIONS (20) random places of each kind, and keeps a reader
# across COMMITS (1000). Each test prints the faults it tried and the articles lost, which must be none. The defaults take
# some minutes; 1000 500 10000 takes hours.
set -eu
cd "$(dirname "$0")/../.."
export SHUKACH_CRASH_ROUNDS="${1:-200}" SHUKACH_FAULT_ROUNDS="${2:-20}" SHUKACH_COMMITS="${3:-1000}" SHUKACH_FAULTS=all
# Files of simulated disks need not outlive the machine.
exec cargo test --locked --profile "${PROFILE:-release}" --test suite -- --nocapture \
    crash:: durability:: faults:: rebuilding:: repairing:: verify::every_damage snapshot::
