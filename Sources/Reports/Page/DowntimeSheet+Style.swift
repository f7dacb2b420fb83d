//===----------------------------------------------------------------------===//
// Wardlight · Reports
//
// Downtime sheet: how it looks, on paper and on a screen.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension DowntimeSheet {
    /// Only our own style sheet is believed (CSP level 3); a test holds the digest against it.
    static let policy: StaticString = """
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-gcahBKwoV2uqagPTewhKBCtOE9O8i+K81WDvfHJ0RTw='">

        """

    /// Black on white; what is old has a bar and a word, not a colour.
    static let style: StaticString = """
        * { box-sizing: border-box; } html { font-size: 14px; }
        body { margin: 0 auto; padding: 20px; max-width: 1000px; background: #fff; color: #000;
          font: 1rem/1.4 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
        h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 16px 0 4px; break-after: avoid; }
        p { margin: 4px 0; } .quiet { color: #333; font-size: .85rem; }
        header { border-bottom: 2px solid #000; padding-bottom: 8px; } footer { border-top: 1px solid #000; margin-top: 16px; }
        table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
        thead { display: table-header-group; }
        th, td { border: 1px solid #777; padding: 3px 6px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { background: #eee; font-size: .85rem; } tr.missing td:first-child { border-left: 5px solid #000; }
        tr.missing { font-style: italic; } a { color: #000; }
        table.grid { table-layout: fixed; } table.grid th:nth-child(1) { width: 11%; }
        table.grid th:nth-child(2) { width: 21%; } table.grid th:nth-child(3) { width: 21%; }
        table.grid th:nth-child(4) { width: 18%; } table.grid th:nth-child(5) { width: 14%; }
        @media print { body { padding: 0; max-width: none; } html { font-size: 11px; } a { text-decoration: none; } }
        @page { size: A4; margin: 12mm; }

        """
}
