package dev.candor.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.candor.base.stats.Distribution;
import dev.candor.mock.http.HttpPipeline;
import dev.candor.scenario.MockSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Thousands of connections on which nothing happens, and more of them than are borne. */
final class IdleConnectionsTest {
  private static final int MANY = 10_000;
  private static final int FEWEST = 8_000;

  /** Of both ends together, in this one process. */
  private static final long MOST_BYTES_EACH = 16 << 10;

  private static final MockSettings SETTINGS =
      MockSettings.of(new Distribution.Constant(1e6), new Distribution.Constant(1e6));

  /** Each takes two of this process's files, and some are left for the rest. */
  private static int connections() {
    assumeThat(ManagementFactory.getOperatingSystemMXBean())
        .isInstanceOf(UnixOperatingSystemMXBean.class);
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    return (int) Math.min(MANY, (free - 1_000) / 2);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static SocketChannel connect(MockServer mock) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), mock.port()));
  }

  private static boolean isServed(SocketChannel connection) throws IOException {
    connection.write(ByteBuffer.wrap(RawConnection.health("").getBytes(US_ASCII)));
    ByteBuffer said = ByteBuffer.allocate(1024);
    connection.read(said);
    return new String(said.array(), 0, said.position(), US_ASCII).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void thousands_takeLittle_andOthersAreServed() throws IOException {
    int connections = connections();
    assumeThat(connections)
        .as("connections for the limit of open files")
        .isGreaterThanOrEqualTo(FEWEST);
    List<SocketChannel> idle = new ArrayList<>(connections);
    try (MockServer mock = MockServer.start(MockOptions.of(SETTINGS, 1));
        MockClient client = new MockClient(mock)) {
      client.answer(1, MockClient.streamed(5));
      long before = usedHeap();
      try (Bystander _ = new Bystander(mock)) {
        for (int i = 0; i < connections; i++) {
          idle.add(connect(mock));
          if (i % 10 == 0) {
            // Some rest after an answer, the others before their first request.
            assertThat(isServed(idle.getLast())).isTrue();
          }
        }
      }
      assertThat((usedHeap() - before) / connections).isLessThan(MOST_BYTES_EACH);
      assertThat(MockClient.words(client.answer(2, MockClient.streamed(5)).text())).isEqualTo(5);
      assertThat(isServed(idle.getFirst())).isTrue();
      assertThat(isServed(idle.getLast())).isTrue();
    } finally {
      for (SocketChannel connection : idle) {
        connection.close();
      }
    }
  }

  @Test
  void moreThanAreBorne_areClosed_untilOthersLeave() throws IOException {
    int most = 20;
    HttpPipeline.Limits few = new HttpPipeline.Limits(TimeUnit.SECONDS.toNanos(30), most, 1 << 20);
    List<SocketChannel> borne = new ArrayList<>();
    try (MockServer mock = MockServer.start(MockOptions.of(SETTINGS, 1), few)) {
      for (int i = 0; i < most; i++) {
        borne.add(connect(mock));
        assertThat(isServed(borne.getLast())).isTrue();
      }
      try (RawConnection refused = new RawConnection(mock)) {
        assertThat(refused.untilClosed()).isEmpty();
      }
      assertThat(borne).allSatisfy(connection -> assertThat(isServed(connection)).isTrue());
      borne.removeLast().close();
      await()
          .until(
              () -> {
                try (RawConnection next = new RawConnection(mock)) {
                  next.send(RawConnection.health("connection: close\r\n"));
                  return next.untilClosed().startsWith("HTTP/1.1 200 ");
                } catch (IOException e) {
                  // Not its turn yet: it was closed before it had sent all.
                  return false;
                }
              });
    } finally {
      for (SocketChannel connection : borne) {
        connection.close();
      }
    }
  }
}
