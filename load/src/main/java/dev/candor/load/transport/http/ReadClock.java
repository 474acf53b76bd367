package dev.candor.load.transport.http;

import dev.candor.base.time.Scheduler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * First in a pipeline: one clock reading per socket read, before decryption and parsing. <b>For its
 * event loop's thread only.</b>
 */
final class ReadClock extends ChannelInboundHandlerAdapter {
  private final Scheduler scheduler;
  private long nanos;

  ReadClock(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.nanos = scheduler.nanoTime();
  }

  /** Instant of the last read; before the first, of the beginning. */
  long nanos() {
    return nanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    nanos = scheduler.nanoTime();
    context.fireChannelRead(message);
  }
}
