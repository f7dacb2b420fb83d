//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// ProfinetDCP: who are you, in a PROFINET segment.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// PROFINET discovery and configuration (IEC 61158-6-10), in frames with EtherType 8892 and frame identifiers FEFC to FEFF.
public enum ProfinetDCP {
    /// Reads one frame's payload, behind its Ethernet or LLC/SNAP header.
    ///
    /// Only answers and hellos speak of their sender; a request holds the name of whom it looks for.
    public static func read(_ payload: Span<UInt8>, _ packet: Packet, into facts: inout Facts) {
        guard let frame = payload.uint16(at: 0), case 0xFEFC...0xFEFF = frame else { return }
        guard let service = payload.at(2), let kind = payload.at(3), let length = payload.uint16(at: 10) else {
            facts.oddity(.profinetTruncated)
            return
        }
        // Service 3 get, 5 identify, 6 hello; kind 1 is an answer that went well. Get's request is a bare list.
        let isAnswer = (service == 3 || service == 5) && kind == 1
        guard isAnswer || service == 6 else { return }
        var reader = ByteReader(payload.from(12).upTo(Int(length)))
        // Every turn takes at least four octets.
        while reader.count >= 4, let option = try? reader.uint8(), let suboption = try? reader.uint8(),
            let size = try? reader.uint16()
        {
            guard let block = try? reader.take(Int(size)) else {
                facts.oddity(.profinetBlockOverrun)
                break
            }
            if size & 1 == 1 { try? reader.skip(1) }
            // Two octets of block information stand before the value.
            readBlock(option, suboption, block.from(2), into: &facts)
        }
    }

    private static func readBlock(
        _ option: UInt8, _ suboption: UInt8, _ value: Span<UInt8>, into facts: inout Facts
    ) {
        switch (option, suboption) {
        case (1, 2), (1, 3): facts.addNetworkAddress(.profinetAddress, family: 1, value.upTo(4))
        case (2, 1): facts.add(.profinetVendor, value)
        case (2, 2): facts.add(.profinetStationName, value)
        case (2, 3):
            // `010c:0001`: vendor and device, as in the maker's GSD file.
            guard value.count >= 4 else { return facts.oddity(.profinetBlockOverrun) }
            facts.open(.profinetDeviceId)
            facts.put(hexadecimal: value.upTo(2))
            facts.put(0x3A)
            facts.put(hexadecimal: value.from(2).upTo(2))
            facts.close()
        case (2, 4):
            guard let roles = value.at(0) else { return facts.oddity(.profinetBlockOverrun) }
            facts.addNames(.profinetDeviceRole, roleNames, bits: UInt32(roles))
        default: break
        }
    }

    /// Names of the role bits, lowest first.
    static let roleNames: [String] = ["device", "controller", "multidevice", "supervisor"]
}
