//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// CSAF 2.0 (OASIS): the members of a document that are read, as they stand in its JSON.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// A CSAF document before its parts are put together. What decides a verdict is read strictly: a product tree of another
/// kind refuses the file. What only informs (scores, links, weaknesses) may be missing.
struct CSAFDocument: Decodable {
    struct Head: Decodable {
        struct Note: Decodable { var text: String? }
        struct Publisher: Decodable { var name: String? }
        struct Reference: Decodable {
            var category: String?
            var url: String?
        }
        struct Tracking: Decodable {
            var id: String?
            var version: String?
            var initialRelease: String?
            var currentRelease: String?

            enum CodingKeys: String, CodingKey {
                case id, version, initialRelease = "initial_release_date", currentRelease = "current_release_date"
            }
        }
        var version: String?
        var title: Lenient<String>?
        var publisher: Lenient<Publisher>?
        var references: Lenient<[Reference]>?
        var tracking: Tracking?
        var notes: Lenient<[Lenient<Note>]>?

        enum CodingKeys: String, CodingKey {
            case version = "csaf_version", title, publisher, references, tracking, notes
        }
    }

    struct Product: Decodable {
        struct Helper: Decodable {
            var cpe: String?
            var serialNumbers: [String]?

            enum CodingKeys: String, CodingKey { case cpe, serialNumbers = "serial_numbers" }
        }
        var name: String
        var id: String
        var helper: Lenient<Helper>?

        enum CodingKeys: String, CodingKey { case name, id = "product_id", helper = "product_identification_helper" }
    }

    struct Branch: Decodable {
        var category: String
        var name: String
        var product: Product?
        var branches: [Branch]?

        enum CodingKeys: String, CodingKey { case category, name, product, branches }

        init(from decoder: any Decoder) throws {
            // Two keys a level: `branches` and its place. Checked before going deeper, so that recursion ends.
            guard decoder.codingPath.count / 2 <= AdvisoryLimits.depth else {
                throw AdvisoryTrouble.tooDeep(most: AdvisoryLimits.depth)
            }
            let members = try decoder.container(keyedBy: CodingKeys.self)
            category = try members.decode(String.self, forKey: .category)
            name = try members.decode(String.self, forKey: .name)
            product = try members.decodeIfPresent(Product.self, forKey: .product)
            branches = try members.decodeIfPresent([Branch].self, forKey: .branches)
        }
    }

    struct Tree: Decodable {
        struct Group: Decodable {
            var id: String
            var products: [String]

            enum CodingKeys: String, CodingKey { case id = "group_id", products = "product_ids" }
        }
        struct Relationship: Decodable {
            var category: String
            var product: Product
            var reference: String
            var relatesTo: String

            enum CodingKeys: String, CodingKey {
                case category, product = "full_product_name", reference = "product_reference"
                case relatesTo = "relates_to_product_reference"
            }
        }
        var branches: [Branch]?
        var fullNames: [Product]?
        var groups: [Group]?
        var relationships: [Relationship]?

        enum CodingKeys: String, CodingKey {
            case branches, fullNames = "full_product_names", groups = "product_groups", relationships
        }
    }

    struct Status: Decodable {
        var firstAffected: [String]?
        var firstFixed: [String]?
        var fixed: [String]?
        var knownAffected: [String]?
        var knownNotAffected: [String]?
        var lastAffected: [String]?
        var recommended: [String]?
        var underInvestigation: [String]?

        enum CodingKeys: String, CodingKey {
            case firstAffected = "first_affected", firstFixed = "first_fixed", fixed, knownAffected = "known_affected"
            case knownNotAffected = "known_not_affected", lastAffected = "last_affected", recommended
            case underInvestigation = "under_investigation"
        }
    }

    struct Remedy: Decodable {
        var category: String
        var details: String?
        var url: Lenient<String>?
        var products: [String]?
        var groups: [String]?

        enum CodingKeys: String, CodingKey {
            case category, details, url, products = "product_ids", groups = "group_ids"
        }
    }

    struct Score: Decodable {
        struct Value: Decodable {
            var baseScore: Double?
            var vectorString: String?
        }
        var v3: Lenient<Value>?
        var v2: Lenient<Value>?

        enum CodingKeys: String, CodingKey { case v3 = "cvss_v3", v2 = "cvss_v2" }
    }

    struct Weak: Decodable {
        struct Kind: Decodable { var id: String? }
        struct Name: Decodable { var text: String? }
        struct Threat: Decodable {
            var category: String?
            var details: String?
        }
        var cve: String?
        var title: Lenient<String>?
        var kind: Lenient<Kind>?
        var ids: Lenient<[Name]>?
        var status: Status?
        var remedies: [Remedy]?
        var scores: Lenient<[Score]>?
        var threats: Lenient<[Lenient<Threat>]>?

        enum CodingKeys: String, CodingKey {
            case cve, title, kind = "cwe", ids, status = "product_status", remedies = "remediations", scores, threats
        }
    }

    var document: Head
    var tree: Tree?
    var vulnerabilities: [Weak]?

    enum CodingKeys: String, CodingKey { case document, tree = "product_tree", vulnerabilities }
}
