//===----------------------------------------------------------------------===//
// Wardlight · Server
//
// The floors as drawings: rooms from their outlines, beds and devices on them, live values.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Twin

/// Lays a floor out. Units are millimetres in the model and thousandths of the plan's width in the drawing.
struct FloorPlan {
    private let glance: Glance
    private let query: String
    private let width: Int
    private let box: (left: Int, bottom: Int, right: Int, top: Int)
    private let places: [Location]
    private var rooms: [[String: Any]] = []
    private var marks: [[String: Any]] = []
    private var devices = 0
    private var findings = 0
    private var stale = 0

    /// Nil where nothing on it has an outline.
    init?(_ floor: Location, _ glance: Glance, query: String) {
        self.glance = glance
        self.query = query
        var places: [Location] = []
        var open = [floor]
        // The tree has no circles below a place that hangs on a root; the bound is for plans of the mistaken kind.
        while let place = open.popLast(), places.count < 5_000 {
            places.append(place)
            open += (glance.childrenOf[place.id] ?? []).reversed()
        }
        self.places = places
        let corners = places.compactMap(\.outline).flatMap(\.corners)
        guard let first = corners.first else { return nil }
        var box = (left: Int(first.x), bottom: Int(first.y), right: Int(first.x), top: Int(first.y))
        for corner in corners {
            box.left = min(box.left, Int(corner.x))
            box.right = max(box.right, Int(corner.x))
            box.bottom = min(box.bottom, Int(corner.y))
            box.top = max(box.top, Int(corner.y))
        }
        guard box.right > box.left, box.top > box.bottom else { return nil }
        self.box = box
        width = box.right - box.left
        for kind in [Location.Kind.floor, .building, .zone, .room, .bed, .vehicle, .site] {
            for place in places where place.kind == kind { draw(place) }
        }
    }

    private func scaled(_ length: Int) -> Int { length * 1_000 / width }

    func content(name: String) -> [String: Any] {
        let height = scaled(box.top - box.bottom)
        var summary = "\(devices) devices"
        if findings > 0 { summary += ", \(findings) with findings" }
        if stale > 0 { summary += ", \(stale) not heard of lately" }
        return [
            "name": name, "summary": summary, "box": "-6 -6 1012 \(height + 12)", "rooms": rooms, "marks": marks,
        ]
    }

    private struct Frame {
        var x: Int, y: Int, width: Int, height: Int
    }

    private func frame(_ outline: Location.Outline) -> Frame? {
        let (xs, ys) = (outline.corners.map { Int($0.x) }, outline.corners.map { Int($0.y) })
        guard let left = xs.min(), let right = xs.max(), let bottom = ys.min(), let top = ys.max() else { return nil }
        return Frame(
            x: scaled(left - box.left), y: scaled(box.top - top), width: max(1, scaled(right - left)),
            height: max(1, scaled(top - bottom)))
    }

    private mutating func draw(_ place: Location) {
        guard let outline = place.outline, let frame = frame(outline) else { return }
        let own = devices(of: place)
        let points = outline.corners.map { "\(scaled(Int($0.x) - box.left)),\(scaled(box.top - Int($0.y)))" }
        let readings =
            place.kind == .room || place.kind == .zone || place.kind == .bed ? values(of: own, in: frame) : []
        let size = labelSize(place.name, frame, isRoom: place.kind == .room || place.kind == .bed)
        let label: [[String: Any]] =
            size == 0
            ? []
            : [["text": place.name, "x": "\(frame.x + 5)", "y": "\(frame.y + size + 2)", "size": "\(size)"]]
        let alert = own.contains { $0.findings > 0 }
        let (cells, left) = lay(own, frame, labelSize: size, valueLines: readings.count)
        var title = "\(place.kind.rawValue) \(place.name): \(own.count) devices"
        let count = own.count { $0.findings > 0 }
        if count > 0 { title += ", \(count) with findings" }
        rooms.append([
            "kind": place.kind.rawValue, "hasFinding": alert, "title": title, "points": points.joined(separator: " "),
            "label": label, "values": readings,
            "more": left == 0
                ? []
                : [
                    [
                        "text": "+\(left)", "x": "\(frame.x + frame.width - 26)", "y": "\(frame.y + frame.height - 5)",
                        "size": "12",
                    ] as [String: Any]
                ],
        ])
        marks += cells
        devices += own.count
        findings += count
        stale += own.count { $0.isStale }
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

    private func labelSize(_ name: String, _ frame: Frame, isRoom: Bool) -> Int {
        let fitting = (frame.width - 8) * 17 / (10 * max(1, name.count))
        let size = min(fitting, frame.height / 3, isRoom ? 15 : 18)
        return size < 6 ? 0 : size
    }

    /// Room temperatures, doses and other things that belong to a room rather than to a patient; two at most.
    private func values(of own: [DeviceSummary], in frame: Frame) -> [[String: Any]] {
        let shown = own.flatMap { glance.readingsOf[$0.id] ?? [] }.filter { FloorPlan.isOfRoom($0.reading.unit) }
        let size = max(8, min(15, frame.width / 7, frame.height / 5))
        guard frame.width > 40, frame.height > 30 else { return [] }
        return shown.prefix(2).enumerated().map { line, row in
            [
                "key": "\(row.device ?? "") \(row.reading.metric)", "stale": row.isStale,
                "text": Self.words(row.reading) + (row.isStale ? " (stale)" : ""), "x": "\(frame.x + 5)",
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
            "href": "/devices/\(device.id)\(query)", "x": "\(x)", "y": "\(y)",
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
