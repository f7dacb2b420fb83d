/* Wardlight · Benchmarks
 *
 * Writes a capture (pcap, Ethernet) of COUNT stations: each announces itself once by ARP, and every eighth also asks
 * for an address by DHCP with a host name of its own. COUNT 1,000,000 is what the memory limit is held against.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put32(FILE *file, uint32_t value) { fwrite(&value, 4, 1, file); }

static void frame(FILE *file, uint64_t microseconds, const uint8_t *bytes, uint32_t count) {
    put32(file, 1700000000u + (uint32_t)(microseconds / 1000000));
    put32(file, (uint32_t)(microseconds % 1000000));
    put32(file, count);
    put32(file, count);
    fwrite(bytes, 1, count, file);
}

/* Universal addresses of a documentation-like block: 00:00:5e and 24 bits more. */
static void hardware(uint8_t *at, uint32_t number) {
    const uint8_t prefix[3] = {0x00, 0x00, 0x5e};
    memcpy(at, prefix, 3);
    at[3] = number >> 16, at[4] = number >> 8, at[5] = number;
}

static void network(uint8_t *at, uint32_t number) {
    at[0] = 10, at[1] = number >> 16, at[2] = number >> 8, at[3] = number;
}

static uint32_t announce(uint8_t *bytes, uint32_t number) {
    static const uint8_t head[] = {0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, 1};
    memset(bytes, 0, 60);
    memset(bytes, 0xff, 6);
    hardware(bytes + 6, number);
    memcpy(bytes + 12, head, sizeof head);
    hardware(bytes + 22, number);
    network(bytes + 28, number);
    network(bytes + 38, number);
    return 60;
}

static uint32_t ask(uint8_t *bytes, uint32_t number) {
    memset(bytes, 0, 600);
    memset(bytes, 0xff, 6);
    hardware(bytes + 6, number);
    bytes[12] = 0x08;
    uint8_t *ip = bytes + 14, *udp = ip + 20, *dhcp = udp + 8, *option = dhcp + 236;
    static const uint8_t fixed[] = {0x63, 0x82, 0x53, 0x63, 53, 1, 1, 55, 4, 1, 3, 6, 15, 12};
    memcpy(option, fixed, sizeof fixed);
    option += sizeof fixed;
    int length = snprintf((char *)option + 1, 32, "station-%06x", number);
    *option = (uint8_t)length;
    option += 1 + length;
    *option++ = 255;
    uint32_t size = (uint32_t)(option - ip);
    ip[0] = 0x45, ip[2] = size >> 8, ip[3] = size, ip[4] = number >> 8, ip[5] = number, ip[8] = 64, ip[9] = 17;
    memset(ip + 16, 0xff, 4);
    size -= 20;
    udp[1] = 68, udp[3] = 67, udp[4] = size >> 8, udp[5] = size;
    dhcp[0] = 1, dhcp[1] = 1, dhcp[2] = 6;
    dhcp[4] = number >> 24, dhcp[5] = number >> 16, dhcp[6] = number >> 8, dhcp[7] = number;
    hardware(dhcp + 28, number);
    return (uint32_t)(option - bytes);
}

int main(int count, char **arguments) {
    if (count != 3) return fprintf(stderr, "usage: crowd COUNT FILE\n"), 2;
    uint32_t stations = (uint32_t)strtoul(arguments[1], NULL, 10);
    FILE *file = fopen(arguments[2], "wb");
    if (!file) return perror(arguments[2]), 1;
    put32(file, 0xa1b2c3d4u);
    put32(file, 0x00040002u);
    put32(file, 0);
    put32(file, 0);
    put32(file, 262144);
    put32(file, 1);
    uint8_t bytes[600];
    for (uint32_t number = 1; number <= stations; number++) {
        frame(file, (uint64_t)number * 1000, bytes, announce(bytes, number));
        if (number % 8 == 0) frame(file, (uint64_t)number * 1000 + 200, bytes, ask(bytes, number));
    }
    return fclose(file) == 0 ? 0 : (perror(arguments[2]), 1);
}
