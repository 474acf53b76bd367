package dev.candor.load.server;

import dev.candor.base.time.Clock;
import dev.candor.record.ServerSample;
import dev.candor.scenario.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages on which servers tell of themselves, at the run's start and at whole multiples of
 * {@code target.metrics.every} from there. Pages do not wait for each other: one that is slow is
 * asked again when it has answered. None ever fails a run; {@link #finish} says what was missing.
 *
 * <p>What was told is handed over reading by reading and kept nowhere.
 */
public final class ServerScrape implements AutoCloseable {
  private final List<ScrapedPage> pages = new ArrayList<>();
  private final List<CompletableFuture<Void>> open = new ArrayList<>();
  private final Clock clock;
  private final long everyNanos;
  private final Consumer<List<ServerSample>> samples;
  private final MetricsClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("candor-metrics").factory());
  private final List<Reading> early = new ArrayList<>();
  private long origin;
  private boolean started;
  private boolean finished;
  private @Nullable Throwable defect;

  /** What a page told at an instant of the clock. */
  private record Reading(int target, long nanos, List<PageReading.Told> told) {

    List<ServerSample> since(long origin) {
      return told.stream()
          .map(
              each ->
                  new ServerSample(
                      nanos - origin, target, each.metric(), each.value(), each.part(), each.le()))
          .toList();
    }
  }

  /**
   * Reads a first time: what the client needs for it is in memory before the run begins.
   *
   * @param addresses of the target
   * @param samples takes what a page told, by one thread at a time
   */
  public ServerScrape(
      Target target, List<URI> addresses, Clock clock, Consumer<List<ServerSample>> samples) {
    this.clock = clock;
    this.samples = samples;
    everyNanos = target.metrics().everyNanos();
    for (URI url : target.metrics().of(addresses)) {
      pages.add(new ScrapedPage(pages.size(), url));
    }
    client = new MetricsClient(target);
    look(false);
  }

  /** Waits until each page was read once, or did not answer in time. */
  public void awaitFirst() throws InterruptedException {
    await(2 * MetricsClient.PATIENCE.toMillis());
  }

  /**
   * Reads at the run's start and from there on until {@link #finish}.
   *
   * @param startNanos of the run, on the clock; past where it goes on in its middle
   */
  public void start(long startNanos) {
    synchronized (this) {
      origin = startNanos;
      started = true;
      early.forEach(this::handOver);
      early.clear();
    }
    if (pages.isEmpty()) {
      return;
    }
    var _ =
        thread.scheduleAtFixedRate(
            () -> look(false),
            untilNext(clock.nanoTime() - startNanos, everyNanos),
            everyNanos,
            TimeUnit.NANOSECONDS);
  }

  /** A run that goes on after its process died began long ago: to its next whole multiple. */
  static long untilNext(long sinceStart, long everyNanos) {
    return sinceStart <= 0 ? -sinceStart : everyNanos - sinceStart % everyNanos;
  }

  private synchronized void look(boolean last) {
    open.removeIf(CompletableFuture::isDone);
    for (ScrapedPage page : pages) {
      long before = clock.nanoTime();
      if (page.ask(before, last)) {
        open.add(
            client
                .page(page.url)
                .thenApply(PageReading::of)
                .handle(
                    (told, failure) -> {
                      settle(page, before, told, failure);
                      return null;
                    }));
      }
    }
  }

  private synchronized void settle(
      ScrapedPage page,
      long before,
      @Nullable List<PageReading.Told> told,
      @Nullable Throwable failure) {
    if (finished) {
      return;
    }
    long now = clock.nanoTime();
    if (failure != null) {
      page.failed(now, MetricsClient.words(failure));
    } else if (told == null || told.isEmpty()) {
      page.failed(now, "nothing on the page that is known");
    } else {
      page.answered();
      Reading reading = new Reading(page.target, before + (now - before) / 2, told);
      if (started) {
        handOver(reading);
      } else {
        early.add(reading);
      }
    }
  }

  private void handOver(Reading reading) {
    try {
      samples.accept(reading.since(origin));
    } catch (RuntimeException e) {
      defect = e;
    }
  }

  /**
   * Ends it with a last look.
   *
   * @return what a reader must know of pages that did not always answer
   */
  public List<String> finish() throws InterruptedException {
    thread.shutdown();
    long patience = MetricsClient.PATIENCE.toMillis();
    if (thread.awaitTermination(patience, TimeUnit.MILLISECONDS)) {
      await(patience);
      look(true);
      await(2 * patience);
    }
    synchronized (this) {
      finished = true;
      List<String> notes = new ArrayList<>();
      for (ScrapedPage page : pages) {
        String note = page.note();
        if (note != null) {
          notes.add(note);
        }
      }
      return notes;
    }
  }

  /** Why what was told could not be handed over, null where it could. */
  public synchronized @Nullable Throwable failure() {
    return defect;
  }

  private void await(long millis) throws InterruptedException {
    CompletableFuture<Void> all;
    synchronized (this) {
      all = CompletableFuture.allOf(open.toArray(CompletableFuture[]::new));
    }
    try {
      all.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What has not come by now is not in the record.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.close();
  }
}
