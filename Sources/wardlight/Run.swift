//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// One run: observations into the log and through the fold.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser
import Foundation
import Inventory
import Library
import Model
import Sensors
import Settings
import Store
import Twin

/// Reads what the options name, appends it to a log if asked, and folds it into a hospital.
struct Run {
    private(set) var hospital: Hospital
    private let log: SQLiteLog?
    private let used: [Observation.Knowledge]
    private var problems: [String] = []
    private var lane: FoldLane?
    private let knowledge: KnowledgeBase
    private let settings: SettingsFile?
    private let site: String
    private let folder: String?
    /// What the settings say of the site, and which switches were asked.
    private(set) var plan: SitePlan
    /// Whether no switch at all answered the last poll.
    private var isUnanswered = false

    init(_ input: InputOptions, save: String?) throws {
        let knowledge = try KnowledgeFolder.load(extra: input.knowledge)
        settings = try input.settingsFile()
        site = input.site
        folder = input.hospital
        used = [
            Observation.Knowledge(name: "knowledge", digest: knowledge.digest),
            Observation.Knowledge(settings?.allowed ?? Allowances(), settings?.plan ?? SitePlan()),
        ]
        hospital = Hospital(knowledge: knowledge, limits: InventoryLimits(devices: input.devices))
        hospital.allowances = settings?.allowed ?? Allowances()
        plan = settings?.plan ?? SitePlan()
        self.knowledge = knowledge
        for path in Self.files(input) { try Self.check(path) }
        log = try save.map { path in
            do { return try Logs.appending(to: path, site: input.site) } catch let failure as LogFailure {
                throw Stop(Words.of(failure))
            }
        }
        if let save, save != input.log { try learnDecisions(of: save) }
    }

    /// What people decided before in the log that is appended to holds for this run, too.
    private mutating func learnDecisions(of path: String) throws {
        var hospital = self.hospital
        do {
            try Logs.reading(path).replay { block in
                _ = hospital.learn(block.observations.filter { if case .decision = $0.body { true } else { false } })
            }
        } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        self.hospital = hospital
    }

    private static func files(_ input: InputOptions) -> [String] {
        (input.hospital.map { [$0 + "/capture.pcap"] } ?? []) + input.captures
    }

    /// Says at once what is wrong with a path, before anything is read.
    private static func check(_ path: String) throws {
        if path == "-" { return }
        guard FileManager.default.fileExists(atPath: path) else {
            throw Stop(Words.of(CaptureFailure.cannotOpen(path: path, errno: ENOENT)))
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        if kind == .typeDirectory { throw Stop(Words.of(CaptureFailure.isDirectory(path: path))) }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Stop(Words.of(CaptureFailure.cannotOpen(path: path, errno: EACCES)))
        }
    }

    /// Reads everything the options name, in their order: the saved log, the files, the interface.
    mutating func fold(_ input: InputOptions) throws {
        do {
            if let path = input.log { try replay(path) }
            try name(used, at: input.site)
            try readSightings(input)
            try walk(input)
            try readPeripherals(input)
            try ask(input)
            let files = Self.files(input)
            guard !files.isEmpty || input.interface != nil else { return }
            try openLane()
            let key = try PersonKey.load()
            if let note = key.note { Output.note(note) }
            var sensor = CaptureSensor(site: input.site, personKey: key.bytes)
            for path in files { try read(path, isOnly: files.count == 1 && input.log == nil, with: &sensor) }
            if let interface = input.interface, let seconds = input.duration.flatMap(InputOptions.seconds) {
                let clock = ContinuousClock()
                let start = clock.now
                Interrupt.watch()
                let problem = try sensor.listen(interface, CaptureSensor.Listening(seconds: seconds)) {
                    if Interrupt.isAsked { return .infinity }
                    let elapsed = clock.now - start
                    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
                } emit: {
                    try self.take($0)
                }
                if let problem { problems.append("\(interface): \(problem); what was heard before it is shown.") }
            }
            try closeLane()
        } catch let failure as CaptureFailure { throw Stop(Words.of(failure)) } catch let failure as LogFailure {
            throw Stop(Words.of(failure))
        }
    }

    private mutating func read(_ path: String, isOnly: Bool, with sensor: inout CaptureSensor) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        var bar = ProgressBar(name: path, total: size)
        defer { bar.clear() }
        let problem: String?
        do {
            problem = try sensor.read(path, name: path) { position, packets in
                bar.show(position, packets)
            } emit: {
                try self.take($0)
            }
        } catch let failure as CaptureFailure where !isOnly {
            // One bad file among several does not cost what the others hold.
            problems.append(Words.of(failure))
            return
        }
        if let problem { problems.append("\(path): \(problem); what came before it is shown.") }
    }

    /// Recordings of switches; one bad among several does not cost what the others hold.
    private mutating func walk(_ input: InputOptions) throws {
        // A simulated hospital has its polls beside its traffic.
        let polls = input.hospital.map { [$0 + "/polls"] } ?? []
        let paths = input.walks + polls.filter(FileManager.default.fileExists)
        guard !paths.isEmpty else { return }
        let key = try PersonKey.load()
        if let note = key.note { Output.note(note) }
        var sensor = WalkSensor(site: input.site, personKey: key.bytes)
        let time = input.at.flatMap { Timestamp(rfc3339: $0) }
        for path in paths {
            do {
                try sensor.read(path, at: time) {
                    Output.note($0)
                } emit: {
                    try self.take($0)
                }
            } catch let failure as WalkFailure {
                guard paths.count > 1 else { throw Stop(failure.words) }
                problems.append(failure.words)
            }
        }
    }

    /// What other systems saw; one bad file among several does not cost what the others hold.
    private mutating func readSightings(_ input: InputOptions) throws {
        let own = input.hospital.map { $0 + "/sightings.jsonl" }
        let planted = own.map { FileManager.default.fileExists(atPath: $0) ? [$0] : [] } ?? []
        let sensor = SightingSensor(site: input.site)
        for path in planted + input.sightings {
            do { try sensor.read(path, note: Output.note) { try self.take($0) } } catch let failure as SightingFailure {
                guard input.sightings.count > 1 else { throw Stop(failure.words) }
                problems.append(failure.words)
            }
        }
    }

    /// Reports of endpoints; one bad file among several does not cost what the others hold.
    private mutating func readPeripherals(_ input: InputOptions) throws {
        let own = input.hospital.map { $0 + "/peripherals.jsonl" }
        let planted = own.map { FileManager.default.fileExists(atPath: $0) ? [$0] : [] } ?? []
        let sensor = PeripheralSensor(site: input.site)
        for path in PeripheralSensor.inOrder(planted + input.peripherals) {
            do { try sensor.read(path, note: Output.note) { try self.take($0) } } catch let failure as PeripheralFailure
            {
                guard input.peripherals.count > 1 else { throw Stop(failure.words) }
                problems.append(failure.words)
            }
        }
        guard hospital.hasPeripherals else { return }
        let loaded = PeripheralLibrary.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        (hospital.usbKnowledge, hospital.usbNames) = (loaded.knowledge, loaded.names)
        compare(["peripherals", "usb.ids"], with: loaded.used)
        try name(loaded.used, at: input.site)
    }

    /// Names in the log what can change an answer besides what is observed.
    private mutating func name(_ used: [Observation.Knowledge], at site: String) throws {
        guard log != nil else { return }
        try take(
            used.map { Observation(site: site, sensor: "wardlight", occurred: .epoch, body: .knowledge($0)) })
    }

    /// Switches, live: as many polls as are wanted.
    private mutating func ask(_ input: InputOptions) throws {
        guard input.switches.isAsked else { return }
        let targets = try input.switches.targets(site: input.site, settings)
        plan.expect(targets)
        var known: [IPAddress: String] = [:]
        for device in hospital.inventory.snapshot({ $0.makeBrief() }).devices where device.deviceClass == .medical {
            for address in device.ipv4 + device.ipv6 { known[address] = device.id }
        }
        let check = MedicalCheck(knowledge, settings?.allowed ?? Allowances(), known: known)
        let key = try PersonKey.load()
        if let note = key.note { Output.note(note) }
        Interrupt.watch()
        var limits = PollLimits()
        limits.isRepeated = input.switches.polls > 1
        var traps = try openTraps(input, targets)
        let poller = SwitchPoller(
            targets, limits: limits, personKey: key.bytes, judge: check.why, isStopped: { Interrupt.isAsked })
        let clock = ContinuousClock()
        for number in 1...input.switches.polls {
            let start = clock.now
            var troubles: [String] = []
            let cost = try poller.poll(
                time: { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000) },
                offset: TimeZone.current.secondsFromGMT()
            ) { observations in
                for observation in observations {
                    guard case .coverage(let coverage) = observation.body, let problem = coverage.problem else {
                        continue
                    }
                    troubles.append("\(coverage.input): \(problem). \(coverage.cure ?? "")")
                }
                try self.take(observations)
            }
            for line in troubles.prefix(20) { Output.note(line) }
            if troubles.count > 20 { Output.note("and \(troubles.count - 20) more; all stand under coverage.") }
            if cost.unanswered == cost.switches { isUnanswered = true } else { isUnanswered = false }
            if number == input.switches.polls || Interrupt.isAsked { break }
            let next = start + .seconds(input.switches.secondsBetween)
            try hear(&traps, until: next)
        }
        if traps != nil, let seconds = input.duration.flatMap(InputOptions.seconds) {
            try hear(&traps, until: clock.now + .seconds(seconds))
        }
        if let counted = traps?.close(at: Self.now) { try take(counted) }
    }

    private static var now: Timestamp {
        Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1_000)
    }

    /// The door for traps, open before the first poll: what is told meanwhile waits.
    private func openTraps(_ input: InputOptions, _ targets: [SwitchTarget]) throws -> TrapSensor? {
        guard let door = input.switches.traps.flatMap(SwitchOptions.door) else { return nil }
        do throws(TrapTrouble) {
            var sensor = try TrapSensor(targets, site: input.site, address: door.address, port: door.port)
            let port = try sensor.open()
            Output.note("listening for traps at \(door.address.isEmpty ? "*" : door.address):\(port)")
            return sensor
        } catch { throw Stop(error.words) }
    }

    /// Waits, and hears what switches tell meanwhile; short turns, so that Ctrl-C is heard, too.
    private mutating func hear(_ traps: inout TrapSensor?, until end: ContinuousClock.Instant) throws {
        let clock = ContinuousClock()
        guard var sensor = traps else {
            while clock.now < end, !Interrupt.isAsked { Thread.sleep(forTimeInterval: 0.05) }
            return
        }
        defer { traps = sensor }
        try sensor.hear {
            Self.now
        } isOver: {
            Interrupt.isAsked || clock.now >= end
        } emit: {
            try self.take($0)
        }
    }

    private mutating func replay(_ path: String) throws {
        let log = try Logs.reading(path)
        var hospital = self.hospital
        try log.replay { _ = hospital.learn($0.observations) }
        self.hospital = hospital
        compare(used.map(\.name), with: used)
    }

    /// Says what the replayed log was made with and is not there, or is another today.
    private func compare(_ names: [String], with today: [Observation.Knowledge]) {
        for name in names {
            let note = Observation.Knowledge.note(
                name, before: hospital.knowledge[name], today: today.first { $0.name == name }?.digest)
            if let note { Output.note(note) }
        }
    }

    /// From here on what is taken is folded beside the sensor.
    private mutating func openLane() throws {
        let knowledge = hospital.inventory.knowledge
        lane = FoldLane(hospital, log: log)
        // Only the lane holds it now, so that nothing is copied when it learns.
        hospital = Hospital(knowledge: knowledge)
    }

    private mutating func closeLane() throws {
        if let done = try lane?.finish() { hospital = done }
        lane = nil
    }

    /// What the answers are held against: what was imported, what is named, and what lies beside a simulated hospital.
    mutating func take(lists options: ListOptions) throws {
        hospital.lists.plan = plan
        let vendors = VendorList.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        hospital.lists.vendors = vendors.names
        let advisories = try options.advisories.load(also: beside("advisories"))
        hospital.lists.use(advisories)
        let lifecycles = LifecycleLibrary.load(own: PrefixLibrary.ownFolder(), note: Output.note)
        hospital.lists.lifecycles = lifecycles.lifecycles
        var used = vendors.used + lifecycles.used
        if !advisories.isEmpty { used.append(Observation.Knowledge(name: "advisories", digest: advisories.digest)) }
        var declared = options.declared
        if declared.files.isEmpty { declared.files = beside("declared.csv") }
        if let list = try declared.load(columns: plan.columns) {
            hospital.lists.declared = list
            used.append(Observation.Knowledge(name: DeclaredLibrary.knowledge, digest: list.digest))
        }
        compare(used.map(\.name), with: used)
        try name(used, at: site)
    }

    /// What lies in the folder of a simulated hospital, where it is there.
    private func beside(_ name: String) -> [String] {
        guard let path = folder.map({ "\($0)/\(name)" }), FileManager.default.fileExists(atPath: path) else {
            return []
        }
        return [path]
    }

    private mutating func take(_ observations: [Observation]) throws {
        if let lane { return try lane.send(observations) }
        try log?.append(observations)
        _ = hospital.learn(observations)
    }

    /// Ends the run: badly when an input ended badly.
    func finish() throws {
        do { try log?.close() } catch let failure as LogFailure { throw Stop(Words.of(failure)) }
        for refusal in hospital.inventory.knowledge.patternRefusals { Output.note(refusal) }
        guard !problems.isEmpty || isUnanswered else { return }
        for problem in problems { Output.note(problem) }
        throw ExitCode(1)
    }
}
