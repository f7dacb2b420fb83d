//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// What the makers of other systems call their columns.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

extension SightingFormat {
    /// Plain names (letters and digits, lower case) of the columns that mean something to us, by what they mean. Earlier
    /// names are taken first.
    var columns: [(ListTable.Column, [String])] {
        switch self {
        case .kea:
            [
                (.address, ["address"]), (.mac, ["hwaddr"]), (.duid, ["duid"]), (.clientId, ["clientid"]),
                (.lifetime, ["validlifetime"]), (.expire, ["expire"]), (.name, ["hostname"]), (.state, ["state"]),
            ]
        case .radius:
            [
                (.station, ["callingstationid", "callingstation", "stationmac", "clientmac", "mac", "macaddress"]),
                (.called, ["calledstationid", "calledstation"]),
                (.framed, ["framedipaddress", "framedip", "framedipv6address", "ipaddress", "clientip"]),
                (.server, ["nasidentifier", "nasname", "nasipaddress", "nasip"]),
                (.state, ["acctstatustype", "statustype"]),
                (.start, ["acctstarttime", "starttime", "sessionstart", "start"]),
                (.update, ["acctupdatetime", "eventtimestamp", "updatetime", "timestamp", "time", "datetime"]),
                (.stop, ["acctstoptime", "stoptime", "sessionend", "stop"]), (.ssid, ["ssid", "essid", "wlan"]),
            ]
        case .nfdump:
            [
                (.first, ["ts", "firstseen", "first", "tsg", "tfs"]), (.last, ["te", "lastseen", "last"]),
                (.duration, ["td", "duration"]), (.source, ["sa", "srcaddr"]), (.target, ["da", "dstaddr"]),
                (.sourcePort, ["sp", "srcport"]), (.targetPort, ["dp", "dstport"]),
                (.transport, ["pr", "proto", "protocol"]), (.answered, ["opkt", "outpackets"]),
            ]
        case .rtls:
            [
                (.ble, ["ble", "bleaddress", "blemac", "bluetoothaddress", "bluetoothmac"]),
                (
                    .mac,
                    [
                        "mac", "macaddress", "tagmac", "tagmacaddress", "devicemac", "stationmac", "clientmac",
                        "wifimac",
                        "macadresse",
                    ]
                ),
                (.tag, ["tag", "tagid", "tagnumber", "tagserial", "deviceid", "badgeid"]),
                (.assetTag, ["assettag", "assetid", "assetnumber", "asset", "inventorynumber", "inventarnummer"]),
                (.name, ["name", "assetname", "devicename", "tagname", "description"]), (.time, Self.times),
                (.building, ["building", "campus", "facility", "gebäude", "site"]),
                (.floor, ["floor", "level", "floorname", "etage", "stockwerk"]),
                (.room, ["room", "roomname", "roomnumber", "raum", "zimmer"]), (.bed, ["bed", "bett"]),
                (
                    .place,
                    ["zone", "zonename", "location", "locationname", "place", "area", "map", "maphierarchy", "ort"]
                ),
                (.type, ["type", "category", "assettype", "assetcategory", "devicetype", "class", "tagtype"]),
                (.vendor, Self.vendors), (.model, Self.models), (.serial, Self.serials), (.ip, ["ip", "ipaddress"]),
                (.accessPoint, ["accesspoint", "ap", "apname", "reader", "exciter", "locator"]),
                (.gateway, ["gateway", "gatewaymac"]), (.ssid, ["ssid"]),
            ]
        case .bleGateway:
            [
                (
                    .gateway,
                    ["gateway", "gatewaymac", "gw", "gwmac", "gatewayaddress", "gatewayid", "reader", "receiver"]
                ),
                (
                    .ble,
                    [
                        "address", "mac", "blemac", "ble", "bleaddress", "macaddress", "addr", "bdaddr", "beaconmac",
                        "devicemac", "deviceaddress", "tagmac",
                    ]
                ),
                (.bleKind, ["addresstype", "addrtype", "addresskind", "blekind"]),
                (.bleName, ["name", "blename", "localname", "devicename", "completename"]), (.time, Self.times),
                (.place, ["zone", "location", "room", "place", "gatewayname"]), (.vendor, Self.vendors),
                (.model, Self.models), (.serial, Self.serials), (.assetTag, ["assettag", "assetid"]),
                (.type, ["devicetype", "beacontype", "category"]), (.firmware, ["firmware", "fw", "firmwareversion"]),
            ]
        case .mdm:
            [
                (.serial, Self.serials),
                (
                    .mac,
                    [
                        "wifimac", "wifimacaddress", "wifiaddress", "wlanmac", "wlanmacaddress", "macaddress", "mac",
                        "wirelessmac", "wirelessmacaddress", "macadresse",
                    ]
                ), (.otherMac, ["ethernetmac", "ethernetmacaddress", "ethernetmacaddresses", "lanmac"]),
                (.ble, ["bluetoothmac", "bluetoothmacaddress", "bluetoothaddress"]),
                (.imei, ["imei", "imei1", "imeinumber"]),
                (.iccid, ["iccid", "simiccid", "iccid1", "simserialnumber"]),
                (
                    .model,
                    ["model", "modelname", "devicemodel", "productname", "modell", "modelnumber", "modelidentifier"]
                ),
                (.vendor, Self.vendors),
                (.os, ["os", "platform", "operatingsystem", "osname", "ostype", "betriebssystem"]),
                (.osVersion, ["osversion", "operatingsystemversion", "version", "softwareversion", "osbuild"]),
                (.time, Self.times), (.name, ["devicename", "hostname", "computername", "name", "gerätename"]),
                (.assetTag, ["assettag", "assetid", "assetnumber", "inventorynumber", "inventarnummer"]),
                (.type, ["devicetype", "type", "formfactor", "category", "chassistype"]),
                (.place, ["location", "site", "building", "room", "standort"]),
                (.ssid, ["ssid", "wifissid", "currentssid"]), (.firmware, ["firmware", "firmwareversion"]),
            ]
        case .sim:
            [
                (.iccid, ["iccid", "simiccid", "simnumber", "sim", "ccid", "simcard", "simid"]),
                (.imei, ["imei", "lastimei", "currentimei", "deviceimei", "imeisv", "boundimei"]),
                (.state, ["status", "state", "simstatus", "simstate", "lifecyclestatus"]),
                (
                    .time,
                    [
                        "lastsession", "lastsessiontime", "lastsessionstart", "lastconnection", "lastconnected",
                        "lastactivity", "lastdatausage", "lastdatasession", "lastevent", "sessionend", "sessionstart",
                    ] + Self.times
                ), (.model, ["model", "devicemodel", "equipmentmodel", "handset"]), (.vendor, Self.vendors),
                (.type, ["devicetype", "type", "category"]),
                (.place, ["cell", "cellid", "location", "country", "network"]),
                (.serial, Self.serials), (.assetTag, ["assettag", "assetid"]),
            ]
        case .iscDHCP, .dnsmasq: []
        }
    }

    private static let vendors = ["vendor", "manufacturer", "make", "brand", "maker", "oem", "hersteller", "fabricant"]
    private static let models = ["model", "modelname", "devicemodel", "product", "modell", "modelnumber"]
    private static let serials = ["serial", "serialnumber", "serialno", "sn", "deviceserial", "seriennummer"]
    private static let times = [
        "lastseen", "time", "timestamp", "datetime", "lastcheckin", "lastsync", "lastsyncdatetime", "lastcontact",
        "lastlocated", "lastlocatedtime", "lastupdate", "lastupdated", "lastreported", "lastinventoryupdate",
        "lastconnected",
        "seen", "ts", "date", "at", "when", "zeit", "zuletztgesehen",
    ]

    /// Whether a heading has what the format cannot do without.
    func isWhole(_ table: ListTable) -> Bool {
        switch self {
        case .kea: table.has(.address) && table.has(.expire)
        case .radius: table.has(.station)
        case .nfdump: table.has(.source) && table.has(.target) && table.has(.first)
        case .rtls: table.has(.mac) || table.has(.ble) || table.has(.tag) || table.has(.assetTag)
        case .bleGateway: table.has(.ble)
        case .mdm: table.has(.serial) || table.has(.mac) || table.has(.imei)
        case .sim: table.has(.iccid) || table.has(.imei)
        case .iscDHCP, .dnsmasq: true
        }
    }

    var missingColumns: String {
        switch self {
        case .kea: "no columns `address` and `expire`: give kea-leases4.csv or kea-leases6.csv"
        case .radius: "no column `Calling-Station-Id`, and no detail file either"
        case .nfdump:
            "no columns `ts`, `sa` and `da` (or `firstSeen`, `srcAddr`, `dstAddr`): write it with nfdump -o csv"
        case .rtls: "no column with a tag or its address: name one `tag`, `mac` or `ble`"
        case .bleGateway: "no column with the address that was heard: name one `address`"
        case .mdm: "no column with a serial number, a Wi-Fi address or an IMEI"
        case .sim: "no column `iccid` or `imei`"
        case .iscDHCP, .dnsmasq: "nothing that is a lease"
        }
    }
}
