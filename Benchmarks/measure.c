/* Wardlight · Benchmarks
 *
 * Runs one command with its output thrown away and says what it cost, on one line of standard output:
 * seconds by the clock, seconds of processor (user and system), largest resident memory in KiB, exit code.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

int main(int count, char **arguments) {
    if (count < 2) return fprintf(stderr, "usage: measure COMMAND [ARGUMENT...]\n"), 2;
    struct timespec before, after;
    struct rusage usage;
    int status = 0;
    clock_gettime(CLOCK_MONOTONIC, &before);
    pid_t child = fork();
    if (child < 0) return perror("fork"), 1;
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0) {
            dup2(nowhere, 1);
            dup2(nowhere, 2);
        }
        execvp(arguments[1], arguments + 1);
        _exit(127);
    }
    /* The usage of this child alone, and of what it waited for. */
    if (wait4(child, &status, 0, &usage) != child) return perror("wait4"), 1;
    clock_gettime(CLOCK_MONOTONIC, &after);
    double clock = after.tv_sec - before.tv_sec + (after.tv_nsec - before.tv_nsec) / 1e9;
    printf("%.4f %.4f %ld %d\n", clock, seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss,
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
