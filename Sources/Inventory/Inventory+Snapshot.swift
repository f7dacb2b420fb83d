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
    public func snapshot() -> InventorySnapshot {
        // The order first, then each device once: with a hundred thousand of them a second list is felt.
        var order: [(key: DeviceKey, place: Int)] = []
        order.reserveCapacity(count)
        for place in records.indices where records[place].isLive { order.append((records[place].key, place)) }
        for place in stubs.indices { order.append((stubs[place].key, -1 - place)) }
        order.sort { one, other in
            if one.key.site != other.key.site { return sites[Int(one.key.site)] < sites[Int(other.key.site)] }
            return one.key < other.key
        }
        let devices = order.map { $0.place >= 0 ? device(of: records[$0.place]) : device(of: stubs[-1 - $0.place]) }
        return InventorySnapshot(
            devices: devices, coverage: coverage, oddities: oddities, evicted: evicted,
            advice: Advice.lines(for: coverage))
    }

    /// The device that an id, a hardware or network address, an EUI-64 or a name means. Cost: one look at every record.
    public func device(matching text: String) -> DeviceMatch {
        let wanted = text.lowercased()
        let hardware = HardwareAddress(text)
        let eui = EUI64(text)
        var byAddress: [Device] = []
        var byName: [Device] = []
        for record in records where record.isLive {
            if Self.text(ofID: record.id) == wanted { return .one(device(of: record)) }
            if let hardware, record.key.kind == .hardware, record.key.low == hardware.bits {
                byAddress.append(device(of: record))
            } else if let eui, let child = record.child, child.hasPrefix("eui64:"), EUI64(child.dropFirst(6)) == eui {
                byAddress.append(device(of: record))
            } else if record.ownAddresses.contains(where: { $0.description == wanted }) {
                byAddress.append(device(of: record))
            } else if names(of: record).contains(where: { $0.lowercased() == wanted }) {
                byName.append(device(of: record))
            }
        }
        for stub in stubs {
            let device = device(of: stub)
            let addresses = device.mac.map(\.description) + (device.ipv4 + device.ipv6).map(\.description)
            if device.id == wanted { return .one(device) }
            if device.mac == [hardware].compactMap(\.self) && hardware != nil || addresses.contains(wanted) {
                byAddress.append(device)
            }
        }
        let found = byAddress.isEmpty ? byName : byAddress
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

    func device(of record: Record) -> Device {
        var device = Device(id: Self.text(ofID: record.id), site: sites[Int(record.key.site)], span: record.span)
        device.parent = record.parent.map(Self.text(ofID:))
        device.addKey(record.key)
        if let child = record.child, child.hasPrefix("eui64:") {
            device.eui64 = [EUI64(child.dropFirst(6))?.description ?? String(child.dropFirst(6))]
        }
        for entry in record.ownAddresses {
            if entry.isV4 {
                if !device.ipv4.contains(entry) { device.ipv4.append(entry) }
            } else if !device.ipv6.contains(entry) {
                device.ipv6.append(entry)
            }
        }
        device.ipv4.sort()
        device.ipv6.sort()
        device.packets = record.packets
        device.bytes = record.bytes
        device.overflow = record.overflow
        device.services = record.services.filter { record.isOwn($0.origin) }.map(\.use).sorted()
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
        return device
    }

    /// Its own names, each once whatever the letters' case, in alphabetical order.
    private func names(of record: Record) -> [String] {
        var names: [String] = []
        for entry in record.entries where record.isOwn(entry.origin) || entry.signal.field?.isLinkLevel == true {
            guard let field = entry.signal.field, field.isName else { continue }
            names.append(pool[entry.value].text)
        }
        names.sort()
        var seen: Set<String> = []
        return names.filter { seen.insert($0.lowercased()).inserted }
    }
}

extension Device {
    fileprivate mutating func addKey(_ key: DeviceKey) {
        switch key.kind {
        case .hardware: mac = [HardwareAddress(bits: key.low)]
        case .network:
            let address = IPAddress(high: key.high, low: key.low)
            if address.isV4 { ipv4 = [address] } else { ipv6 = [address] }
        case .child: break
        }
    }
}

extension Record {
    /// The addresses that are its own: all of them, or for a router those that it bound.
    fileprivate var ownAddresses: [IPAddress] {
        if !isRouter { return addresses.map(\.address) }
        return addresses.filter { $0.isBound || !$0.address.isV4 && $0.address.isLinkLocal }.map(\.address)
    }
}
