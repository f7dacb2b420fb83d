//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// Lists of assets as systems of hospitals really write them, made up, with all that goes wrong on the way.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// One exported list, and what a person reads in it.
public struct DirtyExport: Sendable, CustomStringConvertible {
    public var name: String
    public var bytes: [UInt8]
    /// `line | tag | serial | addresses | model | room | status | capable | last service`, blank where nothing is said.
    public var rows: [String]
    /// `line column: words` of what is told, with as much of the words as matters.
    public var told: [String]

    public var description: String { name }

    init(_ name: String, _ text: String, rows: [String], told: [String] = []) {
        self.init(name, Array(text.utf8), rows: rows, told: told)
    }

    init(_ name: String, _ bytes: [UInt8], rows: [String], told: [String] = []) {
        (self.name, self.bytes, self.rows, self.told) = (name, bytes, rows, told)
    }

    public static let all: [DirtyExport] = american + european + spreadsheets

    // MARK: Systems

    static let american: [DirtyExport] = [
        DirtyExport(
            "ServiceNow, names of fields",
            """
            "u_asset_tag","serial_number","cmdb_ci.mac_address","model_id.manufacturer.name","model_id.display_name",\
            "location.name","install_status","u_network_connected","sys_updated_on","po_number","parent.serial_number"
            "P1000234","SN-00912","00:09:fb:00:00:01","Baxter","Sigma Spectrum","St. Mary/3 West","In use","true",\
            "2026-03-01 07:00:00","PO77","S-PARENT"
            "P1000235","","0009FB000002","Baxter","Sigma Spectrum","","In stock","true","","",""
            "P1000236","#REF!","","Baxter","Sigma Spectrum","","Absent","false","","",""
            "P1000237","SN-00914","","Baxter","Sigma Spectrum","","Pending install","","","",""

            """,
            rows: [
                "2|P1000234|SN-00912|00:09:fb:00:00:01|Sigma Spectrum|St. Mary/3 West|inService|yes|",
                "3|P1000235||00:09:fb:00:00:02|Sigma Spectrum||stored|yes|",
                "4|P1000236|||Sigma Spectrum||missing|no|",
                "5|P1000237|SN-00914||Sigma Spectrum||stored||",
            ],
            told: ["4 serial_number: '#REF!' is the error of a formula"]),
        DirtyExport(
            "Nuvolo, a title, groups above the headings, and a footer",
            """
            Nuvolo Clinical - Device Inventory,,,,,,
            Exported 2026-03-01 by Biomed,,,,,,

            Asset,,,Network,,Location,
            Asset Tag,Serial Number,Model,MAC Address,Networked (Y/N),Department/Room,Life Cycle Stage Status
            BME-00123,S123,MX450,00-09-FB-00-00-01 / 00-09-FB-00-00-02,Y - wired,ICU / 12,In Use
            BME-00124,S124,MX450,"00:09:fb:00:00:03
            00:09:fb:00:00:04",N,ICU / 13,In Maintenance
            BME-00125,N/A,MX450,TBD,Unknown,,Retired - 2024
            Grand Total: 3,,,,,,
            Page 1 of 1,,,,,,

            """,
            rows: [
                "6|BME-00123|S123|00:09:fb:00:00:01 00:09:fb:00:00:02|MX450|ICU / 12|inService|yes|",
                "7|BME-00124|S124|00:09:fb:00:00:03 00:09:fb:00:00:04|MX450|ICU / 13|inRepair|no|",
                "8|BME-00125|||MX450||retired||",
            ],
            told: [
                "9 Asset Tag: 'Grand Total: 3': a line of totals or notes, no asset",
                "10 Asset Tag: 'Page 1 of 1': a line of totals",
            ]),
        DirtyExport(
            "IBM Maximo, capitals and tabs",
            "ASSETNUM\tDESCRIPTION\tSERIALNUM\tMANUFACTURER\tLOCATION\tSITEID\tSTATUS\tMACADDR\n"
                + "10004711\tPump, infusion\t0073145\tB. BRAUN\tNICU\tMAIN\tOPERATING\t0009.fb00.0001\n"
                + "10004712\tPump, infusion\t73146.0\tB. BRAUN\tNICU\tMAIN\tNOT READY\t9FB000002\n"
                + "10004713\tPump, infusion\t1.23457E+11\tB. BRAUN\tNICU\tMAIN\tDECOMMISSIONED\t9.12346E+09\n"
                + "10004714\tPump, infusion\t-\tB. BRAUN\tNICU\tMAIN\tBROKEN\t00:09:FB:00:00:05;00:09:FB:00:00:06\n",
            rows: [
                "2|10004711|0073145|00:09:fb:00:00:01||NICU|inService|yes|",
                "3|10004712|73146.0|00:09:fb:00:00:02||NICU|inRepair|yes|",
                "4|10004713|1.23457E+11|||NICU|retired||",
                "5|10004714||00:09:fb:00:00:05 00:09:fb:00:00:06||NICU|inRepair|yes|",
            ],
            told: ["4 MACADDR: no hardware address: a spreadsheet", "4 SERIALNUM: a spreadsheet rounded the serial"]),
        DirtyExport(
            "TMS, months first, and headings on each page",
            """
            Control #,Mfr. Serial #,Mfr.,Model Name,Room No.,Equipment Status,Last PM Date,Network Connected?
            C-5001,A1001,GE,CARESCAPE B850,OR 4,Active,12/31/2025,Yes
            C-5002,A1002,GE,CARESCAPE B450,OR 5,Could Not Locate,3/4/2026,Yes
            Control #,Mfr. Serial #,Mfr.,Model Name,Room No.,Equipment Status,Last PM Date,Network Connected?
            C-5003,A1003,GE,CARESCAPE B450,101,Sent to vendor for repair,46082,No

            """,
            rows: [
                "2|C-5001|A1001||CARESCAPE B850|OR 4|inService|yes|2025-12-31",
                "3|C-5002|A1002||CARESCAPE B450|OR 5|missing|yes|2026-03-04",
                "5|C-5003|A1003||CARESCAPE B450|room 101|inRepair|no|2026-03-01",
            ],
            told: ["4 Control #: the headings stand here again, no asset"]),
        DirtyExport(
            "AIMS, bars, a ruler below the headings, and the count of the database",
            """
            TAG NUMBER|SERIAL NUMBER|MODEL|MAC_ADDR_1|MAC_ADDR_2|OWNER DEPT|IS ACTIVE
            ----------|-------------|-----|----------|----------|----------|---------
            00042|77-100.1|ALARIS 8015|0:9:fb:0:0:1|0:9:fb:0:0:2|PHARMACY|Y
            00043|77-100.2|ALARIS 8015|ffff.ffff.ffff|000000000000|PHARMACY|N

            (2 rows affected)

            """,
            rows: [
                "3|00042|77-100.1|00:09:fb:00:00:01 00:09:fb:00:00:02|ALARIS 8015||inService|yes|",
                "4|00043|77-100.2||ALARIS 8015||retired||",
            ],
            told: ["6 TAG NUMBER: '(2 rows affected)': a line of totals"]),
        DirtyExport(
            "Infor EAM, numbers under Equipment, codes before the status",
            """
            Equipment;Equipment Description;Manufacturer;Model;Serial Number / Lot;Organization;Equipment Status;IP / MAC
            E100200;Monitor;Philips;MX800;DE-1001;HOSP;I - Installed;10.20.1.7 / 00:09:fb:00:00:01
            E100201;Monitor;Philips;MX800;DE-1002;HOSP;C - In Store;160.1.2.3 / 00:09:fb:00:00:02
            E100202;Monitor;Philips;MX800;DE-1003;HOSP;D - Withdrawn;20.2.3.4

            """,
            rows: [
                "2|E100200|DE-1001|00:09:fb:00:00:01|MX800||inService|yes|",
                "3|E100201|DE-1002|00:09:fb:00:00:02|MX800||stored|yes|",
                "4|E100202|DE-1003||MX800||retired||",
            ]),
        DirtyExport(
            "Snipe-IT, two columns of one heading, pages as line ends",
            """
            Asset Tag,Asset Name,Serial,Serial,Model,Model No.,Status,_snipeit_mac_address_1,Location,Last Audit
            IT-0001,WS-ICU-01,,5CG1001,EliteDesk,800 G6,Ready to Deploy,00:09:fb:00:00:01<br>00:09:fb:00:00:02,HQ,
            IT-0002,WS-ICU-02,5CG1002,,EliteDesk,800 G6,Lost/Stolen,MAC:00–09–fb–00–00–03,HQ,
            IT-0003,WS-ICU-03,5CG1003,,EliteDesk,800 G6,Archived,"1) 00:09:fb:00:00:04, 2) 00:09:fb:00:00:05",HQ,
            IT-0004,WS-ICU-04,5CG1004,,EliteDesk,800 G6,Broken - Not Fixable,01.02.2026,HQ,

            """,
            rows: [
                "2|IT-0001|5CG1001|00:09:fb:00:00:01 00:09:fb:00:00:02|EliteDesk|HQ|stored|yes|",
                "3|IT-0002|5CG1002|00:09:fb:00:00:03|EliteDesk|HQ|missing|yes|",
                "4|IT-0003|5CG1003|00:09:fb:00:00:04 00:09:fb:00:00:05|EliteDesk|HQ|retired|yes|",
                "5|IT-0004|5CG1004||EliteDesk|HQ|retired||",
            ],
            told: ["5 _snipeit_mac_address_1: no hardware address: it has too few digits"]),
        DirtyExport(
            "Lansweeper, blank columns at both ends",
            """
            ,AssetName,,Statename,Type,Manufacturer,Model,Serialnumber,Mac,Barcode,Building,Lastseen,
            ,PC-17,,Stock,Windows,Dell,OptiPlex,J7XK1,00:09:FB:00:00:01,L-1001,House 2,,
            ,PC-18,,Non-active,Windows,Dell,OptiPlex,J7XK2,00:09:FB:00:00:02,L-1002,House 2,,
            ,,,,,,,,,,,,
            ,PC-19,,Active (leased),Windows,Dell,OptiPlex,J7XK3,,L-1003,House 2,,,,stray

            """,
            rows: [
                "2|L-1001|J7XK1|00:09:fb:00:00:01|OptiPlex|House 2|stored|yes|",
                "3|L-1002|J7XK2|00:09:fb:00:00:02|OptiPlex|House 2|retired|yes|",
                "5|L-1003|J7XK3||OptiPlex|House 2|inService||",
            ],
            told: ["5 15: 15 cells under 13 headings"]),
    ]

    // MARK: Languages

    static let european: [DirtyExport] = [
        DirtyExport(
            "SAP PM, German, Windows-1252",
            windows(
                "Equipment;Bezeichnung techn. Objekt;Herstellerserialnummer;Hersteller;Typbezeichnung;Raum;Systemstatus;"
                    + "Letzte Prüfung am;Netzwerkfähig\r\n"
                    + "10004711;Überwachungsmonitor;DE12345;Dräger;Infinity;OG 2;EINB VERF;01.03.2026;ja\r\n"
                    + "10004712;Überwachungsmonitor;k.A.;Dräger;Infinity;;INST DLFL;00.00.0000;nicht vernetzt\r\n"
                    + "10004713;Überwachungsmonitor;DE12347;Dräger;Infinity;;LAGR;31.02.2026;k. A.\r\n"),
            rows: [
                "2|10004711|DE12345||Infinity|OG 2|inService|yes|2026-03-01",
                "3|10004712|||Infinity||retired|no|",
                "4|10004713|DE12347||Infinity||stored||",
            ],
            told: ["4 Letzte Prüfung am: '31.02.2026' is no day", "4 Netzwerkfähig: 'k. A.' is neither yes nor no"]),
        DirtyExport(
            "A German spreadsheet, UTF-16 with tabs, a sum at its end",
            utf16(
                "Geräteliste Klinikum\t\t\t\t\t\r\n\r\nInventar-Nr.\tGerät\tFabr.-Nr.\tMAC-Adresse (LAN)\tZustand\tStation\r\n"
                    + "=\"00471\"\tPumpe\t'0099123\t00:09:fb:00:00:01 und 00:09:fb:00:00:02\tIm Einsatz\tIPS\r\n"
                    + "00472\tPumpe\t—\tunbekannt\tausgemustert am 3.2.2024\tIPS\r\n"
                    + "00473\tPumpe\t\t\tbeim Hersteller\tIPS\r\nSumme\t3\t\t\t\t\r\n"),
            rows: [
                "4|00471|0099123|00:09:fb:00:00:01 00:09:fb:00:00:02||IPS|inService|yes|",
                "5|00472||||IPS|retired||", "6|00473||||IPS|inRepair||",
            ],
            told: ["7 Inventar-Nr.: 'Summe': a line of totals"]),
        DirtyExport(
            "GLPI, French",
            """
            Nom;Entité;Statut;Fabricant;N° de série;Type;Modèle;Lieu;Ports réseau - MAC;N° d’inventaire;\
            Date de dernière maintenance;Connecté au réseau (O/N)
            PSE-1;CHU > Pédiatrie;En service;Fresenius;20001;Pousse-seringue;Agilia;Bât. A > 2e;0009.fb00.0001;INV-1001;\
            1er mars 2026;O
            PSE-2;CHU > Pédiatrie;Hors service;Fresenius;sans objet;Pousse-seringue;Agilia;;néant;INV-1002;0000-00-00;N
            PSE-3;CHU > Pédiatrie;Au rebut;Fresenius;NC;Pousse-seringue;Agilia;;;INV-1003;15/02/2026;non connecté
            PSE-4;CHU > Pédiatrie;Mis de côté;Fresenius;20004;Pousse-seringue;Agilia;;;INV-1004;03/02/2026;Oui

            """,
            rows: [
                "2|INV-1001|20001|00:09:fb:00:00:01|Agilia|Bât. A > 2e|inService|yes|2026-03-01",
                "3|INV-1002|||Agilia||retired|no|", "4|INV-1003|||Agilia||retired|no|2026-02-15",
                "5|INV-1004|20004||Agilia||inService|yes|2026-02-03",
            ],
            told: ["5 Statut: 'Mis de côté' is no status that is known; counts as in service"]),
        DirtyExport(
            "Spanish, a word of Windows in a file of UTF-8",
            Array(
                ("Nº inventario;Nº serie;Marca / Fabricante;Modelo;Ubicación;Estado del equipo;Dirección MAC;En red;"
                    + "Fecha último mantenimiento\nX-1001;S/N;Mindray;BeneVision;UCI 2;En funcionamiento;"
                    + "00:09:fb:00:00:01 y 00:09:fb:00:00:02;Sí;domingo 1 de marzo de 2026\n").utf8)
                + Array("X-1002;78123;Mindray;BeneVision;Habitaci".utf8) + [0xF3]
                + Array("n 4;Dado de baja;;No;nunca\nX-1003;78124;Mindray;BeneVision;;Extraviado;;?;2026-mar-01\n".utf8),
            rows: [
                "2|X-1001||00:09:fb:00:00:01 00:09:fb:00:00:02|BeneVision|UCI 2|inService|yes|2026-03-01",
                "3|X-1002|78123||BeneVision|Habitación 4|retired|no|",
                "4|X-1003|78124||BeneVision||missing||2026-03-01",
            ],
            told: ["3 : octets that are no UTF-8"]),
    ]

    // MARK: Spreadsheets

    static let spreadsheets: [DirtyExport] = [
        DirtyExport(
            "A list that a spreadsheet kept as one column",
            """
            "Asset Tag,Serial Number,Model,Status"
            "B-1001,""S1001"",""12\"\"\"\" cart"",Active"
            "B-1002,S1002,Cart,On loan to St. Anne"

            """,
            rows: ["2|B-1001|S1001||12\" cart||inService||", "3|B-1002|S1002||Cart||onLoan||"]),
        DirtyExport(
            "200 columns, quotes with line ends, days in doubt",
            (0..<200).map { place in
                switch place {
                case 17: "\"Asset\nTag\""
                case 60: "Serial No. [mfr]"
                case 120: "Last Service (dd/mm/yyyy)"
                case 199: "Network capable"
                default: place % 3 == 0 ? "" : "Column \(place)"
                }
            }.joined(separator: ",") + "\r\n"
                + [("W-1001", "03/04/2026", "wired"), ("W-1002", "05/06/2026", "stand-alone")].map { row in
                    (0..<200).map { place in
                        switch place {
                        case 17: row.0
                        case 60: "\"\(row.0)-S\r\nrev 2\""
                        case 120: row.1
                        case 199: row.2
                        default: place % 5 == 0 ? "\"a, \"\"b\"\"\"" : ""
                        }
                    }.joined(separator: ",") + "\r\n"
                }.joined(),
            rows: ["2|W-1001|W-1001-S  rev 2||||inService|yes|", "3|W-1002|W-1002-S  rev 2||||inService|no|"],
            told: ["2 Last Service (dd/mm/yyyy): month or day first? Both fit every row; the days of 2 rows"]),
        DirtyExport(
            "Titles of wards between the rows, and rows without any number",
            """
            Inventory number,Device,Make/Model,Serial,Disposal date
            Ward: ICU,,,,
            M-1001,Monitor,Philips MX450,DE1,
            M-1002,Monitor,Philips MX450,DE2,2023-05-01
            ,Monitor,Philips MX450,,
            see also the list of 2019,,,,
            ,,,DE9,

            """,
            rows: [
                "3|M-1001|DE1||Philips MX450||inService||", "4|M-1002|DE2||Philips MX450||retired||",
                "5||||Philips MX450||inService||", "7||DE9||||inService||",
            ],
            told: [
                "2 Inventory number: 'Ward: ICU'", "5 Inventory number: no asset tag, serial number or address",
                "6 Inventory number: 'see also the list of 2019'",
            ]),
    ]

    /// Latin-1 of a text, which is what Windows-1252 has for these letters.
    private static func windows(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
}
