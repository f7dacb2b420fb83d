//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Rows and devices for the ledger's tests, each in one line.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Ledger
import Model

let noon = Timestamp(rfc3339: "2026-03-01T12:00:00Z") ?? .epoch

extension Timestamp {
    func adding(days: Int64 = 0, seconds: Int64 = 0, nanoseconds: Int64 = 0) -> Timestamp {
        Timestamp(nanoseconds: self.nanoseconds + (days * 86_400 + seconds) * 1_000_000_000 + nanoseconds)
    }
}

extension HardwareAddress {
    init(_ number: Int) { self.init(bits: 0x0009_FB00_0000 + UInt64(number)) }
}

/// A row that says as much as is given.
func row(
    _ tag: String? = nil, serial: String? = nil, mac: [Int] = [], vendor: String? = nil, model: String? = nil,
    room: String? = nil, site: String = "", status: DeclaredAsset.Status = .inService, capable: Bool? = true
) -> DeclaredAsset {
    var asset = DeclaredAsset(source: "assets.csv", line: 2, site: site)
    asset.tag = tag
    asset.serial = serial
    asset.hardware = mac.map { HardwareAddress($0) }
    (asset.vendor, asset.model, asset.room) = (vendor, model, room)
    (asset.status, asset.isNetworkCapable) = (status, capable)
    return asset
}

/// A device that was seen at noon.
func device(
    _ id: String, mac: [Int] = [], serial: String? = nil, vendor: String? = nil, model: String? = nil,
    type: String? = nil, names: [String] = [], bed: String? = nil, asset: String? = nil, site: String = "main",
    seen: Timestamp = noon, confidence: Int = 900
) -> Device {
    let span = Observation.Span(first: seen.adding(days: -1), last: seen)
    var device = Device(id: id, site: site, span: span)
    device.mac = mac.map { HardwareAddress($0) }
    device.names = names
    for (attribute, value) in [
        (Attribute.serial, serial), (.vendor, vendor), (.model, model), (.type, type),
    ] {
        if let value {
            device.judgements[attribute] = Judgement(value: value, confidence: confidence, evidence: [])
        }
    }
    if let bed { device.facts.append(FactSummary(field: .hl7Location, value: bed, count: 1, span: span)) }
    if let asset { device.facts.append(FactSummary(field: .lldpMedAsset, value: asset, count: 1, span: span)) }
    return device
}

extension Reconciliation {
    var outcomes: [DeclaredOutcome] { matches.map(\.outcome) }
    var seen: [String?] { matches.map(\.device) }
    var conflicts: [[String]] { matches.map { $0.conflicts.map(\.what) } }
}

/// As it is asked most often.
func reconcile(
    _ rows: [DeclaredAsset], _ devices: [Device], plan: SitePlan = SitePlan(), network: NetworkMap? = nil,
    vendors: VendorNames = VendorNames(), at now: Timestamp = noon
) -> Reconciliation {
    Reconciler(plan: plan, vendors: vendors).reconcile(rows, with: devices, network: network, at: now)
}
