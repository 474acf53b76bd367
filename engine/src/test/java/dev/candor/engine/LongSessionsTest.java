package dev.candor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.base.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/**
 * The cliff: conversations that come back with all they have said are cheap while the KV cache
 * holds all of them, and expensive once it holds all but one.
 */
final class LongSessionsTest {
  private static final long MILLI = 1_000_000;
  private static final long THINK_NANOS = 2_000 * MILLI;
  private static final int FIRST_PROMPT_TOKENS = 12_000;
  private static final int QUESTION_TOKENS = 150;
  private static final int ANSWER_TOKENS = 100;
  private static final int TURNS = 24;
  private static final int LAST_LENGTH =
      FIRST_PROMPT_TOKENS + TURNS * (QUESTION_TOKENS + ANSWER_TOKENS);

  @Test
  void ttft_fromTwelveToFourteenSessions_risesTenfold() {
    Run twelve = new Run(12);
    Run fourteen = new Run(14);
    twelve.run();
    fourteen.run();
    assertThat(fourteen.ttftP99Nanos())
        .as("p99 TTFT with 12 sessions %d ns", twelve.ttftP99Nanos())
        .isGreaterThan(10 * twelve.ttftP99Nanos());
    assertThat(twelve.engine.state().evictions()).isZero();
    // Whoever watches the evictions is warned.
    assertThat(fourteen.firstEvictionNanos).isLessThan(fourteen.firstTenfoldNanos(twelve));
  }

  /** Sessions in a closed loop, each with a think time between an answer and its next turn. */
  private static final class Run implements EngineListener {
    private record Due(long nanos, int session) implements Comparable<Due> {
      @Override
      public int compareTo(Due other) {
        return Long.compare(nanos, other.nanos);
      }
    }

    private record Turn(long startNanos, long ttftNanos) {}

    final Engine engine;
    long firstEvictionNanos = Long.MAX_VALUE;
    private final int blockSize;
    private final int[] turns;
    private final long[] startNanos;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final List<Turn> measured = new ArrayList<>();

    Run(int sessions) {
      EngineSettings profile = ((EngineProfile) Profiles.named("h100-llama3-8b")).settings();
      blockSize = profile.kvCache().blockSize();
      int blocksForTwelve = 12 * (LAST_LENGTH / blockSize + 1);
      engine =
          new Engine(
              profile
                  .withLimits(profile.limits().withMaxModelLen(131_072))
                  .withKvCache(profile.kvCache().withBlocks(blocksForTwelve)),
              new Seed(1),
              this);
      turns = new int[sessions];
      startNanos = new long[sessions];
      for (int i = 0; i < sessions; i++) {
        due.add(new Due(i * 400L * MILLI, i));
      }
    }

    void run() {
      while (!due.isEmpty() || engine.nextNanos() != Long.MAX_VALUE) {
        Due next = due.peek();
        if (next != null && next.nanos <= engine.nextNanos()) {
          due.remove();
          ask(next);
        } else {
          long now = engine.nextNanos();
          engine.advance(now);
          if (engine.state().evictions() > 0) {
            firstEvictionNanos = Math.min(firstEvictionNanos, now);
          }
        }
      }
    }

    private void ask(Due next) {
      int session = next.session;
      int turn = turns[session]++;
      startNanos[session] = next.nanos;
      int prompt = FIRST_PROMPT_TOKENS + turn * (QUESTION_TOKENS + ANSWER_TOKENS) + QUESTION_TOKENS;
      long id = (long) turn * turns.length + session;
      engine.submit(
          next.nanos,
          Requests.sharing(id, prompt, ANSWER_TOKENS, blockSize, session, prompt + ANSWER_TOKENS));
    }

    private int session(EngineRequest request) {
      return (int) (request.id() % turns.length);
    }

    long ttftP99Nanos() {
      List<Long> sorted = new ArrayList<>(measured.stream().map(Turn::ttftNanos).toList());
      Collections.sort(sorted);
      return sorted.get((int) (sorted.size() * 0.99));
    }

    long firstTenfoldNanos(Run baseline) {
      return measured.stream()
          .filter(turn -> turn.ttftNanos > 10 * baseline.ttftP99Nanos())
          .mapToLong(Turn::startNanos)
          .min()
          .orElseThrow();
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      int session = session(request);
      if (index == 0 && turns[session] > 1) {
        measured.add(new Turn(startNanos[session], nanos - startNanos[session]));
      }
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      int session = session(request);
      if (turns[session] < TURNS) {
        due.add(new Due(nanos + THINK_NANOS, session));
      }
    }

    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {}

    @Override
    public void preempted(EngineRequest request, long nanos) {}

    @Override
    public void failed(EngineRequest request, long nanos) {}
  }
}
