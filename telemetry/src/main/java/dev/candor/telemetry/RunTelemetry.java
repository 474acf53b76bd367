package dev.candor.telemetry;

import dev.candor.base.time.Clock;
import dev.candor.record.AttemptRecord;
import dev.candor.record.HealthWindow;
import dev.candor.scenario.Publish;
import dev.candor.telemetry.figures.Figures;
import dev.candor.telemetry.figures.PhaseName;
import dev.candor.telemetry.figures.PublishedFigures;
import dev.candor.telemetry.figures.RunFacts;
import dev.candor.telemetry.lines.LineFile;
import dev.candor.telemetry.lines.LinePush;
import dev.candor.telemetry.otlp.OtlpPush;
import dev.candor.telemetry.prometheus.MetricsPage;
import dev.candor.telemetry.prometheus.RemoteWrite;
import dev.candor.telemetry.push.HttpPush;
import dev.candor.telemetry.push.Push;
import dev.candor.telemetry.push.PushLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a run's figures while it lasts. {@link #attempt} and {@link #second} are <b>for the
 * writer's thread</b>: they never wait, and drop where too much waits. The rest is for the run's.
 * Whatever does not answer is told of once, and never ends or holds up the run.
 */
public final class RunTelemetry implements AutoCloseable {
  /*
   * A thread of its own takes what was recorded out of the inbox, adds it up, and leaves the figures
   * as they stand twice a second for whoever wants them: a page that is read, receivers that are
   * sent to. So each of them sees figures of one instant, and none of them is waited for.
   */
  private static final Logger LOG = LoggerFactory.getLogger(RunTelemetry.class);
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final int LOOKS_A_SNAPSHOT = 5;

  /** Beyond it the run goes on to its end without what is still to be published. */
  private static final long LONGEST_END_SECONDS = 10;

  private final Clock clock;
  private final Publish publish;
  private final PublishedFigures figures;
  private final Inbox inbox = new Inbox();
  private final AtomicReference<Figures> current;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Runnable background;
  private final RunFacts facts;
  private final IntFunction<PhaseName> phases;
  private final ExecutorService executor;
  private final Thread thread;
  private @Nullable OtlpPush otlp;
  private final List<PushLoop> pushes = new ArrayList<>();
  private final @Nullable MetricsPage page;

  /** Whether the load has come to its end, and whoever reads its figures is waited for. */
  private boolean waited;

  private RunTelemetry(
      RunFacts facts, Clock clock, IntFunction<PhaseName> phases, Runnable background) {
    this.facts = facts;
    this.phases = phases;
    this.clock = clock;
    this.background = background;
    this.publish = facts.scenario().publish();
    this.figures = new PublishedFigures(facts, phases);
    this.executor = Executors.newCachedThreadPool(work -> inBackground("candor-push-http", work));
    this.current = new AtomicReference<>(figures.snapshot(clock.wallTime()));
    Publish.Page wanted = publish.prometheus();
    this.page =
        wanted == null ? null : MetricsPage.open(wanted.port(), current::get, this::inBackground);
    if (publish.remoteWrite() != null) {
      HttpPush to = new HttpPush(publish.remoteWrite(), executor);
      push(new RemoteWrite(to, facts.run()), publish.remoteWrite().everyNanos());
    }
    switch (publish.influx()) {
      case null -> {}
      case Publish.Influx.Lines lines -> push(new LineFile(lines.file()), lines.everyNanos());
      case Publish.Influx.Server(Publish.Receiver to) ->
          push(new LinePush(new HttpPush(to, executor)), to.everyNanos());
    }
    this.thread = inBackground("candor-publish", this::work);
  }

  /**
   * Opens the ways that the scenario's {@code publish} names.
   *
   * @param phases what a phase is called, by its index; for any thread
   * @param background run first by each thread of it: it yields to the load's
   * @throws dev.candor.base.error.CandorException where the port is taken
   */
  public static RunTelemetry open(
      RunFacts facts, Clock clock, IntFunction<PhaseName> phases, Runnable background) {
    RunTelemetry telemetry = new RunTelemetry(facts, clock, phases, background);
    if (telemetry.page != null) {
      LOG.info("figures for Prometheus on {}", telemetry.page.address());
    }
    return telemetry;
  }

  /** Where Prometheus reads, or null. */
  public @Nullable String page() {
    return page == null ? null : page.address();
  }

  /** An attempt that an earlier process has recorded; ahead of {@link #begin}. */
  public void earlier(AttemptRecord attempt) {
    figures.add(attempt);
  }

  /**
   * The load begins.
   *
   * @param start of the run on the calendar, from which its instants count
   */
  public void begin(Instant start) {
    Publish.Otlp wanted = publish.otlp();
    if (wanted != null) {
      OtlpPush opened = OtlpPush.of(facts, wanted, start, executor);
      otlp = opened;
      push(opened, wanted.to().everyNanos());
    }
    thread.start();
    pushes.forEach(PushLoop::start);
  }

  /** An attempt that has ended. */
  public void attempt(AttemptRecord attempt) {
    inbox.put(new Inbox.Item.Ended(attempt));
  }

  /**
   * A second that is over.
   *
   * @param limited whether it shows the client rather than the target
   */
  public void second(HealthWindow window, boolean limited) {
    inbox.put(new Inbox.Item.Second(window, limited));
  }

  /**
   * The load is over and all of it recorded: publishes the last of it.
   *
   * @param hurried whether nobody is to be waited for
   * @return what a reader of the run must know of it
   */
  public List<String> end(boolean hurried) throws InterruptedException {
    waited = !hurried;
    over.countDown();
    long until = clock.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
    thread.join(TimeUnit.SECONDS.toMillis(LONGEST_END_SECONDS));
    List<String> notes = new ArrayList<>();
    for (PushLoop push : pushes) {
      String note = push.await(until - clock.nanoTime());
      if (note != null) {
        notes.add(note);
      }
    }
    if (inbox.dropped() > 0) {
      notes.add(
          "publish: %d attempts and seconds are in none of the published figures, as too many waited"
              .formatted(inbox.dropped()));
    }
    if (otlp != null && otlp.dropped() > 0) {
      notes.add(
          "publish: %d spans were not sent, as too many waited; publish.otlp.spans says how many there are"
              .formatted(otlp.dropped()));
    }
    return notes;
  }

  /** Waits for the last reading of the page, as long as the scenario says at most. */
  public void awaitLastReading() throws InterruptedException {
    Publish.Page wanted = publish.prometheus();
    if (page != null && wanted != null && waited) {
      page.awaitReading(wanted.lingerNanos());
    }
  }

  @Override
  public void close() {
    over.countDown();
    executor.shutdown();
    if (page != null) {
      page.close();
    }
  }

  private void work() {
    int looks = 0;
    boolean last;
    do {
      last = pause();
      inbox.take(this::add);
      if (last || ++looks % LOOKS_A_SNAPSHOT == 0) {
        figures.dropped(inbox.dropped());
        if (last) {
          figures.finished();
        }
        current.set(figures.snapshot(clock.wallTime()));
      }
    } while (!last);
    pushes.forEach(PushLoop::end);
    if (page != null) {
      page.ended();
    }
  }

  /** Whether it is over now. */
  private boolean pause() {
    try {
      return over.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void add(Inbox.Item item) {
    switch (item) {
      case Inbox.Item.Ended(AttemptRecord attempt) -> {
        figures.add(attempt);
        if (otlp != null) {
          otlp.add(attempt, phases.apply(attempt.phase()));
        }
      }
      case Inbox.Item.Second(HealthWindow window, boolean limited) -> {
        figures.add(window, limited);
        if (otlp != null) {
          otlp.add(window);
        }
      }
    }
  }

  private void push(Push push, long everyNanos) {
    pushes.add(new PushLoop(push, everyNanos, current::get, this::inBackground));
  }

  private Thread inBackground(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .unstarted(
            () -> {
              background.run();
              work.run();
            });
  }
}
