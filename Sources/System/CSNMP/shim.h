// The part of net-snmp that Wardlight uses: sessions of its own (the "single" API), requests that read, nothing that sets.
// The system's own headers first: net-snmp asks for GNU's extensions, with which fd_set has other names than elsewhere.
#include <sys/types.h>
#include <sys/select.h>
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/// Makes the library ready: no snmp.conf, no MIB file, no state on disk, no word on standard error.
static inline void wardlight_snmp_begin(void) {
    // Asked for by name below; whatever the environment says of folders and MIBs is nobody's business here.
    setenv("MIBS", "", 1);
    setenv("MIBDIRS", "", 1);
    setenv("SNMPCONFPATH", "/dev/null", 1);
    // It makes folders for certificates in there: below a device none can be made.
    setenv("SNMP_PERSISTENT_DIR", "/dev/null/none", 1);
    // Without any handler it would write to standard error.
    netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE, 1);
    netsnmp_ds_set_string(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_MIBDIRS, "");
    init_snmp("wardlight");
}

/// What a session of version 3 signs and seals with; keys are Ku of RFC 3414, A.2.
struct wardlight_user {
    const char *name;
    const oid *auth;
    size_t auth_length;
    const uint8_t *auth_key;
    size_t auth_key_length;
    const oid *priv;
    size_t priv_length;
    const uint8_t *priv_key;
    size_t priv_key_length;
};

/// Makes Ku of a passphrase; returns its length, 0 when it cannot (shorter than 8 octets, unknown protocol).
static inline size_t wardlight_snmp_key(const oid *auth, size_t auth_length, const uint8_t *phrase, size_t length,
                                        uint8_t *key, size_t room) {
    size_t made = room;
    return generate_Ku(auth, auth_length, phrase, length, key, &made) == SNMPERR_SUCCESS ? made : 0;
}

/// Says as whom a session speaks, and to which engine where one is given.
static inline void wardlight_snmp_prove(netsnmp_session *wanted, const struct wardlight_user *user,
                                        const uint8_t *engine, size_t engine_length) {
    wanted->version = SNMP_VERSION_3;
    wanted->securityModel = SNMP_SEC_MODEL_USM;
    wanted->securityLevel = SNMP_SEC_LEVEL_NOAUTH;
    wanted->securityName = (char *)user->name;
    wanted->securityNameLen = strlen(user->name);
    if (user->auth_key_length > 0 && user->auth_key_length <= sizeof wanted->securityAuthKey) {
        wanted->securityLevel = SNMP_SEC_LEVEL_AUTHNOPRIV;
        wanted->securityAuthProto = (oid *)user->auth;
        wanted->securityAuthProtoLen = user->auth_length;
        memcpy(wanted->securityAuthKey, user->auth_key, user->auth_key_length);
        wanted->securityAuthKeyLen = user->auth_key_length;
        if (user->priv_key_length > 0 && user->priv_key_length <= sizeof wanted->securityPrivKey) {
            wanted->securityLevel = SNMP_SEC_LEVEL_AUTHPRIV;
            wanted->securityPrivProto = (oid *)user->priv;
            wanted->securityPrivProtoLen = user->priv_length;
            memcpy(wanted->securityPrivKey, user->priv_key, user->priv_key_length);
            wanted->securityPrivKeyLen = user->priv_key_length;
        }
    }
    if (engine_length == 0) return;
    wanted->securityEngineID = (u_char *)engine;
    wanted->securityEngineIDLen = engine_length;
    // The library keeps the first keys of a user of an engine for ever: a wrong passphrase would speak with the keys of
    // a right one given before, and a right one with those of a wrong one. What is said now counts.
    struct usmUser *known = usm_get_user(engine, engine_length, user->name);
    if (known != NULL) {
        usm_remove_user(known);
        usm_free_user(known);
    }
}

/// Opens a session without sending anything. Version 3 where `user` is given: with an engine it speaks to that engine,
/// without one it may only ask who is there.
static inline void *wardlight_snmp_open(const char *peer, const uint8_t *community, size_t community_length,
                                        const struct wardlight_user *user, const uint8_t *engine, size_t engine_length,
                                        const char *context, netsnmp_callback callback, void *magic) {
    netsnmp_session wanted;
    snmp_sess_init(&wanted);
    wanted.peername = (char *)peer;
    wanted.retries = 0;
    wanted.timeout = 1000000;
    wanted.callback = callback;
    wanted.callback_magic = magic;
    wanted.flags |= SNMP_FLAGS_DONT_PROBE;
    if (user == NULL) {
        wanted.version = SNMP_VERSION_2c;
        wanted.community = (u_char *)community;
        wanted.community_len = community_length;
    } else {
        wardlight_snmp_prove(&wanted, user, engine, engine_length);
        wanted.contextName = (char *)context;
        wanted.contextNameLen = strlen(context);
    }
    void *handle = snmp_sess_open(&wanted);
    // Opening clears it; without it the first request would ask for the engine by itself, and wait.
    if (handle != NULL) snmp_sess_session(handle)->flags |= SNMP_FLAGS_DONT_PROBE;
    return handle;
}

static inline int wardlight_snmp_descriptor(void *handle) {
    netsnmp_transport *transport = snmp_sess_transport(handle);
    return transport == NULL ? -1 : transport->sock;
}

/// Takes answers from the one that was asked only, and hears of it when nobody listens there.
static inline int wardlight_snmp_bind_to(int descriptor, const char *address, const char *port) {
    struct addrinfo hints, *found = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    if (getaddrinfo(address, port, &hints, &found) != 0 || found == NULL) return -1;
    int result = connect(descriptor, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return result;
}

/// The first address of a name in writing, IPv4 before IPv6 as the system orders them; blocks while the system asks.
static inline int wardlight_snmp_resolve(const char *name, char *text, size_t room) {
    struct addrinfo hints, *found = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_DGRAM;
    int code = getaddrinfo(name, NULL, &hints, &found);
    if (code != 0 || found == NULL) return code == 0 ? EAI_NONAME : code;
    code = getnameinfo(found->ai_addr, found->ai_addrlen, text, (socklen_t)room, NULL, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    return code;
}

/// Reads one message that is there already.
static inline int wardlight_snmp_read(void *handle, netsnmp_large_fd_set *set, int descriptor) {
    netsnmp_large_fd_setfd(descriptor, set);
    int code = snmp_sess_read2(handle, set);
    netsnmp_large_fd_clr(descriptor, set);
    return code;
}

/// An empty question of nobody to an engine that is not known, which it must answer with a report (RFC 3414, 4).
static inline netsnmp_pdu *wardlight_snmp_who(void) {
    // The user without a name whom it speaks for.
    if (usm_get_user(NULL, 0, "") == NULL) {
        struct usmUser *nobody = (struct usmUser *)calloc(1, sizeof *nobody);
        if (nobody == NULL) return NULL;
        nobody->name = strdup("");
        nobody->secName = strdup("");
        nobody->authProtocolLen = sizeof usmNoAuthProtocol / sizeof(oid);
        nobody->authProtocol = snmp_duplicate_objid(usmNoAuthProtocol, nobody->authProtocolLen);
        nobody->privProtocolLen = sizeof usmNoPrivProtocol / sizeof(oid);
        nobody->privProtocol = snmp_duplicate_objid(usmNoPrivProtocol, nobody->privProtocolLen);
        usm_add_user(nobody);
    }
    netsnmp_pdu *pdu = snmp_pdu_create(0xA0);
    if (pdu == NULL) return NULL;
    pdu->version = SNMP_VERSION_3;
    pdu->securityName = strdup("");
    pdu->securityNameLen = 0;
    pdu->securityLevel = SNMP_SEC_LEVEL_NOAUTH;
    pdu->securityModel = SNMP_SEC_MODEL_USM;
    return pdu;
}

/// Whether an error of reading only means: not yet.
static inline int wardlight_snmp_is_passing(int code) { return code == EAGAIN || code == EINTR; }

#include "traps.h"
