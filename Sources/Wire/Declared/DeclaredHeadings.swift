//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Headings of declared lists: which column holds what?
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// Headings that exports of CMMS and CMDB have, in English, German, French and Spanish, the telling ones first.
///
/// Among them stand those of ServiceNow, Nuvolo, Maximo, TMS, AIMS, Infor, SAP PM, GLPI, Snipe-IT and Lansweeper.
public enum DeclaredHeadings {
    /// As people write them; compared as `plain`.
    public static let usual: [(column: DeclaredColumn, headings: [String])] = [
        (
            .tag,
            [
                "asset tag", "asset tag no", "n° d'inventaire", "no d'inventaire", "asset tag number", "asset number",
                "asset no", "asset num", "asset nr",
                "asset id", "asset code", "asset", "inventory number", "inventory no", "inventory tag",
                "inventory id", "inventory code", "control number", "control no", "cn", "equipment number",
                "equipment no", "equipment id", "equipment tag", "equipment control number", "ecn", "tag",
                "tag number", "tag no", "barcode", "bar code", "biomed tag", "biomed id", "biomed number",
                "property number", "property tag", "bme number", "device id", "device number", "inventarnummer",
                "inventarnr", "inventar nr", "inv nr", "anlagennummer", "anlagennr", "gerätenummer", "geräte nr",
                "numéro d'inventaire", "n° inventaire", "no inventaire", "code inventaire", "número de inventario",
                "n° de inventario", "código de activo", "activo", "asset tag barcode", "asset #", "inventory #",
                "inventory item number", "equipment #", "control #", "tag #", "ctrl no", "control nr", "biomed #",
                "biomed no", "biomed asset number", "clinical engineering number", "ce number", "ce no", "ce #",
                "ce tag", "unit number", "system id", "machine number", "plant number", "fixed asset number",
                "fixed asset", "inventarnummern", "inventar", "inventar id", "inventarkennung", "inventarschlüssel",
                "anlagen nr", "anlage", "gerätenr", "geräte id", "geräteid", "ident nr", "identnummer", "id nr",
                "id nummer", "technische identnr", "technische identnummer", "technical identification no",
                "technical identification number", "equipmentnummer", "equipment nr", "n° inv", "no inv",
                "num inventaire", "numéro inventaire", "n° équipement", "numéro équipement", "numéro d'équipement",
                "no équipement", "code équipement", "code bien", "n° immobilisation", "étiquette", "nº inventario",
                "no de inventario", "número inventario", "num inventario", "cod inventario", "código inventario",
                "código de inventario", "código de equipo", "código equipo", "código interno", "nº de equipo",
                "número de equipo", "etiqueta", "placa", "placa de inventario", "id", "equipment", "equipo",
                "machine",
            ]
        ),
        (
            .serial,
            [
                "serial number", "serial no", "serial num", "serial", "serial nr", "s/n", "sn", "serial #",
                "serialno", "manufacturer serial number", "mfr serial number", "mfg serial number",
                "device serial number", "equipment serial number", "seriennummer", "serien nr", "seriennr",
                "fabriknummer", "numéro de série", "n° de série", "no de série", "n° série", "número de serie",
                "nº de serie", "núm serie", "n serie", "serial number sn", "serial num sn", "manuf serial number",
                "manufacturer sn", "manufacturer serial no", "oem serial number", "factory serial number",
                "vendor serial number", "product serial number", "unit serial number", "serial id", "ser no",
                "ser num", "serno", "sernr", "serien nummer", "ser nr", "serialnummer", "herstellerserialnummer",
                "hersteller seriennummer", "herstellernummer", "geräteseriennummer", "fabrik nr",
                "fabrikationsnummer", "fabr nr", "werknummer", "werk nr", "sn nummer", "numéro série", "num série",
                "no série", "n° de serie", "n° serie", "numero de serie fabricant", "ns", "número serie", "nº serie",
                "núm de serie", "num serie", "no serie", "no de serie", "serie", "serie nº", "serie no",
            ]
        ),
        (
            .mac,
            [
                "mac", "mac address", "mac addresses", "mac addr", "mac id", "ethernet address", "ethernet mac",
                "lan mac", "wired mac", "wifi mac", "wi-fi mac", "wlan mac", "wireless mac", "hardware address",
                "physical address", "network address (mac)", "mac adresse", "mac-adresse", "adresse mac",
                "dirección mac", "hardwareadresse", "ethernet adresse", "burned in address", "mac add",
                "ethernet mac address", "nic", "nic address", "nic mac", "lan address", "lan adresse",
                "physikalische adresse", "hardware adresse", "adresse physique", "adresse matérielle",
                "adresse ethernet", "dirección física", "direcciones mac", "adresses mac", "mac adressen",
                "ethernet id", "eui48",
            ]
        ),
        (
            .vendor,
            [
                "manufacturer", "manufacturer name", "mfr", "mfg", "mfgr", "maker", "make", "brand", "oem",
                "hersteller", "herstellername", "fabrikat", "marke", "fabricant", "constructeur", "fabricante",
                "marca", "marque", "manufacturer of asset", "manufacturer oem", "hersteller name",
                "fabricante equipo", "constructor", "marca equipo", "firma", "fabricant / marque", "vendor",
                "vendor name",
            ]
        ),
        (
            .model,
            [
                "model", "model number", "model no", "model name", "model nr", "model id", "model #", "product",
                "product name", "product model", "device model", "equipment model", "manufacturer model", "modell",
                "modellbezeichnung", "modellnummer", "typenbezeichnung", "gerätemodell", "produkt", "modèle",
                "modele", "modelo", "model description", "model or version", "model designation", "model type",
                "model ref", "manufacturer model number", "manufacturer model name", "catalog number", "part number",
                "typbezeichnung", "herstellertyp", "typ nr", "modell typ", "gerätemodell name", "référence",
                "référence fabricant", "modèle référence", "nom du modèle", "nombre de modelo", "modelo equipo",
                "referencia", "make and model", "make model", "vendor model", "type model", "typ",
            ]
        ),
        (
            .type,
            [
                "device type", "equipment type", "device", "asset type", "type", "device category",
                "equipment category",
                "category", "asset category", "asset class", "device class", "class", "ci class", "modality",
                "device description", "equipment description", "asset description", "description",
                "umdns description", "gmdn term", "universal description", "nomenclature", "device name",
                "equipment name", "asset name", "gerätetyp", "geräteart", "gerätebezeichnung", "bezeichnung",
                "kategorie", "art", "beschreibung", "type d'équipement", "désignation", "catégorie", "tipo",
                "tipo de equipo", "descripción", "categoría", "equipment type description", "type of equipment",
                "type of device", "equipment class", "equipment group", "object type", "objektart", "objekttyp",
                "technical object type", "description of technical object", "bezeichnung technisches objekt",
                "bezeichnung des technischen objekts", "gerätegruppe", "geräteklasse", "gerätename", "gerät",
                "art des geräts", "benennung", "emdn", "emdn description", "cnd", "umdns", "gmdn", "gmdn name",
                "libellé", "nature", "nom de l'équipement", "famille", "type équipement", "dénomination", "appareil",
                "clase", "familia", "nombre del equipo", "nombre de equipo", "denominación", "descripción del equipo",
            ]
        ),
        (
            .firmware,
            [
                "firmware", "firmware version", "firmware rev", "firmware revision", "fw", "fw version", "fw rev",
                "software version", "software revision", "software rev", "sw version", "sw rev", "software",
                "os/firmware", "firmwarestand", "softwarestand", "softwareversion", "version logicielle",
                "version du logiciel", "version firmware", "versión de firmware", "versión de software", "version",
                "firmware level", "current firmware", "current software version", "installed version", "os firmware",
                "software level", "application version", "sw stand", "fw stand", "sw", "software release",
                "version de logiciel", "versión firmware", "versión software", "versión",
            ]
        ),
        (
            .owner,
            [
                "owner", "asset owner", "device owner", "owned by", "owner department", "owning department",
                "department", "department name", "dept", "responsible department", "responsible", "custodian",
                "cost centre", "cost center", "cost centre name", "cost center name", "business owner", "managed by",
                "besitzer", "eigentümer", "abteilung", "fachabteilung", "kostenstelle", "verantwortlich",
                "propriétaire", "département", "centre de coût", "responsable", "propietario", "departamento",
                "centro de coste", "assigned to", "assignee", "assigned department", "owning dept", "owner dept",
                "using department", "user department", "clinical owner", "service line", "betreiber", "nutzer",
                "zuständig", "zuständigkeit", "verantwortlicher", "kst", "kostenstellenbezeichnung",
                "organisationseinheit", "responsable du service", "utilisateur", "détenteur", "uf",
                "unité fonctionnelle", "pôle", "centro de costo", "centro de costos", "propiedad", "usuario",
                "checked out to",
            ]
        ),
        (
            .building,
            [
                "building", "building name", "bldg", "gebäude", "haus", "bâtiment", "edificio", "wing", "flügel",
                "building code", "building no", "bldg name", "gebäude nr", "gebäudename", "gebäudeteil", "bau",
                "pavillon", "pabellón", "bloque",
            ]
        ),
        (
            .floor,
            [
                "floor", "floor number", "floor name", "level", "storey", "etage", "stockwerk", "geschoss", "étage",
                "niveau", "piso", "planta", "floor level", "floor no", "ebene", "stock", "og", "nivel",
            ]
        ),
        (
            .ward,
            [
                "ward", "ward name", "nursing unit", "care unit", "clinical unit", "hospital unit", "unit",
                "point of care", "station", "pflegestation", "unité de soins", "service de soins", "unidad",
                "unidad de cuidados", "ward unit", "area", "clinical area", "stationsname", "bereich",
                "funktionsbereich", "klinischer bereich", "pflegebereich", "service", "secteur", "servicio", "área",
                "unidad clínica", "servicio clínico",
            ]
        ),
        (
            .location,
            [
                "location", "current location", "location name", "device location", "equipment location",
                "asset location", "physical location", "home location", "place", "position", "standort", "ort",
                "aufstellort", "einsatzort", "emplacement", "localisation", "lieu", "ubicación", "lugar",
                "location description", "location code", "current site location", "functional location",
                "functional loc", "technischer platz", "techn platz", "technplatz", "bez technischer platz",
                "site location", "last known location", "aktueller standort", "gerätestandort", "lieu d'installation",
                "lieu implantation", "implantation", "situation géographique", "ubicación actual", "ubicación física",
                "localización",
            ]
        ),
        (
            .room,
            [
                "room", "room number", "room no", "room name", "rm", "room/bed", "bed", "raum", "raumnummer",
                "raum nr", "zimmer", "zimmernummer", "salle", "chambre", "local", "sala", "habitación", "room code",
                "room id", "room description", "bed number", "bettplatz", "bett", "raumbezeichnung",
                "raum bezeichnung", "n° de salle", "pièce", "n° chambre", "nº sala", "cama", "consultorio", "sala no",
            ]
        ),
        (
            .network,
            [
                "vlan", "vlan id", "vlan name", "vlan number", "network segment", "segment", "subnet", "network name",
                "netzsegment", "subnetz", "segment réseau", "network", "netzwerk", "réseau", "red", "ip network",
                "network zone", "network vlan", "vlan netz", "it netz", "ip segment", "sous réseau", "subred",
                "red vlan",
            ]
        ),
        (
            .lastService,
            [
                "last service", "last service date", "last serviced", "service date", "last pm", "last pm date",
                "last pm completed", "pm completed", "pm date", "last preventive maintenance", "last maintenance",
                "last maintenance date", "last inspection", "last inspection date", "last calibration",
                "last calibration date", "last safety check", "last check", "letzte wartung", "letzter service",
                "letzte prüfung", "wartung am", "stk", "letzte stk", "dernière maintenance", "dernier entretien",
                "date de maintenance", "dernière révision", "último mantenimiento", "fecha de mantenimiento",
                "última revisión", "last serviced on", "last service on", "last pm performed", "last pm complete",
                "date of last pm", "date of last service", "date of last maintenance", "date of last inspection",
                "last pm done", "last preventive maintenance date", "last planned maintenance", "last ppm",
                "last ppm date", "last sm", "last sm date", "last scheduled maintenance", "last im date",
                "last tested", "last test date", "last safety test", "last est", "last est date", "last calibrated",
                "calibration date", "inspection date", "maintenance date", "last work order date", "wartungsdatum",
                "datum letzte wartung", "letzte wartung am", "letzte wartung datum", "datum der letzten wartung",
                "letztes wartungsdatum", "letzte inspektion", "letzte instandhaltung", "letzte mtk", "letzte dguv",
                "letzte dguv v3", "letzte sicherheitstechnische kontrolle", "letzte prüfung am", "prüfdatum",
                "geprüft am", "date dernière maintenance", "date de dernière maintenance",
                "date de la dernière maintenance", "dernière maintenance préventive", "date dernier entretien",
                "dernière intervention", "date dernière intervention", "dernier contrôle", "dernier contrôle qualité",
                "dernière visite", "última mantención", "fecha último mantenimiento", "fecha de último mantenimiento",
                "fecha del último mantenimiento", "último mantenimiento preventivo", "fecha último servicio",
                "último servicio", "última calibración", "fecha de calibración", "última inspección",
                "mantenimiento realizado",
            ]
        ),
        (
            .networkCapable,
            [
                "network capable", "is network capable", "network capability", "networked", "is networked",
                "networkable", "network enabled", "network connected", "connected to network", "connects to network",
                "network connection", "on network", "has network", "ip capable", "ip enabled", "ip addressable",
                "connected", "is connected", "connectivity", "netzwerkfähig", "vernetzt", "netzwerkanschluss",
                "netzfähig", "connecté", "connecté au réseau", "raccordé au réseau", "conectado",
                "conectado a la red", "conectable", "network device", "is networkable", "network y/n",
                "networked y/n", "network yes/no", "lan capable", "lan connected", "lan", "wired or wireless",
                "wired/wireless", "connection type", "network interface", "network connectivity",
                "network enabled device", "network connectable", "can be networked", "network type", "iot",
                "connected device", "connected medical device", "medical device connected", "ip device",
                "netzwerk ja/nein", "netzwerkanbindung", "netzwerkverbindung", "netzanschluss", "netzwerk fähig",
                "lan fähig", "lan anschluss", "vernetzbar", "im netz", "im netzwerk", "netz", "connectable",
                "connectable réseau", "connexion réseau", "réseau o/n", "en réseau", "interface réseau",
                "conexión a red", "conexión de red", "conectado en red", "en red", "con red", "conectividad",
                "capacidad de red",
            ]
        ),
        (
            .status,
            [
                "status", "asset status", "device status", "equipment status", "operational status", "service status",
                "install status", "state", "asset state", "lifecycle status", "life cycle status", "lifecycle state",
                "lifecycle", "life cycle", "lifecycle stage", "zustand", "gerätestatus", "betriebsstatus", "statut",
                "état", "estado", "situación", "status name", "state name", "system status", "user status",
                "systemstatus", "anwenderstatus", "anw status", "equipment state", "equipment operational status",
                "device state", "usage status", "use status", "in use status", "ci status", "hardware status",
                "hw status", "substatus", "current status", "status code", "status description",
                "lifecycle stage status", "life cycle stage", "life cycle stage status", "disposition",
                "nutzungsstatus", "inventarstatus", "status gerät", "einsatzstatus", "verbleib", "statut équipement",
                "état de l'équipement", "état équipement", "état actuel", "situation", "estado del equipo",
                "estado equipo", "estado operativo", "estado actual", "estatus", "condición", "active", "is active",
                "in service", "in use", "aktiv", "in betrieb", "actif", "en service", "en uso", "en servicio",
                "retired", "is retired", "inactive", "disposed", "decommissioned", "ausgemustert", "réformé",
                "dado de baja", "retired date", "date retired", "retirement date", "disposal date", "date disposed",
                "decommission date", "decommissioned date", "ausmusterungsdatum", "ausgemustert am",
                "date de réforme", "date de mise au rebut", "fecha de baja",
            ]
        ),
        (
            .site,
            [
                "site", "site name", "site code", "facility", "facility name", "facility code", "hospital",
                "hospital name", "campus", "organisation", "organization", "klinik", "klinikum", "krankenhaus",
                "liegenschaft", "établissement", "hôpital", "hospital site", "centro", "sede", "site id",
                "site description", "maintenance plant", "maintplant", "plant", "werk", "standortwerk",
                "hospital code", "facility id", "facility description", "health facility", "company", "entity",
                "entité", "mandant", "einrichtung", "standort klinik", "site hospitalier", "etablissement",
                "hospital sede", "institución", "clínica",
            ]
        ),
    ]
}
