package dev.candor.mock;

import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerText;
import dev.candor.mock.fault.AnswerFaults;
import dev.candor.mock.http.Reply;
import dev.candor.mock.http.RequestHandler;
import dev.candor.mock.times.TokenListener;
import dev.candor.mock.times.TokenTimes;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.protocol.serve.Piece;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.protocol.serve.TokenUsage;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.MockFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One answer, from its first token to its end, well or not. Tokens come when they are ready; they
 * are sent at once, unless a fault or a client that reads slowly holds them back. <b>For the mock's
 * event loop.</b>
 */
final class Exchange implements TokenListener, RequestHandler.InFlight {
  private static final long FOR_EVER = Long.MAX_VALUE;

  /** What an exchange needs of the service, and tells it. */
  interface Service {
    long nanoTime();

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
  private final AnswerWriter writer;
  private final AnswerText text;
  private final int tokensPerChunk;
  private TokenTimes.@Nullable Handle times;

  private int produced;
  private long firstTokenNanos;
  private long lastTokenNanos;
  private int inEvent;
  private int sentTokens;
  private int nextFault;
  private long heldUntil;
  private boolean started;
  private boolean ended;

  private long startNanos;
  private long endNanos;
  private int replica = -1;
  private int cachedTokens;
  private boolean complete;
  private boolean clientGone;
  private boolean malformedWhole;
  private boolean crashed;
  private boolean slowReader;
  private @Nullable String brokenBy;
  private int status;

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
    this.writer = writer;
    this.text = plan.text();
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
    cachedTokens = cached;
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
    return heldUntil > service.nanoTime();
  }

  private void hold(long nanos) {
    heldUntil = nanos == FOR_EVER ? FOR_EVER : service.nanoTime() + nanos;
    if (heldUntil != FOR_EVER) {
      // A timer may fire a moment early.
      reply
          .channel()
          .eventLoop()
          .schedule(this::goOn, nanos + TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.NANOSECONDS);
    }
  }

  private void goOn() {
    if (!ended) {
      send();
    }
  }

  private void sendEvent() {
    int count = trace.nextTokens();
    int first = sentTokens;
    boolean last = first + count == plan.tokens();
    StringBuilder out = opened();
    for (int i = faults.pingsPerToken() * count; i > 0; i--) {
      writer.ping(out);
    }
    writer.piece(plan.kind(first), nextText(count), out);
    if (last) {
      writer.close(plan.finish(), usage(plan.tokens()), out);
    }
    sentTokens += count;
    noteSent();
    if (faults.splitUtf8()) {
      splitInTwo(out, last);
    } else if (last) {
      reply.lastEvents(out);
    } else {
      reply.events(out);
    }
    if (last) {
      complete = true;
      end();
    }
  }

  /** Takes events; ahead of the first of them it has those that open a stream. */
  private StringBuilder opened() {
    StringBuilder out = service.scratch();
    if (!reply.headSent()) {
      reply.openEvents(admitted.headers());
      status = 200;
      writer.open(usage(0), out);
    }
    return out;
  }

  private String nextText(int count) {
    String words = text.next(count);
    // Arguments of a tool must stay JSON; words may be any.
    return faults.splitUtf8() && plan.kind() == PieceKind.TEXT ? words.replace('e', 'é') : words;
  }

  /** Two writes, parted within a character of two bytes where there is one. */
  private void splitInTwo(StringBuilder out, boolean last) {
    ByteBuf bytes = ByteBufUtil.writeUtf8(reply.channel().alloc(), out);
    int within = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), (byte) 0xC3);
    if (within >= 0) {
      reply.bytes(bytes.readRetainedSlice(within + 1 - bytes.readerIndex()));
    }
    reply.bytes(bytes);
    if (last) {
      reply.end();
    }
  }

  private void sendWhole() {
    String body = writer.whole(pieces(), plan.finish(), usage(plan.tokens()));
    if (malformedWhole) {
      body = body.substring(0, body.length() / 2);
    }
    sentTokens = plan.tokens();
    noteSent();
    status = 200;
    reply.whole(200, "application/json", body, admitted.headers());
    complete = !malformedWhole;
    end();
  }

  private List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    if (plan.reasoningTokens() > 0) {
      pieces.add(new Piece(PieceKind.REASONING, nextText(plan.reasoningTokens())));
    }
    pieces.add(new Piece(plan.kind(), nextText(plan.tokens() - plan.reasoningTokens())));
    return pieces;
  }

  private void noteSent() {
    long now = service.nanoTime();
    long intended = trace.nextIntended();
    boolean held = heldUntil > 0 && heldUntil > intended;
    long meant = held ? heldUntil : intended;
    trace.sent(meant, now);
    if (!slowReader) {
      service.sent(meant, now);
    }
  }

  private @Nullable TokenUsage usage(int outputTokens) {
    return faults.usage()
        ? new TokenUsage(
            admitted.promptTokens(),
            cachedTokens,
            (int) Math.round(outputTokens * faults.usageFactor()),
            Math.min(outputTokens, plan.reasoningTokens()))
        : null;
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
        ? sentTokens >= fault.afterTokens()
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
        if (!admitted.stream()) {
          reply.close();
          yield end();
        }
        reply.lastEvents(opened());
        yield end();
      }
      case MockFault.ErrorFrame _ -> {
        errorFrame();
        yield end();
      }
      case MockFault.MalformedJson _ -> {
        malformed();
        yield false;
      }
    };
  }

  private void errorFrame() {
    ServiceError died = ServiceError.of(500, "the engine stopped");
    if (admitted.stream()) {
      StringBuilder out = opened();
      writer.errorFrame(died, out);
      reply.lastEvents(out);
    } else {
      status = 500;
      String body = admitted.dialect().provider().errorBody(died, "req_" + admitted.id());
      reply.whole(500, "application/json", body, admitted.headers());
    }
  }

  /** An event that is cut off in the middle of its JSON. */
  private void malformed() {
    if (!admitted.stream()) {
      malformedWhole = true;
      return;
    }
    StringBuilder out = opened();
    writer.piece(plan.kind(sentTokens), "", out);
    out.setLength((out.lastIndexOf("data: ") + out.length()) / 2);
    reply.events(out.append("\n\n"));
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
      endNanos = service.nanoTime();
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
    return sentTokens;
  }

  int cachedTokens() {
    return cachedTokens;
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
        status,
        admitted.arrivalNanos(),
        startNanos,
        endNanos,
        replica,
        admitted.promptTokens(),
        cachedTokens,
        sentTokens,
        Math.min(sentTokens, plan.reasoningTokens()),
        trace.preempted(),
        trace.sent(),
        struckNames(),
        slowReader,
        complete);
  }
}
