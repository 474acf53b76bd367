package dev.candor.load.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.base.time.Scheduler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a connection's requests, as fast as its socket takes them. <b>For its event loop's thread
 * only.</b>
 */
final class RequestWriter {
  /*
   * A request that fits into a slice is one buffer and one write. A longer one goes slice by slice,
   * each copied when the socket has room for it, so that little is held in native memory; and after
   * a few of them other connections have their turn.
   *
   * `sent` is read before the write that hands over the last byte, not behind it: the server may
   * have answered before a thread that lost its core comes back from that write, and a latency must
   * not look shorter for it. Where the socket has no room for all of it at once, `sent` is when it
   * has taken the rest.
   */
  private static final int SLICE = 64 << 10;

  private static final int SLICES_A_TURN = 4;

  /** Two numbers, and the words between them. */
  private static final int FRAMING = 64;

  private final Channel channel;
  private final Scheduler scheduler;
  private @Nullable HttpExchange exchange;
  private byte[] body = new byte[0];
  private int offset;
  private long begun;
  private boolean busy;

  RequestWriter(Channel channel, Scheduler scheduler) {
    this.channel = channel;
    this.scheduler = scheduler;
  }

  /**
   * Begins a request.
   *
   * @param head request line and headers, up to the value of the last, the request's number
   */
  void begin(HttpExchange next, byte[] head) {
    exchange = next;
    body = next.request.body();
    int framed = head.length + FRAMING;
    offset = Math.clamp(SLICE - framed, 0, body.length);
    ByteBuf buffer = channel.alloc().directBuffer(framed + offset);
    buffer.writeBytes(head);
    buffer.writeCharSequence(next.number(), US_ASCII);
    buffer.writeCharSequence("\r\ncontent-length: ", US_ASCII);
    buffer.writeCharSequence(Integer.toString(body.length), US_ASCII);
    buffer.writeCharSequence("\r\n\r\n", US_ASCII);
    buffer.writeBytes(body, 0, offset);
    busy = true;
    begun = scheduler.nanoTime();
    write(buffer, begun);
    goOn(1);
  }

  /** Leaves unwritten what is left of the request. */
  void stop() {
    exchange = null;
    body = new byte[0];
  }

  /** Whether the socket has not yet taken all of the request. */
  boolean writing() {
    return exchange != null;
  }

  /** The socket has room again. */
  void writable() {
    if (!busy) {
      goOn(0);
    }
  }

  private void goOn(int slicesOfTurn) {
    int slices = slicesOfTurn;
    busy = true;
    while (offset < body.length && channel.isWritable()) {
      if (slices++ == SLICES_A_TURN) {
        // Still busy, until this turn comes.
        scheduler.after(0, () -> goOn(0));
        return;
      }
      int count = Math.min(SLICE, body.length - offset);
      ByteBuf slice = channel.alloc().directBuffer(count).writeBytes(body, offset, count);
      offset += count;
      write(slice, scheduler.nanoTime());
    }
    busy = false;
  }

  /** A write that fails is not told here: what can still be read says what came of it. */
  private void write(ByteBuf slice, long now) {
    ChannelFuture written = channel.writeAndFlush(slice);
    if (offset < body.length) {
      return;
    }
    if (written.isSuccess()) {
      sent(now);
    } else if (!written.isDone()) {
      HttpExchange current = exchange;
      written.addListener(
          future -> {
            if (future.isSuccess() && exchange == current) {
              sent(scheduler.nanoTime());
            }
          });
    }
  }

  private void sent(long now) {
    HttpExchange current = exchange;
    stop();
    if (current != null) {
      current.requestSent(begun, now);
    }
  }
}
