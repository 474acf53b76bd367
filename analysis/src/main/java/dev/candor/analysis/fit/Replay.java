package dev.candor.analysis.fit;

import dev.candor.base.random.Seed;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Fleet;
import dev.candor.engine.Routing;
import dev.candor.record.AttemptRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/** The arrivals of a measured run, answered by a simulated engine. <b>For one thread.</b> */
final class Replay {
  /*
   * Arrivals of an open load are the measured ones. Users of a closed one ask again when they have
   * been answered, as long after it as was measured, until the phase ends: who asks next takes the
   * phase's next request, as the load generator did, and where the simulated engine is faster than
   * the real one, the phase's requests come once more. Conversations go on when they are answered,
   * their next request being their own.
   */
  private static final long[] SHARED_WITH_NOBODY = {};

  /** In a Due: a user of the closed phase that many below it asks. */
  private static final int FROM_FEED = -1;

  /**
   * What came of an attempt.
   *
   * @param tokens instants of its tokens, empty where it had none
   * @param failed whether it was refused, or given up by its user
   */
  record Answer(int phase, long sent, long[] tokens, boolean failed) {}

  private final MeasuredRun run;
  private final Fleet fleet;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Map<Integer, Feed> feeds = new HashMap<>();
  private final int[] next;
  private final PriorityQueue<Due> due = new PriorityQueue<>();

  private Replay(EngineSettings settings, MeasuredRun run, int replicas, Seed seed) {
    this.run = run;
    fleet = new Fleet(settings, replicas, Routing.ROUND_ROBIN, seed, new Listener());
    next = new int[run.attempts().size()];
  }

  /** The answers of all attempts, in the order in which they ended. */
  static List<Answer> of(EngineSettings settings, MeasuredRun run, int replicas, Seed seed) {
    Replay replay = new Replay(settings, run, replicas, seed);
    replay.start();
    replay.carryOut();
    return replay.answers;
  }

  private record Due(long nanos, int attempt, boolean gaveUp) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Integer.compare(attempt, other.attempt);
    }
  }

  private static final class Asked {
    final int measured;
    final long sent;
    final boolean fed;
    final long[] tokens;
    int count;

    Asked(int measured, long sent, boolean fed, int tokens) {
      this.measured = measured;
      this.sent = sent;
      this.fed = fed;
      this.tokens = new long[tokens];
    }
  }

  private record Asker(int phase, long id) {}

  /** Requests of a closed phase, and the pauses before those that followed an answer. */
  private static final class Feed {
    final List<Integer> attempts = new ArrayList<>();
    final List<Long> pauses = new ArrayList<>();
    int nextAttempt;
    int nextPause;
  }

  private void start() {
    Arrays.fill(next, -1);
    Set<Integer> talking =
        run.attempts().stream()
            .filter(each -> each.turn() > 0)
            .map(MeasuredAttempt::phase)
            .collect(Collectors.toSet());
    Map<Asker, Integer> last = new HashMap<>();
    for (int a = 0; a < run.attempts().size(); a++) {
      MeasuredAttempt attempt = run.attempts().get(a);
      int phase = attempt.phase();
      boolean closed =
          run.info().phases().get(phase).kind().equals("closed")
              && attempt.user() != AttemptRecord.NONE;
      boolean fed = closed && !talking.contains(phase);
      Integer before = last.put(new Asker(phase, closed ? attempt.user() : attempt.session()), a);
      if (fed) {
        Feed feed = feeds.computeIfAbsent(phase, ignored -> new Feed());
        feed.attempts.add(a);
        if (before != null) {
          feed.pauses.add(pause(before, a));
        }
      } else if (before != null) {
        next[before] = a;
      }
      if (before == null) {
        due.add(new Due(attempt.sent(), fed ? FROM_FEED - phase : a, false));
      }
    }
  }

  private long pause(int before, int after) {
    return Math.max(0, run.attempts().get(after).sent() - run.attempts().get(before).end());
  }

  /** The attempt that a user of a closed phase makes now, one of the recorded ones. */
  private int fromFeed(int phase) {
    Feed feed = Objects.requireNonNull(feeds.get(phase));
    return feed.attempts.get(feed.nextAttempt++ % feed.attempts.size());
  }

  private void carryOut() {
    while (!due.isEmpty() || fleet.nextNanos() != Long.MAX_VALUE) {
      Due first = due.peek();
      if (first == null || fleet.nextNanos() < first.nanos) {
        fleet.advance(fleet.nextNanos());
      } else {
        due.remove();
        if (first.gaveUp) {
          giveUp(first);
        } else if (first.attempt <= FROM_FEED) {
          send(first.nanos, fromFeed(FROM_FEED - first.attempt), true);
        } else {
          send(first.nanos, first.attempt, false);
        }
      }
    }
  }

  private void send(long nanos, int measured, boolean fed) {
    MeasuredAttempt attempt = run.attempts().get(measured);
    int id = asked.size();
    boolean waitedInVain = !attempt.answered() && attempt.httpStatus() < 400;
    asked.add(new Asked(measured, nanos, fed, attempt.wantedTokens()));
    if (!attempt.answered() && !waitedInVain) {
      // Refused before it came to an engine, or by one for what it asked.
      end(id, true, nanos);
      return;
    }
    Admission admission =
        fleet.submit(
            nanos,
            new EngineRequest(
                id,
                attempt.inputTokens(),
                attempt.wantedTokens(),
                SHARED_WITH_NOBODY,
                EngineRequest.NONE,
                0,
                attempt.cachedTokens(),
                EngineRequest.NONE));
    if (admission != Admission.ACCEPTED) {
      end(id, true, nanos);
    } else if (waitedInVain) {
      due.add(new Due(nanos + attempt.end() - attempt.sent(), id, true));
    }
  }

  private void giveUp(Due now) {
    if (asked.get(now.attempt).count == 0) {
      var _ = fleet.cancel(now.nanos, now.attempt);
      end(now.attempt, true, now.nanos);
    }
  }

  private void end(int id, boolean failed, long nanos) {
    Asked over = asked.get(id);
    MeasuredAttempt attempt = run.attempts().get(over.measured);
    long[] tokens = failed ? new long[0] : over.tokens;
    answers.add(new Answer(attempt.phase(), over.sent, tokens, failed));
    int following = next[over.measured];
    if (over.fed) {
      askAgain(attempt.phase(), nanos);
    } else if (following >= 0) {
      due.add(new Due(nanos + pause(over.measured, following), following, false));
    }
  }

  private void askAgain(int phase, long nanos) {
    Feed feed = Objects.requireNonNull(feeds.get(phase));
    long pause = feed.pauses.isEmpty() ? 0 : feed.pauses.get(feed.nextPause++ % feed.pauses.size());
    if (nanos + pause < run.info().phases().get(phase).endNanos()) {
      due.add(new Due(nanos + Math.max(1, pause), FROM_FEED - phase, false));
    }
  }

  private final class Listener implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      Asked answer = asked.get((int) request.id());
      answer.tokens[index] = nanos;
      answer.count = Math.max(answer.count, index + 1);
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      end((int) request.id(), false, nanos);
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {}
  }
}
