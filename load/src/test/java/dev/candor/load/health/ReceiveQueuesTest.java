package dev.candor.load.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real sockets, and a channel that does not read. */
final class ReceiveQueuesTest {
  private final ReceiveQueues queues = new ReceiveQueues();

  @Test
  void sample_seesWhatNobodyHasRead() throws Exception {
    assumeTrue(Epoll.isAvailable() && UnreadBytes.available(), "needs epoll on Linux");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory())) {
      EventLoop loop = group.next();
      Channel channel =
          new Bootstrap()
              .group(loop)
              .channel(EpollSocketChannel.class)
              .option(ChannelOption.AUTO_READ, false)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server.getInetAddress(), server.getLocalPort())
              .sync()
              .channel();
      try (Socket peer = server.accept()) {
        loop.submit(() -> queues.watch(channel)).get();
        assertThat(look(loop)).isZero();
        peer.getOutputStream().write(new byte[123]);
        awaitBytes(loop, 123);
        assertThat(queues.waitingShare()).isEqualTo(1.0);
        loop.submit(queues::reset).get();
        assertThat(queues.maxBytes()).isNull();
        assertThat(queues.waitingShare()).isNull();
      }
      channel.close().sync();
      assertThat(look(loop)).isEqualTo(-1);
    }
  }

  @Test
  void channelWithoutADescriptor_isNotLookedAt() {
    queues.watch(new io.netty.channel.embedded.EmbeddedChannel());
    queues.sample();
    assertThat(queues.maxBytes()).isNull();
  }

  private long look(EventLoop loop) throws Exception {
    return loop.submit(
            () -> {
              queues.reset();
              queues.sample();
              Long most = queues.maxBytes();
              return most == null ? -1L : most;
            })
        .get();
  }

  private void awaitBytes(EventLoop loop, long bytes) throws Exception {
    for (int tries = 0; look(loop) != bytes; tries++) {
      if (tries > 1000) {
        throw new IOException("the bytes did not arrive within 10 s");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
