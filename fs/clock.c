// SPDX-License-Identifier: GPL-2.0-only
#include "clock.h"

#include <time.h>

static _Thread_local int64_t boot_used;

int64_t clock_boot_now(void)
{
	struct timespec real, boot;

	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	return (real.tv_sec - boot.tv_sec) * 1000000000LL + (real.tv_nsec - boot.tv_nsec);
}

void clock_boot_use(int64_t nanoseconds)
{
	boot_used = nanoseconds;
}

int64_t clock_boot(void)
{
	return boot_used;
}
