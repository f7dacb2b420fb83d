//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Coverage of all inputs together: how much was seen, and how well?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The inputs' coverage added up; shares are parts in a thousand.
struct CoverageTotal {
    var packets: UInt64 = 0
    var decoded: UInt64 = 0
    var bytes: UInt64 = 0
    var dropped: UInt64 = 0
    var span: Observation.Span?
    /// Sorted, each once.
    var linkTypes: [String] = []
    var duplicates = 0
    var oneWayTCP = 0
    var truncated = 0

    init(_ snapshot: InventorySnapshot) {
        var copies: UInt64 = 0
        var cut: UInt64 = 0
        var conversations: UInt64 = 0
        var oneWay: UInt64 = 0
        for input in snapshot.coverage {
            packets &+= input.packets
            decoded &+= input.decoded
            bytes &+= input.bytes
            dropped &+= input.dropped
            copies &+= input.duplicates
            cut &+= input.truncated
            conversations &+= input.tcpConversations
            oneWay &+= input.tcpOneWay
            if let other = input.span {
                span?.include(other)
                if span == nil { span = other }
            }
            linkTypes += input.linkTypes
        }
        linkTypes = Array(Set(linkTypes)).sorted()
        duplicates = Self.perMille(copies, of: packets)
        truncated = Self.perMille(cut, of: packets)
        oneWayTCP = Self.perMille(oneWay, of: conversations)
    }

    /// Rounded down, at least 1 when there is any, at most 1000; 0 of 0 is 0.
    static func perMille(_ part: UInt64, of whole: UInt64) -> Int {
        guard whole > 0, part > 0 else { return 0 }
        if part >= whole { return 1000 }
        return max(1, Int(whole.dividingFullWidth(part.multipliedFullWidth(by: 1000)).quotient))
    }
}
