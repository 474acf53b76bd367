package dev.candor.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.candor.base.time.Clock;
import dev.candor.load.transport.AttemptTrace;
import dev.candor.protocol.body.EndMark;
import dev.candor.protocol.body.EventStreamReader;
import dev.candor.protocol.openai.ChatScanner;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How much later than the kernel a loop reads the clock: streams of events over loopback, read as
 * Candor reads them (epoll, a read, one clock reading, the parser), and the kernel's software
 * timestamp of the arrival beside it. Linux on x86-64, 2 cores or more.
 */
public final class KernelTimestamps {
  private static final Clock CLOCK = Clock.system();
  private static final int EVENTS_PER_SECOND = 50;
  private static final int MOST_EVENTS = 1024;
  private static final int BUFFER = 64 * 1024;
  private static final int CONTROL = 256;
  private static final int HEADER = 16;
  private static final int SCM_TIMESTAMPING = 37;
  private static final byte[] EVENT =
      ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
              + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"finish_reason\":null}]}\n\n")
          .getBytes(US_ASCII);

  private final Posix posix = new Posix();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment buffer = arena.allocate(BUFFER);
  private final MemorySegment control = arena.allocate(CONTROL, 8);
  private final MemorySegment message = arena.allocate(56, 8);
  private final byte[] scratch = new byte[BUFFER];

  private KernelTimestamps() {
    MemorySegment vector = arena.allocate(16, 8);
    vector.set(ADDRESS, 0, buffer);
    vector.set(JAVA_LONG, 8, BUFFER);
    message.set(ADDRESS, 16, vector);
    message.set(JAVA_LONG, 24, 1);
    message.set(ADDRESS, 32, control);
  }

  /**
   * @param arguments seconds for each number of streams
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    new KernelTimestamps().measure("warm-up", 200, 3);
    for (int streams : new int[] {1, 100, 1000}) {
      new KernelTimestamps().measure(streams + " streams", streams, seconds);
    }
  }

  private void measure(String name, int streams, int seconds) throws Exception {
    Histogram later = new Histogram(3);
    long unstamped = 0;
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      int[] sockets = new int[streams];
      SocketChannel[] senders = new SocketChannel[streams];
      EventStreamReader[] readers = new EventStreamReader[streams];
      for (int i = 0; i < streams; i++) {
        sockets[i] = posix.connect(port);
        senders[i] = listener.accept();
        readers[i] = new EventStreamReader(ChatScanner.ofChunks(), EndMark.DONE);
      }
      int epoll = posix.epoll(sockets);
      long end = CLOCK.nanoTime() + seconds * 1_000_000_000L;
      Thread sender = Thread.ofPlatform().daemon().start(() -> send(senders, end));
      AttemptTrace trace = new AttemptTrace();
      MemorySegment events = arena.allocate(12L * MOST_EVENTS, 8);
      long offset = offset();
      long offsetAt = CLOCK.nanoTime();
      while (CLOCK.nanoTime() < end) {
        int ready = posix.epollWait(epoll, events, MOST_EVENTS, 100);
        for (int i = 0; i < ready; i++) {
          int stream = events.get(JAVA_INT_UNALIGNED, 12L * i + 4);
          message.set(JAVA_LONG, 40, CONTROL);
          long length = posix.recvmsg(sockets[stream], message);
          long now = CLOCK.nanoTime();
          long stamped = stamp();
          if (stamped == 0) {
            unstamped++;
          } else {
            later.recordValue(Math.max(0, now + offset - stamped));
          }
          MemorySegment.copy(buffer, JAVA_BYTE, 0, scratch, 0, (int) Math.max(0, length));
          trace.reset();
          trace.readNanos = now;
          readers[stream].read(scratch, 0, (int) Math.max(0, length), trace);
        }
        if (CLOCK.nanoTime() - offsetAt > 100_000_000) {
          offset = offset();
          offsetAt = CLOCK.nanoTime();
        }
      }
      sender.join();
      for (SocketChannel each : senders) {
        each.close();
      }
    }
    System.out.printf(
        "%-13s %,9d reads, %d without a stamp; our reading is later by p50 %.1f us, p90 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.2f ms%n",
        name,
        later.getTotalCount(),
        unstamped,
        later.getValueAtPercentile(50) / 1e3,
        later.getValueAtPercentile(90) / 1e3,
        later.getValueAtPercentile(99) / 1e3,
        later.getValueAtPercentile(99.9) / 1e3,
        later.getMaxValue() / 1e6);
  }

  /** The kernel's instant of arrival of the last bytes read, 0 where it gave none. */
  private long stamp() {
    long length = message.get(JAVA_LONG, 40);
    if (length < HEADER + 16 || control.get(JAVA_INT, 12) != SCM_TIMESTAMPING) {
      return 0;
    }
    return control.get(JAVA_LONG, HEADER) * 1_000_000_000L + control.get(JAVA_LONG, HEADER + 8);
  }

  /** The calendar minus our clock, from the quickest of several readings of both. */
  private long offset() {
    long best = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < 20; i++) {
      long before = CLOCK.nanoTime();
      long real = posix.realtime();
      long after = CLOCK.nanoTime();
      if (after - before < best) {
        best = after - before;
        offset = real - (before + after) / 2;
      }
    }
    return offset;
  }

  /** Each stream's events evenly, and all of the streams evenly between each other. */
  private static void send(SocketChannel[] channels, long end) {
    ByteBuffer event = ByteBuffer.allocateDirect(EVENT.length).put(EVENT);
    long gap = 1_000_000_000L / EVENTS_PER_SECOND / channels.length;
    long due = CLOCK.nanoTime();
    try {
      for (int i = 0; due < end; i = (i + 1) % channels.length, due += gap) {
        for (long rest = due - CLOCK.nanoTime(); rest > 0; rest = due - CLOCK.nanoTime()) {
          if (rest > 100_000) {
            LockSupport.parkNanos(rest - 80_000);
          }
        }
        event.clear();
        channels[i].write(event);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
