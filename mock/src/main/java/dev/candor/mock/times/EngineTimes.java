package dev.candor.mock.times;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Scheduler;
import dev.candor.base.time.Timer;
import dev.candor.engine.Admission;
import dev.candor.engine.EngineListener;
import dev.candor.engine.EngineRequest;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Fleet;
import dev.candor.engine.Routing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a fleet of engines on a scheduler. What an engine tells is passed on once it has finished
 * telling, so that a listener may cancel. <b>For the mock's event loop.</b>
 */
public final class EngineTimes implements TokenTimes {
  private final EngineSettings settings;
  private final Fleet fleet;
  private final Scheduler scheduler;
  private final Map<Long, Answer> answers = new HashMap<>();
  private final EventQueue events = new EventQueue();
  private boolean delivering;
  private long nextId;
  private long armedFor = Long.MAX_VALUE;
  private @Nullable Timer armed;

  public EngineTimes(
      EngineSettings settings, int replicas, Routing routing, Seed seed, Scheduler scheduler) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.fleet = new Fleet(settings, replicas, routing, seed, new Telling());
  }

  /** The engines, to be read, slowed down, crashed and restarted; {@link #settle} afterwards. */
  public Fleet fleet() {
    return fleet;
  }

  public EngineSettings settings() {
    return settings;
  }

  @Override
  public int room(int promptTokens) {
    return settings.limits().maxModelLen() - promptTokens;
  }

  @Override
  public int blockSize() {
    return settings.kvCache().prefixCaching() ? settings.kvCache().blockSize() : 0;
  }

  @Override
  public Handle begin(TokenListener listener, long number, Prompted prompted, long nanos) {
    Answer answer = new Answer(nextId++, listener);
    answers.put(answer.id, answer);
    answer.admission =
        fleet.submit(
            nanos,
            new EngineRequest(
                answer.id,
                prompted.promptTokens(),
                prompted.outputTokens(),
                prompted.blockHashes()));
    if (answer.admission != Admission.ACCEPTED) {
      answers.remove(answer.id);
    }
    settle();
    return answer;
  }

  /** Passes on what the engines have told, and sets the timer for what comes next. */
  public void settle() {
    if (delivering) {
      return;
    }
    long now = scheduler.nanoTime();
    fleet.advance(now);
    delivering = true;
    try {
      while (events.deliver(now)) {
        now = scheduler.nanoTime();
      }
    } finally {
      delivering = false;
    }
    arm();
  }

  private void arm() {
    long next = Math.min(fleet.nextNanos(), events.nextNanos());
    if (next >= armedFor) {
      return;
    }
    if (armed != null) {
      armed.cancel();
    }
    armedFor = next;
    armed =
        scheduler.at(
            next,
            () -> {
              armed = null;
              armedFor = Long.MAX_VALUE;
              settle();
            });
  }

  /** Queues what engines tell; no engine may be called from here. */
  private final class Telling implements EngineListener {
    @Override
    public void scheduled(EngineRequest request, long nanos, int cachedTokens) {
      Answer answer = answers.get(request.id());
      if (answer != null) {
        events.add(
            answer.listener, EventQueue.Kind.SCHEDULED, nanos, cachedTokens, replica(request));
      }
    }

    @Override
    public void token(EngineRequest request, int index, long nanos) {
      Answer answer = answers.get(request.id());
      if (answer != null) {
        events.add(answer.listener, EventQueue.Kind.TOKEN, nanos, 0, 0);
      }
    }

    @Override
    public void finished(EngineRequest request, long nanos) {
      answers.remove(request.id());
    }

    @Override
    public void preempted(EngineRequest request, long nanos) {
      Answer answer = answers.get(request.id());
      if (answer != null) {
        events.add(answer.listener, EventQueue.Kind.PREEMPTED, nanos, 0, 0);
      }
    }

    @Override
    public void failed(EngineRequest request, long nanos) {
      Answer answer = answers.remove(request.id());
      if (answer != null) {
        events.add(answer.listener, EventQueue.Kind.CRASHED, nanos, 0, 0);
      }
    }

    private int replica(EngineRequest request) {
      return fleet.replicaOf(request.id());
    }
  }

  private final class Answer implements Handle {
    private final long id;
    private final TokenListener listener;
    private Admission admission = Admission.ACCEPTED;

    Answer(long id, TokenListener listener) {
      this.id = id;
      this.listener = listener;
    }

    @Override
    public Admission admission() {
      return admission;
    }

    @Override
    public void cancel() {
      if (answers.remove(id) != null) {
        fleet.cancel(scheduler.nanoTime(), id);
        settle();
      }
    }
  }
}
