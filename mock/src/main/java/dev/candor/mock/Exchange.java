package dev.candor.mock;

import dev.candor.base.time.Scheduler;
import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.fault.AnswerFaults;
import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler;
import dev.candor.mock.times.TokenListener;
import dev.candor.mock.times.TokenTimes;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.MockFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer, from its first token to its end, well or not. Tokens come when they are ready; they
 * are sent at once, unless a fault or a client that reads slowly holds them back. <b>For the mock's
 * event loop.</b>
 */
final class Exchange implements TokenListener, RequestHandler.InFlight {
  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final long EARLY_NANOS = 10_000;

  /** What an exchange needs of the service, and tells it. */
  interface Service {
    Scheduler scheduler();

    /** Builds events; to be used and left at once. */
    StringBuilder scratch();

    /** A token was ready; {@code gapNanos} after the one before, or the request's arrival. */
    void produced(Exchange exchange, boolean first, long gapNanos);

    /** An event was sent, and nothing but the mock itself made it late. */
    void sent(long intendedNanos, long emittedNanos);

    void ended(Exchange exchange);
  }

  private final Admitted admitted;
  private final AnswerTrace trace = new AnswerTrace();
  private final Service service;
  private final Reply reply;
  private final AnswerPlan plan;
  private final AnswerFaults faults;
  private final AnswerSender sender;
  private final int tokensPerChunk;
  private TokenTimes.@Nullable Handle times;

  private int produced;
  private long firstTokenNanos;
  private long lastTokenNanos;
  private int inEvent;
  private int nextFault;
  private long heldUntil;
  private boolean started;
  private boolean ended;

  private long startNanos;
  private long endNanos;
  private int replica = -1;
  private boolean complete;
  private boolean clientGone;
  private boolean crashed;
  private boolean slowReader;
  private @Nullable String brokenBy;

  Exchange(
      Service service,
      Reply reply,
      Admitted admitted,
      AnswerPlan plan,
      AnswerFaults faults,
      AnswerWriter writer,
      int tokensPerChunk) {
    this.service = service;
    this.reply = reply;
    this.admitted = admitted;
    this.plan = plan;
    this.faults = faults;
    this.sender = new AnswerSender(service::scratch, reply, admitted, plan, faults, writer);
    this.lastTokenNanos = admitted.arrivalNanos();
    this.tokensPerChunk = faults.tokensPerChunk() > 0 ? faults.tokensPerChunk() : tokensPerChunk;
  }

  /** How it is stopped from being timed. */
  void timedBy(TokenTimes.Handle handle) {
    times = handle;
    if (ended) {
      handle.cancel();
    }
  }

  @Override
  public void scheduled(long nanos, int cached, int onReplica) {
    startNanos = nanos;
    sender.cached(cached);
    replica = onReplica;
  }

  @Override
  public void preempted(long nanos) {
    trace.preempted(nanos);
  }

  @Override
  public void crashed(long nanos) {
    // A dead process closes its sockets; what it had in its hands is lost.
    if (!ended) {
      crashed = true;
      brokenBy = FaultKind.CRASH.key();
      reply.reset();
      end();
    }
  }

  @Override
  public void token(long nanos) {
    if (ended) {
      return;
    }
    service.produced(this, produced == 0, nanos - lastTokenNanos);
    lastTokenNanos = nanos;
    inEvent++;
    produced++;
    firstTokenNanos = produced == 1 ? nanos : firstTokenNanos;
    boolean last = produced == plan.tokens();
    if (!admitted.stream()) {
      if (last) {
        trace.ready(nanos, produced);
        send();
      }
      return;
    }
    if (last || inEvent == tokensPerChunk || produced == plan.reasoningTokens()) {
      trace.ready(nanos, inEvent);
      inEvent = 0;
      send();
    }
  }

  private void send() {
    while (trace.hasNext() && !ended && !isHeld() && !strikes()) {
      if (!reply.isWritable()) {
        slowReader = true;
        return;
      }
      if (admitted.stream()) {
        sendEvent();
      } else {
        sendWhole();
      }
    }
  }

  private boolean isHeld() {
    if (!started) {
      started = true;
      long delay = faults.delayNanos();
      if (delay > 0) {
        hold(delay);
      }
    }
    return heldUntil != 0 && heldUntil > service.scheduler().nanoTime();
  }

  private void hold(long nanos) {
    if (nanos == FOR_EVER) {
      heldUntil = FOR_EVER;
    } else {
      heldUntil = service.scheduler().nanoTime() + nanos;
      // A timer may fire a moment early.
      service.scheduler().at(heldUntil + EARLY_NANOS, this::goOn);
    }
  }

  private void goOn() {
    if (!ended) {
      send();
    }
  }

  private void sendEvent() {
    boolean last = sender.prepare(trace.nextTokens());
    noteSent();
    sender.send(last);
    if (last) {
      complete = true;
      end();
    }
  }

  private void sendWhole() {
    noteSent();
    complete = sender.whole();
    end();
  }

  private void noteSent() {
    long now = service.scheduler().nanoTime();
    long intended = trace.nextIntended();
    boolean held = heldUntil > 0 && heldUntil > intended;
    long meant = held ? heldUntil : intended;
    trace.sent(meant, now);
    if (!slowReader) {
      service.sent(meant, now);
    }
  }

  /** Whether the answer ends or stops here by a fault. */
  private boolean strikes() {
    List<MockFault.MidStream> midStream = faults.midStream();
    while (nextFault < midStream.size() && isDue(midStream.get(nextFault))) {
      if (strike(midStream.get(nextFault++))) {
        return true;
      }
    }
    return false;
  }

  private boolean isDue(MockFault.MidStream fault) {
    return admitted.stream()
        ? sender.sentTokens() >= fault.afterTokens()
        : plan.tokens() > fault.afterTokens();
  }

  private boolean strike(MockFault.MidStream fault) {
    brokenBy = AnswerFaults.name(fault);
    return switch (fault) {
      case MockFault.Stall(int _, long nanos) -> {
        hold(nanos == 0 ? FOR_EVER : nanos);
        if (nanos == 0) {
          reply.abandon();
          end();
        }
        yield true;
      }
      case MockFault.Reset _ -> {
        reply.reset();
        yield end();
      }
      case MockFault.Disconnect _ -> {
        reply.close();
        yield end();
      }
      case MockFault.Truncated _ -> {
        sender.truncate();
        yield end();
      }
      case MockFault.ErrorFrame _ -> {
        sender.error();
        yield end();
      }
      case MockFault.MalformedJson _ -> {
        sender.malformed();
        yield false;
      }
    };
  }

  @Override
  public void writable() {
    goOn();
  }

  @Override
  public void clientGone() {
    clientGone = true;
    if (!ended) {
      end();
    }
  }

  /** Something else tells the client: nothing more is said here. */
  void discard() {
    ended = true;
  }

  private boolean end() {
    if (!ended) {
      ended = true;
      endNanos = service.scheduler().nanoTime();
      if (times != null && produced < plan.tokens()) {
        times.cancel();
      }
      service.ended(this);
    }
    return true;
  }

  AnswerPlan plan() {
    return plan;
  }

  int sentTokens() {
    return sender.sentTokens();
  }

  int cachedTokens() {
    return sender.cachedTokens();
  }

  Admitted admitted() {
    return admitted;
  }

  boolean complete() {
    return complete;
  }

  boolean clientLeft() {
    return clientGone;
  }

  /** 0: work on it has not begun. */
  long startNanos() {
    return startNanos;
  }

  /** 0: there was none. */
  long firstTokenNanos() {
    return firstTokenNanos;
  }

  long lastTokenNanos() {
    return lastTokenNanos;
  }

  long endNanos() {
    return endNanos;
  }

  int replica() {
    return replica;
  }

  /** What went wrong last, or null. */
  @Nullable String brokenBy() {
    return brokenBy;
  }

  /** Without those that would have come later than the answer's end. */
  private List<String> struckNames() {
    List<String> names = new ArrayList<>(faults.names());
    for (MockFault.MidStream later :
        faults.midStream().subList(nextFault, faults.midStream().size())) {
      names.remove(AnswerFaults.name(later));
    }
    if (crashed) {
      names.add(FaultKind.CRASH.key());
    }
    return names;
  }

  TruthRecord truth() {
    return new TruthRecord(
        admitted.number(),
        admitted.dialect().path(),
        sender.status(),
        admitted.arrivalNanos(),
        startNanos,
        endNanos,
        replica,
        admitted.promptTokens(),
        sender.cachedTokens(),
        sender.sentTokens(),
        Math.min(sender.sentTokens(), plan.reasoningTokens()),
        trace.preempted(),
        trace.sent(),
        struckNames(),
        slowReader,
        complete);
  }
}
