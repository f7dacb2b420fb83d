//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Identification report: are the figures what their names say?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Testing

@testable import Reports

/// Goal: nobody is misled by a figure.
@Suite struct `Identification report` {
    private static func trial(_ truth: String, _ said: [String], _ confidence: Int = 0) -> IdentificationReport.Trial {
        IdentificationReport.Trial(truth: truth, said: said, confidence: confidence)
    }

    /// Ten trials: seven right, one unknown, one wrong, one set whose second name is right.
    private static let report: IdentificationReport = {
        var report = IdentificationReport(
            trials: (0..<6).map { _ in trial("camera", ["camera"], 960) } + [
                trial("scale", ["scale"], 550), trial("scale", []), trial("scale", ["camera"], 960),
                trial("kettle", ["scale", "kettle"], 960),
            ],
            unseen: [trial("camera", []), trial("camera", ["scale"], 600)])
        report.captures = 10
        report.folds = 5
        report.seed = 3
        report.bystanders = (20, 1)
        report.microsecondsPerIdentification = 1_234
        return report
    }()

    @Test func `counts an unknown as wrong for accuracy, a set by its first name, and neither for precision`() {
        #expect(Self.report.accuracy == 700)
        #expect(Self.report.precision == 875)
        #expect(Self.report.unknown == 100)
        #expect(Self.report.answered == 9 && Self.report.sets == 1 && Self.report.setContainsTruth == 1)
        // camera: 12 of 13, scale: 2 of 5, kettle: none.
        #expect(Self.report.macroF1 == (923 + 400 + 0) / 3)
        #expect(Self.report.unseenUnknown == 500)
    }

    @Test func `compares what was said with what held`() {
        #expect(
            Self.report.calibration == [
                IdentificationReport.Bin(said: 550, right: 1, count: 1),
                IdentificationReport.Bin(said: 960, right: 7, count: 8),
            ])
    }

    @Test func `JSON has the promised keys`() throws {
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.report.json)) as? [String: Any])
        for key in ["accuracy", "precision", "macroF1", "unknown", "calibration", "confusion", "msPerIdentification"] {
            #expect(json[key] != nil, "\(key)")
        }
        #expect(json["accuracy"] as? Double == 0.7)
        #expect(json["msPerIdentification"] as? Double == 1.234)
        let confusion = try #require(json["confusion"] as? [String: [String: Int]])
        #expect(confusion["scale"] == ["scale": 1, "unknown": 1, "camera": 1])
        #expect(confusion["kettle"] == ["scale or kettle": 1])
        #expect((json["unseen"] as? [String: Any])?["unknown"] as? Double == 0.5)
    }

    @Test func `text shows what is wrong, and the plot every bin`() {
        let text = Self.report.text
        for part in ["accuracy   0.700", "scale   camera 1, scale 1, unknown 1", "1 of 20 other devices", "1.234 ms"] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
        #expect(!text.contains("camera  camera 6"))
        #expect(Self.report.plot.hasPrefix("<svg") && Self.report.plot.contains("7 of 8"))
    }

    @Test func `of nothing is nothing, not a stop`() {
        let empty = IdentificationReport(trials: [])
        #expect(empty.accuracy == 0 && empty.macroF1 == 0 && empty.calibration.isEmpty)
        #expect(!empty.text.isEmpty && !empty.json.isEmpty && empty.plot.contains("</svg>"))
    }
}
