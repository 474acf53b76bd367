package dev.candor.load.transport.http;

import dev.candor.load.transport.AttemptTrace;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * The network's round trip: the kernel's smoothed one, one system call a question; where it is not
 * told, a connection's TCP handshake. <b>For its event loop's thread only.</b>
 */
final class RoundTrip {
  private static final AttributeKey<Long> HANDSHAKE = AttributeKey.valueOf("candor.tcpHandshake");

  private @Nullable EpollTcpInfo info;

  /** Notes what the TCP handshake took, in nanoseconds. */
  static void handshake(Channel channel, long nanos) {
    channel.attr(HANDSHAKE).set(nanos);
  }

  /** In nanoseconds, or {@link AttemptTrace#NO_INSTANT} where it is not known. */
  long nanos(Channel channel) {
    if (channel instanceof EpollSocketChannel socket && socket.isActive()) {
      if (info == null) {
        info = new EpollTcpInfo();
      }
      try {
        return 1000 * socket.tcpInfo(info).rtt();
      } catch (ChannelException e) {
        // Closed in this moment.
      }
    }
    Long handshake = channel.attr(HANDSHAKE).get();
    return handshake == null ? AttemptTrace.NO_INSTANT : handshake;
  }
}
