//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight merge, wardlight split: which addresses are one device?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Model

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Says that two devices are one: two cards, a dock, an address that changed.",
        discussion: "Kept in the log as an observation; wardlight split takes it back.")

    @Argument(help: "A device: its id, MAC address, IP address or a name that only it has.") var device: String
    @Argument(help: "The other one.") var other: String
    @OptionGroup var options: DecisionOptions

    func run() throws {
        var desk = try Desk(options)
        let (one, two) = (try desk.device(device), try desk.device(other))
        if one.id == two.id { throw Stop("\(device) and \(other) are one device already: \(one.id).") }
        guard one.site == two.site else {
            throw Stop("\(one.id) is at \(one.site), \(two.id) at \(two.site): one device is at one site.")
        }
        let act = Observation.Decision.Act.merge(try desk.subject(of: one), try desk.subject(of: two))
        desk.report(try desk.decide([act], site: one.site))
    }
}

struct SplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Says that what is taken for one device is two, or that two shall never become one.",
        discussion: """
            split DEVICE ADDRESS... parts addresses from the device that they were counted to; split DEVICE DEVICE keeps \
            two devices apart. Kept in the log as an observation; wardlight merge takes it back.
            """)

    @Argument(help: "The device: its id, MAC address, IP address or a name that only it has.") var device: String
    @Argument(help: "Addresses of it that belong to another, or another device.") var others: [String]
    @OptionGroup var options: DecisionOptions

    func validate() throws {
        if others.isEmpty { throw ValidationError("Name the addresses that are not its own, or another device.") }
    }

    func run() throws {
        var desk = try Desk(options)
        let whole = try desk.device(device)
        let parted = others.map { (name: $0, subject: whole.subject(atAddress: $0)) }
        var acts: [Observation.Decision.Act] = []
        for (name, subject) in parted {
            if let subject {
                let away = parted.compactMap(\.subject)
                guard let rest = whole.addresses.first(where: { !away.contains($0) }) else {
                    throw Stop("\(name): no address would be left to \(whole.id).")
                }
                acts.append(.split(rest, subject))
                continue
            }
            let other = try desk.device(name)
            guard other.id != whole.id else {
                throw Stop("\(name): this is \(whole.id) itself; name one of its addresses.")
            }
            guard other.site == whole.site else {
                throw Stop("\(other.id) is at another site, \(other.site): it is never taken for \(whole.id).")
            }
            acts.append(.split(try desk.subject(of: whole), try desk.subject(of: other)))
        }
        desk.report(try desk.decide(acts, site: whole.site))
    }
}

extension Device {
    /// Its addresses as subjects, the strongest first.
    fileprivate var addresses: [Subject] {
        mac.map { Subject(hardware: $0) } + (ipv4 + ipv6).map { Subject(network: $0) }
    }

    /// The address of it that a text names; nil where it is none of its own.
    fileprivate func subject(atAddress text: String) -> Subject? {
        if let hardware = HardwareAddress(text), mac.contains(hardware) { return Subject(hardware: hardware) }
        let wanted = text.lowercased()
        return (ipv4 + ipv6).first { $0.description == wanted }.map { Subject(network: $0) }
    }

    func isCorrected(_ attribute: Attribute) -> Bool {
        judgements[attribute]?.evidence.contains { $0.protocolName == "person" } == true
    }
}
