//===----------------------------------------------------------------------===//
// Wardlight · Sensors
//
// The lane beside the harvest: a capture is read and heard while what it said before is harvested.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Foundation
import Synchronization

/// Reads one capture on a thread, and hears it on a second, which notes what it says for whoever asks. All in order;
/// the chunks and the notes that there are bound how far one runs ahead of the other.
final class CaptureLane: Sendable {
    private let chunks = Belt([CaptureChunk(), CaptureChunk()])
    private let notes = Belt([Notes(), Notes()])
    private let ear: Mutex<Ear?>
    private let outcome = Mutex(CaptureReading.Outcome.read(problem: nil, nil))

    /// Notes are handed on at least every so many chunks, so that a progress bar moves.
    private static let patience = 4

    init(_ path: String, _ ear: Ear) {
        self.ear = Mutex(ear)
        Self.start("read") { self.read(path) }
        Self.start("hear") { self.hear() }
    }

    private static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    // MARK: The two threads

    private func read(_ path: String) {
        var reading = CaptureReading(path)
        let outcome = reading.read { chunks.send(&$0) }
        self.outcome.withLock { $0 = outcome }
        chunks.close()
    }

    private func hear() {
        guard var ear = self.ear.withLock({ $0.take() }) else { return }
        var page = Notes()
        var (position, count) = (0, 0)
        while let chunk = chunks.next() {
            position = chunk.position
            guard hear(chunk, &ear, &page) else { return chunks.leave() }
            count += 1
            let isAwaited = chunk.isShort || count % Self.patience == 0
            chunks.giveBack(chunk)
            if isAwaited, !send(&page, ear.packets, position) { return chunks.leave() }
        }
        if case .read = outcome.withLock({ $0 }) {
            let packets = ear.packets
            ear.end(into: &page) { _ = send(&$0, packets, position) }
            guard send(&page, packets, position) else { return }
        }
        self.ear.withLock { $0 = ear }
        notes.close()
    }

    @inline(__always)
    private func hear(_ chunk: CaptureChunk, _ ear: inout Ear, _ page: inout Notes) -> Bool {
        page.dropped(chunk.dropped)
        let bytes = chunk.bytes.span
        for frame in chunk.frames {
            let start = Int(frame.start)
            let packets = ear.packets
            ear.take(
                bytes.extracting(start..<start + Int(frame.count)), frame.link, at: frame.time,
                originalLength: Int(frame.originalLength), into: &page,
                full: { _ = send(&$0, packets, chunk.position) })
            if page.areFull, !send(&page, ear.packets, chunk.position) { return false }
        }
        return true
    }

    private func send(_ page: inout Notes, _ packets: UInt64, _ position: Int) -> Bool {
        if notes.isLeft { return false }
        page.position = position
        page.packets = packets
        return notes.send(&page)
    }

    // MARK: Who asks

    /// Waits for the next notes; nil after the last.
    func next() -> Notes? { notes.next() }

    /// The room of notes that were taken is used again.
    func giveBack(_ taken: consuming Notes) {
        taken.clear()
        notes.giveBack(taken)
    }

    /// How the reading ended, and the ear, for the next. To be called once, after the last notes.
    func end() -> (ear: Ear?, outcome: CaptureReading.Outcome) {
        (ear.withLock { $0.take() }, outcome.withLock { $0 })
    }

    /// Nobody asks any more: both threads end, at the next chunk. They are not waited for, since a pipe may be silent.
    func leave() { notes.leave() }
}
