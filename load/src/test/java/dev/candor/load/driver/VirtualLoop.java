package dev.candor.load.driver;

import dev.candor.base.random.Seed;
import dev.candor.base.time.Timer;
import dev.candor.base.time.VirtualTime;
import dev.candor.load.health.LoopSecond;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.ServerHints;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.Transport;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import dev.candor.record.PhaseRecord;
import dev.candor.scenario.LoadStep;
import dev.candor.scenario.Retries;
import dev.candor.workload.Prompt;
import dev.candor.workload.Session;
import dev.candor.workload.SessionSource;
import dev.candor.workload.arrival.ReplayPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The driver over a fake target in virtual time: an answer of two tokens after a service time. */
final class VirtualLoop {
  static final Prompt PROMPT =
      new Prompt("test", List.of(new Prompt.Message("user", "hello")), 10, 2);

  final VirtualTime time = new VirtualTime();
  final List<AttemptRecord> attempts = new ArrayList<>();
  final List<LoopSecond> seconds = new ArrayList<>();
  final LongUnaryOperator serviceNanos;
  int inFlight;
  int mostInFlight;
  Outcome outcome = Outcome.COMPLETED;

  Leavers leavers = Leavers.NONE;

  /** How what fails is tried again. */
  Retries retries = Retries.NONE;

  /** How attempt k of the request of this number ends; null: as all do. */
  BiFunction<Long, Integer, @Nullable Outcome> outcomes = (number, attempt) -> null;

  /** What a server that refuses tells; null: nothing. */
  @Nullable ServerHints hints;

  /** Requests, by number, whose attempt ends before its start returns. */
  LongPredicate endsAtOnce = number -> false;

  /** How long each request waits for its connection. */
  long sentAfter;

  /** Loops, which all live in the same virtual time. */
  int loops = 1;

  /** Who asks what; requests by themselves unless said otherwise. */
  SessionSource sessions = number -> Session.single(number, PROMPT);

  /** How long the feed takes to make what follows in a session. */
  long makingNanos;

  /** What the steps replay, and the feeds that then take the place of the endless one. */
  @Nullable ReplayPlan replays;

  @Nullable IntFunction<RequestFeed> feeds;

  /** Until when the feed has nothing. */
  long feedReadyAt;

  /**
   * @param serviceNanos by number of the request
   */
  VirtualLoop(LongUnaryOperator serviceNanos) {
    this.serviceNanos = serviceNanos;
  }

  List<PhaseRecord> run(long drainNanos, LoadStep... steps) {
    LoadRun run = start(drainNanos, steps);
    time.runUntilIdle();
    return run.phases();
  }

  /**
   * Goes on now with a run that began at instant 0.
   *
   * @param over steps that are over
   * @param doneNanos how much of the next one is
   */
  List<PhaseRecord> goOn(
      long drainNanos, int over, long doneNanos, long firstRequest, LoadStep... steps) {
    long now = time.nanoTime();
    RequestFeed endless = new EndlessFeed();
    LoadRun run =
        new LoadRun(
            allLoops(),
            replays,
            retries,
            new Seed(1),
            feeds == null ? ignored -> endless : feeds,
            sink(),
            0);
    run.goOn(now, firstRequest);
    long at = now - doneNanos;
    for (int i = 0; i < steps.length; i++) {
      if (i < over) {
        run.skip(steps[i]);
      } else {
        var _ = run.add(steps[i], at, drainNanos, Math.max(at, now));
        at += steps[i].durationNanos();
      }
    }
    run.complete();
    var _ = run.start();
    time.runUntilIdle();
    return run.phases();
  }

  LoadRun start(long drainNanos, LoadStep... steps) {
    RequestFeed endless = new EndlessFeed();
    LoadRun run =
        new LoadRun(
            allLoops(),
            List.of(steps),
            replays,
            retries,
            drainNanos,
            new Seed(1),
            feeds == null ? ignored -> endless : feeds,
            sink(),
            0);
    var _ = run.start();
    return run;
  }

  private List<Loop> allLoops() {
    List<Loop> all = new ArrayList<>();
    for (int i = 0; i < loops; i++) {
      all.add(new Loop(i, time, new FakeTransport(), Runnable::run));
    }
    return all;
  }

  private RunSink sink() {
    TraceReader reader = new TraceReader(0, null);
    return new RunSink() {
      @Override
      public void ended(AttemptTrace trace) {
        attempts.add(reader.read(trace));
      }

      @Override
      public void second(LoopSecond second) {
        seconds.add(second);
      }

      @Override
      public AttemptTrace trace(int index) {
        return new AttemptTrace();
      }
    };
  }

  private final class EndlessFeed implements RequestFeed {
    private long next;

    @Override
    public @Nullable PreparedRequest poll(int loop) {
      return time.nanoTime() < feedReadyAt ? null : prepared(sessions.session(next++));
    }

    private PreparedRequest prepared(Session session) {
      return prepared(session, session.first());
    }

    private PreparedRequest prepared(Session session, Session.Call call) {
      return new PreparedRequest(
          session.number(),
          "test",
          10,
          0,
          2,
          new byte[0],
          leavers.of(session.number(), call.turn()),
          new PreparedRequest.Turn(call.turn(), call.follow(), session, null));
    }

    @Override
    public void follow(EndedCall ended, Executor loop, Consumer<List<Following>> then) {
      Session session = Objects.requireNonNull(ended.request().turn().session());
      String text = new String(ended.answer(), StandardCharsets.UTF_8);
      time.after(
          makingNanos,
          () ->
              then.accept(
                  session
                      .next(
                          ended.request().turn().number(), new Session.Answer(text, ended.tokens()))
                      .stream()
                      .map(call -> new Following(call.waitNanos(), prepared(session, call)))
                      .toList()));
    }

    @Override
    public void close() {}
  }

  private final class FakeTransport implements Transport {
    @Override
    public Exchange start(
        PreparedRequest request, AttemptTrace trace, Consumer<AttemptTrace> ended) {
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      trace.sent = time.nanoTime() + sentAfter;
      if (endsAtOnce.test(request.number())) {
        trace.end = trace.sent;
        end(trace, Outcome.CONNECT_FAILED, ended);
        return cut -> {};
      }
      Timer timer =
          time.after(
              sentAfter + serviceNanos.applyAsLong(request.number()),
              () -> {
                trace.readNanos = time.nanoTime();
                Outcome own = outcomes.apply(request.number(), trace.attempt);
                if (own != null && !own.success()) {
                  trace.end = time.nanoTime();
                  trace.httpStatus = own == Outcome.RATE_LIMITED ? 429 : 0;
                  trace.hints = hints;
                  end(trace, own, ended);
                  return;
                }
                trace.onText(TextKind.ANSWER, new byte[] {'a'}, 0, 1);
                trace.onText(TextKind.ANSWER, new byte[] {'b'}, 0, 1);
                trace.onDone();
                end(trace, own == null ? outcome : own, ended);
              });
      return cut -> {
        if (trace.outcome == null) {
          timer.cancel();
          trace.end = time.nanoTime();
          end(trace, cut, ended);
        }
      };
    }

    private void end(AttemptTrace trace, Outcome as, Consumer<AttemptTrace> ended) {
      inFlight--;
      trace.outcome = as;
      ended.accept(trace);
    }

    @Override
    public void close() {}
  }
}
