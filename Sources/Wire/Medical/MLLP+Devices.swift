//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// HL7 v2, devices: which device made this observation, when a gateway speaks for it?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension MLLP {
    /// Reads what a message says of devices.
    ///
    /// A device with an identifier of its own (EUI-64, serial number, UDI) becomes a child of the sender, unless the
    /// identifier is the sender's own. A device that is only named leaves its name with the sender.
    struct DeviceReader {
        private let source: HardwareAddress
        /// Observations of one message mostly name one device: the last OBX-18 is not reported twice in a row.
        private var lastMark: UInt64 = 0
        /// PV1-3 of this message, as `pointOfCare^room^bed^facility`; empty when there is none.
        private var place: [UInt8] = []
        /// Whether a device of this message was named, which then is where the place belongs.
        private var hasNamedDevice = false

        init(_ packet: Packet) { source = packet.source }

        /// OBR-3, filler order number: whose EUI-64? The order number itself is never reported.
        mutating func readOrder(
            _ segment: Span<UInt8>, _ separator: UInt8, _ state: State, into facts: inout Facts
        ) {
            let text = MLLP.eui64Text(segment.piece(3, by: separator), component: state.component)
            guard let eui64 = text.eui64(), point(to: eui64, state, &facts) else { return }
            facts.add(.hl7Eui64, text)
            locate(&facts)
        }

        /// PV1-3, assigned patient location (HL7 v2.8, 3.4.9.3; data type PL, 2A.3.53). Of PV1 nothing else is looked
        /// at, and a place without room and bed is no place: many senders write a company's name there.
        mutating func readVisit(_ segment: Span<UInt8>, _ separator: UInt8, _ state: State) {
            place = []
            hasNamedDevice = false
            let field = segment.piece(3, by: separator).piece(0, by: state.repetition)
            let room = field.piece(1, by: state.component).trimmed()
            let bed = field.piece(2, by: state.component).trimmed()
            guard room.count > 0 || bed.count > 0, field.count <= Self.longestPlace else { return }
            for index in 0..<4 {
                if index > 0 { place.append(UInt8(ascii: "^")) }
                // Of a facility only its name: subcomponents are identifiers.
                let part = field.piece(index, by: state.component).piece(0, by: UInt8(ascii: "&")).trimmed()
                for at in part.indices { place.append(part[at]) }
            }
        }

        /// Ward, room, bed and hospital are short; what is longer is something else.
        private static let longestPlace = 200

        /// Says where the device is that the facts are about now.
        private mutating func locate(_ facts: inout Facts) {
            hasNamedDevice = true
            if !place.isEmpty { facts.add(.hl7Location, place.span) }
        }

        /// The message is over: a sender that named no device speaks for itself.
        mutating func endMessage(into facts: inout Facts) {
            if !place.isEmpty, !hasNamedDevice {
                facts.about = .sender
                facts.add(.hl7Location, place.span)
            }
            place = []
            hasNamedDevice = false
            lastMark = 0
        }

        /// OBX-18, equipment instance identifier; may repeat.
        mutating func readObservation(
            _ segment: Span<UInt8>, _ separator: UInt8, _ state: State, into facts: inout Facts
        ) {
            let field = segment.piece(18, by: separator).trimmed()
            guard field.count > 0 else { return }
            let mark = Self.mark(field)
            if mark == lastMark { return }
            lastMark = mark
            for index in 0..<4 {
                let one = field.piece(index, by: state.repetition).trimmed()
                if one.count == 0 { break }
                readEquipment(one, state, into: &facts)
            }
        }

        private mutating func readEquipment(_ field: Span<UInt8>, _ state: State, into facts: inout Facts) {
            let name = Self.name(field, state)
            let text = MLLP.eui64Text(field, component: state.component)
            facts.about = .sender
            if let eui64 = text.eui64() {
                guard point(to: eui64, state, &facts) else { return }
                facts.add(.hl7Eui64, text)
                if name.eui64() == nil { facts.add(.hl7DeviceId, name) }
                locate(&facts)
            } else if Self.isUDI(name) {
                guard point(to: "udi:" + name.string(), &facts) else { return }
                facts.add(.hl7Udi, name)
                locate(&facts)
            } else {
                // OBX-18 is where a UDI belongs; what is in no issuer's form is kept as what it was sent for, too.
                facts.add(.hl7Udi, name)
                facts.add(.hl7DeviceId, name)
            }
            facts.about = .sender
        }

        /// PRT (HL7 v2.8, 7.3.4): PRT-10 UDI or device, 16 device identifier, 20 serial number, 22 device type. The
        /// fields in between name people and places and are not looked at.
        mutating func readParticipation(
            _ segment: Span<UInt8>, _ separator: UInt8, _ state: State, into facts: inout Facts
        ) {
            let device = segment.piece(10, by: separator).piece(0, by: state.repetition).trimmed()
            let name = Self.name(device, state)
            let text = MLLP.eui64Text(device, component: state.component)
            let identifier = segment.piece(16, by: separator).piece(0, by: state.component).trimmed()
            let serial = segment.piece(20, by: separator).piece(0, by: state.component).trimmed()
            facts.about = .sender
            if let eui64 = text.eui64() {
                guard point(to: eui64, state, &facts) else { return }
            } else if serial.count > 0 {
                guard point(to: "serial:" + serial.string(), &facts) else { return }
            } else if Self.isUDI(name) {
                guard point(to: "udi:" + name.string(), &facts) else { return }
            }
            facts.add(.hl7Eui64, text)
            if Self.isUDI(name) {
                facts.add(.hl7Udi, name)
            } else if name.eui64() == nil {
                facts.add(.hl7DeviceId, name)
            }
            facts.add(.hl7DeviceId, identifier)
            facts.add(.hl7Serial, serial)
            let type = segment.piece(22, by: separator)
            let typeText = type.piece(1, by: state.component).trimmed()
            facts.add(.hl7DeviceModel, typeText.count > 0 ? typeText : type.piece(0, by: state.component))
            if facts.about != .sender || text.count > 0 { locate(&facts) }
            facts.about = .sender
        }

        /// An entity identifier's own part, or its universal part when there is no other.
        @_lifetime(copy field)
        private static func name(_ field: Span<UInt8>, _ state: State) -> Span<UInt8> {
            let own = field.piece(0, by: state.component).trimmed()
            return own.count > 0 ? own : field.piece(2, by: state.component).trimmed()
        }

        /// From now on the facts are about the device with this EUI-64: the sender itself, or a child of it. False when
        /// there is no room for one more child: its facts must not fall to the sender.
        private func point(to eui64: UInt64, _ state: State, _ facts: inout Facts) -> Bool {
            if State.mark(eui64) == state.sender || isOwn(eui64) {
                facts.about = .sender
                return true
            }
            return point(to: "eui64:" + EUI64(bits: eui64).description, &facts)
        }

        private func point(to child: String, _ facts: inout Facts) -> Bool {
            facts.about = .sender
            facts.aboutChild(child)
            return facts.about != .sender
        }

        /// Whether the EUI-64 was made from the hardware address the packet came from: FF-FE or FF-FF between the two
        /// halves (IEEE guidelines for EUI-64).
        private func isOwn(_ eui64: UInt64) -> Bool {
            let middle = eui64 >> 24 & 0xFFFF
            guard middle == 0xFFFE || middle == 0xFFFF, source != .zero else { return false }
            return (eui64 >> 40) << 24 | eui64 & 0xFF_FFFF == source.bits
        }

        /// GS1 (`(01)` and 14 digits), HIBCC (`+`), ICCBBA (`=`): how a UDI begins in its printed form.
        static func isUDI(_ text: Span<UInt8>) -> Bool {
            guard text.count >= 8 else { return false }
            if text.starts(with: "(01)") || text.starts(with: "+") || text.starts(with: "=/") { return true }
            guard text.count >= 16, text.starts(with: "01") else { return false }
            for index in 2..<16 {
                guard case 0x30...0x39 = text[index] else { return false }
            }
            return true
        }

        /// FNV-1a, 64 bits; never 0.
        private static func mark(_ bytes: Span<UInt8>) -> UInt64 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 }
            return hash | 1
        }
    }
}
