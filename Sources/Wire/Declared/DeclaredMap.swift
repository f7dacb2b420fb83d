//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Columns of a declared list: which of this file's holds what?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Which column of a file holds what.
struct DeclaredMap: Sendable {
    /// Hardware addresses have several; others only where a heading stands twice, and then the first that says something
    /// counts.
    var places: [DeclaredColumn: [Int]] = [:]
    /// Named in the settings, and not there.
    private(set) var absent: [(column: DeclaredColumn, heading: String)] = []
    /// A column under `Network`: of names, or of yes and no.
    private(set) var doubtfulNetwork: Int?
    /// A column under `Equipment`: of numbers, or of words.
    private(set) var doubtfulTag: Int?
    private var headings: [String] = []

    init() {}

    init(_ headings: [String], _ named: [DeclaredColumn: String]) {
        self.headings = headings
        var taken: Set<Int> = []
        for column in DeclaredColumn.allCases {
            guard let name = named[column] else { continue }
            let plain = DeclaredWords.plain(name)
            let place =
                headings.firstIndex(of: name)
                ?? headings.firstIndex { !plain.isEmpty && DeclaredWords.plain($0) == plain }
            if let place, taken.insert(place).inserted {
                places[column] = [place]
            } else {
                absent.append((column, name))
            }
        }
        var ranks: [DeclaredColumn: Int] = [:]
        for (place, heading) in headings.enumerated() where !taken.contains(place) {
            guard let meaning = DeclaredHeadings.meaning(of: heading) else { continue }
            if meaning.column == .mac {
                places[.mac, default: []].append(place)
            } else if named[meaning.column] == nil || places[meaning.column] == nil {
                if let rank = ranks[meaning.column], rank <= meaning.rank {
                    if rank == meaning.rank { places[meaning.column]?.append(place) }
                    continue
                }
                ranks[meaning.column] = meaning.rank
                places[meaning.column] = [place]
            }
        }
        doubtfulNetwork = doubt(.network, DeclaredHeadings.doubtfulNetworks, named)
        doubtfulTag = doubt(.tag, DeclaredHeadings.doubtfulTags, named)
    }

    private func doubt(
        _ column: DeclaredColumn, _ words: Set<String>, _ named: [DeclaredColumn: String]
    ) -> Int? {
        guard named[column] == nil, let place = places[column]?.first,
            words.contains(DeclaredWords.plain(headings[place]))
        else { return nil }
        return place
    }

    var isIdentifying: Bool { places.keys.contains(where: \.isIdentifying) }
    /// Whether it is more than a word such as `ID`, that many other lists have too.
    var isSure: Bool {
        known.contains {
            $0.column.isIdentifying && !DeclaredHeadings.vague.contains(DeclaredWords.plain(text($0.place)))
        }
    }
    var width: Int { headings.count }
    /// Columns up to the last that is read.
    var last: Int { (places.values.joined().max() ?? -1) + 1 }

    /// Gives the columns of one meaning another one, unless that has columns already.
    mutating func move(_ from: DeclaredColumn, to other: DeclaredColumn) {
        if places[other] == nil { places[other] = places[from] }
        places[from] = nil
    }

    /// What was found, in the order of the file.
    var known: [(column: DeclaredColumn, place: Int)] {
        places.flatMap { column, places in places.map { (column: column, place: $0) } }
            .sorted { ($0.place, $0.column.rawValue) < ($1.place, $1.column.rawValue) }
    }

    /// As a person finds it: the heading, else the number of the column.
    func heading(_ place: Int) -> String? {
        headings.indices.contains(place) && !headings[place].isEmpty ? headings[place] : "\(place + 1)"
    }

    /// The heading as it stands in the file.
    func text(_ place: Int) -> String { headings.indices.contains(place) ? headings[place] : "" }
}
