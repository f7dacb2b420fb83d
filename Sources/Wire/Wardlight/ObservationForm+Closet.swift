//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Wireless stations, port events and peripherals, there and back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SwiftProtobuf
import WireRecords

extension ObservationForm {
    // MARK: There

    static func record(_ station: WirelessStation) -> Wardlight_Log_V1_WirelessRecord {
        var record = Wardlight_Log_V1_WirelessRecord()
        record.agent = station.agent
        record.hardware = station.hardware.bits
        record.network = octets(station.network)
        if let name = station.accessPoint { record.accessPoint = name }
        record.accessPointAddress = station.accessPointAddress?.bits ?? 0
        if let ssid = station.ssid { record.ssid = ssid }
        record.security = station.security?.rawValue ?? ""
        record.vlan = UInt32(station.vlan ?? 0)
        if let signal = station.signal { record.signal = Int32(clamping: signal) }
        if let user = station.user { record.user = user }
        record.isGone = station.isGone
        return record
    }

    static func record(_ point: AccessPoint) -> Wardlight_Log_V1_AccessPointRecord {
        var record = Wardlight_Log_V1_AccessPointRecord()
        record.agent = point.agent
        record.hardware = point.hardware.bits
        record.radio = point.radio?.bits ?? 0
        record.network = octets(point.network)
        if let name = point.name { record.name = name }
        if let model = point.model { record.model = model }
        if let serial = point.serial { record.serial = serial }
        return record
    }

    static func record(_ event: PortEvent) -> Wardlight_Log_V1_PortEventRecord {
        var record = Wardlight_Log_V1_PortEventRecord()
        record.agent = event.agent
        record.kind = event.kind.rawValue
        if let ifIndex = event.ifIndex { record.ifIndex = ifIndex }
        if let bridgePort = event.bridgePort { record.bridgePort = bridgePort }
        record.hardware = event.hardware?.bits ?? 0
        record.vlan = UInt32(event.vlan ?? 0)
        return record
    }

    static func record(_ report: PeripheralReport) -> Wardlight_Log_V1_PeripheralsRecord {
        var record = Wardlight_Log_V1_PeripheralsRecord()
        record.host = self.record(report.host)
        if let name = report.hostName { record.hostName = name }
        record.cards = report.cards.map(\.bits)
        record.peripherals = report.peripherals.map { peripheral in
            var record = Wardlight_Log_V1_PeripheralRecord()
            record.path = peripheral.path
            record.vendorID = UInt32(peripheral.vendorId)
            record.productID = UInt32(peripheral.productId)
            if let release = peripheral.release { record.release = UInt32(release) }
            if let maker = peripheral.maker { record.maker = maker }
            if let product = peripheral.product { record.product = product }
            if let serial = peripheral.serial { record.serial = serial }
            if let driver = peripheral.driver { record.driver = driver }
            record.uses = peripheral.uses.map(\.rawValue)
            record.kind = UInt32(peripheral.kind)
            record.interfaces = Data(peripheral.interfaces.flatMap { [$0.kind, $0.subkind, $0.wording] })
            return record
        }
        return record
    }

    // MARK: Back

    static func station(_ record: Wardlight_Log_V1_WirelessRecord) throws(RecordError) -> WirelessStation {
        var station = WirelessStation(agent: record.agent, hardware: try address(record.hardware))
        station.network = try network(record.network)
        station.accessPoint = record.hasAccessPoint ? record.accessPoint : nil
        station.accessPointAddress = try hardware(record.accessPointAddress)
        station.ssid = record.hasSsid ? record.ssid : nil
        station.security = WirelessSecurity(rawValue: record.security)
        station.vlan = vlan(record.vlan)
        station.signal = record.hasSignal ? Int(record.signal) : nil
        station.user = record.hasUser ? record.user : nil
        station.isGone = record.isGone
        return station
    }

    static func accessPoint(_ record: Wardlight_Log_V1_AccessPointRecord) throws(RecordError) -> AccessPoint {
        var point = AccessPoint(agent: record.agent, hardware: try address(record.hardware))
        point.radio = try hardware(record.radio)
        point.network = try network(record.network)
        point.name = record.hasName ? record.name : nil
        point.model = record.hasModel ? record.model : nil
        point.serial = record.hasSerial ? record.serial : nil
        return point
    }

    static func event(_ record: Wardlight_Log_V1_PortEventRecord) throws(RecordError) -> PortEvent {
        guard let kind = PortEvent.Kind(rawValue: record.kind) else { throw .unknownEvent(record.kind) }
        return PortEvent(
            agent: record.agent, kind: kind, ifIndex: record.hasIfIndex ? record.ifIndex : nil,
            bridgePort: record.hasBridgePort ? record.bridgePort : nil, hardware: try hardware(record.hardware),
            vlan: vlan(record.vlan))
    }

    static func report(_ record: Wardlight_Log_V1_PeripheralsRecord) throws(RecordError) -> PeripheralReport {
        let peripherals = try record.peripherals.map { (record) throws(RecordError) in
            var peripheral = Peripheral(
                path: record.path, vendorId: try narrow(record.vendorID, "a peripheral's maker"),
                productId: try narrow(record.productID, "a peripheral's model"),
                kind: try narrow(record.kind, "a peripheral's class"))
            peripheral.release = record.hasRelease ? try narrow(record.release, "a peripheral's release") : nil
            peripheral.maker = record.hasMaker ? record.maker : nil
            peripheral.product = record.hasProduct ? record.product : nil
            peripheral.serial = record.hasSerial ? record.serial : nil
            peripheral.driver = record.hasDriver ? record.driver : nil
            // Words of a newer version are passed over: the interfaces say most of it.
            peripheral.uses = record.uses.compactMap(Peripheral.Use.init(rawValue:))
            let octets = [UInt8](record.interfaces)
            for start in stride(from: 0, to: octets.count - octets.count % 3, by: 3) {
                peripheral.interfaces.append(
                    Peripheral.Interface(
                        kind: octets[start], subkind: octets[start + 1], wording: octets[start + 2]))
            }
            return peripheral
        }
        var report = PeripheralReport(
            host: try subject(record.host), hostName: record.hasHostName ? record.hostName : nil,
            peripherals: peripherals)
        report.cards = try record.cards.map { (bits) throws(RecordError) in try address(bits) }
        return report
    }
}
