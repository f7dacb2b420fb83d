//===----------------------------------------------------------------------===//
// Wardlight · Twin
//
// What is physically connected? How many IoT devices? Who made them?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension AnswerSheet {
    /// How a present device is connected.
    private enum Way: String, CaseIterable {
        case port, air, gateway, `switch`, noPlace
    }

    private func way(_ device: Device) -> Way {
        if let place = device.place { return place.wireless == nil ? .port : .air }
        if device.parent != nil { return .gateway }
        return askedSwitches[device.id] == nil ? .noPlace : .switch
    }

    var connected: Answer {
        var counts: [Way: Int] = [:]
        var items: [Answer.Item] = []
        var peripherals = 0
        for device in presentDevices {
            let way = way(device)
            counts[way, default: 0] += 1
            peripherals += device.peripherals.count
            items.append(item(device, way.rawValue))
        }
        // Switches that nobody heard on the wire, but that answered.
        let heard = Set(askedSwitches.values)
        for state in switches where !heard.contains(state.about.agent) {
            counts[.switch, default: 0] += 1
            var item = Answer.Item(
                subject: state.about.agent,
                title: [state.about.vendor, state.about.model, state.about.name ?? state.about.agent]
                    .compactMap { $0 }.joined(separator: " "), kind: Way.switch.rawValue)
            item.place = closet(agent: state.about.agent, name: state.about.name)
            item.seen = state.polled
            items.append(item)
        }
        let number = items.count
        func count(_ way: Way) -> Int { counts[way] ?? 0 }
        let without = count(.noPlace)
        let silent = expectedSwitches.silent
        var missing: [String] = []
        if switches.isEmpty { missing.append("No switch was asked: where things are plugged in is not known.") }
        if !silent.isEmpty { missing.append("Switches that did not answer: \(silent.joined(separator: ", ")).") }
        if without > 0, !switches.isEmpty {
            missing.append("\(counted(without, "device has", "devices have")) no place at any switch that answered.")
        }
        let words = counted(number, "device is", "devices are")
        var answer = Answer(
            .connected, state: missing.isEmpty ? .answered : .partial,
            sentence: "\(words) connected: \(count(.port)) at ports, \(count(.air)) on the air, "
                + "\(count(.gateway)) behind gateways, \(without) without a known place.")
        answer.number = number
        answer.figures = [
            .init("devices", number), .init("atPort", count(.port)), .init("onAir", count(.air)),
            .init("behindGateway", count(.gateway)), .init("withoutPlace", without),
            .init("switches", switches.count), .init("peripherals", peripherals),
        ]
        answer.items = items
        answer.missing = missing
        return finished(answer, of: presentDevices)
    }

    private static let printers: Set<String> = ["printer", "label printer"]
    private static let phones: Set<String> = ["IP phone", "telephone adapter"]

    var iotCount: Answer {
        var counts: [DeviceClass: Int] = [:]
        var (printers, phones, unknown) = (0, 0, 0)
        var items: [Answer.Item] = []
        for device in presentDevices {
            if Self.iotClasses.contains(device.deviceClass) {
                counts[device.deviceClass, default: 0] += 1
                items.append(item(device, device.deviceClass.rawValue))
            }
            let type = device.judgements[.type]?.value ?? ""
            if Self.printers.contains(type) { printers += 1 }
            if Self.phones.contains(type) { phones += 1 }
            if device.deviceClass == .unknown { unknown += 1 }
        }
        let number = items.count
        var answer = Answer(
            .iotCount, state: unknown == 0 ? .answered : .partial,
            sentence: "\(counted(number, "device", "devices")): "
                + Self.iotClasses.map { "\(counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
                + ". Printers (\(printers)) and telephones (\(phones)) are not counted.")
        answer.number = number
        answer.figures =
            Self.iotClasses.map { .init($0.rawValue, counts[$0] ?? 0) } + [
                .init("printers", printers), .init("phones", phones), .init("notIdentified", unknown),
            ]
        answer.items = items
        if unknown > 0 {
            answer.missing = [
                "\(counted(unknown, "device is", "devices are")) not identified and may be one of these."
            ]
        }
        return finished(answer, of: presentDevices)
    }

    /// So many makers are named.
    private static let topMakers = 5

    var topVendors: Answer {
        // Places in `snapshot.devices`.
        var makers: [String: [Int]] = [:]
        var (all, without) = (0, 0)
        for place in present where Self.iotClasses.contains(snapshot.devices[place].deviceClass) {
            let device = snapshot.devices[place]
            all += 1
            guard let vendor = device.judgements[.vendor]?.value else {
                without += 1
                continue
            }
            makers[lists.vendors.canonical(vendor), default: []].append(place)
        }
        let ranked = makers.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        let top = ranked.prefix(Self.topMakers)
        var answer = Answer(
            .topVendors, state: without == 0 ? .answered : .partial,
            sentence: top.isEmpty
                ? "No maker is known." : top.map { "\($0.key) \($0.value.count)" }.joined(separator: ", ") + ".")
        answer.number = ranked.count
        answer.figures = [.init("vendors", ranked.count), .init("withoutVendor", without, of: all)]
        answer.items = top.map { vendor, places in
            let devices = places.lazy.map { snapshot.devices[$0] }
            var item = Answer.Item(subject: vendor, title: vendor, kind: "vendor")
            item.figures = [.init("devices", places.count, of: all)]
            item.devices = places.map { snapshot.devices[$0].id }
            item.seen = devices.map(Self.seen).max()
            let spellings = Set(devices.compactMap { $0.judgements[.vendor]?.value }).sorted()
            item.evidence = ["read as \(spellings.joined(separator: ", "))"]
            return item
        }
        if without > 0 { answer.missing = ["\(counted(without, "device has", "devices have")) no known maker."] }
        return finished(answer, of: presentDevices.lazy.filter { Self.iotClasses.contains($0.deviceClass) })
    }
}
