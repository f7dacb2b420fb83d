//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// The doctor: the log, who holds it, what is heard, and the door.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Keys
import Model
import Reports
import Settings
import Store

extension Doctor {
    // MARK: The log

    /// Who writes to the log.
    mutating func owner(_ run: RunSettings) -> Machine.Holder? {
        let holder = Machine.holder(ofLock: run.logFolder + "/owner.lock")
        if let holder {
            checkup.ok("service", "runs (process \(holder.process), \(holder.name)) and holds the log")
        } else {
            checkup.ok("service", "does not run: nobody holds the log")
        }
        return holder
    }

    mutating func log(_ run: RunSettings) {
        guard FileManager.default.fileExists(atPath: run.logFolder) else {
            return checkup.ok("log", "\(run.logFolder): is not there yet; the first start makes it")
        }
        do {
            let log = try SQLiteLog(reading: run.logFolder)
            // The newest segment is the one that a sudden end could have hurt; `log verify` walks all.
            let verdict = try log.verify(newest: 1)
            guard verdict.isGood else {
                for fault in verdict.faults.prefix(3) {
                    checkup.fail(
                        "log", "\(fault.file): position \(fault.position): \(fault.words)",
                        cure: "wardlight log verify \(run.logFolder); then restore a backup (docs/log.md)")
                }
                return
            }
            checkup.ok(
                "log",
                "\(run.logFolder): the newest segment verifies, up to position \(verdict.positions.upperBound - 1)")
            if let last = verdict.recorded?.last, last > now {
                checkup.fail(
                    "log clock",
                    "its newest record is of \(run.zone.words(last)), and this clock says "
                        + run.zone.words(now),
                    cure: "set the clock: timedatectl set-ntp true. The log's own clock waits until then")
            }
        } catch let failure as LogFailure {
            checkup.fail(
                "log", Words.of(failure),
                cure: "wardlight log verify \(run.logFolder); then restore a backup (docs/log.md)")
        } catch { checkup.fail("log", "\(error)", cure: "wardlight log verify \(run.logFolder)") }
    }

    // MARK: Interfaces

    mutating func interfaces(_ run: RunSettings, holder: Machine.Holder?) {
        for interface in run.interfaces {
            guard FileManager.default.fileExists(atPath: "/sys/class/net/\(interface.name)") else {
                checkup.fail("interface", "\(interface.name): no such interface", cure: "`ip link` lists them")
                continue
            }
            let state = Machine.line("/sys/class/net/\(interface.name)/operstate") ?? "unknown"
            if state == "down" {
                checkup.fail("interface", "\(interface.name): is down", cure: "ip link set \(interface.name) up")
            } else {
                checkup.ok("interface", "\(interface.name): is there (\(state))")
            }
        }
        guard !run.interfaces.isEmpty else { return }
        let process = holder.map { String($0.process) } ?? "self"
        if Machine.mayCapture(process: process) {
            checkup.ok("capture", holder == nil ? "who asks may listen" : "the service may listen")
        } else {
            checkup.fail(
                "capture", "\(holder == nil ? "who asks" : "the service") may not listen (CAP_NET_RAW is missing)",
                cure: "start it by its systemd unit, or: setcap cap_net_raw+ep \(Machine.program)")
        }
    }

    // MARK: The door

    mutating func certificate(_ run: RunSettings) {
        let server = run.server
        guard !server.plain else {
            return checkup.ok("certificate", "none is needed: plain HTTP for this machine alone")
        }
        guard let file = server.certificate, let key = server.key else {
            return checkup.fail(
                "certificate", "the settings name none",
                cure: "wardlight init, then server: {certificate: keys/server.pem, key: keys/server.key} in \(path)")
        }
        do throws(KeyFailure) {
            let facts = try CertificateFacts(reading: file)
            if let mode = FileManager.default.mode(of: key), mode & 0o077 != 0 {
                checkup.fail(
                    "key", "\(key): others may read it (mode \(String(mode, radix: 8)))", cure: "chmod 600 \(key)")
            }
            guard try CertificateFacts.belong(certificate: file, key: key) else {
                throw .strangers(certificate: file, key: key)
            }
            judge(facts, file, server, run.zone)
        } catch { checkup.fail("certificate", error.words, cure: "wardlight init makes what is missing") }
    }

    private mutating func judge(
        _ facts: CertificateFacts, _ file: String, _ server: RunSettings.Server, _ zone: SiteZone
    ) {
        let days = facts.days(at: now)
        let hasAuthority = FileManager.default.fileExists(atPath: KeyFolder(besideCertificate: file).authorityKey)
        let renew = "move \(file) and its key away and run wardlight init, or have your own authority make new ones"
        guard facts.names(server.hostName) else {
            return checkup.fail(
                "certificate", "\(file): does not name \(server.hostName) (but \(facts.names.joined(separator: ", ")))",
                cure: "set server: hostName to one of these; or \(renew)")
        }
        if facts.from > now {
            checkup.fail("certificate", "\(file): begins at \(zone.words(facts.from))", cure: "set the clock")
        } else if days < 0 {
            checkup.fail("certificate", "\(file): ended at \(zone.words(facts.until))", cure: renew)
        } else if days < KeyFolder.renewalDays, !hasAuthority {
            checkup.warn("certificate", "\(file): ends in \(days) days", cure: renew)
        } else {
            checkup.ok(
                "certificate",
                "\(file): for \(server.hostName), \(days) days are left"
                    + (hasAuthority ? "; it is renewed by itself" : ""))
        }
    }

    /// Where switches tell by themselves.
    mutating func traps(_ settings: SettingsFile, holder: Machine.Holder?) {
        guard let traps = settings.run.traps else { return }
        let door = "UDP port \(traps.port)"
        guard !settings.switches.isEmpty else {
            return checkup.fail(
                "traps", "\(door): no switch is named, so nobody would be believed",
                cure: "name the switches that tell (switches), or leave traps out")
        }
        let listeners = Machine.listeners(port: traps.port, isUDP: true)
        if let holder, Machine.holds(process: holder.process, anyOf: listeners) {
            checkup.ok("traps", "\(door): the service hears \(settings.switches.count) switches there")
        } else if !listeners.isEmpty {
            checkup.fail(
                "traps", "\(door): another program listens there (snmptrapd?)",
                cure: "`ss -lunp sport = :\(traps.port)` tells which; end it, or choose another port")
        } else if holder != nil {
            checkup.fail(
                "traps", "\(door): the service runs and does not listen there",
                cure: "journalctl -u wardlight tells why; systemctl reload wardlight after a change")
        } else if traps.port < 1_024, geteuid() != 0 {
            checkup.warn(
                "traps", "\(door): is free, and only root may open it",
                cure: "choose one above 1023, or give the unit CAP_NET_BIND_SERVICE")
        } else {
            checkup.ok("traps", "\(door): is free")
        }
    }

    mutating func port(_ run: RunSettings, holder: Machine.Holder?) {
        let door = "port \(run.server.port)"
        let listeners = Machine.listeners(port: run.server.port)
        if listeners.isEmpty {
            if holder != nil {
                checkup.fail(
                    "port", "\(door): the service runs, and nobody answers there",
                    cure: "journalctl -u wardlight tells why")
            } else if run.server.port < 1_024, geteuid() != 0 {
                checkup.warn(
                    "port", "\(door): is free, and only root may open it",
                    cure: "choose one above 1023, or give the unit CAP_NET_BIND_SERVICE")
            } else {
                checkup.ok("port", "\(door): is free")
            }
        } else if let holder, Machine.holds(process: holder.process, anyOf: listeners) {
            checkup.ok("port", "\(door): the service answers there")
        } else {
            checkup.fail(
                "port", "\(door): another program answers there",
                cure: "`ss -ltnp sport = :\(run.server.port)` tells which; end it, or choose another port")
        }
    }
}
