package dev.candor.load.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who has a core first where threads share one: event loops. Encoding, recording, compiling and
 * concurrent collecting can wait for milliseconds, a clock reading cannot. Linux alone has such a
 * thing for a thread without privileges; elsewhere, and where it is refused, nothing happens.
 */
public final class CoreSharing {
  /*
   * Nice values share a busy core out, but do not say how soon a loop that wakes up has it: the
   * thread that runs may use its slice up first, 1.4 ms on two cores. So both sides have shorter ones
   * (Linux 6.12 and newer; older kernels take no notice), and the loop the shortest: that is who may
   * interrupt whom. docs/benchmarks.md has what it does.
   */
  static final long LOOP_SLICE_NANOS = 100_000;

  static final long BACKGROUND_SLICE_NANOS = 300_000;

  /** A tenth of a loop's share where both want all of a core. */
  private static final int NICE = 10;

  /**
   * A third: a loop that waits for its own code to be compiled is no faster, nor one that waits for
   * memory to be freed.
   */
  private static final int NICE_JVM = 5;

  /**
   * Both compilers, and ZGC's concurrent work; a collector that stops the loops is not to be late.
   */
  private static final List<String> JVM_THREADS =
      List.of("C1 Compiler", "C2 Compiler", "ZWorker", "ZDriver");

  private static final Path THREADS = Path.of("/proc/self/task");

  private CoreSharing() {}

  /** The calling thread, a loop's, has its core soon after it wakes up from now on. */
  public static void loopGoesFirst() {
    KernelSchedule.set(KernelSchedule.CALLER, KernelSchedule.OWN_NICE, LOOP_SLICE_NANOS);
  }

  /** The calling thread yields to the loops from now on. */
  public static void yieldToLoops() {
    KernelSchedule.set(KernelSchedule.CALLER, NICE, BACKGROUND_SLICE_NANOS);
  }

  /** The JVM's compilers and its concurrent collector yield to the loops from now on. */
  public static void jvmYieldsToLoops() {
    try (Stream<Path> threads = Files.exists(THREADS) ? Files.list(THREADS) : Stream.empty()) {
      threads.filter(CoreSharing::isOfJvm).forEach(CoreSharing::lower);
    } catch (IOException e) {
      // They go on as they are.
    }
  }

  private static boolean isOfJvm(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return JVM_THREADS.stream().anyMatch(name::startsWith);
    } catch (IOException e) {
      return false;
    }
  }

  private static void lower(Path thread) {
    KernelSchedule.set(
        Integer.parseInt(thread.getFileName().toString()), NICE_JVM, BACKGROUND_SLICE_NANOS);
  }
}
