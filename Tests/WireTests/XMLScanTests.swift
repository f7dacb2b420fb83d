//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// XML scanner: does it find what discovery needs, and survive everything else?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model
import Testing
import Wire

@Suite struct `XML scanner` {
    /// Every step as a word: `+name`, `-name`, `'text'`.
    private func steps(_ document: String) -> [String] {
        let bytes = Array(document.utf8)
        var scan = XMLScan(bytes.span)
        var found: [String] = []
        while let step = scan.next() {
            switch step {
            case .start: found.append("+" + String(decoding: array(scan.name), as: UTF8.self))
            case .end: found.append("-" + String(decoding: array(scan.name), as: UTF8.self))
            case .text: found.append("'" + String(decoding: array(scan.text), as: UTF8.self) + "'")
            }
        }
        return found
    }

    @Test func `elements come without their prefix and with their text`() {
        #expect(
            steps("<?xml version='1.0'?>\r\n<s:a xmlns:s=\"u>v\"><s:b>one</s:b><c/></s:a>")
                == ["+a", "+b", "'one'", "-b", "+c", "-c", "-a"])
    }

    @Test func `comments, declarations and blank text are stepped over, CDATA is text`() {
        #expect(steps("<!DOCTYPE a><a> <!-- <x> --> <![CDATA[<y>]]></a>") == ["+a", "'<y>'", "-a"])
    }

    @Test(arguments: [
        "<", "<a", "<a b=\"", "<!--", "<![CDATA[x", "<a>text", "</", "</>", "<>", "<a:>", "</a></a></a>", "",
    ])
    func `a document cut off or broken ends calmly`(document: String) {
        #expect(steps(document).count <= 3)
    }

    @Test func `what is nested too deep is left there`() {
        let bytes = Array(String(repeating: "<a>", count: 1_000).utf8)
        var scan = XMLScan(bytes.span)
        var starts = 0
        while scan.next() != nil { starts += 1 }
        #expect(starts == XMLScan.maximumDepth)
        let isTooDeep = scan.isTooDeep
        #expect(isTooDeep)
    }

    @Test func `attributes are found by their name`() {
        let bytes = Array("<HDR.control_id V=\"7\" b = 'x>y'/>".utf8)
        var scan = XMLScan(bytes.span)
        let first = scan.next()
        #expect(first == .start)
        let found = [
            array(scan.name), array(scan.attribute("V")), array(scan.attribute("b")), array(scan.attribute("c")),
        ]
        #expect(found == [Array("HDR.control_id".utf8), Array("7".utf8), Array("x>y".utf8), []])
    }

    @Test func `character references are resolved, others left as they stand`() {
        let bytes = Array(" A&amp;B &lt;&#66;&#x43;&euro;&#0;&#xFFFFFFFFF; &".utf8)
        var facts = Facts()
        facts.add(.upnpFriendlyName, xml: bytes.span)
        #expect(
            String(decoding: array(facts.value(of: facts.entries[0])), as: UTF8.self)
                == "A&B <BC&euro;&#0;&#xFFFFFFFFF; &")
    }
}
