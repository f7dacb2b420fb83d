//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Physical signatures: the published form, the distance and its table.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Support
import Testing

@Suite struct `Physical signatures` {
    static let port: SwitchPort = {
        var port = SwitchPort(ifIndex: 7, name: "Gi1/0/7")
        port.isUp = true
        port.speed = 1_000_000_000
        port.duplex = .full
        port.mau = "1000BASE-T full duplex"
        port.partner = ["10BASE-T", "10BASE-T-FD", "100BASE-TX", "100BASE-TX-FD", "1000BASE-T-FD"]
        port.partnerSaid = ["100BASE-TX-FD", "1000BASE-T-FD"]
        port.poe = PortPower(isEnabled: true, detection: .delivering, deviceClass: 3, milliwatts: 12_000)
        port.wakeMicroseconds = 17
        return port
    }()

    @Test func `a port's signature is one text that can be read back`() throws {
        let signature = PhysicalSignature(Self.port, flaps: 0)
        #expect(signature.description == "pw1:1000f:1000base-t:6c01:0401:c3d4:17:0")
        #expect(PhysicalSignature(signature.description) == signature)
        #expect(PhysicalSignature("pw1:?:?:?:?:?:?:?") == PhysicalSignature())
        #expect(PhysicalSignature("pw1:100?:?:?:?:n:?:?")?.power == PhysicalSignature.Power.none)
    }

    @Test(arguments: [
        "", "pw1", "pw2:1000f:?:?:?:?:?:?", "pw1:f:?:?:?:?:?:?", "pw1:1000x:?:?:?:?:?:?", "pw1:?:?:6c0:?:?:?:?",
        "pw1:?:?:6C01:?:?:?:?", "pw1:?:?:?:?:c3:?:?", "pw1:?:?:?:?:c999d1:?:?", "pw1:?:?:?:?:?:-1:?",
        "pw1:99999999999f:?:?:?:?:?:?", "pw1:?:?:?:?:?:?:?:?", "pw1:01000f:?:?:?:?:?:?", "pw1:?:UPPER:?:?:?:?:?",
    ]) func `anything else is no signature`(text: String) {
        #expect(PhysicalSignature(text) == nil)
    }

    @Test func `a port that is down has a signature of power only`() {
        var port = Self.port
        port.isUp = false
        #expect(PhysicalSignature(port).description == "pw1:?:?:?:?:c3d4:?:?")
        port.poe = PortPower(isEnabled: true, detection: .searching)
        #expect(PhysicalSignature(port).description == "pw1:?:?:?:?:n:?:?")
        port.poe = PortPower(isEnabled: false, detection: .disabled)
        #expect(PhysicalSignature(port) == PhysicalSignature())
    }

    @Test func `what one side does not know is no difference`() {
        let whole = PhysicalSignature(Self.port, flaps: 2)
        #expect(whole.distance(to: PhysicalSignature()) == 0)
        #expect(PhysicalSignature().distance(to: whole) == 0)
        #expect(whole.known(with: PhysicalSignature()) == 0 && whole.known(with: whole) == 7)
    }

    /// `from` and `to` in the published form, and the points of the table.
    @Test(arguments: [
        ("pw1:?:?:6c0f:?:?:?:?", "pw1:?:?:0c0f:?:?:?:?", 60), ("pw1:?:?:6c0f:?:?:?:?", "pw1:?:?:6c00:?:?:?:?", 40),
        ("pw1:?:?:6000:?:?:?:?", "pw1:?:?:6c0f:?:?:?:?", 40), ("pw1:?:?:6c0f:?:?:?:?", "pw1:?:?:6ccf:?:?:?:?", 10),
        ("pw1:?:?:?:6c0f:?:?:?", "pw1:?:?:?:0c0f:?:?:?", 40), ("pw1:?:?:?:6c0f:?:?:?", "pw1:?:?:?:6c00:?:?:?", 30),
        ("pw1:?:?:?:6c0f:?:?:?", "pw1:?:?:?:6c1f:?:?:?", 10), ("pw1:?:?:?:?:n:?:?", "pw1:?:?:?:?:c2d1:?:?", 40),
        ("pw1:?:?:?:?:c2d1:?:?", "pw1:?:?:?:?:c4d1:?:?", 30), ("pw1:?:?:?:?:c0d1:?:?", "pw1:?:?:?:?:c3d1:?:?", 5),
        ("pw1:?:?:?:?:c3d1:?:?", "pw1:?:?:?:?:c3d2:?:?", 0), ("pw1:?:?:?:?:c3d1:?:?", "pw1:?:?:?:?:c3d3:?:?", 5),
        ("pw1:?:?:?:?:c3d0:?:?", "pw1:?:?:?:?:c3d4:?:?", 10), ("pw1:1000f:?:?:?:?:?:?", "pw1:100f:?:?:?:?:?:?", 20),
        ("pw1:100f:?:?:?:?:?:?", "pw1:100h:?:?:?:?:?:?", 20),
        ("pw1:1000f:1000base-t:?:?:?:?:?", "pw1:1000f:1000base-x:?:?:?:?:?", 10),
        ("pw1:1000f:1000base-t:?:?:?:?:?", "pw1:100f:100base-tx:?:?:?:?:?", 20),
        ("pw1:?:?:?:?:?:17:?", "pw1:?:?:?:?:?:30:?", 20), ("pw1:?:?:?:?:?:?:0", "pw1:?:?:?:?:?:?:3", 5),
    ]) func `the distance is the table's, and the same both ways`(from: String, to: String, points: Int) throws {
        let (one, other) = (try #require(PhysicalSignature(from)), try #require(PhysicalSignature(to)))
        #expect(one.distance(to: other) == points)
        #expect(other.distance(to: one) == points)
        #expect(one.distance(to: one) == 0)
    }

    @Test func `docs signatures gives the points that the code counts`() throws {
        let text = try House.text("docs/signatures.md")
        typealias Points = PhysicalSignature.Points
        for (part, numbers) in [
            ("offers", [Points.offers, Points.offersFaster, Points.offersFlow]),
            ("says", [Points.says, Points.saysFaster, Points.saysFlow]), ("power", [Points.power]),
            ("powerClass", [Points.powerClass, Points.powerClassUnsaid]), ("draw", [Points.draw, Points.drawFar]),
            ("speed", [Points.speed]), ("duplex", [Points.duplex]), ("medium", [Points.medium]),
            ("wake", [Points.wake]),
            ("flaps", [Points.flaps]),
        ] {
            let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| `\(part)`") }, "\(part)")
            let cell = row.split(separator: "|").last ?? ""
            for number in numbers { #expect(cell.contains("\(number)"), "\(part): \(number)") }
        }
        for part in PhysicalSignature.Part.allCases { #expect(text.contains("| `\(part.rawValue)`"), "\(part)") }
    }
}
