/* SPDX-License-Identifier: BSL-1.0
 * The models of bench/peers in cimba, in its usual style: processes that take from and put into queues.
 * Usage: cimba_models MODEL SIZE SEED. See README.md for models and output. */
#include <cimba.h>

#include "protocol.h"

/* Objects are a time, carried in the pointer itself: no memory to manage. */
union carried {
  double time;
  void* object;
};

struct station {
  uint64_t customers;
  double between;
  struct cmb_objectqueue* line;
  struct wait_batches waits;
};

static void* arrivals(struct cmb_process* me, void* context) {
  (void)me;
  struct station* s = context;
  for (uint64_t i = 0; i < s->customers; ++i) {
    cmb_process_hold(cmb_random_exponential(s->between));
    const union carried now = {.time = cmb_time()};
    cmb_objectqueue_put(s->line, now.object);
  }
  return NULL;
}

static void* server(struct cmb_process* me, void* context) {
  (void)me;
  struct station* s = context;
  for (;;) {
    union carried came;
    cmb_objectqueue_get(s->line, &came.object);
    wait_batches_add(&s->waits, cmb_time() - came.time);
    cmb_process_hold(cmb_random_exponential(1.0));
  }
}

static void play_station(uint32_t servers, uint64_t customers) {
  struct station s = {.customers = customers, .between = 1.0 / (LOAD * servers), .waits = wait_batches_of(customers)};
  s.line = cmb_objectqueue_create();
  cmb_objectqueue_initialize(s.line, "line", CMB_UNLIMITED);
  struct cmb_process* source = cmb_process_create();
  cmb_process_initialize(source, "arrivals", arrivals, &s, 0);
  cmb_process_start(source);
  struct cmb_process* desk[16];
  for (uint32_t i = 0; i < servers; ++i) {
    desk[i] = cmb_process_create();
    cmb_process_initialize(desk[i], "server", server, &s, 0);
    cmb_process_start(desk[i]);
  }
  cmb_event_queue_execute();
  const double seconds = protocol_seconds();
  wait_batches_print(&s.waits, customers, seconds);
}

static struct pace held;

static void again(void* subject, void* object) {
  if (pace_tick(&held, cmb_time())) {
    cmb_event_schedule(again, subject, object, cmb_time() + cmb_random_exponential(1.0), 0);
  } else {
    cmb_event_queue_clear();
  }
}

static void play_hold(uint32_t pending, uint64_t events) {
  held = pace_of(pending, events);
  for (uint32_t i = 0; i < pending; ++i) cmb_event_schedule(again, NULL, NULL, cmb_random_exponential(1.0), 0);
  protocol_start();
  cmb_event_queue_execute();
  pace_print(&held, protocol_seconds());
}

/* The reception day as plain events, its fastest style here: a process a unit would hold a stack a unit. */
struct unit {
  int64_t* came; /* ring of days */
  uint32_t first, count, room;
};
static struct {
  struct unit units[RECEPTION_UNITS];
  struct reception_years years;
  double between;
  uint32_t capacity;
} county;

static void session(void* subject, void* object) {
  struct unit* u = subject;
  const int64_t today = (int64_t)cmb_time() - 1;
  for (uint32_t i = 0; i < county.capacity && u->count > 0; ++i) {
    const int64_t wait = today - u->came[u->first];
    u->first = (u->first + 1) & (u->room - 1);
    --u->count;
    reception_years_add(&county.years, today, wait, wait > RECEPTION_DEADLINE);
  }
  cmb_event_schedule(session, subject, object, cmb_time() + RECEPTION_PERIOD, 0);
}

static void arrive(void* subject, void* object) {
  struct unit* u = &county.units[cmb_random_discrete_uniform(RECEPTION_UNITS)];
  if (u->count == u->room) {
    int64_t* larger = malloc(2 * u->room * sizeof *larger);
    for (uint32_t i = 0; i < u->count; ++i) larger[i] = u->came[(u->first + i) & (u->room - 1)];
    free(u->came);
    u->came = larger;
    u->first = 0;
    u->room *= 2;
  }
  u->came[(u->first + u->count++) & (u->room - 1)] = (int64_t)cmb_time();
  cmb_event_schedule(arrive, subject, object, cmb_time() + cmb_random_exponential(county.between), 0);
}

static void stop(void* subject, void* object) {
  (void)subject;
  (void)object;
  cmb_event_queue_clear();
}

static void play_reception(uint32_t cases_a_year, uint32_t years) {
  county.years = reception_years_of(years);
  county.between = 365.0 / cases_a_year;
  county.capacity = reception_capacity(cases_a_year);
  for (uint32_t i = 0; i < RECEPTION_UNITS; ++i) {
    struct unit* u = &county.units[i];
    *u = (struct unit){.came = malloc(16 * sizeof(int64_t)), .room = 16};
    cmb_event_schedule(session, u, NULL, i % RECEPTION_PERIOD + 1, 0);
  }
  cmb_event_schedule(arrive, NULL, NULL, cmb_random_exponential(county.between), 0);
  cmb_event_schedule(stop, NULL, NULL, (double)county.years.days + 0.5, 0);
  cmb_event_queue_execute();
  const double seconds = protocol_seconds();
  reception_years_print(&county.years, seconds);
}

int main(int argc, char** argv) {
  if (argc == 2) {
    puts("mm1\nmm10\nhold-10\nhold-1000\nhold-100000\nreception-3000\nreception-30000");
    return 0;
  }
  if (argc != 4) return 2;
  const uint64_t size = strtoull(argv[2], NULL, 10);
  cmb_logger_flags_off(CMB_LOGGER_INFO);
  cmb_random_initialize(strtoull(argv[3], NULL, 10));
  cmb_event_queue_initialize(0.0);
  protocol_start();
  const uint32_t servers = protocol_number(argv[1], "mm"), pending = protocol_number(argv[1], "hold-"),
                 cases = protocol_number(argv[1], "reception-");
  if (servers) play_station(servers, size);
  if (pending) play_hold(pending, size);
  if (cases) play_reception(cases, (uint32_t)size);
  return servers + pending + cases ? 0 : 2;
}
