/* SPDX-License-Identifier: GPL-2.0-only */
/* Time samples: in milliseconds, and what is said about a set of them. */
#ifndef BENCH_SAMPLES_H
#define BENCH_SAMPLES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline double now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static inline int compare_samples(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

/* Sorts the samples. */
static inline double percentile(double *samples, size_t count, double percent)
{
	qsort(samples, count, sizeof(*samples), compare_samples);
	return samples[(size_t)((count - 1) * percent / 100 + 0.5)];
}

/* Prints the medians of both, then median, least and greatest of the ratios pair by pair. */
static inline void print_pairs(double *ours, double *theirs, size_t count)
{
	double *ratios = calloc(count, sizeof(*ratios));

	if (!ratios)
		exit(1);
	for (size_t i = 0; i < count; i++)
		ratios[i] = ours[i] / theirs[i];
	printf("%.4f %.4f %.4f ", percentile(ours, count, 50), percentile(theirs, count, 50),
	       percentile(ratios, count, 50));
	printf("%.4f %.4f\n", ratios[0], ratios[count - 1]);
	free(ratios);
}

#endif
