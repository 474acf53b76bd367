package dev.candor.mock.times;

import dev.candor.base.random.Seed;
import dev.candor.base.stats.Distribution;
import dev.candor.base.time.Scheduler;
import dev.candor.engine.Admission;
import dev.candor.scenario.MockSettings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Every answer draws from its own stream: concurrency and order change nothing. Instants are
 * counted from the answer's start and never from an event's sending.
 */
public final class DrawnTimes implements TokenTimes {
  private final Distribution ttft;
  private final Distribution itl;
  private final Seed seed;
  private final Scheduler scheduler;
  private final TokenTimer timer;
  private final Set<Answer> running = new LinkedHashSet<>();
  private double slowdown = 1;
  private boolean down;
  private long promptTokens;
  private long generationTokens;

  public DrawnTimes(MockSettings.Times.Drawn times, Seed seed, Scheduler scheduler) {
    this.ttft = TabulatedDistribution.of(times.ttftNanos());
    this.itl = TabulatedDistribution.of(times.itlNanos());
    this.seed = seed;
    this.timer = new TokenTimer(scheduler);
    this.scheduler = scheduler;
  }

  @Override
  public Handle begin(TokenListener listener, long number, Prompted prompted, long nanos) {
    if (down) {
      return Refused.INSTANCE;
    }
    Answer answer = new Answer(listener, seed.derive(number).stream(), prompted.outputTokens());
    running.add(answer);
    promptTokens += prompted.promptTokens();
    listener.scheduled(nanos, 0, 0);
    timer.add(answer, nanos + scaled(ttft.sample(answer.random)));
    return answer;
  }

  private long scaled(double latency) {
    return Math.round(latency * slowdown);
  }

  /** Every latency that is drawn from now on takes {@code factor} times as long. */
  public void slowdown(double factor) {
    slowdown = factor;
  }

  /** Down: all answers end where they are, and none is begun. */
  public void up(boolean up) {
    down = !up;
    if (down) {
      long now = scheduler.nanoTime();
      for (Answer answer : List.copyOf(running)) {
        answer.cancel();
        answer.listener.crashed(now);
      }
    }
  }

  public int running() {
    return running.size();
  }

  public long promptTokens() {
    return promptTokens;
  }

  public long generationTokens() {
    return generationTokens;
  }

  @Override
  public int room(int promptTokens) {
    return Integer.MAX_VALUE;
  }

  @Override
  public int blockSize() {
    return 0;
  }

  private final class Answer extends TokenTimer.Entry implements Handle {
    private final TokenListener listener;
    private final RandomGenerator random;
    private int left;

    Answer(TokenListener listener, RandomGenerator random, int tokens) {
      this.listener = listener;
      this.random = random;
      this.left = tokens;
    }

    @Override
    long wake(long dueNanos) {
      if (left == 0) {
        return Long.MAX_VALUE;
      }
      left--;
      generationTokens++;
      if (left == 0) {
        running.remove(this);
      }
      listener.token(dueNanos);
      // The listener may have cancelled.
      return left == 0 ? Long.MAX_VALUE : dueNanos + scaled(itl.sample(random));
    }

    @Override
    public Admission admission() {
      return Admission.ACCEPTED;
    }

    @Override
    public void cancel() {
      left = 0;
      running.remove(this);
    }
  }

  private enum Refused implements Handle {
    INSTANCE;

    @Override
    public Admission admission() {
      return Admission.DOWN;
    }

    @Override
    public void cancel() {}
  }
}
