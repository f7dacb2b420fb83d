//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Identifiers: by what numbers is a device known that no network card carries?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension Device {
    private static let identifying: [(field: Field, kind: String)] = [
        (.sightingImei, "imei"), (.sightingIccid, "iccid"), (.sightingBle, "ble"), (.sightingAssetTag, "tag"),
    ]

    /// Numbers of its cellular equipment and SIM card, its Bluetooth address and its asset tag, as lists of other systems
    /// tell them: `imei:490154203237518`. In this order, those of one kind sorted.
    public var identifiers: [String] {
        Self.identifying.flatMap { field, kind in
            facts.filter { $0.field == field }.map { "\(kind):\($0.value)" }.sorted()
        }
    }

    /// Where a locating system or a list said last that it is.
    public var saidPlace: String? {
        facts.filter { $0.field == .sightingPlace }.max { ($0.span.last, $0.value) < ($1.span.last, $1.value) }?.value
    }
}
