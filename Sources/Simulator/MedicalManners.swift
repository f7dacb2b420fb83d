//===----------------------------------------------------------------------===//
// Wardlight · Simulator
//
// Manners of medical devices: associations, results, hellos, announcements.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Wire

extension DICOM.Association {
    /// Verification and one kind of picture, with the two encodings that everybody knows.
    static func modality(
        _ callingAE: String, _ calledAE: String, _ implementation: String, _ version: String?, storing kind: String?
    ) -> DICOM.Association {
        let syntaxes = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]
        return DICOM.Association(
            callingAE: callingAE, calledAE: calledAE, implementationClassUID: implementation,
            implementationVersion: version,
            contexts: [DICOM.Association.Context("1.2.840.10008.1.1", ["1.2.840.10008.1.2"])]
                + (kind.map { [DICOM.Association.Context($0, syntaxes)] } ?? []))
    }
}

/// Kinds of pictures (PS3.6, annex A).
enum Picture {
    static let tomography = "1.2.840.10008.5.1.4.1.1.2"
    static let magneticResonance = "1.2.840.10008.5.1.4.1.1.4"
    static let ultrasound = "1.2.840.10008.5.1.4.1.1.6.1"
    static let digitalXRay = "1.2.840.10008.5.1.4.1.1.1.1"
    static let angiography = "1.2.840.10008.5.1.4.1.1.12.1"
    static let worklist = "1.2.840.10008.5.1.4.31"
}

extension Station {
    /// Opens an association with an archive, asks whether it is there, and releases it.
    mutating func associates(with role: Role, _ port: UInt16, _ request: DICOM.Association, every: Int = 150) {
        does(after: 10, every: every) { stage in
            var answer = request
            answer.implementationClassUID = "1.2.40.0.13.1.3"
            answer.implementationVersion = "dcm4che-5.23.2"
            let message = UInt16(stage.chance.within(1...60_000))
            stage.talk(
                stage.me, stage[role], port, as: "dicom",
                [
                    (.client, DICOM.request(request)), (.server, DICOM.accept(answer)),
                    (.client, DICOM.echo(context: 1, message: message, isAnswer: false)),
                    (.server, DICOM.echo(context: 1, message: message, isAnswer: true)),
                    (.client, DICOM.release(isAnswer: false)), (.server, DICOM.release(isAnswer: true)),
                ])
        }
    }

    /// Sends an HL7 message that the other side acknowledges.
    mutating func reports(
        to role: Role, _ port: UInt16 = 2_575, after: Int = 9, every: Int = 60,
        _ message: @escaping @Sendable (inout Stage, _ control: String) -> MLLP.Message
    ) {
        does(after: after, every: every) { stage in
            let control = "SIM" + stage.chance.digits(9)
            let text = message(&stage, control)
            var answer = MLLP.Message(
                sendingApplication: "SIMENGINE", sendingFacility: "SIMHOSPITAL", time: stage.stamp, type: "ACK",
                controlId: "A" + control)
            answer.acknowledge(control)
            stage.talk(
                stage.me, stage[role], port, as: "hl7", [(.client, text.framed), (.server, answer.framed)])
        }
    }

    /// Sends one result as an analyser does: enquiry, numbered frames, each acknowledged, end.
    mutating func transmits(to role: Role, _ port: UInt16, sender: String, test: String, every: Int = 140) {
        does(after: 11, every: every) { stage in
            let sample = "SIM" + stage.chance.digits(7)
            let records = [
                ASTM.header(sender: sender, time: stage.stamp), "P|1", "O|1|\(sample)||^^^\(test)|R",
                "R|1|^^^\(test)|\(stage.chance.within(30...180))|mmol/L||N||F", "L|1|N",
            ]
            var steps: [(StreamSide, [UInt8])] = [(.client, ASTM.enquiryBytes), (.server, ASTM.acknowledgement)]
            for frame in ASTM.frames(records) { steps += [(.client, frame), (.server, ASTM.acknowledgement)] }
            steps.append((.client, ASTM.endBytes))
            stage.talk(stage.me, stage[role], port, as: "astm", steps)
        }
    }

    /// Greets the point-of-care server (POCT1-A).
    mutating func greets(
        to role: Role, _ port: UInt16, device: String, vendor: String, model: String, serial: String, software: String,
        every: Int = 200
    ) {
        does(after: 12, every: every) { stage in
            let time = stage.rfc3339.dropLast() + "+00:00"
            stage.talk(
                stage.me, stage[role], port, as: "poct1",
                [
                    (
                        .client,
                        POCT1.hello(
                            deviceId: device, vendorId: vendor, modelId: model, serialId: serial,
                            softwareVersion: software, time: String(time))
                    ),
                    (.server, POCT1.acknowledge(1, time: String(time))),
                ])
        }
    }

    /// Broadcasts its connect indication until a centre talks with it (Philips' data export protocol).
    mutating func indicates(_ monitor: IntelliVue.Monitor, every: Int = 20) {
        does(after: 2, every: every) { stage in
            stage.broadcast(from: 24_105, to: 24_005, IntelliVue.announce(monitor), subnet: true)
        }
    }

    /// Announces itself as a device of IEEE 11073 SDC, with the place it stands in.
    mutating func takesPart(code: String, every: Int = 90, _ chance: inout Chance) {
        saysBed = true
        announces(
            [.device, .medicalDevice],
            scopes: [
                SDC.participantKey, "sdc.cdc.type:///\(code)",
                "sdc.ctxt.loc:/sdc.ctxt.loc.detail/SIM%2F%2F%2F\(ward)%2F%2F\(bed)?fac=SIM&poc=\(ward)&bed=\(bed)",
            ], path: ":6464/sdc", &chance, every: every)
    }
}
