//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// Rows of what an agent answered.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import SNMP
import Wire

extension SNMPRow {
    /// A row worth keeping: not one that says that there is none.
    init?(kept binding: SNMPBinding) {
        let value: SNMPValue
        switch binding.value {
        case .integer(let number): value = .integer(number)
        case .octets(let octets): value = .octets(octets)
        case .name(let numbers): value = .name(ObjectName(numbers))
        case .address(let bits): value = .address(bits)
        case .counter32(let number): value = .counter32(number)
        case .gauge(let number): value = .gauge(number)
        case .ticks(let number): value = .ticks(number)
        case .counter64(let number): value = .counter64(number)
        case .null: value = .null
        case .absent, .endOfView, .other: return nil
        }
        self.init(ObjectName(binding.name), value)
    }
}
