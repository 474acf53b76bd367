package dev.candor.load.transport.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names, off the event loops; what was found is kept for the run, what was
 * not is asked for again. Thread-safe.
 */
final class Resolver {
  private final Names names;
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> found =
      new ConcurrentHashMap<>();

  /** Where names are looked up; may block. */
  interface Names {
    /** All addresses of {@code name}, the best first; at least one. */
    InetAddress[] lookup(String name) throws UnknownHostException;
  }

  Resolver(Names names) {
    this.names = names;
  }

  /** {@code host} as an address, null where it is a name. */
  static @Nullable InetAddress literal(String host) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  /** What was found of {@code name} before; null: nothing yet. */
  @Nullable List<InetAddress> known(String name) {
    CompletableFuture<List<InetAddress>> asked = found.get(name);
    return asked != null && asked.isDone() && !asked.isCompletedExceptionally()
        ? asked.join()
        : null;
  }

  /** The addresses of {@code name}; fails with {@link UnknownHostException}. */
  CompletableFuture<List<InetAddress>> addresses(String name) {
    return found.computeIfAbsent(name, this::lookUp);
  }

  /** Has {@code name} looked up afresh the next time: none of its addresses works any more. */
  void forget(String name) {
    found.remove(name);
  }

  private CompletableFuture<List<InetAddress>> lookUp(String name) {
    CompletableFuture<List<InetAddress>> future = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("resolve " + name)
        .start(
            () -> {
              try {
                future.complete(List.of(names.lookup(name)));
              } catch (UnknownHostException | RuntimeException e) {
                found.remove(name, future);
                future.completeExceptionally(e);
              }
            });
    return future;
  }
}
