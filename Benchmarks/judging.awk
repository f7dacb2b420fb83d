# Wardlight · Benchmarks
#
# From lines of measurements (round-what-way, clock s, processor s, KiB, exit code) to what judging costs, and to the limits:
# which are kept? The exit code is the number of limits that are not.
#
# SPDX-License-Identifier: Apache-2.0

function median(list, count,    i, j, swap) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && list[j] < list[j - 1]; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

# What one way costs beyond the other: the median over the rounds, all hospitals together.
function beyond(values, what,    i, list) {
    for (i = 1; i <= rounds; i++) list[i] = values[i "-" what "-held"] - values[i "-" what "-bare"]
    return median(list, rounds)
}

function limit(kept, words) {
    if (kept) passed++; else failed++
    printf "%-6s  %s\n", kept ? "passed" : "FAILED", words
}

function against(kind, words, most,    seconds) {
    seconds = beyond(cpu, kind) - beyond(cpu, "one")
    limit(seconds < most && found[kind] > 0, \
        sprintf("%.2f s of processor for %d devices against all advisories, %s (less than %s); by the clock %.2f s; %d weaknesses", \
            seconds, devices, words, most, beyond(clock, kind) - beyond(clock, "one"), found[kind]))
}

/^found-/ { found[substr($1, 7)] = $2; next }
/^matched/ { matched = $2; next }
{
    clock[$1] += $2
    cpu[$1] += $3
    if ($5 != 0) broken[$1] = $5
}

END {
    for (name in broken) limit(0, sprintf("%s ends well (exit code %d)", name, broken[name]))
    against("usual", "named as the advisories name them", 2)
    against("distinct", "each with a model and firmware text of its own", 2)
    against("nameless", "so, too, and no maker known", 2)
    printf "        reading the advisories: %.2f s of processor in all of these runs together, not counted above\n", beyond(cpu, "one")
    limit(beyond(cpu, "list") < 5 && matched > 0, \
        sprintf("%.2f s of processor for %d rows of assets, read and held against %d devices (less than 5); by the clock %.2f s; %d matched", \
            beyond(cpu, "list"), rows, devices, beyond(clock, "list"), matched))
    printf "%d passed, %d failed\n", passed, failed
    exit failed
}
