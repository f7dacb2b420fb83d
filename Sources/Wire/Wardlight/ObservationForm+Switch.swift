//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What polls of switches say, there and back.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import SwiftProtobuf
import WireRecords

extension ObservationForm {
    // MARK: There

    static func record(_ found: Switch) -> Wardlight_Log_V1_SwitchRecord {
        var record = Wardlight_Log_V1_SwitchRecord()
        record.agent = found.agent
        if let name = found.name { record.name = name }
        if let summary = found.summary { record.summary = summary }
        if let objectId = found.objectId { record.objectID = objectId }
        if let location = found.location { record.location = location }
        record.address = octets(found.address)
        record.chassis = found.chassis?.bits ?? 0
        if let vendor = found.vendor { record.vendor = vendor }
        if let model = found.model { record.model = model }
        if let firmware = found.firmware { record.firmware = firmware }
        if let serial = found.serial { record.serial = serial }
        record.ownAddresses = found.ownAddresses.map(\.bits)
        if let uptime = found.uptimeSeconds { record.uptimeSeconds = uptime }
        record.forwardingRows = Int64(found.forwardingRows)
        record.unplacedRows = Int64(found.unplacedRows)
        record.missingMibs = found.missingMibs
        return record
    }

    static func record(_ report: PortReport) -> Wardlight_Log_V1_PortRecord {
        let port = report.port
        var record = Wardlight_Log_V1_PortRecord()
        record.agent = report.agent
        record.ifIndex = port.ifIndex
        record.name = port.name
        if let kind = port.kind { record.kind = kind }
        if let isUp = port.isUp { record.isUp = isUp }
        if let isEnabled = port.isEnabled { record.isEnabled = isEnabled }
        if let speed = port.speed { record.speed = speed }
        record.duplex = port.duplex?.rawValue ?? ""
        if let poe = port.poe {
            var power = Wardlight_Log_V1_PortPowerRecord()
            if let isEnabled = poe.isEnabled { power.isEnabled = isEnabled }
            power.detection = poe.detection?.rawValue ?? ""
            if let deviceClass = poe.deviceClass { power.deviceClass = Int32(clamping: deviceClass) }
            if let milliwatts = poe.milliwatts { power.milliwatts = milliwatts }
            record.poe = power
        }
        if let mau = port.mau { record.mau = mau }
        record.partner = port.partner
        record.vlan = UInt32(port.vlan ?? 0)
        if let change = port.lastChange { record.lastChange = change.nanoseconds }
        if let late = port.lateCollisions { record.lateCollisions = late }
        if let bad = port.badFrames { record.badFrames = bad }
        record.spanningTree = port.spanningTree?.rawValue ?? ""
        if let isNegotiating = port.isNegotiating { record.isNegotiating = isNegotiating }
        record.offered = port.offered
        record.partnerSaid = port.partnerSaid
        if let wake = port.wakeMicroseconds { record.wakeMicroseconds = wake }
        if let frames = port.framesIn { record.framesIn = frames }
        if let frames = port.framesOut { record.framesOut = frames }
        record.designatedBridge = port.designatedBridge?.bits ?? 0
        if let isEdge = port.isEdge { record.isEdge = isEdge }
        if let isAuthorised = port.isAuthorised { record.isAuthorised = isAuthorised }
        if let violations = port.violations { record.violations = violations }
        if let bridgePort = port.bridgePort { record.bridgePort = bridgePort }
        if let bundle = port.bundle { record.bundle = bundle }
        if let transceiver = port.transceiver {
            var plugged = Wardlight_Log_V1_TransceiverRecord()
            if let kind = transceiver.kind { plugged.kind = kind }
            if let maker = transceiver.maker { plugged.maker = maker }
            if let model = transceiver.model { plugged.model = model }
            if let serial = transceiver.serial { plugged.serial = serial }
            record.transceiver = plugged
        }
        return record
    }

    static func record(_ learned: LearnedAddress) -> Wardlight_Log_V1_LearnedRecord {
        var record = Wardlight_Log_V1_LearnedRecord()
        record.agent = learned.agent
        record.hardware = learned.hardware.bits
        record.ifIndex = learned.ifIndex
        record.vlan = UInt32(learned.vlan ?? 0)
        record.isFixed = learned.kind == .fixed
        return record
    }

    static func record(_ neighbour: SwitchNeighbour) -> Wardlight_Log_V1_NeighbourRecord {
        var record = Wardlight_Log_V1_NeighbourRecord()
        record.agent = neighbour.agent
        record.ifIndex = neighbour.ifIndex
        record.isCdp = neighbour.via == .cdp
        if neighbour.via != .cdp, neighbour.via != .lldp { record.via = neighbour.via.rawValue }
        if let chassis = neighbour.chassis { record.chassis = chassis }
        record.hardware = neighbour.hardware?.bits ?? 0
        if let port = neighbour.port { record.port = port }
        if let summary = neighbour.portSummary { record.portSummary = summary }
        if let name = neighbour.name { record.name = name }
        if let summary = neighbour.summary { record.summary = summary }
        if let platform = neighbour.platform { record.platform = platform }
        record.address = octets(neighbour.address)
        record.abilities = neighbour.abilities.map(\.rawValue)
        record.vlan = UInt32(neighbour.vlan ?? 0)
        record.duplex = neighbour.duplex?.rawValue ?? ""
        return record
    }

    // MARK: Back

    static func vlan(_ number: UInt32) -> UInt16? {
        number >= 1 && number <= 4_094 ? UInt16(number) : nil
    }

    static func found(_ record: Wardlight_Log_V1_SwitchRecord) throws(RecordError) -> Switch {
        var found = Switch(agent: record.agent)
        found.name = record.hasName ? record.name : nil
        found.summary = record.hasSummary ? record.summary : nil
        found.objectId = record.hasObjectID ? record.objectID : nil
        found.location = record.hasLocation ? record.location : nil
        found.address = try network(record.address)
        found.chassis = try hardware(record.chassis)
        found.vendor = record.hasVendor ? record.vendor : nil
        found.model = record.hasModel ? record.model : nil
        found.firmware = record.hasFirmware ? record.firmware : nil
        found.serial = record.hasSerial ? record.serial : nil
        found.ownAddresses = try record.ownAddresses.map { (bits) throws(RecordError) in try address(bits) }
        found.uptimeSeconds = record.hasUptimeSeconds ? record.uptimeSeconds : nil
        found.forwardingRows = Int(clamping: record.forwardingRows)
        found.unplacedRows = Int(clamping: record.unplacedRows)
        found.missingMibs = record.missingMibs
        return found
    }

    static func report(_ record: Wardlight_Log_V1_PortRecord) throws(RecordError) -> PortReport {
        var port = SwitchPort(ifIndex: record.ifIndex, name: record.name)
        port.kind = record.hasKind ? record.kind : nil
        port.isUp = record.hasIsUp ? record.isUp : nil
        port.isEnabled = record.hasIsEnabled ? record.isEnabled : nil
        port.speed = record.hasSpeed ? record.speed : nil
        port.duplex = SwitchPort.Duplex(rawValue: record.duplex)
        if record.hasPoe {
            let power = record.poe
            port.poe = PortPower(
                isEnabled: power.hasIsEnabled ? power.isEnabled : nil,
                detection: PortPower.Detection(rawValue: power.detection),
                deviceClass: power.hasDeviceClass ? Int(power.deviceClass) : nil,
                milliwatts: power.hasMilliwatts ? power.milliwatts : nil)
        }
        port.mau = record.hasMau ? record.mau : nil
        port.partner = record.partner
        port.vlan = vlan(record.vlan)
        port.lastChange = record.hasLastChange ? Timestamp(nanoseconds: record.lastChange) : nil
        port.lateCollisions = record.hasLateCollisions ? record.lateCollisions : nil
        port.badFrames = record.hasBadFrames ? record.badFrames : nil
        port.spanningTree = SpanningTreeState(rawValue: record.spanningTree)
        port.isNegotiating = record.hasIsNegotiating ? record.isNegotiating : nil
        port.offered = record.offered
        port.partnerSaid = record.partnerSaid
        port.wakeMicroseconds = record.hasWakeMicroseconds ? record.wakeMicroseconds : nil
        port.framesIn = record.hasFramesIn ? record.framesIn : nil
        port.framesOut = record.hasFramesOut ? record.framesOut : nil
        port.designatedBridge = try hardware(record.designatedBridge)
        port.isEdge = record.hasIsEdge ? record.isEdge : nil
        port.isAuthorised = record.hasIsAuthorised ? record.isAuthorised : nil
        port.violations = record.hasViolations ? record.violations : nil
        port.bridgePort = record.hasBridgePort ? record.bridgePort : nil
        port.bundle = record.hasBundle ? record.bundle : nil
        if record.hasTransceiver {
            let plugged = record.transceiver
            port.transceiver = Transceiver(
                kind: plugged.hasKind ? plugged.kind : nil, maker: plugged.hasMaker ? plugged.maker : nil,
                model: plugged.hasModel ? plugged.model : nil, serial: plugged.hasSerial ? plugged.serial : nil)
        }
        return PortReport(agent: record.agent, port: port)
    }

    static func learned(_ record: Wardlight_Log_V1_LearnedRecord) throws(RecordError) -> LearnedAddress {
        LearnedAddress(
            agent: record.agent, hardware: try address(record.hardware), ifIndex: record.ifIndex,
            vlan: vlan(record.vlan), kind: record.isFixed ? .fixed : .learned)
    }

    static func neighbour(_ record: Wardlight_Log_V1_NeighbourRecord) throws(RecordError) -> SwitchNeighbour {
        let via = SwitchNeighbour.Voice(rawValue: record.via) ?? (record.isCdp ? .cdp : .lldp)
        var neighbour = SwitchNeighbour(agent: record.agent, ifIndex: record.ifIndex, via: via)
        neighbour.chassis = record.hasChassis ? record.chassis : nil
        neighbour.hardware = try hardware(record.hardware)
        neighbour.port = record.hasPort ? record.port : nil
        neighbour.portSummary = record.hasPortSummary ? record.portSummary : nil
        neighbour.name = record.hasName ? record.name : nil
        neighbour.summary = record.hasSummary ? record.summary : nil
        neighbour.platform = record.hasPlatform ? record.platform : nil
        neighbour.address = try network(record.address)
        neighbour.abilities = record.abilities.compactMap(SwitchNeighbour.Ability.init(rawValue:))
        neighbour.vlan = vlan(record.vlan)
        neighbour.duplex = SwitchPort.Duplex(rawValue: record.duplex)
        return neighbour
    }
}
