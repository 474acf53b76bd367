package dev.candor.app.quota;

import dev.candor.load.driver.Loop;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.load.transport.PreparedRequest;
import dev.candor.load.transport.TraceReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A volley in flight. <b>For its loop's thread only.</b> */
final class FiredVolley {
  private final Volley volley;
  private final int phase;
  private final Loop loop;
  private final Probes probes;
  private final TraceReader reader;
  private final CompletableFuture<List<Probe>> done = new CompletableFuture<>();
  private final List<Probe> ended = new ArrayList<>();
  private final long begin;
  private int sent;
  private int inFlight;
  private boolean over;

  private FiredVolley(Volley volley, int phase, Loop loop, Probes probes, TraceReader reader) {
    this.volley = volley;
    this.phase = phase;
    this.loop = loop;
    this.probes = probes;
    this.reader = reader;
    this.begin = loop.scheduler().nanoTime();
  }

  /**
   * Fires it from now on.
   *
   * @return its attempts in the order in which they were sent, once all have ended
   */
  static CompletableFuture<List<Probe>> fire(
      Volley volley, int phase, Loop loop, Probes probes, TraceReader reader) {
    FiredVolley fired = new FiredVolley(volley, phase, loop, probes, reader);
    fired.next();
    return fired.done;
  }

  private void next() {
    long now = loop.scheduler().nanoTime();
    // Counted from the start, so that no delay adds up.
    long due = begin + Math.round(sent / volley.ratePerSecond() * 1e9);
    if (over || sent >= volley.mostRequests() || due - begin > volley.mostNanos()) {
      over = true;
      finishIfIdle();
    } else if (due > now) {
      loop.scheduler().at(due, this::next);
    } else {
      send(due);
      loop.scheduler().after(0, this::next);
    }
  }

  private void send(long due) {
    PreparedRequest request = probes.make(volley.shape());
    AttemptTrace trace = new AttemptTrace();
    trace.keepText(false);
    trace.loop = loop.index();
    trace.phase = phase;
    trace.intended = due;
    trace.user = -1;
    trace.request = trace.session = request.number();
    trace.requestClass = request.requestClass();
    trace.inputTokensAsked = request.inputTokens();
    trace.maxTokens = request.maxTokens();
    trace.leaveAfter = request.leaving().events();
    sent++;
    inFlight++;
    var _ = loop.transport().start(request, trace, this::ended);
  }

  private void ended(AttemptTrace trace) {
    inFlight--;
    ended.add(new Probe(reader.read(trace), trace.hints));
    over |= volley.until().enough(ended);
    finishIfIdle();
  }

  private void finishIfIdle() {
    if (over && inFlight == 0) {
      List<Probe> all = new ArrayList<>(ended);
      all.sort(Comparator.comparingLong(probe -> probe.attempt().request()));
      done.complete(List.copyOf(all));
    }
  }
}
