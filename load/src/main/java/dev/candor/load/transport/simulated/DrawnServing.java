package dev.candor.load.transport.simulated;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.engine.Admission;
import dev.candor.engine.Engine;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.Serving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Answers whose times are drawn from distributions, as the mock's are: each from a stream of its
 * own, so that concurrency and order change nothing. There is no engine behind it. <b>For one
 * thread.</b>
 */
public final class DrawnServing implements Serving {
  /*
   * An answer's instants are all known when it begins. What must be told on time is the first of
   * them, the one that a leaving user waits for, and the last; the others are told with the next of
   * these.
   */
  private final Distribution ttftNanos;
  private final Distribution itlNanos;
  private final Seed seed;
  private final EngineListener listener;
  private final SimulatedServer.Numbers numbers;
  private final Map<Long, Answer> answers = new HashMap<>();
  private final PriorityQueue<Answer> queue = new PriorityQueue<>();
  private long sequence;
  private double slowdown = 1;
  private boolean down;

  /**
   * @param ttftNanos from a request's arrival to its first token
   * @param seed of the answers, each of which draws by its number
   */
  public DrawnServing(
      Distribution ttftNanos,
      Distribution itlNanos,
      Seed seed,
      EngineListener listener,
      SimulatedServer.Numbers numbers) {
    this.ttftNanos = ttftNanos;
    this.itlNanos = itlNanos;
    this.seed = seed;
    this.listener = listener;
    this.numbers = numbers;
  }

  @Override
  public Admission submit(long nanos, EngineRequest request) {
    advance(nanos);
    if (down) {
      return Admission.DOWN;
    }
    Answer answer = new Answer(request, sequence++, instants(nanos, request));
    answers.put(request.id(), answer);
    listener.scheduled(request, nanos, 0);
    queue.add(answer);
    return Admission.ACCEPTED;
  }

  private long[] instants(long nanos, EngineRequest request) {
    RandomGenerator random = seed.derive(numbers.of(request.id())).stream();
    long[] instants = new long[request.outputTokens()];
    long at = nanos + scaled(ttftNanos.sample(random));
    instants[0] = at;
    for (int i = 1; i < instants.length; i++) {
      at += scaled(itlNanos.sample(random));
      instants[i] = at;
    }
    return instants;
  }

  private long scaled(double latency) {
    return Math.round(latency * slowdown);
  }

  /** Every latency that begins after {@code nanos} takes {@code factor} times as long. */
  void slowdown(long nanos, double factor) {
    double change = factor / slowdown;
    slowdown = factor;
    if (change != 1) {
      answers.values().forEach(answer -> answer.stretch(nanos, change));
      List<Answer> all = new ArrayList<>(queue);
      queue.clear();
      queue.addAll(all);
      tellSoFar(nanos);
    }
  }

  /** Down: all answers end where they are, and none is begun. */
  void up(long nanos, boolean up) {
    if (down == !up) {
      return;
    }
    down = !up;
    if (down) {
      tellSoFar(nanos);
      List<Answer> failed = new ArrayList<>(answers.values());
      failed.sort(Comparator.comparingLong(answer -> answer.sequence));
      answers.clear();
      queue.clear();
      failed.forEach(answer -> listener.failed(answer.request, nanos));
    }
  }

  @Override
  public boolean cancel(long nanos, long id) {
    advance(nanos);
    Answer answer = answers.remove(id);
    if (answer == null) {
      return false;
    }
    queue.remove(answer);
    return true;
  }

  @Override
  public long nextNanos() {
    Answer next = queue.peek();
    return next == null ? Long.MAX_VALUE : next.due();
  }

  @Override
  public void advance(long nanos) {
    for (Answer next = queue.peek(); next != null && next.due() <= nanos; next = queue.peek()) {
      queue.remove();
      next.tellTo(next.dueToken());
      if (next.told == next.instants.length) {
        answers.remove(next.request.id());
        listener.finished(next.request, next.instants[next.told - 1]);
      } else {
        queue.add(next);
      }
    }
  }

  @Override
  public void tellSoFar(long nanos) {
    advance(nanos);
    answers.values().forEach(answer -> answer.tellBy(nanos));
  }

  @Override
  public int size() {
    return 0;
  }

  @Override
  public Engine replica(int index) {
    throw new IndexOutOfBoundsException("drawn times have no engine");
  }

  private final class Answer implements Comparable<Answer> {
    final EngineRequest request;
    final long sequence;
    final long[] instants;
    int told;

    Answer(EngineRequest request, long sequence, long[] instants) {
      this.request = request;
      this.sequence = sequence;
      this.instants = instants;
    }

    /** The token that must be told of next at its instant. */
    int dueToken() {
      if (told == 0) {
        return 0;
      }
      return request.tellToken() >= told ? request.tellToken() : instants.length - 1;
    }

    long due() {
      return instants[dueToken()];
    }

    /** Changes the latencies that begin after {@code nanos}. */
    void stretch(long nanos, double change) {
      int next = told;
      while (next < instants.length && instants[next] <= nanos) {
        next++;
      }
      for (int i = instants.length - 1; i > next; i--) {
        instants[i] = Math.round((instants[i] - instants[i - 1]) * change);
      }
      for (int i = next + 1; i < instants.length; i++) {
        instants[i] += instants[i - 1];
      }
    }

    /** Not the last one, whose telling ends the answer. */
    void tellBy(long nanos) {
      int to = told;
      while (to < instants.length - 1 && instants[to] <= nanos) {
        to++;
      }
      // Where it is due changes with what was told; its place in the queue must not.
      if (to > told && told > 0 && to <= dueToken()) {
        tellTo(to - 1);
      }
    }

    void tellTo(int token) {
      if (token >= told) {
        int from = told;
        told = token + 1;
        listener.tokens(request, from, instants, from, told - from);
      }
    }

    @Override
    public int compareTo(Answer other) {
      int byTime = Long.compare(due(), other.due());
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
