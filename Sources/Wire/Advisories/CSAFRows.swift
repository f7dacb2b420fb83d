//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CSAF 2.0: from the product tree to rows.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// The rows of a product tree, in the order of the file: branches, full names, relationships (3.2.2).
struct CSAFRows {
    private(set) var rows: [AffectedProduct] = []
    private var places: [String: Int] = [:]
    /// Ids that stood twice; the first place counts.
    private(set) var repeated = 0
    /// Relationships of products that are nowhere, or with too many conditions.
    private(set) var dangling = 0

    /// What the branches above a product say of it.
    private struct Path {
        var vendor = ""
        var family: String?
        var product = ""
        var versions: [String] = []
        var narrowedBy: [String] = []

        /// CSAF 2.0, 3.1.2.2: what each category of branch means.
        mutating func step(_ category: String, _ name: String) {
            switch category {
            case "vendor": vendor = name
            case "product_family": family = name
            case "product_name":
                if family == nil, !product.isEmpty { family = product }
                product = name
            case "product_version", "product_version_range": versions.append(name)
            // `4.20` with `SR1` is one version in two words.
            case "patch_level", "service_pack":
                if let last = versions.popLast() { versions.append(last + " " + name) } else { versions.append(name) }
            // architecture, host_name, language, legacy, specification, and what later versions add.
            default: narrowedBy.append("\(category.prefix(40)): \(name)")
            }
        }
    }

    init(_ tree: CSAFDocument.Tree) throws(AdvisoryTrouble) {
        for branch in tree.branches ?? [] { try walk(branch, Path()) }
        for product in tree.fullNames ?? [] { try add(product, Path()) }
        try relate(tree.relationships ?? [])
    }

    func contains(_ id: String) -> Bool { places[id] != nil }

    /// As deep as the decoder let it be: 32.
    private mutating func walk(_ branch: CSAFDocument.Branch, _ above: Path) throws(AdvisoryTrouble) {
        var path = above
        path.step(branch.category, try AdvisoryText.exact(branch.name, "a name in its product tree"))
        if let product = branch.product { try add(product, path) }
        for inner in branch.branches ?? [] { try walk(inner, path) }
    }

    private mutating func add(_ product: CSAFDocument.Product, _ path: Path) throws(AdvisoryTrouble) {
        var path = path
        // A name without branches above it: its CPE says what they would have said.
        let helper = product.helper?.value
        if path.vendor.isEmpty || path.product.isEmpty, let cpe = helper?.cpe.flatMap({ PlatformName($0) }) {
            if path.vendor.isEmpty { path.vendor = cpe.vendor }
            if path.product.isEmpty { path.product = cpe.product }
            if path.versions.isEmpty, let version = cpe.version { path.versions = [version] }
            path.narrowedBy += cpe.narrowedBy
        }
        if path.product.isEmpty { path.product = path.family ?? product.name }
        // A few devices only, and no sensor knows all serial numbers.
        if let serials = helper?.serialNumbers, let first = serials.first {
            path.narrowedBy.append(
                "serial number: \(first.prefix(100))" + (serials.count > 1 ? " and \(serials.count - 1) more" : ""))
        }
        var row = AffectedProduct(
            id: try AdvisoryText.exact(product.id, "an id in its product tree"), vendor: path.vendor,
            product: try AdvisoryText.exact(path.product, "a name in its product tree"),
            versions: path.versions.joined(separator: " | "))
        row.family = path.family
        row.name = try AdvisoryText.exact(product.name, "a name in its product tree")
        row.narrowedBy = path.narrowedBy
        try keep(row)
    }

    private mutating func keep(_ row: AffectedProduct) throws(AdvisoryTrouble) {
        guard places[row.id] == nil else {
            repeated += 1
            return
        }
        guard rows.count < AdvisoryLimits.rows else { throw .tooMany("products", most: AdvisoryLimits.rows) }
        places[row.id] = rows.count
        rows.append(row)
    }

    /// `product_reference` is what is described, `relates_to_product_reference` what has to be there with it (3.2.2.4);
    /// either may itself be a relationship that comes later, so what waits is tried again, at most eight conditions deep.
    private mutating func relate(_ relationships: [CSAFDocument.Tree.Relationship]) throws(AdvisoryTrouble) {
        var waiting = relationships
        for _ in 0..<AdvisoryLimits.conditions where !waiting.isEmpty {
            var left: [CSAFDocument.Tree.Relationship] = []
            for relationship in waiting {
                guard let first = places[relationship.reference], let second = places[relationship.relatesTo] else {
                    left.append(relationship)
                    continue
                }
                let (product, other) = (rows[first], rows[second])
                var row = product
                row.id = try AdvisoryText.exact(relationship.product.id, "an id in its product tree")
                row.name = try AdvisoryText.exact(relationship.product.name, "a name in its product tree")
                row.conditions =
                    product.conditions
                    + [.init(vendor: other.vendor, product: other.product, versions: other.versions)] + other.conditions
                row.narrowedBy += other.narrowedBy
                guard row.conditions.count <= AdvisoryLimits.conditions, row.narrowedBy.count <= 64 else {
                    dangling += 1
                    continue
                }
                try keep(row)
            }
            waiting = left
        }
        dangling += waiting.count
    }
}
