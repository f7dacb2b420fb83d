//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// SNMP tables: what an agent says, kept as it is written, and its answers to questions.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// All rows of one agent in one context, in the order of their names, each as the octets that go into an answer.
///
/// A row costs its own octets (some 25) and four more for its place. Names are found by halving; an answer to GETBULK
/// is copied in one piece.
public struct SNMPTable: Sendable {
    private let octets: [UInt8]
    /// Where each row begins, and the end of the last.
    private let starts: [UInt32]

    /// Octets of an answer: fits an Ethernet frame of any tagging, so that no fragment is made.
    public static let mostOctets = 1_400
    /// Octets of one row. Longer texts are cut, so that any row fits into an answer of its own.
    static let mostOctetsOfARow = 1_200

    public init(_ rows: SNMPRows) {
        var octets: [UInt8] = []
        var starts: [UInt32] = []
        octets.reserveCapacity(rows.rows.count * 28)
        starts.reserveCapacity(rows.rows.count + 1)
        for row in rows.rows {
            let begin = octets.count
            SNMPMessage.Binding(row.name, row.value).write(to: &octets)
            if octets.count - begin > Self.mostOctetsOfARow {
                octets.removeSubrange(begin...)
                guard let text = row.value.octets else { continue }
                SNMPMessage.Binding(row.name, .octets(Array(text.prefix(400)))).write(to: &octets)
            }
            // Four GiB would be 150 million rows.
            guard let place = UInt32(exactly: begin) else { break }
            starts.append(place)
        }
        starts.append(UInt32(clamping: octets.count))
        self.octets = octets
        self.starts = starts
    }

    public var count: Int { starts.count - 1 }
    /// What it costs in memory.
    public var octetCount: Int { octets.count + starts.count * 4 }

    /// Answers a question as RFC 3416 asks, in at most 1,400 octets; nil for what asks nothing.
    public func answer(_ question: SNMPMessage) -> [UInt8]? {
        guard question.version == .v2c else { return nil }
        var answer = question
        answer.kind = .response
        answer.first = SNMPMessage.Failure.none
        answer.second = 0
        var list: [UInt8] = []
        // The rest of the message: headers and numbers at their longest, and the community.
        let room = Self.mostOctets - 40 - question.community.count
        switch question.kind {
        case .get:
            for binding in question.bindings { get(binding.name, into: &list) }
        case .getNext:
            for binding in question.bindings { _ = next(binding.name, into: &list) }
        case .getBulk: bulk(question, room, into: &list)
        case .set:
            answer.first = SNMPMessage.Failure.notWritable
            answer.second = 1
            return answer.bytes
        case .response, .inform, .trap, .report: return nil
        }
        if list.count > room {
            // RFC 3416, 4.2.1: the error and no binding.
            answer.first = SNMPMessage.Failure.tooBig
            list = []
        }
        return answer.bytes(bindings: list)
    }

    // MARK: Rows

    private func get(_ name: ObjectName, into list: inout [UInt8]) {
        let place = place(after: name, orAt: true)
        if place < count, order(place, name) == .same { return copy(place, into: &list) }
        // A row of the same object is a neighbour in the order; objects have at least eight numbers (system group).
        let hasObject =
            name.numbers.count > 8
            && [place - 1, place].contains { $0 >= 0 && $0 < count && hasPrefix($0, name.numbers.dropLast()) }
        SNMPMessage.Binding(name, hasObject ? .noSuchInstance : .noSuchObject).write(to: &list)
    }

    /// The row behind a name, and its place; the name itself at the end.
    private func next(_ name: ObjectName, into list: inout [UInt8]) -> Int {
        let place = place(after: name, orAt: false)
        if place < count {
            copy(place, into: &list)
        } else {
            SNMPMessage.Binding(name, .endOfView).write(to: &list)
        }
        return place
    }

    /// RFC 3416, 4.2.3: as much as fits.
    private func bulk(_ question: SNMPMessage, _ room: Int, into list: inout [UInt8]) {
        let single = min(max(Int(question.first), 0), question.bindings.count)
        for binding in question.bindings[..<single] { _ = next(binding.name, into: &list) }
        let repeated = question.bindings[single...]
        guard question.second > 0, !repeated.isEmpty, list.count <= room else { return }
        var places: [Int] = []
        for binding in repeated {
            let before = list.count
            places.append(next(binding.name, into: &list))
            if list.count > room { return list.removeSubrange(before...) }
        }
        for _ in 1..<max(question.second, 1) {
            guard places.contains(where: { $0 < count }) else { return }
            for (which, binding) in repeated.enumerated() {
                let before = list.count
                places[which] = min(places[which] + 1, count)
                if places[which] < count {
                    copy(places[which], into: &list)
                } else {
                    SNMPMessage.Binding(count > 0 ? self.name(count - 1) : binding.name, .endOfView).write(to: &list)
                }
                if list.count > room { return list.removeSubrange(before...) }
            }
        }
    }

    private func copy(_ place: Int, into list: inout [UInt8]) {
        list += octets[Int(starts[place])..<Int(starts[place + 1])]
    }

    // MARK: Order

    private enum Order { case before, same, behind }

    /// The first row behind a name, or at it.
    private func place(after name: ObjectName, orAt isIncluded: Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = order(middle, name)
            if order == .before || order == .same && !isIncluded { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How the name of a row stands to another; reads the row's octets as far as needed.
    private func order(_ place: Int, _ name: ObjectName) -> Order {
        var reader = NameReader(octets.span, at: Int(starts[place]))
        for number in name.numbers {
            guard let own = reader.next() else { return .before }
            if own != number { return own < number ? .before : .behind }
        }
        return reader.next() == nil ? .same : .behind
    }

    private func hasPrefix(_ place: Int, _ numbers: ArraySlice<UInt32>) -> Bool {
        var reader = NameReader(octets.span, at: Int(starts[place]))
        for number in numbers where reader.next() != number { return false }
        return true
    }

    private func name(_ place: Int) -> ObjectName {
        var reader = NameReader(octets.span, at: Int(starts[place]))
        var numbers: [UInt32] = []
        while let number = reader.next() { numbers.append(number) }
        return ObjectName(numbers)
    }
}

/// Steps through the numbers of one row's name. The octets are our own.
private struct NameReader: ~Escapable {
    private let octets: Span<UInt8>
    private var offset: Int
    private let end: Int
    private var second: UInt32?
    private var isFirst = true

    @_lifetime(copy octets)
    init(_ octets: Span<UInt8>, at start: Int) {
        self.octets = octets
        // Behind the tag and length of the row, and those of the name (which is shorter than 642 octets).
        func past(_ at: Int) -> Int { octets[at + 1] < 0x80 ? at + 2 : at + 2 + Int(octets[at + 1] & 0x7F) }
        let name = past(start)
        offset = past(name)
        var length = Int(octets[name + 1])
        if length >= 0x80 {
            length = 0
            for index in name + 2..<offset { length = length << 8 | Int(octets[index]) }
        }
        end = offset + length
    }

    mutating func next() -> UInt32? {
        if let number = second {
            second = nil
            return number
        }
        guard offset < end else { return nil }
        var number: UInt64 = 0
        while true {
            let octet = octets[offset]
            offset += 1
            number = number << 7 | UInt64(octet & 0x7F)
            if octet & 0x80 == 0 || offset >= end { break }
        }
        if isFirst {
            isFirst = false
            let root = min(number / 40, 2)
            second = UInt32(truncatingIfNeeded: number - root * 40)
            return UInt32(root)
        }
        return UInt32(truncatingIfNeeded: number)
    }
}

extension SNMPRow {
    /// One line of a `.snmprec` recording (snmpsim): name, number of the type, value; octets that are no plain text in
    /// hexadecimal.
    public var snmprec: String {
        func line(_ tag: String, _ text: some CustomStringConvertible) -> String { "\(name)|\(tag)|\(text)" }
        switch value {
        case .integer(let number): return line("2", number)
        case .octets(let octets):
            let isPlain = !octets.isEmpty && octets.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x7C && $0 != 0x5C }
            return isPlain
                ? line("4", String(decoding: octets, as: UTF8.self))
                : line("4x", octets.map { hexadecimal($0) }.joined())
        case .null, .absent: return line("5", "")
        case .name(let name): return line("6", name)
        case .address(let bits): return line("64", IPAddress(v4: bits))
        case .counter32(let number): return line("65", number)
        case .gauge(let number): return line("66", number)
        case .ticks(let number): return line("67", number)
        case .counter64(let number): return line("70", number)
        }
    }
}
