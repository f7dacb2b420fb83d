//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Placeholders: what stands where a number should be is not believed.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@testable import Inventory

@Suite struct `Placeholders` {
    @Test(arguments: [
        "", "N/A", "n.a.", "-", "0", "0000000", "None", "unknown", "To Be Filled By O.E.M.", "Default string", "xxxxxx",
        "0123456789", "Not Specified",
    ])
    func `say nothing`(text: String) { #expect(Placeholder.isOne(text)) }

    @Test(arguments: ["1", "1.0", "7", "A", "v2", "SN0001", "000123", "K.15.06", "N17", "11"])
    func `are not what a maker writes`(text: String) { #expect(!Placeholder.isOne(text)) }

    @Test(.enabled(if: Shelf.knowledge != nil)) func `do not become a serial number or firmware`() throws {
        var ward = Ward()
        ward.hears("00:09:fb:00:00:07", .lldpMedSerial, "N/A")
        ward.hears("00:09:fb:00:00:07", .lldpMedFirmware, "unknown")
        ward.hears("00:09:fb:00:00:07", .lldpMedModel, "MX800")
        let device = try #require(ward.device("00:09:fb:00:00:07"))
        #expect(device.judgements[.serial] == nil && device.judgements[.firmware] == nil)
        #expect(device.judgements[.model] != nil)
    }
}
