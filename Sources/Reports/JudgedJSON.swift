//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Weaknesses, weak controls and risk of a device, as the inventory JSON writes them.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension JSONWriter {
    /// `weaknesses`, `weakControls`, `risk`, `acceptance`, `compensatingControls`; each absent when there is none.
    mutating func judged(_ device: Device) {
        if !device.weaknesses.isEmpty {
            key("weaknesses")
            beginArray()
            for weakness in device.weaknesses { self.weakness(weakness) }
            endArray()
        }
        if !device.weakControls.isEmpty { findings(device.weakControls, under: "weakControls") }
        if let risk = device.risk { self.risk(risk) }
        if let standing = device.acceptance {
            key("acceptance")
            beginObject(inline: true)
            member("as", standing.content.ownership.rawValue)
            member("until", standing.content.until?.description)
            told(standing)
        }
        if !device.controls.isEmpty {
            key("compensatingControls")
            beginArray()
            for standing in device.controls {
                beginObject(inline: true)
                member("advisory", standing.content.advisory)
                member("measure", standing.content.measure)
                member("owner", standing.content.owner)
                member("review", standing.content.review.description)
                told(standing)
            }
            endArray()
        }
    }

    private mutating func told<Content>(_ standing: Standing<Content>) {
        member("by", standing.by)
        member("reason", standing.reason)
        member("at", standing.at.description)
        endObject()
    }

    private mutating func weakness(_ weakness: Weakness) {
        beginObject()
        member("advisory", weakness.advisory)
        member("title", weakness.title)
        member("row", weakness.row)
        member("verdict", weakness.verdict.rawValue)
        member("reason", weakness.reason)
        key("compared")
        beginArray()
        for comparison in weakness.comparisons { self.comparison(comparison, other: "advisory") }
        endArray()
        member("cves", weakness.cves)
        if let score = weakness.score {
            key("score")
            value(tenths: score)
        }
        member("vector", weakness.vector)
        if !weakness.exploited.isEmpty { member("knownExploited", weakness.exploited) }
        if let forecast = weakness.forecast {
            key("epss")
            value(thousandths: forecast / 100)
        }
        member("priority", weakness.priority?.name)
        if !weakness.decision.isEmpty {
            key("decision")
            beginArray()
            for point in weakness.decision {
                beginObject(inline: true)
                member("name", point.name)
                member("value", point.value)
                member("because", point.because)
                endObject()
            }
            endArray()
        }
        member("since", weakness.since?.description)
        member("verification", weakness.verification.rawValue)
        remediations(weakness.fixes, "fixes")
        remediations(weakness.mitigations, "mitigations")
        endObject()
    }

    /// Two texts: as seen, and as the other side has it.
    mutating func comparison(_ comparison: Weakness.Comparison, other: StaticString) {
        beginObject(inline: true)
        member("what", comparison.what)
        member("seen", comparison.seen)
        member(other, comparison.advisory)
        member("holds", comparison.holds)
        endObject()
    }

    private mutating func remediations(_ list: [Remediation], _ name: StaticString) {
        if list.isEmpty { return }
        key(name)
        beginArray()
        for remediation in list {
            beginObject(inline: true)
            member("category", remediation.category.rawValue)
            member("details", remediation.details)
            member("url", remediation.url)
            endObject()
        }
        endArray()
    }

    private mutating func risk(_ risk: Risk) {
        key("risk")
        beginObject()
        member("product", risk.product)
        member("likelihood", risk.likelihood)
        member("impact", risk.impact)
        terms(risk.likelihoodTerms, "likelihoodTerms")
        terms(risk.impactTerms, "impactTerms")
        endObject()
    }

    private mutating func terms(_ terms: [Risk.Term], _ name: StaticString) {
        key(name)
        beginArray()
        for term in terms {
            beginObject(inline: true)
            member("name", term.name)
            member("points", term.points)
            member("because", term.because)
            endObject()
        }
        endArray()
    }
}
