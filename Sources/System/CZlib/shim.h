#include <zlib.h>
#include <unistd.h>
#include <errno.h>
