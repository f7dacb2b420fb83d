//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// This endpoint: what hangs on it by USB, as Linux tells in sysfs and udev's database.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire

/// Reads what the kernel says of each USB device: its descriptors, its drivers and what became of it. No device is opened
/// and nothing is asked of it; in particular nothing below /dev/input is touched, so no key that is pressed can be seen.
public struct EndpointSensor: Sendable {
    /// `/sys`, and `/run/udev/data` with what udev found out.
    private let root: String
    private let udev: String

    public init(root: String = "/sys", udev: String = "/run/udev/data") {
        (self.root, self.udev) = (root, udev)
    }

    public enum Failure: Error, Hashable, Sendable {
        case noUSB(path: String)
        case noCard(path: String)

        public var words: String {
            switch self {
            case .noUSB(let path): "\(path): no such folder, so there is no USB here; --root names another sysfs."
            case .noCard(let path): "\(path): no network card with an address of its own; --mac gives one."
            }
        }
    }

    /// What was found, and how much did not fit into a report.
    public struct Found: Hashable, Sendable {
        public var line: PeripheralLine
        public var leftOut: Int
    }

    /// - Parameters:
    ///   - name: What the endpoint calls itself.
    ///   - cards: Its addresses; none takes those that sysfs names.
    public func report(name: String?, cards: [HardwareAddress], at time: Timestamp) throws(Failure) -> Found {
        let folder = root + "/bus/usb/devices"
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw .noUSB(path: folder)
        }
        let cards = cards.isEmpty ? self.cards() : cards
        guard let own = cards.first(where: { !$0.isLocallyAdministered }) ?? cards.first else {
            throw .noCard(path: root + "/class/net")
        }
        let paths = entries.filter(Self.isDevice).sorted()
        let found = paths.prefix(PeripheralLine.Limits.peripherals).compactMap {
            peripheral(folder + "/" + $0, path: $0)
        }
        var report = PeripheralReport(host: Subject(hardware: own), hostName: name, peripherals: found)
        report.cards = Array(Set(cards.prefix(PeripheralLine.Limits.cards)).union([own]).sorted())
        return Found(
            line: PeripheralLine(time: time, report: report),
            leftOut: max(0, paths.count - PeripheralLine.Limits.peripherals))
    }

    /// `1-1.4`, and not `usb1` (the computer's own root) or `1-1.4:1.0` (an interface).
    static func isDevice(_ name: String) -> Bool {
        guard name.utf8.count <= 64, let first = name.utf8.first, (0x30...0x39).contains(first), name.contains("-")
        else {
            return false
        }
        return name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
    }

    // MARK: A device

    private func peripheral(_ folder: String, path: String) -> Peripheral? {
        guard let vendor = number(folder + "/idVendor"), let product = number(folder + "/idProduct") else { return nil }
        var peripheral = Peripheral(
            path: path, vendorId: UInt16(truncatingIfNeeded: vendor), productId: UInt16(truncatingIfNeeded: product),
            kind: UInt8(truncatingIfNeeded: number(folder + "/bDeviceClass") ?? 0))
        peripheral.release = number(folder + "/bcdDevice").map { UInt16(truncatingIfNeeded: $0) }
        peripheral.maker = text(folder + "/manufacturer")
        peripheral.product = text(folder + "/product")
        peripheral.serial = text(folder + "/serial")
        var drivers: Set<String> = []
        var uses: Set<Peripheral.Use> = []
        // Interfaces stand inside the device's folder: `1-1.4:1.0`.
        for name in children(folder).filter({ $0.hasPrefix(path + ":") }).prefix(PeripheralLine.Limits.interfaces) {
            let place = folder + "/" + name
            guard let kind = number(place + "/bInterfaceClass") else { continue }
            peripheral.interfaces.append(
                Peripheral.Interface(
                    kind: UInt8(truncatingIfNeeded: kind),
                    subkind: UInt8(truncatingIfNeeded: number(place + "/bInterfaceSubClass") ?? 0),
                    wording: UInt8(truncatingIfNeeded: number(place + "/bInterfaceProtocol") ?? 0)))
            if let driver = try? FileManager.default.destinationOfSymbolicLink(atPath: place + "/driver") {
                drivers.insert(String(driver.split(separator: "/").last ?? ""))
            }
            if !children(place + "/net").isEmpty { uses.insert(.network) }
            uses.formUnion(inputs(of: place))
        }
        if !drivers.isDisjoint(with: ["usb-storage", "uas"]) { uses.insert(.storage) }
        peripheral.interfaces.sort()
        peripheral.uses = uses.sorted()
        drivers.remove("")
        peripheral.driver = drivers.isEmpty ? nil : drivers.sorted().joined(separator: " ")
        return peripheral
    }

    /// What udev takes the inputs of an interface for: `0003:05E0:1200.0001/input/input5`, or `input/input5` directly.
    private func inputs(of interface: String) -> Set<Peripheral.Use> {
        var uses: Set<Peripheral.Use> = []
        let places = ["/input"] + children(interface).filter { $0.hasPrefix("0003:") }.map { "/\($0)/input" }
        for place in places.prefix(32) {
            for name in children(interface + place) where name.hasPrefix("input") {
                guard let said = contents(udev + "/+input:" + name) else { continue }
                let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
                if lines.contains("E:ID_INPUT_KEYBOARD=1") { uses.insert(.keyboard) }
                if lines.contains("E:ID_INPUT_MOUSE=1") { uses.insert(.mouse) }
            }
        }
        return uses
    }

    // MARK: The host's cards

    /// Addresses of network cards that are built in: a dock's card goes with the dock, not with the host.
    private func cards() -> [HardwareAddress] {
        let folder = root + "/class/net"
        var cards: [HardwareAddress] = []
        for name in children(folder) {
            let place = folder + "/" + name
            // Bridges, tunnels and virtual cards have no device; 1 is Ethernet (ARPHRD_ETHER).
            guard FileManager.default.fileExists(atPath: place + "/device"), number(place + "/type", radix: 10) == 1,
                !isOnUSB(place), let address = text(place + "/address").flatMap({ HardwareAddress($0) }),
                address.isIndividual
            else { continue }
            cards.append(address)
        }
        return cards.sorted()
    }

    private func isOnUSB(_ card: String) -> Bool {
        URL(fileURLWithPath: card + "/device").resolvingSymlinksInPath().path.split(separator: "/").contains { part in
            part.hasPrefix("usb") && part.dropFirst(3).allSatisfy(\.isNumber) && part.count > 3
        }
    }

    // MARK: Files of the kernel

    private func children(_ folder: String) -> [String] {
        Array(((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().prefix(256))
    }

    /// A page: what an attribute of sysfs holds at most.
    private func contents(_ path: String) -> [UInt8]? {
        // A pipe would never answer.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType == .typeRegular,
            let file = FileHandle(forReadingAtPath: target)
        else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: 4_096)).map { [UInt8]($0) }
    }

    private func text(_ path: String) -> String? {
        guard let bytes = contents(path) else { return nil }
        let clean = bytes.prefix(PeripheralLine.Limits.text).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        guard let first = clean.firstIndex(where: { $0 != 0x20 }), let last = clean.lastIndex(where: { $0 != 0x20 })
        else { return nil }
        return String(decoding: clean[first...last], as: UTF8.self)
    }

    private func number(_ path: String, radix: Int = 16) -> UInt32? { text(path).flatMap { UInt32($0, radix: radix) } }
}
