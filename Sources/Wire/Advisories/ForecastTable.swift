//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// EPSS (FIRST): how likely is each CVE to be used within 30 days? One table for each day.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model

/// `#model_version:v2025.03.14,score_date:2026-05-18T00:00:00Z`, then `cve,epss,percentile`, then a line each.
public struct ForecastTable: Hashable, Sendable {
    /// `v2025.03.14`; empty where the table does not say.
    public var model = ""
    public var date: Timestamp?
    public var entries: [String: ExploitForecast] = [:]

    /// Whether this is how such a table begins.
    static func begins(_ start: Data) -> Bool {
        ["#model_version", "#score_date", "cve,", "\"cve\","].contains { start.starts(with: $0.utf8) }
    }

    /// - Parameter data: Uncompressed. A broken line refuses the table: who cut it may have cut more.
    init(_ data: Data) throws(AdvisoryTrouble) {
        guard data.count <= AdvisoryLimits.forecastOctets else {
            throw .tooLarge(form: "Tables of forecasts", mebibytes: 64)
        }
        guard data.last == 0x0A else { throw .brokenLine(data.count { $0 == 0x0A } + 1, "it has no end; was it cut?") }
        var columns: (cve: Int, probability: Int, percentile: Int)?
        var number = 0
        for line in data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            number += 1
            guard line.count <= 1_000 else { throw .brokenLine(number, "longer than 1,000 characters") }
            let text = String(decoding: line.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }, as: UTF8.self)
                .trimmingCharacters(in: .whitespaces)
            if text.isEmpty { continue }
            if text.hasPrefix("#") {
                readHead(text.dropFirst())
                continue
            }
            let cells = text.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: Self.quotes)
            }
            guard let columns else {
                guard let cve = cells.firstIndex(of: "cve"), let probability = cells.firstIndex(of: "epss"),
                    let percentile = cells.firstIndex(of: "percentile")
                else { throw .brokenLine(number, "cve, epss and percentile are wanted as names of columns") }
                columns = (cve, probability, percentile)
                continue
            }
            guard cells.count > max(columns.cve, columns.probability, columns.percentile),
                let cve = AdvisoryText.cve(cells[columns.cve]),
                let probability = Self.parts(cells[columns.probability]),
                let percentile = Self.parts(cells[columns.percentile])
            else { throw .brokenLine(number, "a CVE and two numbers from 0 to 1 are wanted; was it cut?") }
            guard entries.count < AdvisoryLimits.catalogue else {
                throw .tooMany("lines", most: AdvisoryLimits.catalogue)
            }
            // Of a CVE that stands twice the higher counts, whatever the order.
            let forecast = ExploitForecast(probability: probability, percentile: percentile)
            if let other = entries[cve], (other.probability, other.percentile) >= (probability, percentile) { continue }
            entries[cve] = forecast
        }
        guard columns != nil else { throw .brokenLine(number, "there are no columns") }
    }

    private static let quotes = CharacterSet(charactersIn: "\" \t\r")

    private mutating func readHead(_ text: Substring) {
        for field in text.split(separator: ",") {
            guard let colon = field.firstIndex(of: ":") else { continue }
            let value = String(field[field.index(after: colon)...])
            switch field[..<colon].trimmingCharacters(in: .whitespaces) {
            case "model_version": model = AdvisoryText.words(value, most: 40) ?? ""
            case "score_date": date = AdvisoryText.moment(value)
            default: break
            }
        }
    }

    /// A number from 0 to 1 as parts in 100,000.
    private static func parts(_ text: String) -> Int? {
        guard text.utf8.count <= 40, let number = Double(text), number >= 0, number <= 1 else { return nil }
        return Int((number * 100_000).rounded())
    }
}
