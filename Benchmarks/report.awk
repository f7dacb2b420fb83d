# Wardlight · Benchmarks
#
# From lines of measurements (name, packets, clock s, processor s, KiB, exit code) to a table of medians, and to the
# limits: which are kept? The exit code is the number of limits that are not.
#
# SPDX-License-Identifier: Apache-2.0

function median(list, count,    i, j, swap) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && list[j] < list[j - 1]; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

function middle(values, name,    i, list) {
    for (i = 1; i <= runs[name]; i++) list[i] = values[name, i]
    return median(list, runs[name])
}

# Rate of one beside another: the median over the rounds in which both ran, so that a slow minute hits both.
function beside(values, one, other,    i, list, count) {
    count = runs[one] < runs[other] ? runs[one] : runs[other]
    for (i = 1; i <= count; i++) list[i] = packets[one] / values[one, i] / (packets[other] / values[other, i])
    return median(list, count)
}

function row(name, words) {
    if (!runs[name]) { printf "%-34s  not installed\n", words; return }
    printf "%-34s %8.2f %10.2f %8.2f %12.3f %8.1f %9.2f\n", words, middle(clock, name), packets[name] / middle(clock, name) / 1e6, \
        middle(cpu, name), packets[name] / middle(cpu, name) / 1e6, middle(memory, name) / 1024, \
        name == "loop" ? 1 : beside(cpu, name, "loop")
}

function limit(kept, words) {
    if (kept) passed++; else failed++
    printf "%-6s  %s\n", kept ? "passed" : "FAILED", words
}

{
    runs[$1]++
    packets[$1] = $2
    clock[$1, runs[$1]] = $3 > 0 ? $3 : 0.0001
    cpu[$1, runs[$1]] = $4 > 0 ? $4 : 0.0001
    memory[$1, runs[$1]] = $5
    # tshark and p0f end with complaints of their own on broken recordings; ours must end well.
    if ($6 != 0 && $1 ~ /^(loop|wardlight|once|start|crowd)$/) broken[$1] = $6
}

END {
    printf "\n%-34s %8s %10s %8s %12s %8s %9s\n", "medians", "clock s", "Mpackets/s", "CPU s", "Mpackets/CPUs", "MiB", "of loop"
    row("loop", "bare libpcap loop")
    row("wardlight", "wardlight inventory --facts (JSON)")
    row("ndpiReader", "ndpiReader -q")
    row("p0f", "p0f -r")
    row("tshark", "tshark -T fields (three passes)")
    print ""
    for (name in broken) limit(0, sprintf("%s ends well (exit code %d)", name, broken[name]))
    if (runs["ndpiReader"])
        limit(beside(clock, "wardlight", "ndpiReader") >= 1.5, \
            sprintf("%.2f x ndpiReader by the clock, %.2f x by processor time (at least 1.5, goal 2)", \
                beside(clock, "wardlight", "ndpiReader"), beside(cpu, "wardlight", "ndpiReader")))
    if (runs["tshark"])
        limit(beside(clock, "wardlight", "tshark") >= 50, \
            sprintf("%.0f x tshark by the clock, %.0f x by processor time (at least 50)", \
                beside(clock, "wardlight", "tshark"), beside(cpu, "wardlight", "tshark")))
    limit(middle(memory, "wardlight") <= 262144, sprintf("%.0f MiB for the merged capture (at most 256)", middle(memory, "wardlight") / 1024))
    limit(middle(memory, "wardlight") - middle(memory, "once") <= 32768, \
        sprintf("%.0f MiB more than for one pass of it (at most 32: memory does not grow with the capture)", \
            (middle(memory, "wardlight") - middle(memory, "once")) / 1024))
    limit(middle(memory, "crowd") <= 262144, \
        sprintf("%.0f MiB for 1,000,000 different hardware addresses (at most 256), %.1f s", middle(memory, "crowd") / 1024, middle(clock, "crowd")))
    limit(middle(clock, "start") <= 0.15, \
        sprintf("%.0f ms for a capture of one packet (at most 150)", middle(clock, "start") * 1000))
    printf "%d passed, %d failed\n", passed, failed
    exit failed
}
