//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// Is what shall be asked a medical device? Then it is left alone.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Inventory
import Model
import Sensors
import Twin

/// Answers from the hospital's own settings, from the inventory that was read before, and from the knowledge: the same
/// rules by which a device that is only heard is called medical.
final class MedicalCheck {
    private let knowledge: KnowledgeBase
    private let allowed: Allowances
    /// Addresses of medical devices, with their ids: what the inventory knows by now.
    var known: [IPAddress: String]
    /// The first six octets of an address and every sysObjectID are judged once; a thousand switches have few makers.
    private var answers: [MedicalHint: String?] = [:]
    private static let mostAnswers = 100_000

    init(_ knowledge: KnowledgeBase, _ allowed: Allowances, known: [IPAddress: String] = [:]) {
        self.knowledge = knowledge
        self.allowed = allowed
        self.known = known
    }

    func why(_ hint: MedicalHint) -> String? {
        // What the inventory knows changes from round to round.
        if case .address = hint { return judge(hint) }
        if let answer = answers[hint] { return answer }
        let answer = judge(hint)
        if answers.count < Self.mostAnswers { answers[hint] = .some(answer) }
        return answer
    }

    private func judge(_ hint: MedicalHint) -> String? {
        switch hint {
        case .address(let address):
            if let device = known[address] { return "the inventory knows its address as a medical device (\(device))" }
            if allowed.medicalNetworks.contains(where: { $0.contains(address) }) {
                return "the settings say that its network is medical"
            }
            return nil
        case .objectId(let name):
            if allowed.medicalObjects.contains(where: { name.numbers.starts(with: $0) }) {
                return "the settings say that its sysObjectID \(name) is medical"
            }
            return maker(hardware: nil, objectId: name.description).map {
                "its sysObjectID \(name) is that of a medical device (\($0))"
            }
        case .hardware(let hardware):
            if allowed.medicalHardware.contains(where: { $0.contains(hardware) }) {
                return "the settings say that its hardware address \(hardware) is medical"
            }
            return maker(hardware: hardware, objectId: nil).map {
                "its hardware address \(hardware) is that of a medical device (\($0))"
            }
        }
    }

    /// What an inventory with this fact alone says of the device, where that is medical.
    private func maker(hardware: HardwareAddress?, objectId: String?) -> String? {
        // Locally administered, so that it is no maker's.
        let subject = Subject(hardware: hardware ?? HardwareAddress(bits: 0x0200_0000_0001))
        let span = Observation.Span(first: .epoch, last: .epoch)
        var bodies: [Observation.Body] = [
            .sighting(Observation.Sighting(subject: subject, vlan: nil, span: span, packets: 1, bytes: 64))
        ]
        if let objectId {
            bodies.append(
                .fact(
                    Observation.Fact(subject: subject, field: .snmpSysObjectId, value: objectId, span: span, count: 1)))
        }
        var hospital = Hospital(knowledge: knowledge)
        _ = hospital.learn(bodies.map { Observation(site: "", sensor: "", occurred: .epoch, body: $0) })
        guard let device = hospital.inventory.snapshot().devices.first, device.deviceClass == .medical else {
            return nil
        }
        return device.judgements[.vendor]?.value ?? device.judgements[.type]?.value ?? "medical"
    }
}
