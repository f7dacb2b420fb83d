//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Converting: another system's list comes in pieces, sightings go out.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Turns the lists of other systems into sightings. What names a person or the number of a telephone is never copied.
///
/// Leases, accounting and flows are read piece by piece, so that memory stays flat. Lists of devices are held whole, at
/// most `mostHeld` octets.
public struct SightingConverter: Sendable {
    public typealias Emit = (SightingLine) -> Void

    /// What a person should know of how a list was read.
    public struct Report: Hashable, Sendable {
        /// Rows, leases or requests that were read.
        public internal(set) var rows: UInt64 = 0
        /// Sightings made of them.
        public internal(set) var sightings: UInt64 = 0
        /// The first troubles, with the line they are in.
        public internal(set) var troubles: [Trouble] = []
        public internal(set) var troublesLeftOut: UInt64 = 0
        /// Headings of columns that were left out because they name people.
        public internal(set) var people: [String] = []
        public internal(set) var unused: [String] = []
        /// Rows left out for a good reason: the reason, and how many; in the order of their first coming.
        public internal(set) var passedOver: [Reason] = []
        /// Why nothing at all could be read.
        public internal(set) var failure: String?

        public struct Trouble: Hashable, Sendable {
            public var line: Int
            public var words: String
        }
        public struct Reason: Hashable, Sendable {
            public var words: String
            public var count: UInt64
        }

        private static let mostNamed = 16
        /// A handful of reasons exist.
        private static let mostReasons = 32

        mutating func trouble(_ line: Int, _ words: String) {
            if troubles.count < Self.mostNamed {
                troubles.append(Trouble(line: line, words: words))
            } else {
                troublesLeftOut += 1
            }
        }

        mutating func passOver(_ words: String) {
            if let place = passedOver.firstIndex(where: { $0.words == words }) {
                passedOver[place].count += 1
            } else if passedOver.count < Self.mostReasons {
                passedOver.append(Reason(words: words, count: 1))
            }
        }

        mutating func note(_ table: ListTable) {
            for name in table.people where !people.contains(name) { people.append(name) }
            for name in table.unused where !unused.contains(name) { unused.append(name) }
        }
    }

    /// Octets of a list that has to be held whole.
    public static let mostHeld = 256 << 20
    /// Octets of one piece, and of the longest lease, request or row.
    private static let piece = 4 << 20

    public private(set) var report = Report()
    let conversion: SightingConversion
    private var held: [UInt8] = []
    private var isFull = false
    private var leases = LeaseBlocks()
    private var heading: [UInt8]?
    private var rowsBefore = 0
    private var merger = SightingMerger()

    public init(_ conversion: SightingConversion) { self.conversion = conversion }

    /// Takes the next octets.
    public mutating func feed(_ bytes: [UInt8], count: Int, emit: Emit) {
        let count = min(max(count, 0), bytes.count)
        guard held.count + count <= Self.mostHeld else {
            isFull = true
            return
        }
        held += bytes[..<count]
        switch conversion.format {
        case .iscDHCP, .kea, .dnsmasq, .radius, .nfdump:
            if held.count >= Self.piece { convertPiece(isLast: false, emit) }
        case .rtls, .bleGateway, .mdm, .sim: break
        }
    }

    /// The list is over.
    public mutating func finish(emit: Emit) {
        if isFull { report.trouble(0, "larger than \(Self.mostHeld >> 20) MiB; split it") }
        switch conversion.format {
        case .iscDHCP, .kea, .dnsmasq, .radius, .nfdump: convertPiece(isLast: true, emit)
        case .rtls, .bleGateway, .mdm, .sim: convertWhole(emit)
        }
        flush(emit)
        held = []
    }

    private mutating func flush(_ emit: Emit) {
        for line in merger.take() {
            report.sightings += 1
            emit(line)
        }
    }

    /// One sighting, as it is or joined with others like it.
    private mutating func say(_ line: SightingLine, _ emit: Emit) {
        guard line.hasIdentifier else { return report.passOver("rows without any identifier") }
        merger.add(line)
        if merger.isFull { flush(emit) }
    }

    // MARK: Piece by piece

    /// Converts what is held up to the last end of a line (of a request), and keeps the rest.
    private mutating func convertPiece(isLast: Bool, _ emit: Emit) {
        let end: Int
        if isLast {
            end = held.count
        } else if conversion.format == .radius, heading == nil, let place = Self.lastBlank(held) {
            end = place
        } else if let place = held.lastIndex(of: 0x0A) {
            end = place + 1
        } else {
            report.trouble(0, "a line longer than \(Self.piece >> 20) MiB; left out")
            held = []
            return
        }
        let bytes = Array(held[..<end])
        held.removeFirst(end)
        guard !bytes.isEmpty else { return }
        switch conversion.format {
        case .iscDHCP: for line in leases.read(bytes) { say(line, emit) }
        case .dnsmasq:
            for line in DnsmasqLeases.read(bytes, linesBefore: rowsBefore, conversion, &report) { say(line, emit) }
            rowsBefore += bytes.count { $0 == 0x0A }
        case .radius where heading == nil && !Self.isTable(bytes):
            let detail = RADIUSDetail(bytes)
            report.rows += UInt64(detail.entries.count + detail.others)
            for entry in detail.entries { say(entry.sighting(conversion), emit) }
            for _ in 0..<detail.others { report.passOver("requests that tell of no station by its address") }
        default: convertTable(bytes, emit)
        }
        report.rows += leases.takeRows()
    }

    /// Behind the last empty line.
    private static func lastBlank(_ bytes: [UInt8]) -> Int? {
        var place = bytes.count - 1
        while place > 1 {
            if bytes[place] == 0x0A, bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D && bytes[place - 2] == 0x0A {
                return place + 1
            }
            place -= 1
        }
        return nil
    }

    /// Whether accounting comes as a table rather than as a detail file, whose attributes are set in.
    private static func isTable(_ bytes: [UInt8]) -> Bool {
        !bytes.split(separator: 0x0A, maxSplits: 8).dropFirst().prefix(4).contains {
            $0.first == 0x09 || $0.first == 0x20
        }
    }

    /// A piece of a table: the heading of the first piece stands before every one.
    private mutating func convertTable(_ bytes: [UInt8], _ emit: Emit) {
        let all = (heading ?? []) + bytes
        var reader = CSVReader(all)
        var row = CSVReader.Row()
        var table: ListTable?
        while reader.next(&row) {
            if row.isBlank { continue }
            guard let known = table else {
                let made = ListTable(reader, row, conversion.format.columns)
                guard conversion.format.isWhole(made) else {
                    report.failure = conversion.format.missingColumns
                    return
                }
                table = made
                report.note(made)
                if heading == nil { heading = Self.heading(reader, row) }
                continue
            }
            // nfdump closes with a table of its own.
            if conversion.format == .nfdump, row.count == 1 || row.count < known.places.count / 2 { continue }
            report.rows += 1
            convert(ListRow(reader: reader, row: row, table: known, number: rowsBefore + row.number), emit)
        }
        rowsBefore += row.number - 1
    }

    /// The heading as a line of its own.
    private static func heading(_ reader: CSVReader, _ row: CSVReader.Row) -> [UInt8] {
        let cells = (0..<row.count).map { place in
            "\"" + (reader.text(row, place) ?? "").filter { $0 != "\"" } + "\""
        }
        return Array(cells.joined(separator: String(Unicode.Scalar(reader.separator))).utf8) + [0x0A]
    }

    private mutating func convert(_ row: ListRow, _ emit: Emit) {
        switch conversion.format {
        case .kea: row.keaLease(conversion, &report).map { say($0, emit) }
        case .radius: row.accounting(conversion, &report).map { say($0, emit) }
        case .nfdump: for line in row.flow(conversion, &report) { say(line, emit) }
        case .rtls: row.located(conversion, &report).map { say($0, emit) }
        case .bleGateway: row.heard(conversion, &report).map { say($0, emit) }
        case .mdm: row.managed(conversion, &report).map { say($0, emit) }
        case .sim: row.card(conversion, &report).map { say($0, emit) }
        case .iscDHCP, .dnsmasq: break
        }
    }

    // MARK: Whole

    private mutating func convertWhole(_ emit: Emit) {
        if conversion.format == .bleGateway, let first = held.first(where: { $0 > 0x20 && $0 < 0x80 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        {
            return convertReadings(emit)
        }
        convertTable(held, emit)
    }

    /// Readings of a Bluetooth gateway, an object or a list of objects on each line.
    private mutating func convertReadings(_ emit: Emit) {
        var splitter = LineSplitter(longest: BluetoothReading.longestLine)
        let (bytes, conversion) = (held, conversion)
        var report = report
        var found: [SightingLine] = []
        func tooLong(_ number: Int) {
            report.trouble(number, "longer than \(BluetoothReading.longestLine) octets; write one reading on each line")
        }
        func take(_ line: Span<UInt8>, _ number: Int) {
            BluetoothReading.read(line, number, conversion, &report) { found.append($0) }
        }
        splitter.feed(bytes, count: bytes.count, tooLong: tooLong, take: take)
        splitter.finish(tooLong: tooLong, take: take)
        self.report = report
        for line in found { say(line, emit) }
    }
}
