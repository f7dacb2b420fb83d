//===----------------------------------------------------------------------===//
// Wardlight · Library
//
// Plans: the places of the settings, with those that floor plans beside them draw.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Model
import Wire

/// Reads floor plans.
public enum PlanLibrary {
    /// A plan cannot be used.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        public var path: String
        /// What is wrong, and what to do.
        public var words: String
        public var description: String { "\(path): \(words)" }
    }

    /// All places of the settings, those that hold others first; nil where the settings say nothing of places.
    ///
    /// - Parameter note: Told what of a plan was left out.
    public static func places(of run: RunSettings, note: (String) -> Void = { _ in }) throws(Failure) -> [Location]? {
        guard var places = run.places else { return nil }
        var taken = Set(places.map(\.id))
        for plan in run.plans {
            let found = try read(plan, taken)
            if found.leftOut > 0 { note("\(plan.path): \(found.leftOut) features are no places and were left out.") }
            guard places.count + found.places.count <= RunSettings.mostPlaces else {
                throw Failure(
                    path: plan.path, words: "more than \(RunSettings.mostPlaces) places with those before it.")
            }
            places += found.places
            taken.formUnion(found.places.map(\.id))
        }
        return places
    }

    private static func read(_ plan: RunSettings.Plan, _ taken: Set<String>) throws(Failure) -> FloorPlan {
        switch plan.form {
        case .geoJSON(let isMetres):
            let octets = try octets(plan.path)
            do {
                return try FloorPlan(
                    geoJSON: octets, units: isMetres ? .metres : .degrees, on: plan.place, taken: taken)
            } catch { throw Failure(path: plan.path, words: "\(error).") }
        case .indoorMap(let level):
            var map = IndoorMap()
            for type in IndoorMap.types {
                let path = "\(plan.path)/\(type).geojson"
                // A venue without buildings or departments is a map all the same; without levels it is none.
                guard type == "level" || FileManager.default.fileExists(atPath: path) else { continue }
                let octets = try octets(path)
                do { try map.add(octets, type: type) } catch { throw Failure(path: path, words: "\(error).") }
            }
            guard let level else { return map.plan(in: plan.place, taken: taken) }
            guard let found = map.plan(of: level, on: plan.place, taken: taken) else {
                let known = map.levels.joined(separator: ", ")
                throw Failure(path: plan.path, words: "has no level '\(level)'; there are \(known).")
            }
            return found
        }
    }

    private static let mostOctets = 32 << 20

    private static func octets(_ path: String) throws(Failure) -> [UInt8] {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            throw Failure(path: path, words: "no such file.")
        }
        guard attributes[.type] as? FileAttributeType == .typeRegular else {
            throw Failure(path: path, words: "not a file.")
        }
        guard let size = (attributes[.size] as? NSNumber)?.intValue, size <= mostOctets else {
            throw Failure(path: path, words: "larger than \(mostOctets >> 20) MiB.")
        }
        guard let data = FileManager.default.contents(atPath: target) else {
            throw Failure(path: path, words: "no permission to read it.")
        }
        return [UInt8](data)
    }
}
