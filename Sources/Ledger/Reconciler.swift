//===----------------------------------------------------------------------===//
// Wardlight · Ledger
//
// The reconciler: how does the hospital's own list fit what was seen?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Holds the rows of a list of assets against devices (docs/declared.md).
///
/// Each row is matched by hardware address, else by serial number, else by asset tag. What is only likely is named
/// `probable` and decides nothing. Same rows, same devices, same answer; work grows with n log n.
public struct Reconciler: Sendable {
    /// When a device no longer counts as seen, and how sure a value must be to speak against the list.
    public struct Limits: Hashable, Sendable {
        /// A device that nobody heard for longer is not here: a month covers leave, cleaning and a stay in the store.
        public var presentSeconds: Int64 = 30 * 86_400
        /// Parts in a thousand: below it tables mark a value as doubtful, and a doubt is no conflict.
        public var leastConfidence = 700

        public init() {}
    }

    let plan: SitePlan
    let vendors: VendorNames
    let limits: Limits

    public init(plan: SitePlan = SitePlan(), vendors: VendorNames = VendorNames(), limits: Limits = Limits()) {
        self.plan = plan
        self.vendors = vendors
        self.limits = limits
    }

    /// - Parameters:
    ///   - network: Says at which switch a port is, and so in which building.
    ///   - now: The moment of the answer.
    public func reconcile(
        _ assets: [DeclaredAsset], with devices: [Device], network: NetworkMap? = nil, at now: Timestamp
    ) -> Reconciliation {
        var desk = ReconcilerDesk(self, assets, devices, network, now)
        desk.match()
        desk.findDuplicates()
        desk.findProbable()
        desk.judge()
        return desk.result
    }
}

/// One reconciliation while it is made.
struct ReconcilerDesk {
    let limits: Reconciler.Limits
    let assets: [DeclaredAsset]
    let devices: [Device]
    let now: Timestamp
    var names: VendorSpellings
    let places: PlaceWords
    let knownSites: Set<String>
    /// Device of each row, and by what it was found.
    var found: [Found?]
    /// Devices that stand in some row.
    var isNamed: [Bool]
    var serials: [SerialNumber?]
    var matches: [Reconciliation.Match]

    struct Found {
        var device: Int
        var by: String
        var compared: Weakness.Comparison
        var isProbable = false
    }

    init(
        _ reconciler: Reconciler, _ assets: [DeclaredAsset], _ devices: [Device], _ network: NetworkMap?,
        _ now: Timestamp
    ) {
        limits = reconciler.limits
        self.assets = assets
        self.devices = devices
        self.now = now
        names = VendorSpellings(reconciler.vendors)
        places = PlaceWords(devices, plan: reconciler.plan, network)
        knownSites = Set(devices.map { Words.plain($0.site) })
        found = Array(repeating: nil, count: assets.count)
        isNamed = Array(repeating: false, count: devices.count)
        serials = assets.map { $0.serial.flatMap { SerialNumber($0) } }
        matches = assets.indices.map { Reconciliation.Match(asset: $0, outcome: .cannotSay) }
    }

    var result: Reconciliation {
        var result = Reconciliation()
        result.matches = matches
        result.undeclared = devices.indices.filter { !isNamed[$0] }.map { devices[$0].id }
        return result
    }

    /// Whether a device still counts as here.
    func isPresent(_ device: Int) -> Bool {
        let (silence, overflow) = now.nanoseconds.subtractingReportingOverflow(devices[device].lastSeen.nanoseconds)
        let (limit, tooLong) = limits.presentSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? now < devices[device].lastSeen : tooLong || silence <= limit
    }

    // MARK: Outcomes

    /// What becomes of each row, once it is known what was found.
    mutating func judge() {
        var kept: Set<Int> = []
        for (index, found) in found.enumerated() {
            if let found, !found.isProbable, assets[index].status != .retired { kept.insert(found.device) }
        }
        for index in assets.indices {
            let asset = assets[index]
            guard let found = found[index] else {
                matches[index].outcome = Self.unseen(asset)
                continue
            }
            let device = devices[found.device]
            matches[index].device = device.id
            matches[index].by = found.by
            compare(index, found)
            if found.isProbable {
                matches[index].outcome = .probable
            } else if !isPresent(found.device) {
                // Heard once, so it can be on the network, whatever the list says of that.
                matches[index].outcome = asset.status == .inService ? .ghost : .notExpected
                matches[index].missingSince = device.lastSeen
            } else if asset.status == .retired {
                // Where another row has it in service, the list names it twice; that is said there.
                matches[index].outcome = kept.contains(found.device) ? .matched : .retiredButSeen
            } else {
                matches[index].outcome = .matched
            }
        }
    }

    private static func unseen(_ asset: DeclaredAsset) -> DeclaredOutcome {
        guard asset.status == .inService else { return .notExpected }
        return switch asset.isNetworkCapable {
        case true?: .ghost
        case false?: .notExpected
        case nil: .cannotSay
        }
    }
}
