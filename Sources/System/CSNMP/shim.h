// The part of net-snmp that Wardlight uses: sessions of its own (the "single" API), requests that read, nothing that sets.
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <stddef.h>
#include <stdint.h>
