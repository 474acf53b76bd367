package dev.candor.app.web.live;

import dev.candor.app.run.LiveListener;
import dev.candor.app.web.http.Answer;
import dev.candor.app.web.http.Refusal;
import dev.candor.base.error.CandorException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs that somebody watches: each is read by one thread, however many watch it, and is let go of
 * some time after the last has gone.
 */
public final class LiveRuns implements AutoCloseable {
  private static final int MOST_RUNS = 16;
  private static final int MOST_WATCHERS = 64;
  private static final long KEPT_MILLIS = 30_000;

  private final Source source;
  private final long keptMillis;
  private final Map<String, Followed> followed = new HashMap<>();
  private int watchers;

  /** Where runs are. */
  public interface Source {
    /** Tells of a run until it has ended; returns at once where it has. */
    void follow(String id, LiveListener live) throws InterruptedException;

    /** What a run has come to, for those who have watched it. */
    Map<String, @Nullable Object> end(String id);
  }

  private record Followed(LiveRun run, Thread thread) {}

  public LiveRuns(Source source) {
    this(source, KEPT_MILLIS);
  }

  /**
   * @param keptMillis how long a run is followed when nobody watches it: who reloads a page comes
   *     back at once
   */
  LiveRuns(Source source, long keptMillis) {
    this.source = source;
    this.keptMillis = keptMillis;
  }

  /**
   * The events of a run from now on, all that was so far first.
   *
   * @param lastEvent that the client has seen before, null: none
   * @throws Refusal where too many are watching
   */
  public Answer watch(String id, @Nullable String lastEvent) {
    if (LiveEvents.LAST.equals(lastEvent)) {
      // By the specification of server-sent events, the client does not ask again.
      return Answer.text(204, "text/plain", "");
    }
    synchronized (this) {
      if (watchers >= MOST_WATCHERS) {
        throw new Refusal(503, "%d clients watch runs already".formatted(MOST_WATCHERS));
      }
      if (followed.size() >= MOST_RUNS && !followed.containsKey(id)) {
        throw new Refusal(503, "%d runs are watched already".formatted(MOST_RUNS));
      }
    }
    // Not before the client's answer has begun: one that has gone by then is never counted.
    return new Answer.Events(out -> begin(id).writeTo(out));
  }

  private synchronized Answer.Source begin(String id) {
    Watcher watcher = watchers >= MOST_WATCHERS ? null : of(id).watch(() -> gone(id));
    if (watcher == null) {
      return out -> out.write(LiveEvents.finished(source.end(id)));
    }
    watchers++;
    return watcher;
  }

  private LiveRun of(String id) {
    Followed known = followed.get(id);
    if (known != null) {
      return known.run();
    }
    LiveRun run = new LiveRun();
    Thread thread = Thread.ofVirtual().name("follow " + id).unstarted(() -> follow(id, run));
    followed.put(id, new Followed(run, thread));
    thread.start();
    return run;
  }

  private void follow(String id, LiveRun run) {
    try {
      source.follow(id, run);
    } catch (CandorException e) {
      // Its process has died, or nobody watches: an interrupted read ends like that too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forget(id, run);
      if (run.isWatched()) {
        run.end(source.end(id));
      } else {
        run.end(Map.of());
      }
    }
  }

  private synchronized void forget(String id, LiveRun run) {
    Followed known = followed.get(id);
    if (known != null && known.run() == run) {
      followed.remove(id);
    }
  }

  private void gone(String id) {
    synchronized (this) {
      watchers--;
    }
    var _ = Thread.ofVirtual().name("let go " + id).start(() -> letGo(id));
  }

  private void letGo(String id) {
    try {
      var _ = new CountDownLatch(1).await(keptMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (this) {
      Followed unwatched = followed.get(id);
      if (unwatched != null && !unwatched.run().isWatched()) {
        followed.remove(id);
        unwatched.thread().interrupt();
      }
    }
  }

  /** How many runs are read. */
  synchronized int following() {
    return followed.size();
  }

  @Override
  public synchronized void close() {
    followed.values().forEach(each -> each.thread().interrupt());
    followed.clear();
  }
}
