package dev.candor.load.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;

/**
 * What a loop's sockets are read into, one after the other. <b>For its event loop's thread
 * only.</b>
 */
final class ReadBuffer implements RecvByteBufAllocator {
  /*
   * A read is parsed to its last byte before the next one, so one buffer serves all connections of
   * a loop: no allocation a read, nothing held for a connection that waits, and room for what a
   * server sends at once. Whoever keeps the buffer beyond its read (TLS, half a record) keeps it by
   * its count of references; reads meanwhile get one of the channel's allocator.
   */

  /** Bytes of one read at most. */
  static final int SIZE = 64 << 10;

  /** Then other connections have their turn. */
  private static final int MOST_READS = 4;

  /** Bytes of the read that is being parsed. */
  final byte[] scratch = new byte[SIZE];

  /** Goes with its loop, by the garbage collector. */
  private final ByteBuf shared = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SIZE));

  @Override
  @SuppressWarnings("deprecation") // Netty's own handles are of this type.
  public Handle newHandle() {
    return new Reads();
  }

  private final class Reads implements ExtendedHandle {
    private int attempted;
    private int last;
    private int reads;

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return shared.refCnt() == 1 ? shared.clear().retain() : allocator.directBuffer(SIZE);
    }

    @Override
    public int guess() {
      return SIZE;
    }

    @Override
    public void reset(ChannelConfig config) {
      reads = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    /** A read that did not fill the buffer has emptied the socket. */
    @Override
    public boolean continueReading() {
      return last > 0 && last == attempted && reads < MOST_READS;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
