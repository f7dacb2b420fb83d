/* Wardlight · Benchmarks
 *
 * The bare loop: how fast can this machine read a capture at all, with libpcap and nothing else?
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <pcap/pcap.h>
#include <stdio.h>

int main(int count, char **arguments) {
    char reason[PCAP_ERRBUF_SIZE];
    if (count != 2) return fprintf(stderr, "usage: loop FILE\n"), 2;
    pcap_t *capture = pcap_open_offline(arguments[1], reason);
    if (!capture) return fprintf(stderr, "%s\n", reason), 1;
    struct pcap_pkthdr *header;
    const unsigned char *bytes;
    unsigned long packets = 0, octets = 0;
    while (pcap_next_ex(capture, &header, &bytes) == 1) {
        packets += 1;
        octets += header->caplen;
    }
    printf("%lu %lu\n", packets, octets);
    pcap_close(capture);
    return 0;
}
