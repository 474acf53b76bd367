package dev.candor.scenario;

import java.util.List;

/**
 * How the load generator itself runs.
 *
 * @param loops event loops; 0: as many as the cores allow
 * @param io how sockets are waited for
 * @param busyPoll whether loops spin instead of sleeping: a core each, for the last microseconds
 * @param pin cores that the loops are bound to, loop i to the i-th, round and round; empty: none
 */
public record ClientSettings(int loops, Io io, boolean busyPoll, List<Integer> pin) {

  public static final ClientSettings DEFAULT = new ClientSettings(0, Io.AUTO, false, List.of());

  public ClientSettings {
    pin = List.copyOf(pin);
  }

  /** Ways to wait for sockets; the key is what scenarios say. */
  public enum Io {
    /** The fastest that works here. */
    AUTO("auto"),
    EPOLL("epoll"),
    IO_URING("io_uring"),
    NIO("nio");

    private final String key;

    Io(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}
