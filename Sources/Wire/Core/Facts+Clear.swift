//===----------------------------------------------------------------------===//
// Wardlight · Wire
//
// Secrets in clear: that one was sent, and by which protocol; never the secret.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import Model

/// How a secret was sent without encryption: the only words that `clear.credentialSent` and `clear.credentialTaken` know.
///
/// A parser hands in a case, and no octets: what stood in the packet cannot come along.
public enum ClearCredential: String, CaseIterable, Sendable, Hashable {
    /// Somebody typed over Telnet; whatever it was, all of it was readable.
    case telnetSession = "telnet session"
    /// The server asked for a name or a password.
    case telnetLogin = "telnet login"
    case ftpPassword = "ftp password"
    case httpBasic = "http basic"
    case rtspBasic = "rtsp basic"
    case mqttPassword = "mqtt password"
    case pop3Password = "pop3 password"
    case imapLogin = "imap login"
    case smtpAuth = "smtp auth"
    case snmp1Public = "snmp v1 public"
    case snmp1Private = "snmp v1 private"
    case snmp1Community = "snmp v1 community"
    case snmp2Public = "snmp v2c public"
    case snmp2Private = "snmp v2c private"
    case snmp2Community = "snmp v2c community"
}

extension Facts {
    /// The sender of this packet sent a secret in clear; nobody knows yet who takes it.
    mutating func sent(_ credential: ClearCredential) { say(.clearCredentialSent, credential, about: .sender) }

    /// The sender of this packet takes such a secret: it asked for it, or answered to it.
    mutating func takes(_ credential: ClearCredential) { say(.clearCredentialTaken, credential, about: .sender) }

    /// The sender of this packet gave the receiver, who is in talks with it, a secret in clear.
    mutating func gave(_ credential: ClearCredential) {
        sent(credential)
        say(.clearCredentialTaken, credential, about: .receiver)
    }

    private mutating func say(_ field: Field, _ credential: ClearCredential, about whom: About) {
        let before = about
        about = whom
        add(field, credential.rawValue)
        about = before
    }
}
