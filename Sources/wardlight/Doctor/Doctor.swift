//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The doctor: settings, knowledge, folders and disks of the service.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Library
import Model
import Reports
import Settings

/// Looks at everything the service needs, in the order in which it needs it. Opens nothing for writing.
struct Doctor {
    /// The settings file.
    let path: String
    let now: Timestamp
    var checkup = Checkup()

    init(path: String, now: Timestamp) { (self.path, self.now) = (path, now) }

    func examine() -> Checkup {
        var doctor = self
        let settings = doctor.settings()
        doctor.knowledge()
        doctor.clock(settings?.run)
        if let settings {
            doctor.folder(settings.run)
            doctor.disk(settings.run)
            let holder = doctor.owner(settings.run)
            doctor.log(settings.run)
            doctor.interfaces(settings.run, holder: holder)
            doctor.traps(settings, holder: holder)
            doctor.certificate(settings.run)
            doctor.port(settings.run, holder: holder)
            doctor.plans(settings.run)
            doctor.outlets(settings.run)
        }
        return doctor.checkup
    }

    // MARK: Settings

    private mutating func settings() -> SettingsFile? {
        let mode = FileManager.default.mode(of: path)
        if let mode, mode & 0o022 != 0 {
            checkup.fail(
                "settings", "\(path): others may change it (mode \(String(mode, radix: 8)))",
                cure: "chmod 644 \(path)")
        }
        do {
            let settings = try SettingsFile(reading: path, site: "default")
            let places = settings.run.places.map { ", \($0.count) places" } ?? ""
            checkup.ok("settings", "\(path): \(settings.switches.count) switches with their secrets\(places)")
            if settings.switches.isEmpty, settings.run.interfaces.isEmpty {
                checkup.warn(
                    "sources", "nothing is heard and nobody is asked",
                    cure: "name interfaces or switches in \(path) (docs/settings.md)")
            }
            return settings
        } catch {
            let missing = !FileManager.default.fileExists(atPath: path)
            for line in error.lines {
                checkup.fail("settings", line, cure: missing ? "wardlight init" : "mend the line and ask again")
            }
            return nil
        }
    }

    // MARK: Knowledge

    private mutating func knowledge() {
        guard let own = PrefixLibrary.ownFolder() else {
            return checkup.fail(
                "knowledge", "our own rules are not found",
                cure: "install the package anew, or set WARDLIGHT_KNOWLEDGE to the folder Knowledge of a checkout")
        }
        do {
            let loaded = try KnowledgeLoader.load(own: own, extra: [], prefixes: .empty)
            checkup.ok("knowledge", "\(own.path): rules \(loaded.base.digest.prefix(12))")
        } catch {
            checkup.fail("knowledge", "\(error)", cure: "install the package anew")
        }
        let vendors = ["oui.csv", "mam.csv", "oui36.csv"].map { "/usr/share/ieee-data/" + $0 }
        let missing = vendors.filter { !FileManager.default.fileExists(atPath: $0) }
        if missing.isEmpty {
            checkup.ok("vendors", "/usr/share/ieee-data: makers of hardware addresses")
        } else {
            checkup.warn("vendors", "\(missing.joined(separator: ", ")): no such file", cure: "apt install ieee-data")
        }
        if FileManager.default.fileExists(atPath: "/usr/share/misc/usb.ids") {
            checkup.ok("usb names", "/usr/share/misc/usb.ids: makers of peripherals")
        } else {
            checkup.warn("usb names", "/usr/share/misc/usb.ids: no such file", cure: "apt install hwdata")
        }
    }

    // MARK: Clock

    /// Before this release was made no clock is right.
    private static let release = Timestamp(seconds: 1_767_225_600)

    private mutating func clock(_ run: RunSettings?) {
        let zone = run?.zone ?? .utc
        guard now >= Self.release else {
            return checkup.fail("clock", "it is \(zone.words(now))", cure: "set the clock: timedatectl set-ntp true")
        }
        checkup.ok("clock", "\(zone.words(now)), as shown to people (\(zone.name))")
    }

    // MARK: Folders

    private mutating func folder(_ run: RunSettings) {
        let files = FileManager.default
        guard let mode = files.mode(of: run.data) else {
            var above = URL(fileURLWithPath: run.data)
            repeat { above.deleteLastPathComponent() } while above.path != "/" && !files.fileExists(atPath: above.path)
            guard files.isWritableFile(atPath: above.path) else {
                return checkup.fail(
                    "data", "\(run.data): is not there, and \(above.path) lets nobody make it",
                    cure: "mkdir -p -m 700 \(run.data) && chown USER \(run.data), or name another folder (data)")
            }
            return checkup.warn(
                "data", "\(run.data): is not there yet", cure: "nothing to do: the first start makes it")
        }
        guard files.isWritableFile(atPath: run.data), files.isDirectory(run.data) else {
            return checkup.fail(
                "data", "\(run.data): cannot be written to", cure: "chown the folder to who runs the service")
        }
        guard mode & 0o077 == 0 else {
            return checkup.fail(
                "data", "\(run.data): others may look into it (mode \(String(mode, radix: 8)))",
                cure: "chmod 700 \(run.data)")
        }
        checkup.ok("data", "\(run.data): writable, and closed to others")
    }

    private mutating func disk(_ run: RunSettings) {
        var place = URL(fileURLWithPath: run.data)
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path) { place.deleteLastPathComponent() }
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place.path),
            let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value
        else { return }
        let words = "\(free >> 20) MiB are free where \(run.data) lies"
        // Two segments: what a day writes at least, and the next one.
        if free < 2 * Int64(run.limits.segmentOctets) {
            checkup.fail("disk", words, cure: "make room, or put data on a larger disk; a full one stops the log")
        } else if free < 16 * Int64(run.limits.segmentOctets) {
            checkup.warn("disk", words, cure: "make room soon, or lower limits: retention")
        } else {
            checkup.ok("disk", words)
        }
    }

    // MARK: Plans

    private mutating func plans(_ run: RunSettings) {
        guard !run.plans.isEmpty || !run.underlays.isEmpty else { return }
        do {
            let places = try PlanLibrary.places(of: run) ?? []
            checkup.ok("plans", "\(run.plans.count) plans; \(places.count) places with them")
        } catch { checkup.fail("plans", "\(error)", cure: "mend the file, or leave the plan out (docs/settings.md)") }
        for underlay in run.underlays where !FileManager.default.isReadableFile(atPath: underlay.path) {
            checkup.fail("plans", "\(underlay.path): cannot be read", cure: "put the picture there, or leave it out")
        }
    }

    // MARK: What is written for others, and read from them

    private mutating func outlets(_ run: RunSettings) {
        for (name, copies) in [("downtime", run.downtime), ("backup", run.backup)] {
            guard let copies else { continue }
            if FileManager.default.isDirectory(copies.folder), FileManager.default.isWritableFile(atPath: copies.folder)
            {
                checkup.ok(name, "\(copies.folder): writable")
            } else {
                checkup.fail(
                    name, "\(copies.folder): no folder that can be written to",
                    cure: "make it and give it to who runs the service")
            }
        }
        for collector in run.syslog {
            guard let file = collector.authorities else { continue }
            if FileManager.default.isReadableFile(atPath: file) {
                checkup.ok("syslog", "\(collector.host): believed by \(file)")
            } else {
                checkup.fail("syslog", "\(file): cannot be read", cure: "put the collector's authority there, in PEM")
            }
        }
    }
}

extension FileManager {
    func mode(of path: String) -> Int? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return ((try? attributesOfItem(atPath: target))?[.posixPermissions] as? NSNumber)?.intValue
    }

    func isDirectory(_ path: String) -> Bool {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return (try? attributesOfItem(atPath: target))?[.type] as? FileAttributeType == .typeDirectory
    }
}
