//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// The answer sheet: what all seven answers draw on, worked out once.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Defense
import Model

/// One snapshot, read for the seven questions (docs/answers.md). A value that is asked once and thrown away.
struct AnswerSheet {
    let snapshot: InventorySnapshot
    let lists: Lists
    let moment: Timestamp
    /// Places in `snapshot.devices` of those that are present, in their order.
    let present: [Int]
    /// Ids of devices that are switches which were asked, with the switch's agent.
    let askedSwitches: [String: String]
    /// Switches with a forwarding table, and devices by their addresses.
    let switches: [NetworkMap.SwitchState]
    private let byAddress: [String: [HardwareAddress: Int]]

    /// Who was not heard of for longer is not there any more: a day has all shifts and night runs in it.
    static let presentSeconds: Int64 = 86_400
    /// Lines of one list. More is for the inventory itself; what is left out is counted.
    static let mostItems = 100_000
    /// Classes that `iotCount` counts, in the order of its figures.
    static let iotClasses: [DeviceClass] = [.iot, .medical, .building]

    init(_ snapshot: InventorySnapshot, lists: Lists, moment: Timestamp) {
        self.snapshot = snapshot
        self.lists = lists
        self.moment = moment
        let (start, overflow) = moment.nanoseconds.subtractingReportingOverflow(Self.presentSeconds * 1_000_000_000)
        let oldest = Timestamp(nanoseconds: overflow ? .min : start)
        present = snapshot.devices.indices.filter {
            let device = snapshot.devices[$0]
            return !device.isStub && Self.seen(device) >= oldest
        }
        var byAddress: [String: [HardwareAddress: Int]] = [:]
        for (place, device) in snapshot.devices.enumerated() {
            for card in device.mac { byAddress[device.site, default: [:]][card] = place }
        }
        self.byAddress = byAddress
        let map = snapshot.network
        var asked: [String: String] = [:]
        for state in map?.switches ?? [] {
            let own = [state.about.chassis].compactMap { $0 } + state.about.ownAddresses
            for card in own {
                guard let place = byAddress[state.site]?[card] else { continue }
                asked[snapshot.devices[place].id] = state.about.agent
            }
        }
        // A switch that never spoke on a wire that was heard is still known by the address at which it was asked.
        let agents = Dictionary(
            (map?.switches ?? []).compactMap { state in state.about.address.map { ($0, state.about.agent) } },
            uniquingKeysWith: { first, _ in first })
        if !agents.isEmpty {
            for device in snapshot.devices where asked[device.id] == nil {
                if let agent = device.ipv4.lazy.compactMap({ agents[$0] }).first { asked[device.id] = agent }
            }
        }
        askedSwitches = asked
        switches = (map?.switches ?? []).filter(\.about.isForwarding)
    }

    var answers: Answers {
        Answers(
            asOf: moment,
            answers: [connected, rogue, behaviour, accuracy, iotCount, topVendors, vulnerableSwitches])
    }

    // MARK: What the questions share

    /// When a device was last heard, or last had at a port.
    static func seen(_ device: Device) -> Timestamp {
        max(device.span.last, device.place?.seen ?? device.span.last)
    }

    /// The device with a card; where no site is said, at the first site that has one.
    func device(_ card: HardwareAddress, site: String?) -> Device? {
        let sites = site.map { [$0] } ?? byAddress.keys.sorted()
        return sites.lazy.compactMap { byAddress[$0]?[card] }.first.map { snapshot.devices[$0] }
    }

    /// What a person calls it: its type and maker, then its name or address.
    static func title(_ device: Device) -> String {
        let words = [
            device.judgements[.vendor]?.value, device.judgements[.model]?.value, device.judgements[.type]?.value,
        ].compactMap { $0 }
        let name =
            device.names.first ?? device.mac.first?.description ?? device.ipv4.first?.description
            ?? device.eui64.first
        let what = words.isEmpty ? "not identified" : words.joined(separator: " ")
        return name.map { "\(what) · \($0)" } ?? what
    }

    func place(of device: Device) -> String? {
        guard let place = device.place else {
            return device.parent.map { "behind \($0)" }
        }
        var words = ["\(place.switchName ?? place.agent) \(place.port)"]
        if let closet = closet(agent: place.agent, name: place.switchName) { words.append(closet) }
        return words.joined(separator: ", ")
    }

    func closet(agent: String, name: String?) -> String? {
        let found = lists.plan.closets[agent] ?? name.flatMap { lists.plan.closets[$0] }
        return found.map(\.words)
    }

    func item(_ device: Device, _ kind: String) -> Answer.Item {
        var item = Answer.Item(subject: device.id, title: Self.title(device), kind: kind)
        item.place = place(of: device)
        item.seen = Self.seen(device)
        return item
    }

    /// On a VLAN or a wireless network that is meant for strangers.
    func isGuest(_ device: Device) -> Bool {
        guard let place = device.place else { return false }
        if let vlan = place.vlan, lists.plan.roles[vlan] == .guest { return true }
        return place.wireless?.ssid.map(lists.plan.guestNetworks.contains) ?? false
    }

    /// Let in by a person, and not overdue.
    func isAccepted(_ device: Device) -> Bool {
        device.acceptance?.content.holds(at: moment) ?? false
    }

    /// What one line says of a finding: its title, then what was read.
    static func words(_ finding: Finding) -> [String] {
        [finding.title + " (\(finding.rule))"]
            + finding.evidence.prefix(8).map { "\($0.protocolName) \($0.fieldName): \($0.value)" }
    }

    /// Switches that should answer, by agent or name, sorted; those that did within the time in which a thing is present.
    var expectedSwitches: (all: [String], silent: [String]) {
        var all = Set(switches.map(\.about.agent))
        let names = Dictionary(
            switches.compactMap { state in state.about.name.map { ($0, state.about.agent) } },
            uniquingKeysWith: { first, _ in first })
        var silent: Set<String> = []
        for expected in lists.plan.expectedSwitches where !all.contains(expected) {
            guard names[expected] == nil else { continue }
            silent.insert(expected)
        }
        all.formUnion(silent)
        let (start, overflow) = moment.nanoseconds.subtractingReportingOverflow(Self.presentSeconds * 1_000_000_000)
        for state in switches where state.polled.nanoseconds < (overflow ? .min : start) {
            silent.insert(state.about.agent)
        }
        return (all.sorted(), silent.sorted())
    }

    /// Bounds the list, and says of what time it is.
    func finished(_ answer: Answer, of devices: some Sequence<Device>) -> Answer {
        var answer = answer
        for device in devices {
            answer.from = min(answer.from ?? Self.seen(device), Self.seen(device))
            answer.to = max(answer.to ?? Self.seen(device), Self.seen(device))
        }
        answer.itemsLeftOut = max(0, answer.items.count - Self.mostItems)
        if answer.itemsLeftOut > 0 { answer.items.removeLast(answer.itemsLeftOut) }
        return answer
    }

    var presentDevices: some Sequence<Device> { present.lazy.map { snapshot.devices[$0] } }
}

/// `1 device`, `12 devices`.
func counted(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
