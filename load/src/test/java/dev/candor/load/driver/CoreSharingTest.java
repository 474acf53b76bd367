package dev.candor.load.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CoreSharingTest {
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
    CoreSharing.jvmYieldsToLoops();
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

  /** What a thread of its own sees after it has done something. */
  private static <T> T after(Runnable first, Callable<T> seen) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              first.run();
              return seen.call();
            });
    Thread.ofPlatform().start(task);
    return task.get(30, TimeUnit.SECONDS);
  }

  private static long slice() {
    return KernelSchedule.sliceNanos(KernelSchedule.CALLER);
  }

  @Test
  void yieldToLoops_isOfTheCallingThreadAlone() throws Exception {
    assumeTrue(Files.exists(STAT));
    int before = niceOfThisThread();

    assertThat(after(CoreSharing::yieldToLoops, CoreSharingTest::niceOfThisThread))
        .isEqualTo(Math.max(10, before));
    assertThat(niceOfThisThread()).isEqualTo(before);
  }

  @Test
  void loopGoesFirst_shortensItsSlice_andKeepsItsNiceValue() throws Exception {
    assumeTrue(slice() > 0, "a kernel with slices of a thread's own");
    int before = niceOfThisThread();

    assertThat(after(CoreSharing::loopGoesFirst, CoreSharingTest::slice))
        .isEqualTo(CoreSharing.LOOP_SLICE_NANOS)
        .isLessThan(slice());
    assertThat(after(CoreSharing::yieldToLoops, CoreSharingTest::slice))
        .isEqualTo(CoreSharing.BACKGROUND_SLICE_NANOS);
    assertThat(after(CoreSharing::loopGoesFirst, CoreSharingTest::niceOfThisThread))
        .isEqualTo(before);
  }

  @Test
  void loopGoesFirst_keepsAPriorityThatItWasGiven() throws Exception {
    assumeTrue(slice() > 0, "a kernel with slices of a thread's own");
    AtomicBoolean mayPrioritize = new AtomicBoolean();
    int change =
        after(
            () -> {},
            () -> {
              String thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
              Process renice =
                  new ProcessBuilder("renice", "-n", "-3", "-p", thread)
                      .redirectErrorStream(true)
                      .start();
              renice.getInputStream().transferTo(OutputStream.nullOutputStream());
              mayPrioritize.set(renice.waitFor() == 0);
              int before = niceOfThisThread();
              CoreSharing.loopGoesFirst();
              return niceOfThisThread() - before;
            });

    assumeTrue(mayPrioritize.get(), "a process that may give itself priority");
    assertThat(change).isZero();
  }

  @Test
  void set_ofAThreadThatIsNot_isRefused() {
    assertThat(KernelSchedule.set(Integer.MAX_VALUE, 0, 100_000)).isFalse();
  }
}
