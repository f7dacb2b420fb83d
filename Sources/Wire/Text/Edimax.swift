//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Edimax: which smart plug answers the search of its app?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The answer of Edimax's smart plugs to their app, from UDP port 20560. No standard describes it; the form is as the
/// recordings show it: the plug's hardware address, `EDIMAX`, ten octets, then texts filled up with zeros: the model
/// (14 octets), the firmware's version (8) and a name.
public enum Edimax {
    private static let model = 22..<36
    private static let firmware = 36..<44

    /// Reads one datagram and says whether it is one.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) -> Bool {
        guard payload.count >= firmware.upperBound, payload.from(6).starts(with: "EDIMAX") else { return false }
        add(.edimaxModel, payload.extracting(model), into: &facts)
        add(.edimaxFirmware, payload.extracting(firmware), into: &facts)
        return true
    }

    private static func add(_ field: Field, _ text: Span<UInt8>, into facts: inout Facts) {
        let end = text.firstIndex(of: 0) ?? text.count
        if end > 0 { facts.add(field, text.upTo(end)) }
    }
}
