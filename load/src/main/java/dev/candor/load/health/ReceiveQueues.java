package dev.candor.load.health;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether bytes stand unread in a loop's sockets. <b>For its loop's thread only.</b>
 *
 * <p>Samples are taken by a timer, which a loop runs after it has read what it had found readable:
 * what is unread then came during that turn, and has waited for as long as the turn took. A loop
 * that keeps up finds almost none; one that is never done finds bytes in nearly all.
 */
final class ReceiveQueues {
  /** A look takes well under a microsecond: so many every 10 ms can't be felt. */
  private static final int AT_ONCE = 8;

  private final UnreadBytes unread = new UnreadBytes();
  private final List<Watched> open = new ArrayList<>();
  private int next;
  private int looks;
  private int waiting;
  private int maxBytes;

  private static final class Watched {
    final UnixChannel channel;
    int place;

    Watched(UnixChannel channel, int place) {
      this.channel = channel;
      this.place = place;
    }
  }

  /** Looks at {@code channel} until it closes, if it is one that can be looked at. */
  void watch(Channel channel) {
    if (UnreadBytes.available() && channel instanceof UnixChannel socket) {
      Watched watched = new Watched(socket, open.size());
      open.add(watched);
      channel.closeFuture().addListener(closed -> forget(watched));
    }
  }

  /** Fills the gap with the last one, so that thousands that close at once cost little. */
  private void forget(Watched gone) {
    Watched last = open.removeLast();
    if (last != gone) {
      open.set(gone.place, last);
      last.place = gone.place;
    }
  }

  /** Looks at the next few. */
  void sample() {
    for (int i = Math.min(AT_ONCE, open.size()); i > 0; i--) {
      next = next + 1 < open.size() ? next + 1 : 0;
      UnixChannel channel = open.get(next).channel;
      int bytes = channel.isActive() ? unread.of(channel.fd().intValue()) : UnreadBytes.UNKNOWN;
      if (bytes != UnreadBytes.UNKNOWN) {
        looks++;
        waiting += bytes > 0 ? 1 : 0;
        maxBytes = Math.max(maxBytes, bytes);
      }
    }
  }

  void reset() {
    looks = waiting = maxBytes = 0;
  }

  /** Most that one had; null where none was looked at. */
  @Nullable Long maxBytes() {
    return looks == 0 ? null : Long.valueOf(maxBytes);
  }

  /** The share of looks that found any, 0 to 1; null without a look. */
  @Nullable Double waitingShare() {
    return looks == 0 ? null : Double.valueOf((double) waiting / looks);
  }
}
