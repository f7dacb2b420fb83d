//===----------------------------------------------------------------------===//
// Wardlight · Settings
//
// First settings: what `wardlight init` writes, to be filled in by a person.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

/// A settings file that can be used at once: it listens to nothing, asks nobody, and answers this machine only.
public enum FirstSettings {
    /// - Parameter host: The server's name; plain text without quotes.
    public static func text(host: String) -> String {
        """
        # Settings of Wardlight. What is left out has the value that stands here; a word that is not known is an error.
        # docs/settings.md tells all of them. No secret stands in this file. After a change:
        #
        #   wardlight doctor && systemctl reload wardlight

        # The site of all that names no other.
        site: main

        # Times are kept in UTC and shown as the clocks on your walls show them.
        timeZone: UTC               # Europe/Berlin

        # Log, snapshots and keys of people; for a user other than root ~/.local/state/wardlight.
        # data: /var/lib/wardlight

        # Where mirrored traffic comes in (`ip link` lists the interfaces).
        interfaces: []
        #  - { name: eth1, site: main }

        # Switches that are asked, and only they. The community stands in a file of mode 600.
        switches: []
        #  - { name: ward-3, host: 192.0.2.10, community: { file: keys/community } }
        polls:
          every: 5m
        # Where they tell by themselves: traps and informs (docs/traps.md).
        # traps: { port: 1162 }

        # The door. 0.0.0.0 or :: opens it to the whole house.
        server:
          address: 127.0.0.1
          port: 8443
          hostName: "\(host)"
          certificate: keys/server.pem
          key: keys/server.key

        limits:
          devices: 16384
          retention: 400d           # of the log
          segment: 256MiB           # of the log
          subscribers: 256          # who follow live changes at a time
          requestsPerSecond: 100    # of one client
          body: 1MiB                # of one request

        # Who is told of findings.
        # syslog: [{ host: syslog.hospital.example, port: 6514, ca: keys/syslog-ca.pem }]
        # webhook: [{ url: "https://tickets.hospital.example/wardlight", secret: { file: keys/webhook } }]

        # A page for each ward, for when nothing else works, and copies of the log: on another disk, better another machine.
        # downtime: { folder: /srv/downtime, every: 1h }
        # backup: { folder: /srv/backup/wardlight, every: 24h }

        # The places of the house. Rectangles are [x, y, width, height] in metres from the floor's south-west corner.
        # sites:
        #   - name: Main
        #     buildings:
        #       - name: East wing
        #         floors:
        #           - name: "2"
        #             zones:
        #               - name: ICU
        #                 rooms:
        #                   - { name: Room 4, at: [0, 0, 5, 4.5], beds: ["1", "2"] }

        """
    }
}
