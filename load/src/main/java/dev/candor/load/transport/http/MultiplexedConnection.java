package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2: as many exchanges at a time as the server takes, each a stream, or one at a time where
 * the scenario wants that. <b>For its event loop's thread only.</b>
 */
final class MultiplexedConnection extends Http2EventAdapter
    implements Connection, Http2Wire.Watcher {
  /*
   * A response that is whole is told when its stream is closed, a moment later in the same read: then
   * the place is free for the user's next request. Where the answer's end event comes without
   * END_STREAM, the user is told at the end of the read, and the stream, should it linger, is reset
   * after a while, so that it does not take its place for ever.
   */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Odd ids up to 2^31 − 1 are all that a connection has. */
  private static final int LAST_STREAM = Integer.MAX_VALUE - 2;

  private final HttpTransport transport;
  private final Channel channel;
  private final Http2Head head;
  private final ReadClock clock;
  private final Http2Wire wire;
  private final boolean onePerRequest;
  private final IntObjectHashMap<StreamAnswer> streams = new IntObjectHashMap<>();
  private final List<StreamAnswer> complete = new ArrayList<>();
  private final BiConsumer<Outcome, String> failed;
  private @Nullable Consumer<Connection> ready;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Throwable lost;

  /** Whether the server wants no further streams on it. */
  private boolean goneAway;

  private boolean sending;

  /** Whether the pool has it among the free ones. */
  private boolean free = true;

  private MultiplexedConnection(
      HttpTransport transport,
      Channel channel,
      Consumer<Connection> ready,
      BiConsumer<Outcome, String> failed) {
    this.transport = transport;
    this.channel = channel;
    this.ready = ready;
    this.failed = failed;
    this.head = transport.target.http2Head();
    this.clock = new ReadClock(transport.scheduler);
    this.onePerRequest = transport.target.connections().onePerRequest();
    this.wire = Http2Wire.create(this, this);
  }

  /**
   * Has {@code channel} speak HTTP/2: {@code ready} hears of the connection once the server has
   * said how many streams it takes, or {@code failed} of why not.
   */
  static void install(
      HttpTransport transport,
      Channel channel,
      Consumer<Connection> ready,
      BiConsumer<Outcome, String> failed) {
    MultiplexedConnection made = new MultiplexedConnection(transport, channel, ready, failed);
    channel.closeFuture().addListener(closed -> made.closed());
    channel.pipeline().addFirst(made.clock).addLast(made.wire);
    made.context = channel.pipeline().context(made.wire);
    channel.pipeline().remove(Early.class);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ignored, Http2Settings settings) {
    Consumer<Connection> waiting = ready;
    if (waiting != null) {
      ready = null;
      waiting.accept(this);
    } else if (free && !onePerRequest && room() == 0) {
      free = false;
      transport.forget(this);
    } else {
      offer();
    }
  }

  private void closed() {
    if (ready != null) {
      ready = null;
      Throwable cause = lost;
      boolean tls = ConnectFailure.isTls(cause);
      failed.accept(
          tls ? Outcome.TLS_FAILED : Outcome.NOT_HTTP,
          "%s does not begin HTTP/2 (%s)%s"
              .formatted(
                  transport.target.where(),
                  tls && cause != null
                      ? ConnectFailure.tlsReason(cause)
                      : cause == null ? "it closed the connection" : cause.getMessage(),
                  tls ? "" : "; target.connections.http: \"1.1\" goes without"));
    } else {
      free = false;
      transport.forget(this);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isActive() && !goneAway && streamIds().lastStreamCreated() < LAST_STREAM;
  }

  private Http2Connection.Endpoint<?> streamIds() {
    return wire.connection().local();
  }

  @Override
  public int room() {
    return onePerRequest || !isOpen()
        ? 0
        : Math.max(0, streamIds().maxActiveStreams() - streamIds().numActiveStreams());
  }

  @Override
  public long rttNanos() {
    return transport.roundTrip.nanos(channel);
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public void send(HttpExchange exchange) {
    ChannelHandlerContext on = Objects.requireNonNull(context);
    exchange.onConnection(this);
    int id = streamIds().incrementAndGetNextStreamId();
    long begun = transport.scheduler.nanoTime();
    StreamAnswer stream = new StreamAnswer(id, transport.target, begun);
    stream.answer.begin(exchange);
    streams.put(id, stream);
    sending = true;
    byte[] body = exchange.request.body();
    Http2Headers headers = head.of(exchange.number(), body.length);
    ChannelPromise sent = on.newPromise();
    boolean bodyless = body.length == 0;
    wire.encoder().writeHeaders(on, id, headers, 0, bodyless, bodyless ? sent : on.newPromise());
    if (!bodyless) {
      wire.encoder().writeData(on, id, Unpooled.wrappedBuffer(body), 0, true, sent);
    }
    sent.addListener(
        done -> {
          if (done.isSuccess()) {
            if (stream.answer.exchange() == exchange) {
              // Handed over while it was flushed, most often; a long body, as the window opens.
              exchange.requestSent(begun, sending ? begun : transport.scheduler.nanoTime());
            }
          } else if (wire.connection().stream(id) == null && streams.remove(id) != null) {
            // The stream could not be opened; else its end is told.
            brokenOff(stream, "sending failed: " + done.cause().getMessage());
          }
        });
    wire.flush(on);
    sending = false;
    // The pool takes it back by itself where it has room left.
    free = room() > 0;
    offer();
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ignored,
      int id,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end) {
    onHeadersRead(ignored, id, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ignored, int id, Http2Headers headers, int padding, boolean end) {
    StreamAnswer stream = streams.get(id);
    if (stream == null) {
      return;
    }
    int status = stream.headed ? 0 : status(headers);
    if (!stream.headed && (status < 100 || (status < 200 && end))) {
      stream.fault = "not an HTTP/2 response: it has no status";
      reset(stream);
      return;
    } else if (status >= 200) {
      stream.headed = true;
      if (!stream.answer.head(
          status,
          headers.get("content-encoding"),
          name -> text(headers.get(name)),
          clock.nanos())) {
        stop(stream, stream.answer.end(clock.nanos()), null);
      }
    }
    if (end) {
      ended(stream);
    }
  }

  private static @Nullable String text(@Nullable CharSequence value) {
    return value == null ? null : value.toString();
  }

  private static int status(Http2Headers headers) {
    CharSequence status = headers.status();
    return status != null
            && status.length() == 3
            && status.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(status, 0, 3, 10)
        : 0;
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ignored, int id, ByteBuf data, int padding, boolean end) {
    int consumed = data.readableBytes() + padding;
    StreamAnswer stream = streams.get(id);
    if (stream != null) {
      if (stream.answer.exchange() != null) {
        body(stream, data);
      }
      if (end) {
        ended(stream);
      }
    }
    return consumed;
  }

  private void body(StreamAnswer stream, ByteBuf data) {
    byte[] scratch = transport.reads.scratch;
    boolean more = true;
    while (data.isReadable() && more) {
      int length = Math.min(data.readableBytes(), scratch.length);
      data.readBytes(scratch, 0, length);
      more = stream.answer.body(scratch, 0, length, clock.nanos());
    }
    if (stream.answer.failed()) {
      stop(stream, stream.answer.end(clock.nanos()), null);
    } else if (stream.answer.complete()) {
      complete.add(stream);
    }
  }

  /** END_STREAM: the response is whole. */
  private void ended(StreamAnswer stream) {
    stream.whole = true;
    Http2Stream state = wire.connection().stream(stream.id);
    if (state != null && state.state() != Http2Stream.State.HALF_CLOSED_LOCAL) {
      // It is answered and not all sent: the rest is not wanted.
      reset(stream);
    }
  }

  /** A socket read is over: whose answer is complete need not wait for its stream's end. */
  @Override
  public void ofRead() {
    for (int i = 0; i < complete.size(); i++) {
      StreamAnswer stream = complete.get(i);
      if (stream.answer.exchange() != null) {
        transport.scheduler.after(LINGER_NANOS, () -> reset(stream));
        finish(stream);
      }
    }
    complete.clear();
  }

  private void finish(StreamAnswer stream) {
    HttpExchange current = stream.answer.exchange();
    if (current != null) {
      Outcome outcome = stream.answer.end(clock.nanos());
      stream.answer.release();
      current.finish(outcome, null);
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ignored, int id, long code) {
    StreamAnswer stream = streams.get(id);
    if (stream != null) {
      Http2Error error = Http2Error.valueOf(code);
      stream.unprocessed = error == Http2Error.REFUSED_STREAM;
      stream.reset = "the server reset the stream (%s)".formatted(error == null ? code : error);
    }
  }

  @Override
  public void onGoAwayReceived(int lastStream, long code, ByteBuf debug) {
    goneAway = true;
    free = false;
    transport.forget(this);
    for (StreamAnswer stream : streams.values()) {
      stream.unprocessed = stream.id > lastStream;
    }
    // Not before the streams that it ends have been told.
    channel.eventLoop().execute(this::closeWhenDrained);
  }

  private void closeWhenDrained() {
    if (!isOpen() && streams.isEmpty() && channel.isActive()) {
      channel.close();
    }
  }

  @Override
  public void onStreamClosed(Http2Stream closed) {
    StreamAnswer stream = streams.remove(closed.id());
    // Free before the user hears of it, so that the next request finds it.
    offer();
    if (stream == null) {
      return;
    }
    if (stream.whole) {
      finish(stream);
    } else {
      brokenOff(
          stream,
          lost != null
              ? "the connection broke: " + lost.getMessage()
              : stream.reset != null ? stream.reset : stream.answer.whereBroken());
    }
    closeWhenDrained();
  }

  /** The stream is over before its response is. */
  private void brokenOff(StreamAnswer stream, String why) {
    HttpExchange current = stream.answer.exchange();
    if (current == null) {
      return;
    }
    boolean first = current.trace.resends == 0;
    if (stream.unprocessed && first && !stream.headed) {
      stream.answer.release();
      transport.resendAnywhere(current);
    } else if (first && !channel.isActive() && wasClosedAsUsed(stream)) {
      stream.answer.release();
      transport.resend(current);
    } else {
      Outcome outcome = outcome(stream);
      stream.answer.release();
      current.finish(outcome, stream.fault == null ? why : stream.fault);
    }
  }

  /** A kept connection of which nothing has come since the request went out. */
  private boolean wasClosedAsUsed(StreamAnswer stream) {
    return stream.id > 1 && clock.nanos() < stream.begun;
  }

  private Outcome outcome(StreamAnswer stream) {
    if (stream.fault != null) {
      return stream.oversized ? Outcome.OVERSIZED : Outcome.NOT_HTTP;
    }
    if (!stream.headed && lost instanceof Http2Exception) {
      // Beyond a quarter more than the limit, Netty gives up the connection.
      return String.valueOf(lost.getMessage()).startsWith("Header size exceeded")
          ? Outcome.OVERSIZED
          : Outcome.NOT_HTTP;
    }
    if (!stream.headed && ConnectFailure.isTls(lost)) {
      return Outcome.TLS_FAILED;
    }
    return stream.answer.broken(transport.scheduler.nanoTime());
  }

  @Override
  public void ofStream(int id, Http2Exception cause) {
    StreamAnswer stream = streams.get(id);
    if (stream != null) {
      stream.fault = "not an HTTP/2 response: " + cause.getMessage();
      stream.oversized = cause instanceof Http2Exception.HeaderListSizeException;
    }
  }

  @Override
  public void ofConnection(Throwable cause) {
    if (lost == null) {
      lost = cause;
    }
  }

  @Override
  public void abort(HttpExchange exchange, Outcome outcome, @Nullable String why) {
    for (StreamAnswer stream : streams.values()) {
      if (stream.answer.exchange() == exchange) {
        stop(stream, outcome, why);
        return;
      }
    }
  }

  /** Ends the exchange though its response goes on; the connection lives on. */
  private void stop(StreamAnswer stream, Outcome outcome, @Nullable String why) {
    HttpExchange current = stream.answer.exchange();
    stream.answer.release();
    reset(stream);
    if (current != null) {
      current.finish(outcome, why);
    }
  }

  /** Ends a stream from our side; {@link #onStreamClosed} follows. */
  private void reset(StreamAnswer stream) {
    if (streams.get(stream.id) == stream) {
      ChannelHandlerContext on = Objects.requireNonNull(context);
      wire.resetStream(on, stream.id, Http2Error.CANCEL.code(), on.newPromise());
      wire.flush(on);
    }
  }

  /** Gives itself back to the pool where that does not have it and it can take an exchange. */
  private void offer() {
    boolean takes = onePerRequest ? isOpen() && streams.isEmpty() : room() > 0;
    if (!free && !sending && takes && ready == null) {
      free = true;
      transport.release(this);
    }
  }

  /** A stream and what its response amounts to. */
  private static final class StreamAnswer {
    final int id;
    final HttpAnswer answer;

    /** Instant at which its request began to be sent. */
    final long begun;

    boolean headed;
    boolean whole;
    boolean oversized;

    /** Whether the server has said that it did nothing for it. */
    boolean unprocessed;

    /** What the server said when it reset the stream. */
    @Nullable String reset;

    /** What was wrong with the response's frames. */
    @Nullable String fault;

    StreamAnswer(int id, HttpTarget target, long begun) {
      this.id = id;
      this.answer = new HttpAnswer(target);
      this.begun = begun;
    }
  }
}
