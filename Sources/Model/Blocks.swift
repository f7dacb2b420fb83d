//===----------------------------------------------------------------------===//
// Wardlight · Model
//
// Blocks: a long list whose copies cost little when one of them changes.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A list in blocks of 256: after a copy a change of one element copies its block, not the whole list.
public struct Blocks<Element: Sendable>: Sendable, RandomAccessCollection, MutableCollection {
    @usableFromInline var blocks: [[Element]] = []
    @usableFromInline var stored = 0

    @inlinable public init() {}

    @inlinable public init(_ elements: some Sequence<Element>) { for element in elements { append(element) } }

    /// Large enough that the list of blocks is short, small enough that a copied block is not felt.
    @inlinable static var size: Int { 256 }

    @inlinable public var count: Int { stored }
    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { stored }
    @inlinable public var isEmpty: Bool { stored == 0 }
    @inlinable public var indices: Range<Int> { 0..<stored }

    @inlinable public subscript(place: Int) -> Element {
        get { blocks[place >> 8][place & 255] }
        _modify { yield &blocks[place >> 8][place & 255] }
    }

    @inlinable public mutating func append(_ element: Element) {
        if stored & 255 == 0 {
            var block: [Element] = []
            block.reserveCapacity(Self.size)
            block.append(element)
            blocks.append(block)
        } else {
            blocks[stored >> 8].append(element)
        }
        stored += 1
    }

    @discardableResult
    @inlinable public mutating func removeLast() -> Element {
        precondition(stored > 0, "nothing is left to remove")
        stored -= 1
        let element = blocks[stored >> 8].removeLast()
        if stored & 255 == 0 { blocks.removeLast() }
        return element
    }

    /// All of them, in order.
    @inlinable public var elements: [Element] { blocks.flatMap(\.self) }
}
