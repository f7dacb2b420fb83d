//===----------------------------------------------------------------------===//
// Wardlight · Inventory
//
// Snapshot: the whole answer, and the answer for one device.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Inventory {
    /// Every device as it is known now, in the order of sites and addresses.
    ///
    /// - Parameter each: is shown each device as soon as it is judged, and may leave out of it what nobody compares later
    ///   (`Device.makeBrief`): a hundred thousand devices with all their evidence are larger than the inventory itself.
    public func snapshot(_ each: (inout Device) -> Void = { _ in }) -> InventorySnapshot {
        snapshot(of: devices(.all, each))
    }

    /// The whole answer of its devices, which were judged one by one: all of them, in order.
    public func snapshot(of judged: consuming [Device]) -> InventorySnapshot {
        // Consumed: of a hundred thousand devices a second list is felt.
        var devices = judged
        Masquerade(knowledge: knowledge).addFindings(to: &devices, told: told)
        return InventorySnapshot(
            devices: devices, coverage: coverage, oddities: oddities, evicted: evicted,
            advice: Advice.lines(for: coverage))
    }

    /// Which of the devices: what is known of one is judged without a look at others, so several may do it at once.
    public struct Share: Hashable, Sendable {
        public var number: Int
        /// How many shares there are, 1 or more.
        public var count: Int

        /// - Parameter number: 0 or more, less than `count`.
        public init(_ number: Int, of count: Int) { (self.number, self.count) = (number, count) }
        public static let all = Share(0, of: 1)

        fileprivate func range(of total: Int) -> Range<Int> { total * number / count..<total * (number + 1) / count }
    }

    /// A share of the devices, in the order of all of them.
    ///
    /// - Parameter each: as in `snapshot`.
    public func devices(_ share: Share, _ each: (inout Device) -> Void) -> [Device] {
        let order = order()
        let unsettled = Unsettled(knowledge, coverage)
        let range = share.range(of: order.count)
        var devices: [Device] = []
        // A single list of all holds the others, too.
        devices.reserveCapacity(range.lowerBound == 0 ? order.count : range.count)
        for place in order[range] {
            var device = place >= 0 ? device(of: place) : device(of: stubs[-1 - place])
            device.unsettled = unsettled.lines(for: device)
            each(&device)
            devices.append(device)
        }
        return devices
    }

    /// Places of records, and of stubs as -1, -2, …, in the order of sites and addresses.
    private func order() -> [Int] {
        var order: [(key: DeviceKey, place: Int)] = []
        order.reserveCapacity(count)
        for place in records.indices where records[place].isLive && head(of: place) == place {
            if records[place].head < 0, records[place].absorbed.isEmpty {
                order.append((records[place].key, place))
                continue
            }
            let keys = members(of: place).flatMap { [records[$0].key] + records[$0].absorbed.map(\.key) }
            order.append((keys.min() ?? records[place].key, place))
        }
        for place in stubs.indices { order.append((stubs[place].key, -1 - place)) }
        order.sort { one, other in
            if one.key.site != other.key.site { return sites[Int(one.key.site)] < sites[Int(other.key.site)] }
            return one.key < other.key
        }
        return order.map(\.place)
    }

    /// A device of a snapshot with everything that was left out of it there.
    public func told(_ brief: Device) -> Device {
        guard !brief.isStub, var full = device(id: brief.id), full.id == brief.id else { return brief }
        full.unsettled = Unsettled(knowledge, coverage).lines(for: full)
        return brief.told(in: full)
    }

    /// The device that an id, a hardware or network address, an EUI-64 or a name means. Cost: one look at every record.
    public func device(matching text: String) -> DeviceMatch {
        let wanted = text.lowercased()
        let hardware = HardwareAddress(text)
        let eui = EUI64(text)
        var byAddress: [Int] = []
        var byName: [Int] = []
        for place in records.indices where records[place].isLive {
            let record = records[place]
            if Self.text(ofID: record.id) == wanted { return .one(device(of: place)) }
            if record.absorbed.contains(where: { Self.text(ofID: $0.id) == wanted }) { return .one(device(of: place)) }
            let isIt =
                hardware != nil && record.hasCard(hardware) || eui != nil && record.embeds(eui)
                || record.ownNetworks.contains { $0.description == wanted }
            if isIt {
                byAddress.append(head(of: place))
            } else if names(of: record).contains(where: { $0.lowercased() == wanted }) {
                byName.append(head(of: place))
            }
        }
        var stubbed: [Device] = []
        for stub in stubs {
            let device = device(of: stub)
            let addresses = device.mac.map(\.description) + (device.ipv4 + device.ipv6).map(\.description)
            if device.id == wanted { return .one(device) }
            if device.mac == [hardware].compactMap(\.self) && hardware != nil || addresses.contains(wanted) {
                stubbed.append(device)
            }
        }
        let places = byAddress.isEmpty && stubbed.isEmpty ? byName : byAddress
        let found = Set(places).sorted().map { device(of: $0) } + stubbed
        if found.isEmpty { return .none }
        return found.count == 1 ? .one(found[0]) : .several(Array(found.sorted { $0.id < $1.id }.prefix(16)))
    }

    private func device(of stub: Stub) -> Device {
        var device = Device(id: Self.text(ofID: stub.id), site: sites[Int(stub.key.site)], span: stub.span)
        device.addKey(stub.key)
        device.packets = stub.packets
        device.bytes = stub.bytes
        device.isStub = true
        return device
    }

    /// The device that a record is part of.
    func device(of place: Int) -> Device {
        let members = members(of: place)
        let record = view(of: place)
        var device = Device(id: Self.text(ofID: record.id), site: sites[Int(record.key.site)], span: record.span)
        device.parent = record.parent.map(Self.text(ofID:))
        for member in members {
            device.addKey(records[member].key)
            for gone in records[member].absorbed { device.addKey(gone.key) }
            if let child = records[member].child, child.hasPrefix("eui64:") {
                let text = EUI64(child.dropFirst(6))?.description ?? String(child.dropFirst(6))
                if !device.eui64.contains(text) { device.eui64.append(text) }
            }
        }
        for address in record.ownNetworks { device.add(address) }
        device.mac.sort()
        device.ipv4.sort()
        device.ipv6.sort()
        device.eui64.sort()
        device.formerIds = formerIds(of: members)
        device.ties = ties(of: members)
        device.packets = record.packets
        device.bytes = record.bytes
        device.overflow = record.overflow
        device.services = record.services.map(\.use).sorted()
        for entry in record.entries {
            guard let field = entry.signal.field else { continue }
            let text = pool[entry.value].text
            let span = Observation.Span(first: entry.first, last: entry.last)
            device.facts.append(FactSummary(field: field, value: text, count: entry.count, span: span))
        }
        device.facts.sort { ($0.field, $0.value) < ($1.field, $1.value) }
        device.names = names(of: record)
        var verdict = verdict(on: record)
        device.label = label(of: device, isRouter: record.isRouter, &verdict)
        device.judgements = verdict.judgements
        device.components = verdict.components
        device.deviceClass = knowledge.deviceClass(of: verdict.judgements)
        device.findings = contradictions(in: record, verdict.votes)
        device.history = record.history
        return device
    }

    /// Its own names, each once whatever the letters' case, in alphabetical order.
    private func names(of record: Record) -> [String] {
        var names: [String] = []
        for entry in record.entries where record.isOwn(entry.origin) {
            guard let field = entry.signal.field, field.isName else { continue }
            names.append(pool[entry.value].text)
        }
        names.sort()
        var seen: Set<String> = []
        return names.filter { seen.insert($0.lowercased()).inserted }
    }

    private func formerIds(of members: [Int]) -> [String] {
        if members.count == 1, records[members[0]].absorbed.isEmpty { return [] }
        var ids: [UInt64] = members.dropFirst().map { records[$0].id }
        for member in members { ids += records[member].absorbed.map(\.id) }
        var seen: Set<UInt64> = [records[members[0]].id]
        return ids.filter { seen.insert($0).inserted }.prefix(64).map(Self.text(ofID:))
    }

    /// Why its records are one, and what was kept apart from it.
    private func ties(of members: [Int]) -> [Tie] {
        var ties: [(tie: Tie, rank: UInt8)] = []
        for place in members {
            for link in records[place].links {
                guard let other = places[link.other], other >= 0 else { continue }
                let isInside = members.contains(Int(other))
                // Inside a tie is told once, by the older end; what could have joined outside, but did not, is silent.
                if isInside ? records[place].born > records[Int(other)].born : link.kind.isJoining { continue }
                if isInside != link.kind.isJoining { continue }
                ties.append(
                    (
                        Tie(
                            act: link.kind.isJoining ? .joined : .apart, one: name(of: records[place].key, place),
                            other: name(of: link.other, Int(other)), field: link.field, value: link.value,
                            weight: link.weight, reason: link.reason, moment: link.moment, by: link.by),
                        link.kind.rawValue
                    ))
            }
        }
        ties.sort { one, other in
            if one.rank != other.rank { return one.rank < other.rank }
            if one.tie.weight != other.tie.weight { return one.tie.weight > other.tie.weight }
            return (one.tie.one, one.tie.other) < (other.tie.one, other.tie.other)
        }
        return ties.prefix(64).map(\.tie)
    }

    /// The address or identifier that a record goes by.
    private func name(of key: DeviceKey, _ place: Int) -> String {
        switch key.kind {
        case .hardware: HardwareAddress(bits: key.low).description
        case .network: IPAddress(high: key.high, low: key.low).description
        case .child: records[place].child ?? "child"
        }
    }

    /// All records of a device as one, with what is its own: every value once, whichever address said it.
    func view(of place: Int) -> Record {
        let members = members(of: place)
        let head = members[0]
        if members.count == 1, !records[head].isManifold { return records[head] }
        var view = records[head]
        view.entries = []
        view.services = []
        view.addresses = []
        for member in members {
            let record = records[member]
            for entry in record.entries where record.isOwn(entry.origin) {
                view.entries.append(entry.said(from: Entry.own))
            }
            for service in record.services where record.isOwn(service.origin) {
                if !view.services.contains(where: { $0.use == service.use }) {
                    view.services.append(ServiceEntry(use: service.use, origin: Entry.own))
                }
            }
            for address in record.addresses where record.isOwn(address) {
                guard !view.addresses.contains(where: { $0.address == address.address }) else { continue }
                view.addresses.append(address)
                view.addresses[view.addresses.count - 1].isCertain = true
            }
            if member == head { continue }
            view.span.include(record.span)
            view.packets &+= record.packets
            view.bytes &+= record.bytes
            view.overflow &+= record.overflow
            view.child = view.child ?? record.child
            view.fronting.formUnion(record.fronting)
            view.isShared = view.isShared || record.isShared
            view.parent = view.parent ?? record.parent
        }
        if let parent = view.parent, members.contains(where: { records[$0].id == parent }) { view.parent = nil }
        view.entries.sort { $0.key < $1.key }
        var kept: [Entry] = []
        kept.reserveCapacity(view.entries.count)
        for entry in view.entries {
            if kept.last?.key == entry.key {
                kept[kept.count - 1].add(entry.count, entry.first, entry.last)
            } else {
                kept.append(entry)
            }
        }
        view.entries = kept
        return view
    }
}

extension Device {
    fileprivate mutating func addKey(_ key: DeviceKey) {
        switch key.kind {
        case .hardware:
            let address = HardwareAddress(bits: key.low)
            if !mac.contains(address) { mac.append(address) }
        case .network: add(IPAddress(high: key.high, low: key.low))
        case .child: break
        }
    }

    fileprivate mutating func add(_ address: IPAddress) {
        if address.isV4 {
            if !ipv4.contains(address) { ipv4.append(address) }
        } else if !ipv6.contains(address) {
            ipv6.append(address)
        }
    }
}

extension Record {
    /// The network addresses that are its own: all of them, or for a router those that it answers at.
    fileprivate var ownNetworks: [IPAddress] {
        let listed = (isRouter ? addresses.filter { isOwn($0) } : addresses).map(\.address)
        let key = self.key.kind == .network ? IPAddress(high: self.key.high, low: self.key.low) : nil
        return key.map { listed.contains($0) ? listed : [$0] + listed } ?? listed
    }

    fileprivate func hasCard(_ card: HardwareAddress?) -> Bool {
        guard let card else { return false }
        return key.kind == .hardware && key.low == card.bits
            || absorbed.contains { $0.key.kind == .hardware && $0.key.low == card.bits }
    }

    fileprivate func embeds(_ eui: EUI64?) -> Bool {
        guard let child, child.hasPrefix("eui64:") else { return false }
        return EUI64(child.dropFirst(6)) == eui
    }

    /// Whether a value was said from several addresses, or from others'.
    fileprivate var isManifold: Bool {
        var last: UInt64?
        for entry in entries {
            if entry.content == last || !isOwn(entry.origin) { return true }
            last = entry.content
        }
        var uses: Set<Device.Use> = []
        return services.contains { !isOwn($0.origin) || !uses.insert($0.use).inserted }
    }
}
