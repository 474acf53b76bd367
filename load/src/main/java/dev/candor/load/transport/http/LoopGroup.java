package dev.candor.load.transport.http;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.load.driver.CoreSharing;
import dev.candor.scenario.ClientSettings;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Event loops as {@code target.client} wants them, and the kinds of sockets that fit them. */
final class LoopGroup implements AutoCloseable {
  /**
   * Completions that io_uring may have ready: at Netty's own 4,096, 5,000 starts a second overflow.
   */
  private static final int COMPLETIONS = 1 << 15;

  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private final Sockets sockets;

  /**
   * The sockets of one way to wait for them.
   *
   * @param unix takes Netty's {@code DomainSocketAddress} with epoll and io_uring, Java's own
   *     {@code UnixDomainSocketAddress} with NIO
   */
  private record Sockets(
      IoHandlerFactory handlers, Class<? extends Channel> tcp, Class<? extends Channel> unix) {}

  /**
   * Starts {@code count} loops.
   *
   * @throws CandorException where this machine cannot do what the settings ask for
   */
  LoopGroup(int count, ClientSettings settings) {
    sockets = sockets(settings);
    group = new MultiThreadIoEventLoopGroup(count, sockets.handlers());
    try {
      for (int i = 0; i < count; i++) {
        EventLoop loop = group.next();
        loops.add(loop);
        loop.execute(CoreSharing::loopGoesFirst);
        if (!settings.pin().isEmpty()) {
          pin(loop, settings.pin().get(i % settings.pin().size()));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static void pin(EventLoop loop, int core) {
    // A thread can only be asked to bind itself where its number in the kernel is not known.
    var pinned = loop.submit(() -> CoreAffinity.bindThisThread(core)).awaitUninterruptibly();
    if (pinned.cause() instanceof RuntimeException failure) {
      throw failure;
    }
    if (pinned.cause() != null) {
      throw new IllegalStateException(pinned.cause());
    }
  }

  private static Sockets sockets(ClientSettings settings) {
    return switch (settings.io()) {
      // Not io_uring, even where there is one: docs/benchmarks.md has the figures.
      case AUTO -> Epoll.isAvailable() || settings.busyPoll() ? epoll(settings.busyPoll()) : nio();
      case EPOLL -> epoll(settings.busyPoll());
      case IO_URING -> {
        require("io_uring", IoUring.isAvailable(), IoUring::unavailabilityCause);
        yield new Sockets(
            IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setCqSize(COMPLETIONS)),
            IoUringSocketChannel.class,
            IoUringDomainSocketChannel.class);
      }
      case NIO -> nio();
    };
  }

  private static Sockets epoll(boolean busyPoll) {
    require("epoll", Epoll.isAvailable(), Epoll::unavailabilityCause);
    return new Sockets(
        busyPoll
            ? EpollIoHandler.newFactory(0, () -> (selectNow, hasTasks) -> SelectStrategy.BUSY_WAIT)
            : EpollIoHandler.newFactory(),
        EpollSocketChannel.class,
        EpollDomainSocketChannel.class);
  }

  private static Sockets nio() {
    return new Sockets(
        NioIoHandler.newFactory(), NioSocketChannel.class, NioDomainSocketChannel.class);
  }

  private static void require(String io, boolean available, Supplier<@Nullable Throwable> why) {
    if (!available) {
      Throwable cause = why.get();
      String said = cause == null ? "" : ": " + cause.getMessage();
      throw new CandorException(
          ErrorCode.USER,
          "target.client asks for %s, which this machine does not have%s".formatted(io, said),
          cause);
    }
  }

  /** The loops, of which each one's thread runs already. */
  List<EventLoop> loops() {
    return loops;
  }

  /** The kind of socket for TCP. */
  Class<? extends Channel> tcp() {
    return sockets.tcp();
  }

  /** The kind of socket for a path in the file system. */
  Class<? extends Channel> unix() {
    return sockets.unix();
  }

  /** Ends the loops; their channels are closed. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
