//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The floors as drawings: rooms from their outlines, beds and devices on them, live values.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

/// Lays a floor out. Units are millimetres in the model and thousandths of the widest strip in the drawing.
struct FloorPlan {
    private let glance: Glance
    private let page: PageFrame
    private let strips: Strips
    private var rooms: [[String: Any]] = []
    private var marks: [[String: Any]] = []
    private var devices = 0
    private var findings = 0
    private var stale = 0

    /// Nil where nothing on it has an outline.
    init?(_ floor: Location, _ glance: Glance, _ page: PageFrame) {
        self.glance = glance
        self.page = page
        var places: [Location] = []
        var open = [floor]
        // The tree has no circles below a place that hangs on a root; the bound is for plans of the mistaken kind.
        while let place = open.popLast(), places.count < 5_000 {
            places.append(place)
            open += (glance.childrenOf[place.id] ?? []).reversed()
        }
        let whole = places.filter { [.room, .bed, .vehicle].contains($0.kind) }
        guard let strips = Strips(places.compactMap(\.outline), whole: whole.compactMap(\.outline)) else { return nil }
        self.strips = strips
        for kind in [Location.Kind.floor, .building, .zone, .room, .bed, .vehicle, .site] {
            // What has findings comes last: no neighbour may cover its edge.
            let own = places.filter { $0.kind == kind }.map { ($0, devices(of: $0)) }
            for (place, devices) in own where !devices.contains(where: { $0.findings > 0 }) { draw(place, devices) }
            for (place, devices) in own where devices.contains(where: { $0.findings > 0 }) { draw(place, devices) }
        }
    }

    func content(name: String) -> [String: Any] {
        var summary = "\(devices) devices"
        if findings > 0 { summary += ", \(findings) with findings" }
        if stale > 0 { summary += ", \(stale) not heard of lately" }
        if strips.count > 1 { summary += "; drawn in \(strips.count) strips, left to right" }
        return [
            "name": name, "summary": summary, "box": "-6 -6 1012 \(strips.height + 12)", "rooms": rooms,
            "marks": marks,
        ]
    }

    private struct Frame {
        var x: Int, y: Int, width: Int, height: Int
    }

    private mutating func draw(_ place: Location, _ own: [DeviceSummary]) {
        guard let outline = place.outline else { return }
        let points = strips.points(of: outline)
        guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
            let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
        else { return }
        let frame = Frame(x: left, y: top, width: max(1, right - left), height: max(1, bottom - top))
        let readings =
            place.kind == .room || place.kind == .zone || place.kind == .bed ? values(of: own, in: frame) : []
        let label = label(place, frame, isEmpty: own.isEmpty && readings.isEmpty)
        let (cells, hidden) = lay(own, frame, labelSize: label.size, valueLines: readings.count)
        let count = own.count { $0.findings > 0 }
        var title = "\(place.kind.rawValue) \(place.name): \(own.count) devices"
        if count > 0 { title += ", \(count) with findings" }
        rooms.append([
            "kind": place.kind.rawValue, "hasFinding": count > 0, "title": title,
            "points": points.map { "\($0.x),\($0.y)" }.joined(separator: " "), "label": label.content,
            "values": readings, "more": more(own.suffix(hidden), frame),
        ])
        marks += cells
        devices += own.count
        findings += count
        stale += own.count { $0.isStale }
    }

    /// Devices that found no room in the drawing are counted, with a sign when one of them has a finding.
    private func more(_ hidden: ArraySlice<DeviceSummary>, _ frame: Frame) -> [[String: Any]] {
        guard !hidden.isEmpty, frame.width >= 18, frame.height >= 9 else { return [] }
        let text = "+\(hidden.count)" + (hidden.contains { $0.findings > 0 } ? " ▲" : "")
        return [
            [
                "text": text, "x": "\(frame.x + frame.width - 3)", "y": "\(frame.y + frame.height - 4)",
                "size": "\(min(12, frame.height - 2))",
            ]
        ]
    }

    private func label(_ place: Location, _ frame: Frame, isEmpty: Bool) -> (size: Int, content: [[String: Any]]) {
        let isRoom = place.kind == .room || place.kind == .bed
        func content(_ x: Int, _ y: Int, _ size: Int, turn: String) -> [[String: Any]] {
            [["text": place.name, "x": "\(x)", "y": "\(y)", "size": "\(size)", "turn": turn]]
        }
        // A small bed shows what stands at it rather than its own name.
        guard place.kind != .bed || isEmpty || frame.height >= 30 else { return (0, []) }
        let size = labelSize(place.name, frame.width, frame.height, isRoom: isRoom)
        if size > 0 { return (size, content(frame.x + 5, frame.y + size + 2, size, turn: "")) }
        // A narrow room with nothing in it has its name from top to bottom.
        let turned = isEmpty && isRoom ? labelSize(place.name, frame.height, frame.width, isRoom: true) : 0
        guard turned > 0 else { return (0, []) }
        let (x, y) = (frame.x + frame.width / 2 - turned / 3, frame.y + 5)
        return (0, content(x, y, turned, turn: "rotate(90 \(x) \(y))"))
    }

    /// What stands there, or in a place within it that is not drawn by itself.
    private func devices(of place: Location) -> [DeviceSummary] {
        var found = glance.devicesAt[place.id] ?? []
        var open = glance.childrenOf[place.id] ?? []
        while let child = open.popLast() {
            if child.outline != nil { continue }
            found += glance.devicesAt[child.id] ?? []
            open += glance.childrenOf[child.id] ?? []
        }
        return found.sorted {
            ($0.findings > 0 ? 0 : 1, $0.deviceClass.rawValue, $0.id) < (
                $1.findings > 0 ? 0 : 1, $1.deviceClass.rawValue, $1.id
            )
        }
    }

    /// 0 where no letter of a size that can be read fits.
    private func labelSize(_ name: String, _ width: Int, _ height: Int, isRoom: Bool) -> Int {
        let fitting = (width - 8) * 17 / (10 * max(1, name.count))
        let size = min(fitting, isRoom && height < 30 ? height - 3 : height / 3, isRoom ? 15 : 18)
        return size < 9 ? 0 : size
    }

    /// Room temperatures, doses and other things that belong to a room rather than to a patient; two at most.
    private func values(of own: [DeviceSummary], in frame: Frame) -> [[String: Any]] {
        let shown = own.flatMap { glance.readingsOf[$0.id] ?? [] }.filter { FloorPlan.isOfRoom($0.reading.unit) }
        let size = max(9, min(15, frame.width / 7, frame.height / 5))
        guard frame.width > 40, frame.height > 30 else { return [] }
        return shown.prefix(2).enumerated().map { line, row in
            let what = DeviceStoryPage.metric(row.reading.metric)
            return [
                "key": "\(row.device ?? "") \(row.reading.metric)", "stale": row.isStale, "what": what,
                "text": Self.words(row.reading) + (row.isStale ? " (stale)" : ""), "x": "\(frame.x + 5)",
                "title":
                    "\(what): \(Self.words(row.reading)) at \(page.clock.words(row.reading.occurred)) \(page.clock.name)",
                "y": "\(frame.y + frame.height - 6 - line * (size + 3))", "size": "\(size)",
            ]
        }
    }

    static func isOfRoom(_ unit: String) -> Bool { ["Cel", "{doses}", "Pa", "[ppm]", "lx"].contains(unit) }

    /// `21.4 °C`
    static func words(_ reading: Reading) -> String { words(reading.value, reading.unit) }

    static func words(_ value: Double, _ unit: String) -> String {
        let rounded = (value * 10).rounded() / 10
        let number = Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
        let words: [String: String] = ["Cel": "°C", "{doses}": "doses", "[ppm]": "ppm", "mm[Hg]": "mmHg", "1": ""]
        let unit = words[unit] ?? unit
        return unit.isEmpty ? number : "\(number) \(unit)"
    }

    /// A grid below the label and above the values.
    private func lay(_ own: [DeviceSummary], _ frame: Frame, labelSize: Int, valueLines: Int) -> ([[String: Any]], Int)
    {
        let top = frame.y + labelSize + 6
        let bottom = frame.y + frame.height - valueLines * 17 - 3
        let (wide, high) = (frame.width - 8, bottom - top)
        guard !own.isEmpty, wide >= 8, high >= 8 else { return ([], own.count) }
        var cell = 24
        while cell > 9, (wide / cell) * (high / cell) < own.count { cell -= 1 }
        let columns = max(1, wide / cell)
        let most = columns * max(1, high / cell)
        let shown = own.prefix(own.count > most ? max(0, most - 1) : most)
        let cells = shown.enumerated().map { number, device in
            mark(
                device, x: frame.x + 4 + number % columns * cell + cell / 2,
                y: top + number / columns * cell + cell / 2,
                cell: cell)
        }
        return (cells, own.count - shown.count)
    }

    private func mark(_ device: DeviceSummary, x: Int, y: Int, cell: Int) -> [String: Any] {
        let (kind, shape) = Self.shape(device.deviceClass)
        var title = [device.name ?? device.id, device.type ?? device.deviceClass.rawValue, device.model ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        if device.findings > 0 { title += ". \(device.findings) findings, \(device.severity?.rawValue ?? "")" }
        if device.isStale { title += ". Not heard of lately" }
        let scale = cell * 100 / 24
        return [
            "href": "/devices/\(device.id)\(page.query)", "x": "\(x)", "y": "\(y)",
            "scale": "\(scale / 100).\(scale % 100 < 10 ? "0" : "")\(scale % 100)", "kind": kind, "shape": shape,
            "title": title, "finding": device.findings > 0, "stale": device.isStale,
        ]
    }

    private static func shape(_ kind: DeviceClass) -> (String, String) {
        switch kind {
        case .medical: ("medical", "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z")
        case .iot, .building: ("iot", "M0-6L6 0L0 6L-6 0z")
        case .it, .mobile: ("it", "M-5-5h10v10h-10z")
        case .network: ("network", "M0-6L6 5H-6z")
        case .unknown: ("unknown", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z")
        }
    }
}
