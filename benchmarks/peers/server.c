/*
 * A streaming chat server of known truth: it answers OpenAI-style chat completions on a schedule and logs, for every
 * request, the instant at which its last byte had been read and the instant at which each write of tokens was done.
 * What was emitted is the truth, not what was due: the server's own lateness is reported apart.
 *
 * One thread, one epoll. Streams wait in a binary heap by the instant of their next write, each on an absolute schedule
 * (first + n * itl), so that a late write delays no later one. The loop sleeps in epoll_pwait2 until shortly before the
 * next write and spins over the last of it. A stream whose socket is full leaves the heap until it can be written; its
 * token counts as emitted when its last byte has gone into the socket.
 *
 *   server serve [--port N] [--ttft-ms X] [--itl-ms X] [--spread-ms X] [--tokens N] [--events-per-write N] [--unpaced]
 *                [--role-chunk] [--log FILE]
 *   server truth FILE [--skip-s X] [--span-s X]      figures of a log, as JSON
 *
 * POST anything: a stream. GET /health, /v1/models; GET /truth[?skip=X]: the figures so far; /truth?reset: and forget them.
 * --tokens 0 takes max_completion_tokens or max_tokens of the request. SIGTERM writes the log and ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;
typedef uint32_t u32;

#define MAX_EVENTS_PER_WRITE 256
#define VARIANTS 64
#define MAX_HEAD 65536
/* An instant that is nearer than this is waited for by spinning. */
#define SPIN_NANOS 60000
/* Sockets are looked at after so many writes in a row at the latest. */
#define WRITES_A_TURN 32

static void die(const char *what) {
  fprintf(stderr, "server: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void *must(void *memory) {
  if (!memory) {
    errno = ENOMEM;
    die("memory");
  }
  return memory;
}

static u64 now_nanos(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

/* ---- the log of truth ---- */

/* All instants are CLOCK_MONOTONIC nanoseconds. In the file each is followed by `writes` instants of 8 bytes. */
typedef struct {
  u64 read;      /* last byte of the request */
  u64 first_due; /* when the first write was due */
  u64 itl;       /* from one write's due instant to the next; 0 unpaced */
  u64 body;      /* bytes of the request's body */
  u32 asked;     /* tokens that were to be sent */
  u32 tokens;    /* tokens that were sent */
  u32 per_write; /* tokens a write */
  u32 writes;
} Truth;

typedef struct {
  Truth truth;
  u64 *instants;
} Entry;

static const char MAGIC[8] = "PEERTRU1";
static Entry *entries;
static size_t entry_count, entry_room, entry_from;

static u64 *instants_for(size_t count) {
  static u64 *arena;
  static size_t left;
  if (count > left) {
    left = count > (1u << 20) ? count : (1u << 20);
    arena = must(malloc(left * sizeof(u64)));
  }
  u64 *taken = arena;
  arena += count;
  left -= count;
  return taken;
}

static size_t new_entry(void) {
  if (entry_count == entry_room) {
    entry_room = entry_room ? entry_room * 2 : 65536;
    entries = must(realloc(entries, entry_room * sizeof(Entry)));
  }
  return entry_count++;
}

static int by_value(const void *a, const void *b) {
  u64 x = *(const u64 *)a, y = *(const u64 *)b;
  return x < y ? -1 : x > y;
}

typedef struct {
  u64 *values;
  size_t count, room;
} Sample;

static void add(Sample *sample, u64 value) {
  if (sample->count == sample->room) {
    sample->room = sample->room ? sample->room * 2 : 4096;
    sample->values = must(realloc(sample->values, sample->room * sizeof(u64)));
  }
  sample->values[sample->count++] = value;
}

/* Nearest rank, in milliseconds. */
static double percentile(const Sample *sample, double share) {
  size_t rank = (size_t)(share * (double)sample->count + 0.999999999);
  if (rank < 1) rank = 1;
  if (rank > sample->count) rank = sample->count;
  return (double)sample->values[rank - 1] / 1e6;
}

static int print_sample(char *to, size_t room, const char *name, Sample *sample) {
  int length;
  if (sample->count == 0) {
    length = snprintf(to, room, ",\n  \"%s\": null", name);
  } else {
    qsort(sample->values, sample->count, sizeof(u64), by_value);
    length = snprintf(to, room,
                      ",\n  \"%s\": {\"count\": %zu, \"p50\": %.4f, \"p90\": %.4f, \"p99\": %.4f, \"p999\": %.4f, \"max\": %.4f}",
                      name, sample->count, percentile(sample, 0.5), percentile(sample, 0.9), percentile(sample, 0.99),
                      percentile(sample, 0.999), percentile(sample, 1));
  }
  free(sample->values);
  return length;
}

/*
 * Figures of those requests that were answered wholly and were read `skip` nanoseconds after the first one or later, so
 * that a tool's warm-up can be left out; tokens_per_s is what was written from then on, `span` nanoseconds long or, if that
 * is 0, to the last write; tokens_all counts what was sent to anyone. Latencies in milliseconds:
 * ttft (first write - request read), itl (from write to write within a stream), itl_mean (its mean, per request),
 * e2e, late (written - due).
 */
static int figures(const Entry *all, size_t count, u64 skip, u64 span, char *to, size_t room) {
  Sample ttft = {0}, itl = {0}, itl_mean = {0}, e2e = {0}, late = {0};
  u64 begin = UINT64_MAX, tokens_all = 0, tokens = 0, last_write = 0, window_tokens = 0, body = 0;
  size_t whole = 0, broken = 0, skipped = 0;
  for (size_t i = 0; i < count; i++)
    if (all[i].truth.read < begin) begin = all[i].truth.read;
  for (size_t i = 0; i < count; i++) {
    const Truth *t = &all[i].truth;
    const u64 *at = all[i].instants;
    tokens_all += t->tokens;
    if (t->writes > 0 && at[t->writes - 1] > last_write) last_write = at[t->writes - 1];
    for (u32 w = 0; w < t->writes; w++) {
      if (at[w] >= begin + skip && (span == 0 || at[w] < begin + skip + span)) window_tokens += w + 1 < t->writes ? t->per_write : t->tokens - (t->writes - 1) * t->per_write;
    }
    if (t->read < begin + skip) {
      skipped++;
      continue;
    }
    if (t->tokens < t->asked || t->writes == 0) {
      broken++;
      continue;
    }
    whole++;
    tokens += t->tokens;
    body += t->body;
    add(&ttft, at[0] - t->read);
    add(&e2e, at[t->writes - 1] - t->read);
    for (u32 w = 1; w < t->writes; w++) add(&itl, at[w] - at[w - 1]);
    if (t->writes > 1) add(&itl_mean, (at[t->writes - 1] - at[0]) / (t->writes - 1));
    if (t->itl > 0)
      for (u32 w = 0; w < t->writes; w++) add(&late, at[w] - (t->first_due + w * t->itl));
  }
  double seconds = span > 0 ? (double)span / 1e9 : last_write > begin + skip ? (double)(last_write - begin - skip) / 1e9 : 0;
  int n = snprintf(to, room,
                   "{\n  \"begin_ns\": %llu, \"requests\": %zu, \"unfinished\": %zu, \"skipped\": %zu,\n"
                   "  \"tokens\": %llu, \"tokens_all\": %llu, \"seconds\": %.3f, \"tokens_per_s\": %.1f, \"body_mean\": %.0f",
                   (unsigned long long)(count > 0 ? begin : 0), whole, broken, skipped, (unsigned long long)tokens, (unsigned long long)tokens_all, seconds,
                   seconds > 0 ? (double)window_tokens / seconds : 0, whole > 0 ? (double)body / (double)whole : 0);
  n += print_sample(to + n, room - (size_t)n, "ttft", &ttft);
  n += print_sample(to + n, room - (size_t)n, "itl", &itl);
  n += print_sample(to + n, room - (size_t)n, "itl_mean", &itl_mean);
  n += print_sample(to + n, room - (size_t)n, "e2e", &e2e);
  n += print_sample(to + n, room - (size_t)n, "late", &late);
  n += snprintf(to + n, room - (size_t)n, "\n}\n");
  return n;
}

static void write_log(const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file) die(path);
  fwrite(MAGIC, sizeof MAGIC, 1, file);
  for (size_t i = entry_from; i < entry_count; i++) {
    fwrite(&entries[i].truth, sizeof(Truth), 1, file);
    fwrite(entries[i].instants, sizeof(u64), entries[i].truth.writes, file);
  }
  if (fclose(file) != 0) die(path);
}

static int print_truth(const char *path, double skip_seconds, double span_seconds) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path);
  char magic[sizeof MAGIC];
  if (fread(magic, sizeof magic, 1, file) != 1 || memcmp(magic, MAGIC, sizeof magic) != 0) {
    fprintf(stderr, "server: %s: not a log of truth\n", path);
    return 1;
  }
  Truth truth;
  while (fread(&truth, sizeof truth, 1, file) == 1) {
    u64 *instants = instants_for(truth.writes);
    if (fread(instants, sizeof(u64), truth.writes, file) != truth.writes) {
      fprintf(stderr, "server: %s: cut off within a request\n", path);
      return 1;
    }
    size_t at = new_entry();
    entries[at] = (Entry){truth, instants};
  }
  fclose(file);
  char text[4096];
  figures(entries, entry_count, (u64)(skip_seconds * 1e9), (u64)(span_seconds * 1e9), text, sizeof text);
  fputs(text, stdout);
  return 0;
}

/* ---- what is sent ---- */

static struct {
  int port;
  u64 ttft, itl, spread;
  u32 tokens, per_write;
  int unpaced, role_chunk;
  const char *log;
} options = {.port = 8089, .ttft = 200000000, .itl = 20000000, .spread = UINT64_MAX, .tokens = 100, .per_write = 1};

typedef struct {
  char *bytes;
  size_t length;
} Block;

#define CHUNK_HEAD                                                                                \
  "data: {\"id\":\"chatcmpl-5f2d0c9a71e84b6fa3c2d18e90b7465c\",\"object\":\"chat.completion.chunk\"," \
  "\"created\":1790000000,\"model\":\"peer-model\",\"choices\":["

static Block blocks[VARIANTS][MAX_EVENTS_PER_WRITE + 1];
static int variants;
static char response_head[1024];
static size_t response_head_length;

static Block http_chunk(const char *data, size_t length) {
  char size[16];
  int n = snprintf(size, sizeof size, "%zx\r\n", length);
  Block block = {must(malloc((size_t)n + length + 2)), (size_t)n + length + 2};
  memcpy(block.bytes, size, (size_t)n);
  memcpy(block.bytes + n, data, length);
  memcpy(block.bytes + n + length, "\r\n", 2);
  return block;
}

static void prepare(void) {
  static const char *words[] = {" the",     " model",  " answers", " a",       " request", " with",    " tokens", " that",
                                " arrive",  " one",    " by",      " another", " on",      " their",   " own",    " clock",
                                " and",     " every",  " client",  " reads",   " them",    " as",      " they",   " come"};
  variants = options.per_write == 1 ? VARIANTS : 1;
  char *data = must(malloc((size_t)MAX_EVENTS_PER_WRITE * 512));
  for (int v = 0; v < variants; v++) {
    size_t length = 0;
    for (u32 k = 1; k <= options.per_write; k++) {
      length += (size_t)sprintf(data + length,
                                CHUNK_HEAD "{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n",
                                words[((u32)v + k) % (sizeof words / sizeof *words)]);
      blocks[v][k] = http_chunk(data, length);
    }
  }
  free(data);
  strcpy(response_head,
         "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
         "Transfer-Encoding: chunked\r\n\r\n");
  if (options.role_chunk) {
    static const char role[] = CHUNK_HEAD
        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
    Block chunk = http_chunk(role, sizeof role - 1);
    strncat(response_head, chunk.bytes, chunk.length);
    free(chunk.bytes);
  }
  response_head_length = strlen(response_head);
}

static size_t stream_end(char *to, size_t room, u64 prompt_tokens, u32 tokens) {
  char data[1024];
  int n = snprintf(data, sizeof data,
                   CHUNK_HEAD "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"length\"}]}\n\n" CHUNK_HEAD
                              "],\"usage\":{\"prompt_tokens\":%llu,\"total_tokens\":%llu,\"completion_tokens\":%u}}\n\ndata: [DONE]\n\n",
                   (unsigned long long)prompt_tokens, (unsigned long long)(prompt_tokens + tokens), tokens);
  return (size_t)snprintf(to, room, "%x\r\n%s\r\n0\r\n\r\n", n, data);
}

/* ---- connections ---- */

typedef enum { HEAD, BODY, CHUNK_SIZE, CHUNK_DATA, CHUNK_DATA_END, TRAILER, ANSWERING } State;

typedef struct {
  int fd;
  State state;
  int close_after, blocked;
  char *head; /* the request's head so far; NULL when there is none */
  size_t head_length;
  u64 body_left, body_bytes;
  char line[128]; /* a chunk's size, or a trailer */
  size_t line_length;
  char carry[64]; /* the body's last bytes, in which a key may begin */
  size_t carry_length;
  u32 max_tokens;
  /* the answer */
  size_t entry;
  u64 due;
  size_t heap_at;
  char *rest; /* what the socket did not take */
  size_t rest_at, rest_length;
  u32 rest_tokens;
} Connection;

static int epoll_fd;
static Connection **heap;
static size_t heap_count, heap_room;
static volatile sig_atomic_t stopping;
#define NOT_IN_HEAP SIZE_MAX

static void heap_put(size_t at, Connection *c) {
  heap[at] = c;
  c->heap_at = at;
}

static void sift_up(size_t at, Connection *c) {
  while (at > 0 && heap[(at - 1) / 2]->due > c->due) {
    heap_put(at, heap[(at - 1) / 2]);
    at = (at - 1) / 2;
  }
  heap_put(at, c);
}

static void sift_down(size_t at, Connection *c) {
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= heap_count) break;
    if (child + 1 < heap_count && heap[child + 1]->due < heap[child]->due) child++;
    if (heap[child]->due >= c->due) break;
    heap_put(at, heap[child]);
    at = child;
  }
  heap_put(at, c);
}

static void heap_add(Connection *c) {
  if (heap_count == heap_room) {
    heap_room = heap_room ? heap_room * 2 : 4096;
    heap = must(realloc(heap, heap_room * sizeof *heap));
  }
  sift_up(heap_count++, c);
}

static void heap_remove(Connection *c) {
  if (c->heap_at == NOT_IN_HEAP) return;
  size_t at = c->heap_at;
  Connection *last = heap[--heap_count];
  c->heap_at = NOT_IN_HEAP;
  if (last == c) return;
  if (at > 0 && heap[(at - 1) / 2]->due > last->due)
    sift_up(at, last);
  else
    sift_down(at, last);
}

static void watch(Connection *c, int writable) {
  if (c->blocked == writable) return;
  c->blocked = writable;
  struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | (writable ? EPOLLOUT : 0), .data.ptr = c};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_MOD, c->fd, &event) != 0) die("epoll_ctl");
}

/* Closed connections are freed when the loop has gone round, as events for them may still be waiting. */
static Connection **graves;
static size_t grave_count, grave_room;

static void hang_up(Connection *c) {
  if (c->fd < 0) return;
  heap_remove(c);
  close(c->fd);
  c->fd = -1;
  if (grave_count == grave_room) {
    grave_room = grave_room ? grave_room * 2 : 256;
    graves = must(realloc(graves, grave_room * sizeof *graves));
  }
  graves[grave_count++] = c;
}

static void await_request(Connection *c) {
  c->state = HEAD;
  c->head_length = c->line_length = c->carry_length = 0;
  c->body_left = c->body_bytes = 0;
  c->max_tokens = 0;
  free(c->head);
  c->head = NULL;
}

static u64 spread(void) {
  static u64 state = 88172645463325252u;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return options.spread ? state % options.spread : 0;
}

static void begin_answer(Connection *c) {
  u64 now = now_nanos();
  u32 tokens = options.tokens ? options.tokens : c->max_tokens ? c->max_tokens : 16;
  c->state = ANSWERING;
  c->entry = new_entry();
  c->due = options.unpaced ? now : now + options.ttft + spread();
  entries[c->entry] = (Entry){
      {now, c->due, options.unpaced ? 0 : options.itl, c->body_bytes, tokens, 0, options.per_write, 0},
      instants_for((tokens + options.per_write - 1) / options.per_write)};
  heap_add(c);
}

/* Tokens whose last byte is in the socket are emitted. */
static void emitted(Connection *c, u32 tokens, u64 at) {
  Entry *e = &entries[c->entry];
  e->instants[e->truth.writes++] = at;
  e->truth.tokens += tokens;
}

/* After a write went out wholly: waits for the next one, or for the next request. */
static void go_on(Connection *c, u64 now) {
  Entry *e = &entries[c->entry];
  if (e->truth.tokens >= e->truth.asked) {
    heap_remove(c);
    if (c->close_after)
      hang_up(c);
    else
      await_request(c);
    return;
  }
  c->due = options.unpaced ? now : e->truth.first_due + e->truth.writes * e->truth.itl;
  if (c->heap_at == NOT_IN_HEAP)
    heap_add(c);
  else
    sift_down(c->heap_at, c);
}

static u64 send_next(Connection *c) {
  Entry *e = &entries[c->entry];
  struct iovec parts[3];
  int count = 0;
  char end[2048];
  u32 tokens = e->truth.asked - e->truth.tokens;
  if (tokens > options.per_write) tokens = options.per_write;
  if (e->truth.writes == 0) parts[count++] = (struct iovec){response_head, response_head_length};
  Block *block = &blocks[e->truth.tokens % (u32)variants][tokens];
  parts[count++] = (struct iovec){block->bytes, block->length};
  if (e->truth.tokens + tokens == e->truth.asked)
    parts[count++] = (struct iovec){end, stream_end(end, sizeof end, c->body_bytes / 5 + 1, e->truth.asked)};
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  ssize_t sent = count == 1 ? send(c->fd, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL)
                            : writev(c->fd, parts, count);
  u64 now = now_nanos();
  if (sent < 0 && errno != EAGAIN) {
    hang_up(c);
    return now;
  }
  if (sent == (ssize_t)length) {
    emitted(c, tokens, now);
    go_on(c, now);
    return now;
  }
  size_t skip = sent < 0 ? 0 : (size_t)sent;
  if (!c->rest) c->rest = must(malloc(4096 + (size_t)options.per_write * 512));
  c->rest_at = c->rest_length = 0;
  for (int i = 0; i < count; i++) {
    size_t part = parts[i].iov_len;
    if (skip >= part) {
      skip -= part;
      continue;
    }
    memcpy(c->rest + c->rest_length, (char *)parts[i].iov_base + skip, part - skip);
    c->rest_length += part - skip;
    skip = 0;
  }
  c->rest_tokens = tokens;
  heap_remove(c);
  watch(c, 1);
  return now;
}

static void send_rest(Connection *c) {
  ssize_t sent = send(c->fd, c->rest + c->rest_at, c->rest_length - c->rest_at, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) hang_up(c);
    return;
  }
  c->rest_at += (size_t)sent;
  if (c->rest_at < c->rest_length) return;
  watch(c, 0);
  u64 now = now_nanos();
  emitted(c, c->rest_tokens, now);
  go_on(c, now);
}

/* ---- requests ---- */

static void answer_short(Connection *c, const char *status, const char *type, const char *body) {
  char text[8192];
  int n = snprintf(text, sizeof text, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s", status, type,
                   strlen(body), body);
  if (send(c->fd, text, (size_t)n, MSG_NOSIGNAL) != n || c->close_after)
    hang_up(c);
  else
    await_request(c);
}

static void answer_get(Connection *c) {
  char path[256] = "";
  sscanf(c->head, "%*15s %255s", path);
  if (strncmp(path, "/truth", 6) == 0) {
    char text[4096], *skip = strstr(path, "skip=");
    figures(entries + entry_from, entry_count - entry_from, skip ? (u64)(atof(skip + 5) * 1e9) : 0, 0,
            text, sizeof text);
    if (strstr(path, "reset")) {
      if (options.log) write_log(options.log);
      entry_from = entry_count;
    }
    answer_short(c, "200 OK", "application/json", text);
  } else if (strcmp(path, "/v1/models") == 0) {
    answer_short(c, "200 OK", "application/json",
                 "{\"object\":\"list\",\"data\":[{\"id\":\"peer-model\",\"object\":\"model\",\"created\":1790000000,\"owned_by\":\"peers\"}]}");
  } else if (strcmp(path, "/health") == 0) {
    answer_short(c, "200 OK", "application/json", "{}");
  } else {
    answer_short(c, "404 Not Found", "text/plain", "not found\n");
  }
}

static void body_read(Connection *c) {
  if (strncmp(c->head, "POST ", 5) == 0)
    begin_answer(c);
  else
    answer_get(c);
}

/* The value of a header, or NULL; the head ends with a NUL. */
static const char *header(const char *head, const char *name) {
  size_t length = strlen(name);
  for (const char *line = strstr(head, "\r\n"); line; line = strstr(line, "\r\n")) {
    line += 2;
    if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
      line += length + 1;
      return line + strspn(line, " \t");
    }
  }
  return NULL;
}

static void head_read(Connection *c) {
  const char *length = header(c->head, "Content-Length"), *coding = header(c->head, "Transfer-Encoding"),
             *connection = header(c->head, "Connection"), *expect = header(c->head, "Expect");
  c->close_after = connection && strncasecmp(connection, "close", 5) == 0;
  if (expect && strncasecmp(expect, "100-continue", 12) == 0) {
    static const char go[] = "HTTP/1.1 100 Continue\r\n\r\n";
    if (send(c->fd, go, sizeof go - 1, MSG_NOSIGNAL) < 0) {
      hang_up(c);
      return;
    }
  }
  if (coding && strncasecmp(coding, "chunked", 7) == 0) {
    c->state = CHUNK_SIZE;
  } else if (length && strtoull(length, NULL, 10) > 0) {
    c->state = BODY;
    c->body_left = strtoull(length, NULL, 10);
  } else {
    body_read(c);
  }
}

/* A quote within a string is escaped in JSON, so that a prompt that talks of max_tokens is not mistaken for the key. */
static void find_max_tokens(Connection *c, const char *text, size_t length) {
  static const char *keys[] = {"\"max_completion_tokens\"", "\"max_tokens\""};
  for (int k = 0; k < 2; k++) {
    const char *found = memmem(text, length, keys[k], strlen(keys[k]));
    if (!found) continue;
    const char *p = found + strlen(keys[k]), *end = text + length;
    while (p < end && (*p == ':' || isspace((unsigned char)*p))) p++;
    u32 value = 0;
    while (p < end && isdigit((unsigned char)*p)) value = value * 10 + (u32)(*p++ - '0');
    if (p < end && value > 0) c->max_tokens = value;
  }
}

static void body_bytes(Connection *c, const char *bytes, size_t length) {
  c->body_bytes += length;
  if (options.tokens != 0) return;
  char seam[2 * sizeof c->carry];
  size_t more = length < sizeof c->carry ? length : sizeof c->carry;
  memcpy(seam, c->carry, c->carry_length);
  memcpy(seam + c->carry_length, bytes, more);
  find_max_tokens(c, seam, c->carry_length + more);
  find_max_tokens(c, bytes, length);
  size_t kept = c->carry_length + more < sizeof c->carry ? c->carry_length + more : sizeof c->carry;
  if (length >= kept) {
    memcpy(c->carry, bytes + length - kept, kept);
  } else {
    memmove(c->carry, seam + c->carry_length + more - kept, kept);
  }
  c->carry_length = kept;
}

/* A line of the chunked coding; returns whether it is complete. */
static int take_line(Connection *c, char byte) {
  if (byte != '\n') {
    if (c->line_length + 1 < sizeof c->line) c->line[c->line_length++] = byte;
    return 0;
  }
  if (c->line_length > 0 && c->line[c->line_length - 1] == '\r') c->line_length--;
  c->line[c->line_length] = 0;
  return 1;
}

static void take(Connection *c, char *bytes, size_t length) {
  while (length > 0 && c->fd >= 0) {
    size_t used = 1;
    switch (c->state) {
      case HEAD: {
        size_t before = c->head_length;
        if (before + length > MAX_HEAD) {
          used = MAX_HEAD - before;
        } else {
          used = length;
        }
        c->head = must(realloc(c->head, before + used + 1));
        memcpy(c->head + before, bytes, used);
        c->head_length = before + used;
        c->head[c->head_length] = 0;
        char *end = strstr(c->head + (before > 3 ? before - 3 : 0), "\r\n\r\n");
        if (end) {
          size_t head = (size_t)(end - c->head) + 4;
          used = head - before;
          end[2] = 0;
          head_read(c);
        } else if (c->head_length >= MAX_HEAD) {
          hang_up(c);
        }
        break;
      }
      case BODY:
      case CHUNK_DATA:
        used = length < c->body_left ? length : (size_t)c->body_left;
        body_bytes(c, bytes, used);
        c->body_left -= used;
        if (c->body_left == 0) {
          if (c->state == BODY)
            body_read(c);
          else
            c->state = CHUNK_DATA_END;
        }
        break;
      case CHUNK_DATA_END:
        if (*bytes == '\n') {
          c->line_length = 0;
          c->state = CHUNK_SIZE;
        }
        break;
      case CHUNK_SIZE:
        if (take_line(c, *bytes)) {
          c->body_left = strtoull(c->line, NULL, 16);
          c->line_length = 0;
          c->state = c->body_left > 0 ? CHUNK_DATA : TRAILER;
        }
        break;
      case TRAILER:
        if (take_line(c, *bytes)) {
          int done = c->line_length == 0;
          c->line_length = 0;
          if (done) body_read(c);
        }
        break;
      case ANSWERING: /* no pipelining */
        hang_up(c);
        return;
    }
    bytes += used;
    length -= used;
  }
}

static void readable(Connection *c) {
  static char buffer[1 << 18];
  ssize_t n = recv(c->fd, buffer, sizeof buffer, 0);
  if (n > 0)
    take(c, buffer, (size_t)n);
  else if (n == 0 || errno != EAGAIN)
    hang_up(c);
}

/* ---- the loop ---- */

static void accept_all(int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Connection *c = must(calloc(1, sizeof *c));
    c->fd = fd;
    c->heap_at = NOT_IN_HEAP;
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP, .data.ptr = c};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0) die("epoll_ctl");
    /* The request is mostly there already. */
    readable(c);
  }
}

static void stop(int signal_number) {
  (void)signal_number;
  stopping = 1;
}

static int listen_on(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (bind(fd, (struct sockaddr *)&address, length) != 0) die("bind");
  if (listen(fd, 16384) != 0) die("listen");
  getsockname(fd, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static int serve(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  prctl(PR_SET_TIMERSLACK, 1);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  prepare();
  int listener = listen_on(options.port);
  epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event) != 0) die("epoll_ctl");
  static struct epoll_event ready[256];
  while (!stopping) {
    u64 now = now_nanos();
    for (int n = 0; n < WRITES_A_TURN && heap_count > 0 && heap[0]->due <= now; n++) now = send_next(heap[0]);
    struct timespec wait = {3600, 0};
    if (heap_count > 0) {
      u64 due = heap[0]->due;
      u64 left = due > now + SPIN_NANOS ? due - now - SPIN_NANOS : 0;
      wait = (struct timespec){(time_t)(left / 1000000000u), (long)(left % 1000000000u)};
    }
    int count = epoll_pwait2(epoll_fd, ready, 256, &wait, NULL);
    for (int i = 0; i < count; i++) {
      Connection *c = ready[i].data.ptr;
      if (!c) {
        accept_all(listener);
        continue;
      }
      if (c->fd >= 0 && (ready[i].events & EPOLLOUT)) send_rest(c);
      if (c->fd >= 0 && (ready[i].events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))) readable(c);
    }
    for (size_t i = 0; i < grave_count; i++) {
      free(graves[i]->head);
      free(graves[i]->rest);
      free(graves[i]);
    }
    grave_count = 0;
  }
  if (options.log) write_log(options.log);
  return 0;
}

static double number(int count, char **words, int *at) {
  char *end;
  if (*at + 1 >= count) {
    fprintf(stderr, "server: %s needs a value\n", words[*at]);
    exit(2);
  }
  double value = strtod(words[++*at], &end);
  if (*end || value < 0) {
    fprintf(stderr, "server: %s: found %s, must be a number of 0 or more\n", words[*at - 1], words[*at]);
    exit(2);
  }
  return value;
}

static int usage(void) {
  fprintf(stderr, "usage: server serve [--port N] [--ttft-ms X] [--itl-ms X] [--spread-ms X] [--tokens N]\n"
                  "                    [--events-per-write N] [--unpaced] [--role-chunk] [--log FILE]\n"
                  "       server truth FILE [--skip-s X] [--span-s X]\n");
  return 2;
}

int main(int count, char **words) {
  if (count >= 3 && strcmp(words[1], "truth") == 0) {
    double skip = 0, span = 0;
    for (int i = 3; i < count; i++) {
      if (strcmp(words[i], "--skip-s") == 0) skip = number(count, words, &i);
      else if (strcmp(words[i], "--span-s") == 0) span = number(count, words, &i);
      else return usage();
    }
    return print_truth(words[2], skip, span);
  }
  if (count < 2 || strcmp(words[1], "serve") != 0) return usage();
  for (int i = 2; i < count; i++) {
    const char *word = words[i];
    if (strcmp(word, "--port") == 0) options.port = (int)number(count, words, &i);
    else if (strcmp(word, "--ttft-ms") == 0) options.ttft = (u64)(number(count, words, &i) * 1e6);
    else if (strcmp(word, "--itl-ms") == 0) options.itl = (u64)(number(count, words, &i) * 1e6);
    else if (strcmp(word, "--spread-ms") == 0) options.spread = (u64)(number(count, words, &i) * 1e6);
    else if (strcmp(word, "--tokens") == 0) options.tokens = (u32)number(count, words, &i);
    else if (strcmp(word, "--events-per-write") == 0) options.per_write = (u32)number(count, words, &i);
    else if (strcmp(word, "--unpaced") == 0) options.unpaced = 1;
    else if (strcmp(word, "--role-chunk") == 0) options.role_chunk = 1;
    else if (strcmp(word, "--log") == 0 && i + 1 < count) options.log = words[++i];
    else return usage();
  }
  if (options.per_write < 1 || options.per_write > MAX_EVENTS_PER_WRITE) {
    fprintf(stderr, "server: --events-per-write: found %u, must be 1 to %d\n", options.per_write, MAX_EVENTS_PER_WRITE);
    return 2;
  }
  /* By default streams that began together fire spread over one gap. */
  if (options.spread == UINT64_MAX) options.spread = options.unpaced ? 0 : options.itl;
  return serve();
}
