//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight downtime: a page for each ward, for when nothing else works.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Library
import Model
import Reports
import Store
import Twin

struct DowntimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "downtime",
        abstract: "Writes the downtime sheet: a page for each ward with its rooms, beds and devices.",
        discussion: """
            Each page is complete in itself, needs no network, and prints on A4 in black and white. Pages are replaced one by \
            one, each in one step; pages of wards that are no more are removed.
            """)

    @OptionGroup var service: ServiceOptions
    @OptionGroup var lists: ListOptions
    @Option(name: .customLong("from"), help: "The log. [that of the service]") var log: String?
    @Option(help: "The folder to write to. [the one of the settings: downtime: folder]") var output: String?
    @Option(help: "What stands at its head: the hospital's name.") var title = "Wardlight"

    func validate() throws {
        guard title.utf8.count <= 256 else { throw ValidationError("--title takes at most 256 octets.") }
    }

    func run() throws {
        let settings = try service.load()
        guard let folder = output ?? settings.run.downtime?.folder else {
            throw Stop("Give --output DIR, or name a folder in \(service.path) (downtime: folder).")
        }
        // Held against what the service holds it against, so that both write the same sheet.
        var hospital = try StandingLists(lists, settings).hospital(
            KnowledgeFolder.load(extra: []), devices: settings.run.limits.devices)
        do {
            let log = try Logs.reading(log ?? settings.run.logFolder)
            hospital.begin(after: try log.positions().lowerBound - 1)
            try log.replay { _ = hospital.learn($0.observations) }
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        let places: [Location]?
        do { places = try PlanLibrary.places(of: settings.run, note: Output.note) } catch { throw Stop("\(error)") }
        if let places {
            let moment = hospital.newest ?? .now
            _ = hospital.learn(
                hospital.places.difference(to: places).map { report in
                    Observation(site: settings.site, sensor: "settings", occurred: moment, body: .location(report))
                })
        }
        let sheet = DowntimeSheet(HospitalView(hospital), title: title, zone: settings.run.zone, made: .now)
        let pages = sheet.pages
        try DowntimeFolder.write(pages, to: folder)
        Output.note("\(folder): \(pages.count) pages")
    }
}

extension DowntimeSheet {
    init(_ view: HospitalView, title: String, zone: SiteZone, made: Timestamp) {
        self.init(
            title: title, devices: Array(view.rows),
            findings: view.sortedFindings, places: view.hospital.places.all, zone: zone,
            moment: view.moment, made: made)
    }
}

/// Where the sheet lies for people to find it; the folder may be a share that others mount.
enum DowntimeFolder {
    /// Puts every page in its place in one step, the index last, and takes pages away that are no more.
    static func write(_ pages: [DowntimeSheet.Page], to folder: String) throws {
        let files = FileManager.default
        do {
            if !files.fileExists(atPath: folder) {
                try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try files.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder)
            }
            // Who may read the folder may read the pages, whatever the service makes of other files.
            let mode = (try files.attributesOfItem(atPath: folder)[.posixPermissions] as? Int ?? 0o700) & 0o644 | 0o600
            for page in pages.reversed() {
                let path = folder + "/" + page.name
                try Data(page.bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
                try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            }
            let names = Set(pages.map(\.name))
            for name in try files.contentsOfDirectory(atPath: folder)
            where isOurs(name) && !names.contains(name) {
                try files.removeItem(atPath: folder + "/" + name)
            }
        } catch { throw Stop("\(folder): cannot be written (\((error as NSError).localizedDescription)).") }
    }

    private static func isOurs(_ name: String) -> Bool {
        name.hasSuffix(".html") && (name.hasPrefix("ward-") || name == "without-place.html")
    }
}
