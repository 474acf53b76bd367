package dev.candor.load.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.load.transport.http.TestClient.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process that may open no more files: its attempts end, each with the reason. */
@EnabledOnOs(OS.LINUX)
final class DescriptorsTest {
  private static final int MOST_FILES = 200;

  @Test
  void noMoreDescriptors_isAConnectFailure_thatSaysWhatToRaise() throws Exception {
    try (ServerSocket silent =
        new ServerSocket(0, 2 * MOST_FILES, InetAddress.getLoopbackAddress())) {
      Process client =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "ulimit -n %d && exec \"$@\"".formatted(MOST_FILES),
                  "bash",
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Client.class.getName(),
                  "http://127.0.0.1:" + silent.getLocalPort())
              .redirectErrorStream(true)
              .start();
      try {
        String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("CONNECT_FAILED", "this process may open no more files");
      } finally {
        client.destroyForcibly();
      }
    }
  }

  /** Asks a server that does not answer, more often than there are descriptors. */
  static final class Client {
    private Client() {}

    public static void main(String[] arguments) throws Exception {
      // Classes that lie in folders could not be loaded once there are no descriptors left.
      try (TestClient refused = new TestClient(new Settings(), URI.create("http://127.0.0.1:1"))) {
        System.out.println(refused.send().await().error());
      }
      try (TestClient client = new TestClient(new Settings(), URI.create(arguments[0]))) {
        CompletableFuture<?>[] ends =
            IntStream.range(0, MOST_FILES)
                .mapToObj(each -> client.send().ended())
                .map(end -> end.thenApply(a -> a.outcome() + ": " + a.error()))
                .toArray(CompletableFuture<?>[]::new);
        System.out.println(CompletableFuture.anyOf(ends).orTimeout(20, TimeUnit.SECONDS).join());
      } finally {
        Runtime.getRuntime().halt(0);
      }
    }
  }
}
