package dev.candor.app.quota;

import dev.candor.base.time.VirtualTime;
import dev.candor.load.driver.Loop;
import dev.candor.load.transport.TraceReader;
import dev.candor.load.transport.Transport;
import dev.candor.token.Tokenizer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Minutes of probing in virtual time. <b>For one thread.</b> */
final class VirtualBench implements Bench {
  private final VirtualTime time;
  private final Loop loop;
  private final Probes probes;
  private final TraceReader reader;
  private final long origin;

  VirtualBench(VirtualTime time, Transport transport, Tokenizer tokenizer) {
    this.time = time;
    this.loop = new Loop(0, time, transport, Runnable::run);
    this.probes = new Probes(tokenizer, null);
    this.origin = time.nanoTime();
    this.reader = new TraceReader(origin, null);
  }

  @Override
  public long originNanos() {
    return origin;
  }

  @Override
  public long nanos() {
    return time.nanoTime() - origin;
  }

  @Override
  public List<Probe> fire(Volley volley, int phase) {
    CompletableFuture<List<Probe>> done = FiredVolley.fire(volley, phase, loop, probes, reader);
    while (!done.isDone()) {
      if (!time.runNext()) {
        throw new IllegalStateException("a simulated answer never ended");
      }
    }
    return done.join();
  }

  @Override
  public void rest(long nanos) {
    time.runUntil(time.nanoTime() + nanos);
  }

  @Override
  public void close() {
    loop.transport().close();
    reader.close();
  }
}
