//===----------------------------------------------------------------------===//
// Wardlight · Fuzz
//
// Targets of knowledge files: what strangers write as rules, fingerprints and signatures.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Inventory
import Library
import Model
import PCRE
import Wire

extension Target {
    static let knowledge = [
        // CSAF, NVD, KEV and EPSS; what was read must hang together.
        Target(
            name: "Advisories",
            .bytes { bytes in
                guard let file = try? AdvisoryFile(Data(octets(bytes))) else { return }
                let advisories =
                    switch file.content {
                    case .csaf(let advisory): [advisory]
                    case .nvd(let list): list
                    case .exploited, .forecasts: [Advisory]()
                    }
                for advisory in advisories {
                    let rows = Set(advisory.products.map(\.id))
                    precondition(rows.count == advisory.products.count, "two rows have one id")
                    for weak in advisory.vulnerabilities {
                        let named = weak.affected + weak.notAffected + weak.fixed + weak.underInvestigation
                        precondition(Set(named).count == named.count, "a row has two verdicts")
                        precondition(rows.isSuperset(of: named + weak.remediations.flatMap(\.products)), "a lost row")
                    }
                }
            }),
        Target(name: "Makers", .bytes { _ = VendorList(text($0)).names.house(of: text($0)) }),
        Target(name: "StackFile", .bytes { _ = try? StackFile(reading: text($0), file: "p0f.fp") }),
        Target(name: "RecogFile", .bytes { _ = try? RecogFile(octets($0), file: "recog.xml", path: "recog.xml") }),
        Target(
            name: "Rules",
            .bytes { bytes in
                var texts = KnowledgeTexts()
                texts.moreRules = [("fuzz.rules", text(bytes))]
                _ = try? KnowledgeBase(texts, prefixes: .empty)
            }),
        Target(
            name: "Peripherals",
            .bytes { bytes in
                for line in PeripheralFile(octets(bytes)).lines {
                    // What was read can be written, and says the same when it is read again.
                    let text = Array(line.text.utf8)
                    let again = try? PeripheralLine(text.span)
                    precondition(again?.text == line.text, "a report changed on its way")
                }
            }),
        Target(
            name: "Sightings",
            .bytes { bytes in
                var roll = SightingRoll()
                for piece in octets(bytes).split(separator: 0x0A) {
                    guard let line = try? SightingLine(Array(piece).span) else { continue }
                    _ = roll.add(line)
                    let again = try? SightingLine(Array(line.text.utf8).span)
                    precondition(again == line, "a sighting changed on its way")
                }
                _ = roll.take()
            }),
        // The first octet chooses the format, the second the size of the pieces.
        Target(
            name: "SightingList",
            .bytes { bytes in
                let all = octets(bytes)
                guard all.count > 2 else { return }
                let formats = SightingFormat.allCases
                var list = SightingConverter(
                    SightingConversion(formats[Int(all[0]) % formats.count], taken: Timestamp(seconds: 1_700_000_000)))
                func check(_ line: SightingLine) {
                    let again = try? SightingLine(Array(line.text.utf8).span)
                    precondition(again?.text == line.text, "what is written is not read")
                }
                var rest = all[2...]
                while !rest.isEmpty {
                    let piece = Array(rest.prefix(Int(all[1]) + 1))
                    list.feed(piece, count: piece.count, emit: check)
                    rest = rest.dropFirst(piece.count)
                }
                list.finish(emit: check)
                _ = SightingFormat(guessing: Array(all[2...]))
            }),
        Target(
            name: "Declared",
            .bytes { bytes in
                guard let reading = try? DeclaredReading(octets(bytes), source: "fuzz.csv") else { return }
                var line = 0
                for asset in reading.assets {
                    precondition(asset.line > line, "rows out of order")
                    line = asset.line
                    for address in asset.hardware { precondition(address.isIndividual, "an address of nobody") }
                }
            }),
        // Whether it is a floor's file or a type of a map's, then the file.
        Target(
            name: "Plan",
            .bytes { bytes in
                let all = octets(bytes)
                guard let first = all.first else { return }
                let file = Array(all.dropFirst())
                var found: FloorPlan?
                if first < 2 {
                    found = try? FloorPlan(geoJSON: file, units: first == 0 ? .degrees : .metres, on: "n/1")
                } else {
                    var map = IndoorMap()
                    for part in file.split(separator: 0, maxSplits: 4) {
                        try? map.add(Array(part), type: IndoorMap.types[Int(first) % IndoorMap.types.count])
                    }
                    found = map.plan(in: "n")
                    _ = map.levels.first.flatMap { map.plan(of: $0, on: "n/1") }
                }
                var ids: Set<String> = [first < 2 ? "n/1" : "n"]
                for place in found?.places ?? [] {
                    precondition(Location.isId(place.id) && ids.insert(place.id).inserted, "an id that is none")
                    precondition(place.parent.map(ids.contains) == true, "a place before the one that holds it")
                    let corners = place.outline?.corners.count ?? 3
                    precondition((3...Location.Outline.mostCorners).contains(corners), "an outline without a shape")
                    precondition(place.name.utf8.count <= Location.longestName, "a name that is too long")
                }
            }),
        // A pattern, a line end, and a text for it. What fits the pattern must also be found behind the filter.
        Target(
            name: "Pattern",
            .bytes { bytes in
                let parts = octets(bytes).split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { return }
                let source = String(decoding: parts[0], as: UTF8.self)
                let subject = String(decoding: parts[1].prefix(256), as: UTF8.self)
                guard let ruby = try? RubyPattern(source) else { return }
                let options: Pattern.Options = ruby.hasNamedGroups ? [.text, .namedGroupsOnly] : .text
                guard let pattern = try? Pattern(ruby.text, options),
                    let match = try? pattern.match(Array(subject.utf8))
                else { return }
                let set = FingerprintSet(
                    file: "fuzz.xml", key: "ssh.banner", protocol: nil, preference: nil,
                    fingerprints: [Fingerprint(pattern: source, line: 1)], digest: "")
                let found = PatternShelf([set]).firstMatch(in: 0, of: subject)
                precondition(found != nil && match.count == (found?.groups.count ?? 0) + 1, "the filter lost a match")
            }),
    ]

    private static func octets(_ bytes: Span<UInt8>) -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(bytes.count)
        for place in bytes.indices { all.append(bytes[place]) }
        return all
    }

    private static func text(_ bytes: Span<UInt8>) -> String { String(decoding: octets(bytes), as: UTF8.self) }
}
