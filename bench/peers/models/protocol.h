/* SPDX-License-Identifier: BSL-1.0
 * What the models in C and C++ share: measurement in batches, the model's constants, and the line of
 * output. The same as protocol.py. */
#ifndef SIFANG_BENCH_PEERS_PROTOCOL_H
#define SIFANG_BENCH_PEERS_PROTOCOL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Exactly exponential times of service and arrival at this load. */
#define LOAD 0.9
#define BATCHES 20

/* 309 units; each receives every 14th day, at the end of the day, and hears so many cases. A case that is
 * heard on the 15th day after coming is in time. */
#define RECEPTION_UNITS 309
#define RECEPTION_PERIOD 14
#define RECEPTION_DEADLINE 15
static inline uint32_t reception_capacity(uint32_t cases_a_year) { return cases_a_year == 3000 ? 1 : 5; }

static struct timespec protocol_started;
/* Begins the measurement: what came before was building the model. */
static inline void protocol_start(void) { clock_gettime(CLOCK_MONOTONIC, &protocol_started); }
static inline double protocol_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - protocol_started.tv_sec) + 1e-9 * (double)(now.tv_nsec - protocol_started.tv_nsec);
}
static inline void protocol_values(const char* name, const double* value, uint32_t count, const char* before) {
  printf("%s\"%s\": [", before, name);
  for (uint32_t i = 0; i < count; ++i) printf("%s%.9g", i ? ", " : "", value[i]);
  printf("]");
}

/* Means of waits, and of "waited at all", over twenty batches of customers. */
struct wait_batches {
  uint64_t size, count;
  uint32_t batch;
  double sum[BATCHES + 1], above[BATCHES + 1];
};
static inline struct wait_batches wait_batches_of(uint64_t customers) {
  struct wait_batches b;
  memset(&b, 0, sizeof b);
  b.size = customers / BATCHES;
  return b;
}
static inline void wait_batches_add(struct wait_batches* b, double wait) {
  b->sum[b->batch] += wait;
  b->above[b->batch] += wait > 0;
  if (++b->count == b->size && b->batch < BATCHES) {
    b->count = 0;
    ++b->batch;
  }
}
static inline void wait_batches_print(const struct wait_batches* b, uint64_t customers, double seconds) {
  double mean[BATCHES], delayed[BATCHES];
  for (uint32_t i = 0; i < BATCHES; ++i) {
    mean[i] = b->sum[i] / (double)b->size;
    delayed[i] = b->above[i] / (double)b->size;
  }
  printf("{\"seconds\": %.9f, \"units\": %llu, ", seconds, (unsigned long long)customers);
  protocol_values("wait", mean, BATCHES, "\"values\": {");
  protocol_values("delayed", delayed, BATCHES, ", ");
  printf("}}\n");
}

/* Times between events over their theoretical mean, in twenty batches of events. */
struct pace {
  double pending, last;
  uint64_t size, count;
  uint32_t batch;
  double value[BATCHES];
};
static inline struct pace pace_of(uint64_t pending, uint64_t events) {
  struct pace p;
  memset(&p, 0, sizeof p);
  p.pending = (double)pending;
  p.size = events / BATCHES;
  return p;
}
/* Counts one event; tells whether more are to come. */
static inline int pace_tick(struct pace* p, double now) {
  if (++p->count < p->size) return 1;
  p->count = 0;
  p->value[p->batch] = (now - p->last) * p->pending / (double)p->size;
  p->last = now;
  return ++p->batch < BATCHES;
}
static inline void pace_print(const struct pace* p, double seconds) {
  printf("{\"seconds\": %.9f, \"units\": %llu, ", seconds, (unsigned long long)(p->size * BATCHES));
  protocol_values("pace", p->value, BATCHES, "\"values\": {");
  printf("}}\n");
}

/* Days waited and deadlines missed by the year of the session, after a year to fill the queues. */
struct reception_years {
  uint32_t measured;
  int64_t days; /* length of the run */
  double *count, *waited, *late;
};
static inline struct reception_years reception_years_of(uint32_t measured) {
  struct reception_years y;
  y.measured = measured;
  y.days = 365 * ((int64_t)measured + 1);
  y.count = (double*)calloc(3 * ((size_t)measured + 1), sizeof(double));
  y.waited = y.count + measured + 1;
  y.late = y.waited + measured + 1;
  return y;
}
static inline void reception_years_add(struct reception_years* y, int64_t session, int64_t wait, int late) {
  const int64_t year = session / 365;
  ++y->count[year];
  y->waited[year] += (double)wait;
  y->late[year] += late;
}
static inline void reception_years_print(struct reception_years* y, double seconds) {
  double cases = y->count[0];
  for (uint32_t i = 1; i <= y->measured; ++i) {
    cases += y->count[i];
    y->waited[i] /= y->count[i];
    y->late[i] /= y->count[i];
  }
  printf("{\"seconds\": %.9f, \"units\": %.0f, ", seconds, cases);
  protocol_values("wait", y->waited + 1, y->measured, "\"values\": {");
  protocol_values("late", y->late + 1, y->measured, ", ");
  printf("}}\n");
  free(y->count);
}

/* "hold-1000" → 1000 for the beginning "hold-", 0 for another model. */
static inline uint32_t protocol_number(const char* model, const char* beginning) {
  const size_t n = strlen(beginning);
  return strncmp(model, beginning, n) == 0 ? (uint32_t)strtoul(model + n, NULL, 10) : 0;
}

#endif
