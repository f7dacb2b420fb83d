//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Words for what becomes of a device: in service, in the store, in repair, lent, retired, lost.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

extension DeclaredValues {
    /// Words for each status, as people and systems write them; compared without case, blanks, accents and marks.
    public static let statuses: [(status: DeclaredAsset.Status, words: [String])] = [
        (
            .inService,
            [
                "in service", "active", "in use", "deployed", "operational", "in operation", "live", "production",
                "in production", "installed", "commissioned", "working", "functional", "assigned", "issued",
                "on site", "leased", "rental", "rented", "loaner", "operating", "running", "in clinical use",
                "in active use", "available for use", "checked out", "on lease", "normal", "ok", "good",
                "limited use", "in betrieb", "aktiv", "im einsatz", "in gebrauch", "in benutzung", "in nutzung",
                "in verwendung", "genutzt", "betriebsbereit", "einsatzbereit", "funktionsfähig", "produktiv",
                "im dienst", "installiert", "en service", "actif", "active au parc", "en fonction",
                "en fonctionnement", "en utilisation", "utilisé", "en exploitation", "opérationnel", "fonctionnel",
                "installé", "affecté", "en uso", "activo", "activa", "en servicio", "operativo", "operativa",
                "en funcionamiento", "funcionando", "funcional", "operacional", "en operación", "instalado",
                "asignado", "inst", "einb", "eing",
            ]
        ),
        (
            .stored,
            [
                "stored", "in storage", "storage", "spare", "in stock", "stock", "in store", "warehouse", "standby",
                "on the shelf", "reserve", "idle", "unassigned", "not in use", "unused", "not deployed", "reserved",
                "ready to deploy", "deployable", "requestable", "on order", "ordered", "in transit",
                "pending install", "pending installation", "awaiting installation", "not installed",
                "awaiting purchase", "awaiting delivery", "received", "incoming inspection", "eingelagert", "lager",
                "im lager", "auf lager", "reserviert", "ersatzgerät", "nicht in gebrauch", "nicht in benutzung",
                "nicht in betrieb", "nicht im einsatz", "ungenutzt", "bestellt", "en stock", "en réserve", "stocké",
                "non utilisé", "inutilisé", "en commande", "commandé", "en attente d'installation", "almacenado",
                "almacenada", "en almacén", "almacén", "en depósito", "en reserva", "sin uso", "no utilizado",
                "pedido", "esto", "lagr",
            ]
        ),
        (
            .inRepair,
            [
                "in repair", "repair", "under repair", "out for repair", "sent for repair", "being repaired",
                "in maintenance", "maintenance", "under maintenance", "workshop", "in workshop", "awaiting parts",
                "out of order", "out of service", "broken", "defective", "defect", "faulty", "pending repair",
                "awaiting repair", "repair in progress", "at vendor", "sent to vendor", "at manufacturer",
                "sent to manufacturer", "vendor repair", "depot repair", "rma", "out for diagnostics", "not working",
                "non functional", "non operational", "not operational", "inoperative", "not ready", "down", "failed",
                "damaged", "waiting for parts", "awaiting part", "on hold for parts", "under service", "quarantined",
                "in reparatur", "reparatur", "zur reparatur", "in wartung", "wartung", "defekt", "werkstatt",
                "in der werkstatt", "in instandsetzung", "instandsetzung", "beim hersteller", "gestört", "gesperrt",
                "wartet auf ersatzteile", "en réparation", "en maintenance", "en panne", "hs", "en atelier", "au sav",
                "en sav", "défectueux", "cassé", "indisponible", "non fonctionnel", "en dépannage", "en reparación",
                "en mantenimiento", "averiado", "averiada", "dañado", "roto", "en taller", "taller",
                "fuera de servicio", "inoperativo", "no operativo", "descompuesto", "pendiente de reparación", "malo",
            ]
        ),
        (
            .onLoan,
            [
                "on loan", "loaned out", "loaned", "lent", "lent out", "loan out", "out on loan", "on loan to",
                "loaned to", "lent to", "verliehen", "ausgeliehen", "entliehen", "ausleihe", "verleih", "in ausleihe",
                "en prêt", "prêté", "prêt", "prestado", "prestada", "en préstamo", "cedido",
            ]
        ),
        (
            .retired,
            [
                "retired", "disposed", "disposed of", "disposal", "decommissioned", "scrapped", "scrap",
                "end of life", "eol", "obsolete", "withdrawn", "sold", "traded in", "donated", "removed", "inactive",
                "deinstalled", "uninstalled", "archived", "deleted", "written off", "non active", "not active",
                "condemned", "salvage", "salvaged", "surplus", "trade in", "auctioned", "recycled", "destroyed",
                "trashed", "excess", "excessed", "beyond repair", "beyond economic repair",
                "beyond economical repair", "broken not fixable", "undeployable", "returned to vendor",
                "returned to manufacturer", "returned to lessor", "pending disposal", "awaiting disposal",
                "to be disposed", "for disposal", "pending retirement", "ausgemustert", "verschrottet", "entsorgt",
                "stillgelegt", "außer betrieb", "außer dienst", "inaktiv", "ausgesondert", "verkauft", "abgemeldet",
                "ausgebaut", "deinstalliert", "gelöscht", "zurückgegeben", "zur entsorgung", "zur aussonderung",
                "wird ausgemustert", "réformé", "réformée", "à réformer", "retiré", "hors service", "hors d'usage",
                "hors parc", "mis au rebut", "au rebut", "rebut", "mis en réforme", "inactif", "vendu", "cédé",
                "détruit", "déclassé", "sorti", "désinstallé", "de baja", "baja", "dado de baja", "dada de baja",
                "retirado", "retirada", "desechado", "inactivo", "descartado", "vendido", "donado", "fuera de uso",
                "obsoleto", "chatarra", "desincorporado", "eliminado", "dlfl", "inac", "inak", "lövm",
            ]
        ),
        (
            .missing,
            [
                "missing", "lost", "not found", "cannot locate", "could not locate", "unable to locate", "cnl",
                "unlocated", "stolen", "lost stolen", "absent", "not located", "unaccounted for", "cannot be located",
                "unable to find", "can't find", "untraceable", "whereabouts unknown", "vermisst", "verloren",
                "nicht auffindbar", "gestohlen", "verschwunden", "nicht gefunden", "unauffindbar", "fehlt",
                "abhandengekommen", "perdu", "introuvable", "volé", "manquant", "égaré", "disparu", "non trouvé",
                "non localisé", "perdido", "perdida", "extraviado", "no localizado", "robado", "robada",
                "no encontrado", "desaparecido", "no ubicado", "faltante",
            ]
        ),
    ]
}
