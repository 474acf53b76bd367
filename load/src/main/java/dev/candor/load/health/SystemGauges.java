package dev.candor.load.health;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** Gauges of a loop over real sockets, as far as this platform has them. */
public final class SystemGauges implements LoopGauges {
  private final ReceiveQueues sockets = new ReceiveQueues();
  private @Nullable ThreadSchedule before;
  private long open;
  private long made;

  /** Looks at {@code channel} too, until it closes. */
  public void watch(Channel channel) {
    sockets.watch(channel);
    made++;
    open++;
    channel.closeFuture().addListener(closed -> open--);
  }

  @Override
  public void probe() {
    sockets.sample();
  }

  @Override
  public Reading read() {
    ThreadSchedule now = ThreadSchedule.ofThisThread();
    ThreadSchedule passed = now == null || before == null ? null : now.since(before);
    before = now;
    Reading reading =
        new Reading(
            passed == null ? null : Long.valueOf(passed.deniedNanos()),
            passed == null ? null : Long.valueOf(passed.preemptions()),
            sockets.maxBytes(),
            sockets.waitingShare(),
            open,
            made);
    made = 0;
    sockets.reset();
    return reading;
  }
}
