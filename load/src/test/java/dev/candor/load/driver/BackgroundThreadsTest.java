package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BackgroundThreadsTest {
  private static final Path STAT = Path.of("/proc/thread-self/stat");

  /** The 19th field of proc(5)'s stat; the name before it may have spaces. */
  private static int niceOfThisThread() throws Exception {
    String stat = Files.readString(STAT);
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  @Test
  void yieldToLoops_isOfTheCallingThreadAlone() throws Exception {
    assumeTrue(Files.exists(STAT));
    int before = niceOfThisThread();
    CompletableFuture<Integer> nice = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                BackgroundThreads.yieldToLoops();
                nice.complete(niceOfThisThread());
              } catch (Exception e) {
                nice.completeExceptionally(e);
              }
            });

    assertThat(nice.get(30, TimeUnit.SECONDS)).isEqualTo(Math.max(10, before));
    assertThat(niceOfThisThread()).isEqualTo(before);
  }
}
