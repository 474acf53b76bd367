package dev.candor.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The system calls of Linux that {@link KernelTimestamps} needs and Java has not. */
final class Posix {
  private static final int AF_INET = 2;
  private static final int SOCK_STREAM = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPING = 37;
  private static final int RX_SOFTWARE_AND_SOFTWARE = 1 << 3 | 1 << 4;
  private static final int CLOCK_REALTIME = 0;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLLIN = 1;

  private final MethodHandle socket = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private final MethodHandle connect = handle("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle setsockopt =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle recvmsg = handle("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle clock = handle("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle create = handle("epoll_create1", JAVA_INT, JAVA_INT);
  private final MethodHandle control =
      handle("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private final MethodHandle wait =
      handle("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment time = arena.allocate(16, 8);

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  /** A connection to 127.0.0.1 whose data carries the kernel's instants of arrival. */
  int connect(int port) {
    try {
      int fd = checked("socket", (int) socket.invokeExact(AF_INET, SOCK_STREAM, 0));
      MemorySegment flags = arena.allocate(4, 4);
      flags.set(JAVA_INT, 0, RX_SOFTWARE_AND_SOFTWARE);
      checked(
          "setsockopt", (int) setsockopt.invokeExact(fd, SOL_SOCKET, SO_TIMESTAMPING, flags, 4));
      MemorySegment address = arena.allocate(16, 8);
      address.set(JAVA_SHORT, 0, (short) AF_INET);
      byte[] rest = {(byte) (port >> 8), (byte) port, 127, 0, 0, 1};
      MemorySegment.copy(rest, 0, address, JAVA_BYTE, 2, rest.length);
      checked("connect", (int) connect.invokeExact(fd, address, 16));
      return fd;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** An epoll instance that watches {@code sockets}; their events carry their index. */
  int epoll(int[] sockets) {
    try {
      int epoll = checked("epoll_create1", (int) create.invokeExact(0));
      MemorySegment event = arena.allocate(12, 8);
      for (int i = 0; i < sockets.length; i++) {
        event.set(JAVA_INT, 0, EPOLLIN);
        event.set(JAVA_INT, 4, i);
        checked("epoll_ctl", (int) control.invokeExact(epoll, EPOLL_CTL_ADD, sockets[i], event));
      }
      return epoll;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  int epollWait(int epoll, MemorySegment events, int most, int millis) {
    try {
      return (int) wait.invokeExact(epoll, events, most, millis);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  long recvmsg(int fd, MemorySegment message) {
    try {
      return (long) recvmsg.invokeExact(fd, message, 0);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The calendar's nanoseconds, on which the kernel stamps. */
  long realtime() {
    try {
      checked("clock_gettime", (int) clock.invokeExact(CLOCK_REALTIME, time));
      return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, 8);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int checked(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException(call + " failed");
    }
    return result;
  }
}
