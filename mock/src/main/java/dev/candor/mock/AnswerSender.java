package dev.candor.mock;

import dev.candor.mock.answer.AnswerPlan;
import dev.candor.mock.answer.AnswerText;
import dev.candor.mock.fault.AnswerFaults;
import dev.candor.mock.http.Reply;
import dev.candor.protocol.serve.AnswerWriter;
import dev.candor.protocol.serve.Piece;
import dev.candor.protocol.serve.PieceKind;
import dev.candor.protocol.serve.ServiceError;
import dev.candor.protocol.serve.TokenUsage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts one answer's tokens into its dialect and on the wire, with the faults that change what is
 * sent and not when. <b>For the mock's event loop.</b>
 */
final class AnswerSender {
  private final Supplier<StringBuilder> scratch;
  private final Reply reply;
  private final Admitted admitted;
  private final AnswerPlan plan;
  private final AnswerFaults faults;
  private final AnswerWriter writer;
  private final AnswerText text;
  private StringBuilder prepared = new StringBuilder(0);
  private int sentTokens;
  private int cachedTokens;
  private int status;
  private boolean malformedWhole;

  /**
   * @param scratch gives a builder that is empty, and used and left at once
   */
  AnswerSender(
      Supplier<StringBuilder> scratch,
      Reply reply,
      Admitted admitted,
      AnswerPlan plan,
      AnswerFaults faults,
      AnswerWriter writer) {
    this.scratch = scratch;
    this.reply = reply;
    this.admitted = admitted;
    this.plan = plan;
    this.faults = faults;
    this.writer = writer;
    this.text = plan.text();
  }

  /** Tokens of the prompt that a cache held, for the usage. */
  void cached(int tokens) {
    cachedTokens = tokens;
  }

  int cachedTokens() {
    return cachedTokens;
  }

  int sentTokens() {
    return sentTokens;
  }

  /** Of the response, 0 where there is none yet. */
  int status() {
    return status;
  }

  /**
   * Writes the event of the next {@code count} tokens, to be sent by {@link #send} at once.
   *
   * @return whether it is the answer's last
   */
  boolean prepare(int count) {
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
    prepared = out;
    return last;
  }

  /** Hands the prepared event to the socket. */
  void send(boolean last) {
    if (faults.splitUtf8()) {
      splitInTwo(prepared, last);
    } else if (last) {
      reply.lastEvents(prepared);
    } else {
      reply.events(prepared);
    }
  }

  /** Takes events; ahead of the first of them it has those that open a stream. */
  private StringBuilder opened() {
    StringBuilder out = scratch.get();
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

  /**
   * Sends the whole answer as one body.
   *
   * @return whether it is well
   */
  boolean whole() {
    String body = writer.whole(pieces(), plan.finish(), usage(plan.tokens()));
    if (malformedWhole) {
      body = body.substring(0, body.length() / 2);
    }
    sentTokens = plan.tokens();
    status = 200;
    reply.whole(200, "application/json", body, admitted.headers());
    return !malformedWhole;
  }

  private List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    if (plan.reasoningTokens() > 0) {
      pieces.add(new Piece(PieceKind.REASONING, nextText(plan.reasoningTokens())));
    }
    pieces.add(new Piece(plan.kind(), nextText(plan.tokens() - plan.reasoningTokens())));
    return pieces;
  }

  private @Nullable TokenUsage usage(int outputTokens) {
    return faults.usage()
        ? new TokenUsage(
            admitted.promptTokens(),
            cachedTokens,
            Math.max(0, admitted.cacheableTokens() - cachedTokens),
            (int) Math.round(outputTokens * faults.usageFactor()),
            Math.min(outputTokens, plan.reasoningTokens()))
        : null;
  }

  /**
   * An orderly end that is too early; a whole answer is as if a proxy had waited for it in vain.
   */
  void truncate() {
    if (admitted.stream()) {
      reply.lastEvents(opened());
    } else {
      reply.close();
    }
  }

  /** An error amid the stream, or in place of the whole answer. */
  void error() {
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

  /** An event, or a body, that is cut off in the middle of its JSON. */
  void malformed() {
    if (!admitted.stream()) {
      malformedWhole = true;
      return;
    }
    StringBuilder out = opened();
    writer.piece(plan.kind(sentTokens), "", out);
    out.setLength((out.lastIndexOf("data: ") + out.length()) / 2);
    reply.events(out.append("\n\n"));
  }
}
