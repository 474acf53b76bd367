package dev.candor.load.transport.http;

import dev.candor.base.time.Timer;
import dev.candor.record.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: one exchange at a time on a connection. <b>For its event loop's thread only.</b> */
final class Http1Connection extends ChannelInboundHandlerAdapter
    implements Connection, Http1Response.Listener {
  /*
   * An answer is complete with its end event, and its user goes on; the few bytes that end the body
   * may come in a later packet. Until then the connection drains: it has no exchange and is not
   * free.
   */
  private static final long DRAIN_NANOS = 1_000_000_000;

  private static final int DRAIN_LIMIT = 64 << 10;

  private final HttpTransport transport;
  private final Channel channel;
  private final HttpAnswer answer;
  private final Http1Response response = new Http1Response();
  private final RequestWriter writer;
  private long readNanos;

  /** Whether it has carried an exchange before this one, so that the server may be closing it. */
  private boolean kept;

  /** Whether a byte of the exchange's response has come. */
  private boolean heard;

  /** Whether the server answered before it had all of the request, and so reads the rest as it. */
  private boolean unsent;

  private boolean ended;
  private boolean draining;
  private int drained;
  private @Nullable Timer drainLimit;
  private @Nullable Throwable cause;

  Http1Connection(HttpTransport transport, Channel channel) {
    this.transport = transport;
    this.channel = channel;
    this.answer = new HttpAnswer(transport.target);
    this.writer = new RequestWriter(channel, transport.scheduler);
  }

  /** First in the pipeline: one clock reading per socket read, before decryption and parsing. */
  ChannelInboundHandlerAdapter readClock() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        readNanos = transport.scheduler.nanoTime();
        context.fireChannelRead(message);
      }
    };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    // A server that refuses a long request early answers and closes: a write that fails must leave
    // the answer to be read.
    channel.config().setAutoClose(false);
    channel.config().setRecvByteBufAllocator(transport.reads);
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
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
  public void send(HttpExchange next) {
    answer.begin(next);
    next.onConnection(this);
    heard = false;
    unsent = false;
    cause = null;
    writer.begin(next, transport.target.head());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writer.writable();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf read = (ByteBuf) message;
    byte[] scratch = transport.reads.scratch;
    try {
      while (read.isReadable()) {
        if (answer.exchange() == null && !draining) {
          // Bytes that nobody asked for.
          close();
          return;
        }
        int length = Math.min(read.readableBytes(), scratch.length);
        read.readBytes(scratch, 0, length);
        heard = true;
        int taken = response.read(scratch, 0, length, this);
        if (ended) {
          end(taken < length || read.isReadable());
          return;
        }
      }
    } finally {
      read.release();
    }
  }

  @Override
  public void onHead(int status, @Nullable String encoding, Map<String, String> fields) {
    if (status >= 300) {
      // The server wants no more of a request that it has not yet read.
      unsent = writer.writing();
      writer.stop();
    }
    if (!answer.head(status, encoding, fields::get, readNanos)) {
      stop();
    }
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    if (draining) {
      drained += length;
      if (drained > DRAIN_LIMIT) {
        response.stop();
        close();
      }
      return;
    }
    answer.body(bytes, offset, length, readNanos);
    if (answer.failed()) {
      stop();
    }
  }

  @Override
  public void onEnd() {
    ended = true;
  }

  @Override
  public void onBroken(Outcome outcome, String why) {
    HttpExchange current = answer.exchange();
    if (current != null) {
      abort(current, outcome, why);
    } else {
      close();
    }
  }

  /** Ends the exchange though its body goes on: no more of it is wanted. */
  private void stop() {
    abort(Objects.requireNonNull(answer.exchange()), answer.end(readNanos), null);
  }

  /**
   * The response is complete.
   *
   * @param surplus whether bytes follow it, which can be an answer to nothing
   */
  private void end(boolean surplus) {
    ended = false;
    HttpExchange current = answer.exchange();
    Outcome outcome = current == null ? null : answer.end(readNanos);
    answer.release();
    unsent |= writer.writing();
    writer.stop();
    stopDraining();
    kept = true;
    // Free before the user hears of it, so that the next request finds it.
    if (response.keepAlive() && !surplus && !unsent && isOpen()) {
      transport.release(this);
    } else {
      close();
    }
    if (current != null && outcome != null) {
      current.finish(outcome, null);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (answer.complete()) {
      drain(Objects.requireNonNull(answer.exchange()));
    }
  }

  private void drain(HttpExchange current) {
    Outcome outcome = answer.end(readNanos);
    answer.release();
    if (response.keepAlive() && !unsent && !writer.writing()) {
      draining = true;
      drained = 0;
      drainLimit = transport.scheduler.after(DRAIN_NANOS, this::close);
    } else {
      response.stop();
      close();
    }
    current.finish(outcome, null);
  }

  private void stopDraining() {
    draining = false;
    if (drainLimit != null) {
      drainLimit.cancel();
      drainLimit = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    HttpExchange current = answer.exchange();
    stopDraining();
    writer.stop();
    if (current == null) {
      transport.forget(this);
    } else if (kept && !heard && current.trace.resends == 0 && !(cause instanceof SSLException)) {
      // The server closed the connection as we used it; it has not seen the request, or not
      // answered it: no fault of either.
      answer.release();
      transport.resend(current);
    } else if (cause != null && !heard && ConnectFailure.isTls(cause)) {
      ConnectFailure failure = ConnectFailure.ofTls(transport.target.where(), cause);
      answer.release();
      current.finish(failure.outcome(), failure.why());
    } else {
      boolean whole = response.endsWithConnection() && cause == null;
      long now = transport.scheduler.nanoTime();
      Outcome outcome = whole ? answer.end(now) : answer.broken(now);
      if (!whole) {
        current.trace.error = whereBroken(current.trace.error);
      }
      answer.release();
      current.finish(outcome, null);
    }
    context.fireChannelInactive();
  }

  /**
   * @param judged what was said of the response so far, or null
   */
  private String whereBroken(@Nullable String judged) {
    String where = judged == null ? answer.whereBroken() : judged;
    return cause == null ? where : where + ": " + reason(cause);
  }

  private static String reason(Throwable cause) {
    String message = cause instanceof IOException ? cause.getMessage() : cause.toString();
    // Netty's native transport says "recvAddress(..) failed with error(-104): Connection reset by
    // peer".
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceFirst("^.*error\\(-?\\d+\\): ", "");
  }

  /** Closing tells the exchange. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    cause = thrown.getCause() instanceof SSLException tls ? tls : thrown;
    close();
  }

  @Override
  public void abort(HttpExchange current, Outcome outcome, @Nullable String why) {
    if (answer.exchange() == current) {
      answer.release();
    }
    writer.stop();
    response.stop();
    close();
    current.finish(outcome, why);
  }
}
