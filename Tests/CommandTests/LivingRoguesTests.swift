//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// The rogues of the living demo: planted in its switches and frames, named at its API.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Support
import Testing

/// Goal: what somebody plugged in is named by the running service, with its port or its address, and by the right rule.
@Suite(.enabled(if: Command.isHere)) struct `Rogues of the living demo` {
    private struct Rogue: Hashable {
        var site: String
        var kind: String
        var rule: String
        var mac: String?
        var agent: String?
        var port: String?

        func isNamed(by finding: [String: Any]) -> Bool {
            guard finding["rule"] as? String == rule, finding["site"] as? String == site else { return false }
            let place = finding["place"] as? [String: Any]
            if let agent, place?["agent"] as? String == agent, place?["port"] as? String == port { return true }
            let addresses = finding["addresses"] as? [String]
            return mac.map { addresses?.contains($0) ?? false } ?? false
        }
    }

    private static let rules = [
        "singleBoardComputer": "port.stranger", "clonedAddress": "port.cloned", "hiddenHub": "port.hiddenHub",
        "speedDowngrade": "port.slower", "hiddenBridge": "port.speaksAsBridge", "swappedHardware": "port.swapped",
        "silentDevice": "port.silentDevice", "powerChange": "port.powerChanged",
        "secondAddressServer": "network.secondServer", "secondRouter": "network.secondServer",
        "speakingEndpoint": "port.speaksAsBridge", "movedScanner": "port.moved",
        "badKeyboard": "peripheral.keyboardWithStorage",
    ]

    /// What the same seed plants, as `simulate --living` writes it down.
    private func planted(_ scratch: Scratch) throws -> Set<Rogue> {
        let ran = try Command.run(
            ["simulate", "--living", "--seed", "7", "--minutes", "1", "--output", scratch.path("truth")],
            environment: ["XDG_STATE_HOME": scratch.path("state")])
        #expect(ran.code == 0, "\(ran.errors)")
        let truth = try JSONSerialization.jsonObject(with: Data(scratch.read("truth/living.json"))) as? [String: Any]
        var rogues: Set<Rogue> = []
        for site in truth?["sites"] as? [[String: Any]] ?? [] {
            for thing in site["planted"] as? [[String: String]] ?? [] {
                let kind = thing["kind"] ?? ""
                rogues.insert(
                    Rogue(
                        site: site["site"] as? String ?? "", kind: kind, rule: Self.rules[kind] ?? "",
                        mac: thing["mac"], agent: thing["switch"], port: thing["port"]))
            }
        }
        return rogues
    }

    private func findings(_ house: RunningHouse, _ base: URL) async throws -> [[String: Any]] {
        var all: [[String: Any]] = []
        var path = "api/v1/findings?limit=200"
        for _ in 0..<50 {
            let url = try #require(URL(string: path, relativeTo: base))
            guard let page = try await house.json(url) else { return all }
            all += page["findings"] as? [[String: Any]] ?? []
            guard let next = page["next"] as? String else { return all }
            path = "api/v1/findings?limit=200&cursor=\(next)"
        }
        return all
    }

    @Test func `are all named at the API within minutes, each by its rule and at its port`() async throws {
        let scratch = try Scratch()
        var missing = try planted(scratch)
        #expect(missing.count >= 16 && Set(missing.map(\.site)).count == 3)
        let house = try RunningHouse([
            "demo", "--port", "0", "--speed", "600", "--seed", "7", "--data", scratch.path("data"),
        ])
        let base = try #require(try await house.enter(), "\(house.words)")
        // Ten simulated minutes are a second on a fast machine; a slow one takes the time that it needs.
        let end = Date().addingTimeInterval(420)
        while Date() < end, !missing.isEmpty, house.isRunning {
            try await Task.sleep(for: .milliseconds(500))
            let found = try await findings(house, base)
            missing = missing.filter { rogue in !found.contains(where: rogue.isNamed) }
        }
        #expect(missing.isEmpty, "\(missing) are not named; \(house.words)")
        house.interrupt()
        #expect(try await house.ended() == 0, "\(house.words)")
    }
}
