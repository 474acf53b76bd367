package dev.candor.load.transport.http;

import dev.candor.base.time.Clock;
import dev.candor.load.driver.Loop;
import dev.candor.load.driver.Loops;
import dev.candor.load.transport.Dialect;
import dev.candor.scenario.Target;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of a run over HTTP: epoll where the platform has it, NIO elsewhere. */
public final class HttpLoops implements Loops {
  private final MultiThreadIoEventLoopGroup group;
  private final List<Loop> loops;

  /** Starts {@code count} loops that send to {@code url}. */
  public HttpLoops(int count, URI url, Target target, Dialect dialect, Clock clock) {
    HttpTarget httpTarget = HttpTarget.of(url, target, dialect);
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            count, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends Channel> type = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    loops = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      EventLoop eventLoop = group.next();
      LoopScheduler scheduler = new LoopScheduler(eventLoop, clock);
      HttpTransport transport = new HttpTransport(eventLoop, type, scheduler, httpTarget);
      loops.add(new Loop(i, scheduler, transport, eventLoop));
    }
  }

  @Override
  public List<Loop> loops() {
    return loops;
  }

  @Override
  public void close() {
    for (Loop loop : loops) {
      loop.executor().execute(loop.transport()::close);
    }
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
