//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Network addresses, read: what is one, and what only looks like one.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing

@Suite struct `A network address in text` {
    @Test(arguments: [
        "192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:2:3:4", "2001:db8:1:2:3:4:5:6",
        "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
    ])
    func `is read and written the same`(text: String) throws {
        let address = try #require(IPAddress(text))
        let short = ["1:2:3:4:5:6:7::": "1:2:3:4:5:6:7:0", "::2:3:4:5:6:7:8": "0:2:3:4:5:6:7:8"]
        #expect(address.description == short[text] ?? text)
    }

    @Test func `may be mapped, and may be written large`() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("2001:DB8::A") == IPAddress("2001:db8::a"))
    }

    @Test(arguments: [
        "", ".", ":", ":::", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1..2.3", "+1.2.3.4",
        "1.2.3.4 ", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1%eth0",
        "[::1]", "1:", ":1", "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7:1.2.3.4", "999999999999.1.1.1",
    ])
    func `is nothing else`(text: String) { #expect(IPAddress(text) == nil) }
}
