//===----------------------------------------------------------------------===//
// Wardlight · SNMP
//
// From net-snmp's lists to values of our own.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

internal import CSNMP

extension SNMPAnswer {
    /// More bindings than a message of 64 KiB can hold do not come; the bound is for the loop's sake.
    private static let mostBindings = 16_384

    init(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) {
        request = Int32(truncatingIfNeeded: unsafe pdu.pointee.reqid)
        status = unsafe pdu.pointee.errstat
        index = unsafe pdu.pointee.errindex
        bindings = []
        var next = unsafe pdu.pointee.variables
        while let variable = unsafe next, bindings.count < Self.mostBindings {
            bindings.append(unsafe SNMPBinding(variable))
            unsafe next = unsafe variable.pointee.next_variable
        }
    }
}

extension SNMPBinding {
    init(_ variable: UnsafeMutablePointer<netsnmp_variable_list>) {
        let length = max(0, min(unsafe variable.pointee.name_length, 128))
        name = unsafe Self.numbers(unsafe variable.pointee.name, length)
        let octets = unsafe variable.pointee.val_len
        guard let raw = unsafe variable.pointee.val.string else {
            value = unsafe Self.withoutValue(variable.pointee.type)
            return
        }
        // Every value that net-snmp makes of a number stands in a whole word.
        let word = unsafe variable.pointee.val.integer
        switch unsafe variable.pointee.type {
        case 0x02: value = unsafe .integer(Int64(word?.pointee ?? 0))
        case 0x04, 0x44, 0x45:
            value = .octets(unsafe Array(UnsafeBufferPointer(start: raw, count: min(octets, 65_535))))
        case 0x06:
            value = .name(
                unsafe Self.numbers(
                    unsafe variable.pointee.val.objid, min(octets / MemoryLayout<oid>.size, 128)))
        case 0x40:
            guard octets == 4 else {
                value = .other(0x40)
                return
            }
            let parts = unsafe UnsafeBufferPointer(start: raw, count: 4)
            value = .address(unsafe parts.reduce(0) { $0 << 8 | UInt32($1) })
        case 0x41: value = unsafe .counter32(UInt32(truncatingIfNeeded: word?.pointee ?? 0))
        case 0x42, 0x47: value = unsafe .gauge(UInt32(truncatingIfNeeded: word?.pointee ?? 0))
        case 0x43: value = unsafe .ticks(UInt32(truncatingIfNeeded: word?.pointee ?? 0))
        case 0x46:
            guard let parts = unsafe variable.pointee.val.counter64?.pointee else {
                value = .other(0x46)
                return
            }
            value = .counter64(
                UInt64(UInt32(truncatingIfNeeded: parts.high)) << 32 | UInt64(UInt32(truncatingIfNeeded: parts.low)))
        default: value = unsafe Self.withoutValue(variable.pointee.type)
        }
    }

    private static func withoutValue(_ type: UInt8) -> Value {
        switch type {
        case 0x04: .octets([])
        case 0x05: .null
        case 0x80, 0x81: .absent
        case 0x82: .endOfView
        default: .other(type)
        }
    }

    private static func numbers(_ start: UnsafeMutablePointer<oid>?, _ count: Int) -> [UInt32] {
        guard let start = unsafe start else { return [] }
        return unsafe UnsafeBufferPointer(start: start, count: count).map { UInt32(truncatingIfNeeded: $0) }
    }
}

extension SNMPReport {
    init(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) {
        let name = unsafe pdu.pointee.variables.map { unsafe SNMPBinding($0).name } ?? []
        // usmStats of RFC 3414; snmpUnknownContexts of RFC 3413.
        let usm: [UInt32] = [1, 3, 6, 1, 6, 3, 15, 1, 1]
        if name.starts(with: usm), name.count > usm.count {
            switch name[usm.count] {
            case 1: self = .unsupportedLevel
            case 2: self = .clockOff
            case 3: self = .unknownUser
            case 4:
                let count = max(0, min(unsafe pdu.pointee.securityEngineIDLen, 32))
                guard count > 0, let start = unsafe pdu.pointee.securityEngineID else {
                    self = .other
                    return
                }
                self = .engine(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
            case 5: self = .wrongPassphrase
            case 6: self = .cannotDecrypt
            default: self = .other
            }
        } else if name.starts(with: [1, 3, 6, 1, 6, 3, 12, 1, 5]) {
            self = .unknownContext
        } else {
            self = .other
        }
    }
}
