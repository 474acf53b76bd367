package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackgroundThreadsTest {
  private static final Path STAT = Path.of("/proc/thread-self/stat");

  /** The 19th field of proc(5)'s stat; the name before it may have spaces. */
  private static int niceOfThisThread() throws IOException {
    return nice(STAT);
  }

  private static int nice(Path file) throws IOException {
    String stat = Files.readString(file);
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
  }

  @Test
  void jvmYieldsToLoops_isOfCompilersAndZgcsWorkersAlone() throws Exception {
    assumeTrue(Files.exists(STAT));
    int own = niceOfThisThread();
    BackgroundThreads.jvmYieldsToLoops();
    Map<String, Integer> nice = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        try {
          nice.put(Files.readString(thread.resolve("comm")).strip(), nice(thread.resolve("stat")));
        } catch (IOException e) {
          // It has ended.
        }
      }
    }
    assertThat(nice).containsKeys("C2 CompilerThre", "VM Thread");
    nice.forEach(
        (name, value) -> {
          if (name.matches("(C1|C2) Compiler.*|ZWorker.*|ZDriver.*")) {
            assertThat(value).as(name).isEqualTo(Math.max(5, own));
          } else if (name.startsWith("VM Thread") || name.startsWith("GC Thread")) {
            assertThat(value).as(name).isEqualTo(own);
          }
        });
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
