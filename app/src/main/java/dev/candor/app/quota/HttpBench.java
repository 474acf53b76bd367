package dev.candor.app.quota;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.Dialect;
import dev.candor.load.transport.Dialects;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.http.HttpLoops;
import dev.candor.scenario.Target;
import dev.candor.token.Tokenizer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Probing over HTTP, on one event loop. <b>For one thread</b>, which waits. */
final class HttpBench implements Bench {
  private final HttpLoops loops;
  private final Loop loop;
  private final Probes probes;
  private final TraceReader reader;
  private final Clock clock;
  private final long origin;

  HttpBench(List<URI> urls, Target target, Tokenizer tokenizer, Clock clock) {
    Dialect dialect = Dialects.of(target);
    this.clock = clock;
    this.loops = new HttpLoops(1, urls, target, dialect, clock);
    this.loop = loops.loops().getFirst();
    this.probes = new Probes(tokenizer, dialect);
    this.origin = clock.nanoTime();
    this.reader = new TraceReader(origin, null);
  }

  @Override
  public long originNanos() {
    return origin;
  }

  @Override
  public long nanos() {
    return clock.nanoTime() - origin;
  }

  @Override
  public List<Probe> fire(Volley volley, int phase) throws InterruptedException {
    CompletableFuture<List<Probe>> done = new CompletableFuture<>();
    loop.executor()
        .execute(
            () -> {
              var _ =
                  FiredVolley.fire(volley, phase, loop, probes, reader)
                      .whenComplete(
                          (attempts, failure) -> {
                            if (failure == null) {
                              done.complete(attempts);
                            } else {
                              done.completeExceptionally(failure);
                            }
                          });
            });
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new CandorException(ErrorCode.INTERNAL, "probing failed", e.getCause());
    }
  }

  @Override
  public void rest(long nanos) throws InterruptedException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    loop.executor().execute(() -> loop.scheduler().after(nanos, () -> over.complete(null)));
    try {
      over.get();
    } catch (ExecutionException e) {
      throw new CandorException(ErrorCode.INTERNAL, "probing failed", e.getCause());
    }
  }

  @Override
  public void close() {
    loops.close();
    reader.close();
  }
}
