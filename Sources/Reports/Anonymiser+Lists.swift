//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Anonymised lists: declared assets, acceptances, weaknesses and the plan of a site, naming nobody.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension Anonymiser {
    /// The plan by the stand-ins of its switches: what a VLAN is for stays, where a closet is goes.
    public func anonymise(_ plan: SitePlan) -> SitePlan {
        var result = plan
        result.closets = [:]
        for (name, closet) in plan.closets {
            var hidden = SitePlan.Closet()
            hidden.site = closet.site.map { pseudonyms.word("place", $0) }
            hidden.building = closet.building.map { pseudonyms.word("place", $0) }
            hidden.floor = closet.floor
            hidden.closet = closet.closet.map { pseudonyms.word("place", $0) }
            // A switch may be named by its agent or by its own name.
            for key in [pseudonyms.word("switch", name), pseudonyms.word("name", name)] { result.closets[key] = hidden }
        }
        result.guestNetworks = plan.guestNetworks.map { pseudonyms.word("network", $0) }
        result.expectedSwitches = plan.expectedSwitches.map { pseudonyms.word("switch", $0) }
        result.openlyAsked = plan.openlyAsked.map { pseudonyms.word("switch", $0) }
        return result
    }

    func weakness(_ weakness: Weakness, _ scrubber: Scrubber) -> Weakness {
        var result = weakness
        result.reason = scrubber.scrub(weakness.reason)
        result.decision = weakness.decision.map { point in
            // Who reached a device from outside, and the address of a radio, are nobody else's business.
            let isTelling = point.name == "exposure" && point.value != "controlled"
            return .init(point.name, point.value, because: isTelling ? "hidden" : scrubber.scrub(point.because))
        }
        result.comparisons = weakness.comparisons.map { comparison in
            var hidden = comparison
            hidden.seen = comparison.seen.map(scrubber.scrub)
            return hidden
        }
        return result
    }

    func risk(_ risk: Risk, _ scrubber: Scrubber) -> Risk {
        func hidden(_ terms: [Risk.Term]) -> [Risk.Term] {
            terms.map { term in
                // A bed says where a patient lies.
                let because = term.name == "at a bed" ? "a bed" : scrubber.scrub(term.because)
                return Risk.Term(term.name, term.points, because: because)
            }
        }
        return Risk(likelihood: hidden(risk.likelihoodTerms), impact: hidden(risk.impactTerms))
    }

    /// A decision without who took it and why.
    func standing<Content>(_ standing: Standing<Content>, _ content: Content) -> Standing<Content> {
        Standing(
            content, by: pseudonyms.word("person", standing.by), reason: pseudonyms.word("reason", standing.reason),
            at: standing.at)
    }

    func control(_ standing: Standing<CompensatingControl>) -> Standing<CompensatingControl> {
        var content = standing.content
        content.owner = pseudonyms.word("person", content.owner)
        content.measure = pseudonyms.word("reason", content.measure)
        return self.standing(standing, content)
    }

    /// The list as it counts; what the rows say of makers and models stays.
    func declared(_ list: DeclaredList) -> DeclaredList {
        var result = list
        result.assets = list.assets.map { asset in
            var hidden = DeclaredAsset(
                source: pseudonyms.word("list", asset.source), line: asset.line, site: site(asset.site))
            hidden.tag = asset.tag.map { pseudonyms.word("tag", $0) }
            hidden.serial = asset.serial.map { pseudonyms.word("serial", $0) }
            hidden.hardware = asset.hardware.map(pseudonyms.hardware)
            (hidden.vendor, hidden.model, hidden.type) = (asset.vendor, asset.model, asset.type)
            hidden.firmware = asset.firmware
            hidden.owner = asset.owner.map { pseudonyms.word("person", $0) }
            hidden.room = asset.room.map { pseudonyms.word("place", $0) }
            hidden.lastService = asset.lastService
            hidden.isNetworkCapable = asset.isNetworkCapable
            (hidden.status, hidden.isStatusSaid) = (asset.status, asset.isStatusSaid)
            return hidden
        }
        // Their words quote cells.
        result.troubles = list.troubles.map { trouble in
            DeclaredList.Trouble(
                source: pseudonyms.word("list", trouble.source), line: trouble.line, column: trouble.column,
                words: "(hidden)")
        }
        return result
    }

    func reconciliation(_ found: Reconciliation) -> Reconciliation {
        var result = found
        result.matches = found.matches.map { match in
            var hidden = match
            hidden.device = match.device.map(pseudonyms.device)
            hidden.compared = match.compared.map(compared)
            hidden.conflicts = match.conflicts.map(compared)
            return hidden
        }
        result.undeclared = found.undeclared.map(pseudonyms.device)
        return result
    }

    /// Only what a product is stays readable.
    private func compared(_ comparison: Weakness.Comparison) -> Weakness.Comparison {
        guard comparison.what != "vendor", comparison.what != "model" else { return comparison }
        return Weakness.Comparison(
            what: comparison.what, seen: comparison.seen.map { pseudonyms.word(comparison.what, $0) },
            advisory: pseudonyms.word(comparison.what, comparison.advisory), holds: comparison.holds)
    }
}
