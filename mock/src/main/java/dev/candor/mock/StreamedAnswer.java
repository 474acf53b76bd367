package dev.candor.mock;

import dev.candor.base.time.Clock;
import dev.candor.protocol.openai.serve.ChatChunks;
import dev.candor.protocol.openai.serve.ChatRequest;
import dev.candor.scenario.MockFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer's events at their instants, which are counted from its start and never from the
 * event before. <b>For its channel's event loop.</b>
 */
final class StreamedAnswer {
  private final Channel channel;
  private final Clock clock;
  private final ChatRequest request;
  private final ServiceTimes.Answer answer;
  private final ChatChunks chunks;
  private final AnswerText text;
  private final @Nullable MockFault fault;
  private final boolean stopped;
  private final int promptTokens;
  private final int tokensPerChunk;
  private final int events;
  private final long[] intended;
  private final long[] emitted;
  private final int[] tokens;
  private int next;
  private int sentTokens;
  private boolean opened;

  /** What is told once the answer has ended, well or not. */
  interface Ending {
    void ended(
        long[] intended,
        long[] emitted,
        int[] tokens,
        int events,
        int sentTokens,
        boolean complete);
  }

  private final Ending ending;

  StreamedAnswer(
      Channel channel,
      Clock clock,
      ChatRequest request,
      ServiceTimes.Answer answer,
      ChatChunks chunks,
      int promptTokens,
      int tokensPerChunk,
      @Nullable MockFault fault,
      Ending ending) {
    this.channel = channel;
    this.clock = clock;
    this.request = request;
    this.answer = answer;
    this.chunks = chunks;
    this.text = new AnswerText(answer.seed());
    this.promptTokens = promptTokens;
    this.tokensPerChunk = tokensPerChunk;
    this.fault = fault;
    this.ending = ending;
    this.stopped =
        !request.ignoreEos() && (request.maxTokens() == 0 || answer.tokens() < request.maxTokens());
    int thought = Math.ceilDiv(answer.reasoningTokens(), tokensPerChunk);
    int said = Math.ceilDiv(answer.tokens() - answer.reasoningTokens(), tokensPerChunk);
    this.events = thought + said;
    this.intended = new long[events];
    this.emitted = new long[events];
    this.tokens = new int[events];
  }

  void start(long now) {
    long at = now;
    int token = 0;
    for (int event = 0; event < events; event++) {
      boolean reasoning = token < answer.reasoningTokens();
      int end = reasoning ? answer.reasoningTokens() : answer.tokens();
      int count = Math.min(tokensPerChunk, end - token);
      for (int i = 0; i < count; i++) {
        at += answer.gapsNanos()[token++];
      }
      tokens[event] = count;
      intended[event] = at;
    }
    schedule();
  }

  private void schedule() {
    long delay = Math.max(0, intended[next] - clock.nanoTime());
    var _ = channel.eventLoop().schedule(this::emitDue, delay, TimeUnit.NANOSECONDS);
  }

  private void emitDue() {
    if (!channel.isActive()) {
      ending.ended(intended, emitted, tokens, next, sentTokens, false);
      return;
    }
    long now = clock.nanoTime();
    while (next < events && intended[next] <= now) {
      if (faultStrikes()) {
        return;
      }
      emit();
      now = clock.nanoTime();
    }
    if (next < events) {
      schedule();
    }
  }

  private void emit() {
    StringBuilder event = new StringBuilder(256);
    if (next == 0) {
      open();
      event.append(chunks.role());
    }
    String words = text.next(tokens[next]);
    event.append(
        sentTokens < answer.reasoningTokens() ? chunks.reasoning(words) : chunks.answer(words));
    boolean last = next == events - 1;
    if (last) {
      event.append(chunks.finish(stopped ? "stop" : "length"));
      if (request.includeUsage()) {
        event.append(chunks.usage(promptTokens, answer.tokens(), answer.reasoningTokens()));
      }
      event.append(chunks.done());
    }
    ByteBuf buffer = ascii(event);
    emitted[next] = clock.nanoTime();
    sentTokens += tokens[next];
    next++;
    channel.write(new DefaultHttpContent(buffer));
    if (last) {
      channel.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    channel.flush();
    if (last) {
      ending.ended(intended, emitted, tokens, next, sentTokens, true);
    }
  }

  private void open() {
    if (!opened) {
      opened = true;
      channel.write(responseHead());
    }
  }

  /** Whether the answer goes wrong here; it then ends, or hangs, here. */
  private boolean faultStrikes() {
    return switch (fault) {
      case MockFault.Truncated truncated -> {
        if (sentTokens >= truncated.afterTokens()) {
          open();
          channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
          yield cutShort();
        }
        yield false;
      }
      case MockFault.Disconnect disconnect -> {
        if (sentTokens >= disconnect.afterTokens()) {
          channel.close();
          yield cutShort();
        }
        yield false;
      }
      case MockFault.ErrorFrame errorFrame -> {
        if (sentTokens >= errorFrame.afterTokens()) {
          String frame = ChatChunks.errorFrame("engine_died", "the engine stopped");
          open();
          channel.write(new DefaultHttpContent(ascii(frame)));
          channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
          yield cutShort();
        }
        yield false;
      }
      case MockFault.Stall stall -> sentTokens >= stall.afterTokens() && cutShort();
      case null -> false;
      default -> false;
    };
  }

  private boolean cutShort() {
    ending.ended(intended, emitted, tokens, next, sentTokens, false);
    return true;
  }

  private ByteBuf ascii(CharSequence event) {
    return ByteBufUtil.writeUtf8(channel.alloc(), event);
  }

  static HttpResponse responseHead() {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    return head;
  }
}
