// The part of net-snmp that hears notifications: one door, read one message at a time, informs answered to whom they came
// from and to nobody else.

/// Opens the door: `udp:127.0.0.1:162`, `udp6:[::]:162`. NULL where it cannot; errno says why.
static inline void *wardlight_trap_open(const char *door, netsnmp_callback callback, void *magic) {
    errno = 0;
    netsnmp_transport *transport = netsnmp_transport_open_server("wardlight", door);
    if (transport == NULL) return NULL;
    netsnmp_session wanted;
    snmp_sess_init(&wanted);
    wanted.callback = callback;
    wanted.callback_magic = magic;
    wanted.isAuthoritative = SNMP_SESS_UNKNOWNAUTH;
    return snmp_sess_add(&wanted, transport, NULL, NULL);
}

/// The port of the door, for those who asked for any.
static inline int wardlight_trap_port(int descriptor) {
    struct sockaddr_storage own;
    socklen_t length = sizeof own;
    if (getsockname(descriptor, (struct sockaddr *)&own, &length) != 0) return -1;
    if (own.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&own)->sin_port);
    if (own.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&own)->sin6_port);
    return -1;
}

/// Looks at the next message without taking it. Its octets, at most `room`; who sent it in `address`, 4 or 16 octets as
/// `address_length` says. Negative when there is none.
static inline long wardlight_trap_peek(int descriptor, uint8_t *octets, size_t room, uint8_t *address,
                                       size_t *address_length) {
    struct sockaddr_storage from;
    struct iovec part = {.iov_base = octets, .iov_len = room};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    memset(&from, 0, sizeof from);
    message.msg_name = &from;
    message.msg_namelen = sizeof from;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    *address_length = 0;
    long length = recvmsg(descriptor, &message, MSG_PEEK | MSG_DONTWAIT | MSG_TRUNC);
    if (length < 0) return -1;
    if (from.ss_family == AF_INET) {
        memcpy(address, &((struct sockaddr_in *)&from)->sin_addr, 4);
        *address_length = 4;
    } else if (from.ss_family == AF_INET6) {
        const uint8_t *wide = ((struct sockaddr_in6 *)&from)->sin6_addr.s6_addr;
        static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
        if (memcmp(wide, mapped, 12) == 0) {
            memcpy(address, wide + 12, 4);
            *address_length = 4;
        } else {
            memcpy(address, wide, 16);
            *address_length = 16;
        }
    }
    return length;
}

/// Takes the next message and forgets it.
static inline void wardlight_trap_drop(int descriptor) {
    uint8_t octet;
    (void)!recv(descriptor, &octet, 1, MSG_DONTWAIT);
}

/// Lets a user of version 3 speak for an engine; our own engine where none is given (informs are sent to ours).
/// 0: it cannot; 1: it could not before; 2: it could before, perhaps with other keys.
static inline int wardlight_trap_admit(const struct wardlight_user *user, const uint8_t *engine, size_t engine_length) {
    uint8_t own[64];
    netsnmp_session wanted;
    snmp_sess_init(&wanted);
    if (engine_length == 0) {
        engine_length = snmpv3_get_engineID(own, sizeof own);
        engine = own;
    }
    int done = usm_get_user(engine, engine_length, user->name) == NULL ? 1 : 2;
    // Without a method of either kind it makes no user, not even one that only signs; a session that is opened gets these
    // by itself.
    wanted.securityAuthProto = usmNoAuthProtocol;
    wanted.securityAuthProtoLen = sizeof usmNoAuthProtocol / sizeof(oid);
    wanted.securityPrivProto = usmNoPrivProtocol;
    wanted.securityPrivProtoLen = sizeof usmNoPrivProtocol / sizeof(oid);
    wardlight_snmp_prove(&wanted, user, engine, engine_length);
    return usm_create_user_from_session(&wanted) == SNMPERR_SUCCESS ? done : 0;
}

/// Takes back what `wardlight_trap_admit` gave, but never for our own engine.
static inline void wardlight_trap_dismiss(const char *name, const uint8_t *engine, size_t engine_length) {
    uint8_t own[64];
    size_t own_length = snmpv3_get_engineID(own, sizeof own);
    if (engine_length == 0 || (engine_length == own_length && memcmp(engine, own, own_length) == 0)) return;
    struct usmUser *known = usm_get_user(engine, engine_length, name);
    if (known == NULL) return;
    usm_remove_user(known);
    usm_free_user(known);
}

/// Whether a user may speak for an engine.
static inline int wardlight_trap_knows(const char *name, const uint8_t *engine, size_t engine_length) {
    return usm_get_user(engine, engine_length, name) != NULL;
}

/// Answers an inform with what it said (RFC 3416, 4.2.7).
static inline int wardlight_trap_confirm(void *handle, netsnmp_pdu *heard) {
    netsnmp_pdu *answer = snmp_clone_pdu(heard);
    if (answer == NULL) return 0;
    answer->command = SNMP_MSG_RESPONSE;
    answer->errstat = 0;
    answer->errindex = 0;
    if (snmp_sess_send(handle, answer) == 0) {
        snmp_free_pdu(answer);
        return 0;
    }
    return 1;
}

/// Reads one message that is there already.
static inline int wardlight_trap_read(void *handle, int descriptor) {
    netsnmp_large_fd_set set;
    memset(&set, 0, sizeof set);
    // Made large enough, and empty.
    netsnmp_large_fd_set_init(&set, descriptor < FD_SETSIZE ? FD_SETSIZE : descriptor + 1);
    netsnmp_large_fd_setfd(descriptor, &set);
    int code = snmp_sess_read2(handle, &set);
    netsnmp_large_fd_set_cleanup(&set);
    return code;
}

/// Why the last door could not be opened.
static inline int wardlight_trap_errno(void) { return errno; }

/// Messages that the system threw away because its queue for this door was full.
static inline uint64_t wardlight_trap_lost(int descriptor) {
    uint32_t memory[16];
    socklen_t length = sizeof memory;
    memset(memory, 0, sizeof memory);
    // SO_MEMINFO, SK_MEMINFO_DROPS (linux/sock_diag.h).
    if (getsockopt(descriptor, SOL_SOCKET, 55, memory, &length) != 0 || length < 9 * sizeof(uint32_t)) return 0;
    return memory[8];
}
