package dev.candor.analysis.fit;

import dev.candor.base.random.Seed;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Fleet;
import dev.candor.engine.Routing;
import dev.candor.record.AttemptRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The arrivals of a measured run, answered by a simulated engine. <b>For one thread.</b> */
final class Replay {
  /*
   * Arrivals of an open load are the measured ones. A user of a closed one, and a conversation, ask
   * again when they have been answered, as long after it as they did: were their instants kept, a
   * simulated engine that is too slow would be asked by users who cannot have been answered yet.
   * Each phase begins anew with the instants that were measured.
   */
  private static final long[] SHARED_WITH_NOBODY = {};

  /**
   * What came of an attempt.
   *
   * @param tokens instants of its tokens, empty where it had none
   * @param failed whether it was refused, or given up by its user
   */
  record Answer(long sent, long[] tokens, boolean failed) {
    /** Of an attempt that was not made: its user still waited for the one before. */
    static final Answer NONE = new Answer(AttemptRecord.NONE, new long[0], false);
  }

  private final MeasuredRun run;
  private final Fleet fleet;
  private final Answering[] answering;
  private final Answer[] answers;
  private final int[] next;
  private final PriorityQueue<Due> due = new PriorityQueue<>();

  private Replay(EngineSettings settings, MeasuredRun run, int replicas, Seed seed) {
    this.run = run;
    int attempts = run.attempts().size();
    fleet = new Fleet(settings, replicas, Routing.ROUND_ROBIN, seed, new Listener());
    answering = new Answering[attempts];
    answers = new Answer[attempts];
    Arrays.fill(answers, Answer.NONE);
    next = new int[attempts];
  }

  /** The answers of all attempts, in their order. */
  static List<Answer> of(
      EngineSettings settings, MeasuredRun run, int replicas, Seed seed) {
    Replay replay = new Replay(settings, run, replicas, seed);
    replay.start();
    replay.carryOut();
    return List.of(replay.answers);
  }

  private record Due(long nanos, int attempt, boolean gaveUp) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Integer.compare(attempt, other.attempt);
    }
  }

  private static final class Answering {
    final long sent;
    final long[] tokens;
    int count;

    Answering(long sent, int tokens) {
      this.sent = sent;
      this.tokens = new long[tokens];
    }
  }

  private record Asker(int phase, boolean conversation, long id) {}

  /** Links each attempt to the one that waits for its answer; the others are due as measured. */
  private void start() {
    Arrays.fill(next, -1);
    Map<Asker, Integer> last = new HashMap<>();
    for (int a = 0; a < answers.length; a++) {
      MeasuredAttempt attempt = run.attempts().get(a);
      Asker asker = asker(attempt);
      Integer before = asker == null ? null : last.put(asker, a);
      if (before != null && run.attempts().get(before).end() <= attempt.sent()) {
        next[before] = a;
      } else {
        due.add(new Due(attempt.sent(), a, false));
      }
    }
  }

  private @Nullable Asker asker(MeasuredAttempt attempt) {
    boolean closed = run.info().phases().get(attempt.phase()).kind().equals("closed");
    if (closed && attempt.user() != AttemptRecord.NONE) {
      return new Asker(attempt.phase(), false, attempt.user());
    }
    return closed ? null : new Asker(attempt.phase(), true, attempt.session());
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
        } else {
          send(first);
        }
      }
    }
  }

  private void send(Due now) {
    MeasuredAttempt attempt = run.attempts().get(now.attempt);
    boolean waitedInVain = !attempt.answered() && attempt.httpStatus() < 400;
    if (!attempt.answered() && !waitedInVain) {
      // Refused before it came to an engine, or by one for what it asked.
      end(now.attempt, new Answer(now.nanos, new long[0], true), now.nanos);
      return;
    }
    answering[now.attempt] = new Answering(now.nanos, attempt.wantedTokens());
    Admission admission =
        fleet.submit(
            now.nanos,
            new EngineRequest(
                now.attempt,
                attempt.inputTokens(),
                attempt.wantedTokens(),
                SHARED_WITH_NOBODY,
                EngineRequest.NONE,
                0,
                attempt.cachedTokens(),
                EngineRequest.NONE));
    if (admission != Admission.ACCEPTED) {
      end(now.attempt, new Answer(now.nanos, new long[0], true), now.nanos);
    } else if (waitedInVain) {
      due.add(new Due(now.nanos + attempt.end() - attempt.sent(), now.attempt, true));
    }
  }

  private void giveUp(Due now) {
    if (answers[now.attempt].sent() == AttemptRecord.NONE && answering[now.attempt].count == 0) {
      var _ = fleet.cancel(now.nanos, now.attempt);
      end(now.attempt, new Answer(answering[now.attempt].sent, new long[0], true), now.nanos);
    }
  }

  private void end(int attempt, Answer answer, long nanos) {
    answers[attempt] = answer;
    int following = next[attempt];
    if (following >= 0) {
      long pause =
          run.attempts().get(following).sent() - Math.max(0, run.attempts().get(attempt).end());
      due.add(new Due(nanos + pause, following, false));
    }
  }

  private final class Listener implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      Answering answer = answering[(int) request.id()];
      answer.tokens[index] = nanos;
      answer.count = Math.max(answer.count, index + 1);
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      int attempt = (int) request.id();
      Answering answer = Objects.requireNonNull(answering[attempt]);
      end(attempt, new Answer(answer.sent, answer.tokens, false), nanos);
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {}
  }
}
