#!/usr/bin/env python3
# Wardlight · Tests
#
# Switches that behave badly, over real UDP: what a poller has to bear. SNMP v2c, GET, GETNEXT and GETBULK.
#
# bad-agent.py ROWS MANNER...
#   ROWS is a file of `OID|tag|value` lines as in .snmprec (tags 2, 4, 4x, 6, 65, 66, 67). For each MANNER one agent listens
#   on a free port of 127.0.0.1; a line `MANNER PORT` says where. Ends when its standard input does.
#
# SPDX-License-Identifier: Apache-2.0

import bisect, heapq, os, random, selectors, socket, sys, time

random.seed(7)


def length(n):
    return bytes([n]) if n < 128 else (lambda b: bytes([0x80 | len(b)]) + b)(n.to_bytes((n.bit_length() + 7) // 8, "big"))


def tlv(tag, body):
    return bytes([tag]) + length(len(body)) + body


def integer(n, tag=2):
    return tlv(tag, n.to_bytes(n.bit_length() // 8 + 1, "big", signed=True))


def name(oid):
    def base128(n):
        out = [n & 0x7F]
        while n > 0x7F:
            n >>= 7
            out.insert(0, 0x80 | n & 0x7F)
        return bytes(out)
    return tlv(6, base128(oid[0] * 40 + oid[1]) + b"".join(base128(n) for n in oid[2:]))


def read(data, at):
    tag, size, at = data[at], data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[at:at + count], "big"), at + count
    return tag, data[at:at + size], at + size


def oid(body):
    numbers, number = [body[0] // 40, body[0] % 40], 0
    for octet in body[1:]:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    return tuple(numbers)


def parse(data):
    _, message, _ = read(data, 0)
    _, _, at = read(message, 0)
    _, community, at = read(message, at)
    kind, pdu, _ = read(message, at)
    fields, at = [], 0
    for _ in range(3):
        _, body, at = read(pdu, at)
        fields.append(int.from_bytes(body, "big", signed=True))
    _, list_, _ = read(pdu, at)
    names, at = [], 0
    while at < len(list_):
        _, binding, at = read(list_, at)
        names.append(oid(read(binding, 0)[1]))
    return community, kind, fields[0], fields[1], fields[2], names


def load(path):
    rows = {}
    for line in open(path, encoding="utf-8"):
        text, tag, value = line.rstrip("\n").split("|", 2)
        key = tuple(int(n) for n in text.split("."))
        if tag in ("2", "65", "66", "67"):
            rows[key] = integer(int(value), {"2": 2, "65": 0x41, "66": 0x42, "67": 0x43}[tag])
        elif tag == "4x":
            rows[key] = tlv(4, bytes.fromhex(value))
        elif tag == "6":
            rows[key] = name(tuple(int(n) for n in value.split(".")))
        else:
            rows[key] = tlv(4, value.encode())
    return rows


TABLE = (1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1)
SYS_OBJECT_ID = (1, 3, 6, 1, 2, 1, 1, 2, 0)
END = bytes([0x82, 0])


class Agent:
    def __init__(self, manner, rows):
        self.manner = manner
        self.rows = dict(rows)
        if manner == "huge":  # 100,000 addresses
            for column in (2, 3):
                for n in range(100_000):
                    self.rows[TABLE + (column, 1, 2, 0, n >> 24 & 255, n >> 16 & 255, n >> 8 & 255, n & 255)] = integer(3)
        self.order = sorted(self.rows)
        self.asked = self.polls = self.ofPoll = 0
        self.last = None
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)

    def next(self, key):
        if self.manner == "loops" and key[:12] == TABLE and len(key) > 15:
            key = key[:13]  # begins anew
        if self.manner == "endless" and key[:13] == TABLE + (2,):  # one more, for ever
            n = (key[-2] << 8 | key[-1]) + 1 if len(key) > 14 else 1
            n += (key[-3] << 16) if len(key) > 14 else 0
            return TABLE + (2, 1, 2, 0, 0, n >> 16 & 255, n >> 8 & 255, n & 255), integer(1)
        at = bisect.bisect_right(self.order, key)
        return (self.order[at], self.rows[self.order[at]]) if at < len(self.order) else (key, END)

    def answer(self, data):
        """Messages and the seconds after which each is sent."""
        community, kind, number, first, second, names = parse(data)
        self.asked += 1
        if kind == 0xA0 and names and names[0] == SYS_OBJECT_ID:
            self.polls, self.ofPoll = self.polls + 1, 0
        self.ofPoll += 1
        if self.manner == "reports" and self.polls > 1 and self.ofPoll > 3:  # whole at first, then it breaks off
            row = tlv(0x30, name((1, 3, 6, 1, 6, 3, 15, 1, 1, 3, 0)) + integer(1, 0x41))
            pdu = integer(number) + integer(0) + integer(0) + tlv(0x30, row)
            return [(0, tlv(0x30, integer(1) + tlv(4, community) + tlv(0xA8, pdu)))]
        if self.manner == "deaf" and self.asked > 5:
            return []
        if self.manner == "norows" and kind == 0xA5:
            return []
        status, bindings = 0, []
        if self.manner == "tight" and kind == 0xA5 and second * len(names) > 6:
            status, bindings = 1, [(n, bytes([5, 0])) for n in names]
        elif kind == 0xA0:
            bindings = [(n, self.rows.get(n, bytes([0x80, 0]))) for n in names]
        else:
            for _ in range(min(max(second, 0), 200) if kind == 0xA5 else 1):
                found = [self.next(n) for n in names]
                bindings += found
                names = [n for n, _ in found]
        if self.manner == "wrong" and self.asked % 2 == 1:
            number += 1
        body = b"".join(tlv(0x30, name(n) + v) for n, v in bindings)
        pdu = integer(number) + integer(status) + integer(0) + tlv(0x30, body)
        message = tlv(0x30, integer(1) + tlv(4, community) + tlv(0xA2, pdu))
        if self.manner == "lossy":
            return [] if random.random() < 0.3 else [(0, message)]
        if self.manner == "slow":
            return [(0.06, message)]
        if self.manner == "reordering":  # the answer before, this one late, and once more
            before, self.last = self.last, message
            return ([(0, before)] if before else []) + [(0.02, message), (0.02, message)]
        if self.manner == "garbage":
            return [(0, os.urandom(40)), (0, b"\x30\x84\xff\xff\xff\xff"), (0, message[:len(message) // 2])]
        if self.manner == "mixed":  # rubbish before each right answer
            return [(0, os.urandom(60)), (0, message)]
        return [(0, message)]


def main():
    rows = load(sys.argv[1])
    select, late, count = selectors.DefaultSelector(), [], 0
    for manner in sys.argv[2:]:
        agent = Agent(manner, rows)
        select.register(agent.socket, selectors.EVENT_READ, agent)
        print(manner, agent.socket.getsockname()[1], flush=True)
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        for key, _ in select.select(wait):
            data, sender = key.data.socket.recvfrom(65536)
            try:
                answers = key.data.answer(data)
            except (IndexError, ValueError):
                continue
            for delay, message in answers:
                count += 1
                heapq.heappush(late, (time.monotonic() + delay, count, message, key.data.socket, sender))
        while late and late[0][0] <= time.monotonic():
            _, _, message, channel, sender = heapq.heappop(late)
            try:
                channel.sendto(message, sender)
            except OSError:
                pass


main()
