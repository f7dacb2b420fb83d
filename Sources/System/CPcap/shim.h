// libpcap, and how to wait for it: its own timeout does not end on Linux while no frame comes.
#include <pcap/pcap.h>
#include <poll.h>

/// Waits until a frame may be there, at most so long.
static inline void wardlight_wait(pcap_t *handle, int milliseconds) {
    struct pollfd event = {.fd = pcap_get_selectable_fd(handle), .events = POLLIN, .revents = 0};
    // A descriptor of -1 is left out by poll, which then waits the whole time.
    poll(&event, 1, milliseconds);
}
