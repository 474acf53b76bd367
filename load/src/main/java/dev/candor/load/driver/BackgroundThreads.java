package dev.candor.load.driver;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Threads that must not keep an event loop waiting where they share its core: encoding, recording,
 * compiling and concurrent collecting can wait for milliseconds, a clock reading cannot. By Linux's
 * nice values, which are a thread's own there; elsewhere, and where it is refused, nothing happens.
 */
public final class BackgroundThreads {
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

  private static final int PRIO_PROCESS = 0;
  private static final Path THREADS = Path.of("/proc/self/task");

  private BackgroundThreads() {}

  /** The calling thread yields to the loops from now on. */
  static void yieldToLoops() {
    if (Files.exists(THREADS)) {
      setNice(0, NICE);
    }
  }

  /** The JVM's compilers and its concurrent collector yield to the loops from now on. */
  public static void jvmYieldsToLoops() {
    try (Stream<Path> threads = Files.exists(THREADS) ? Files.list(THREADS) : Stream.empty()) {
      threads.filter(BackgroundThreads::isOfJvm).forEach(BackgroundThreads::lower);
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
    setNice(Integer.parseInt(thread.getFileName().toString()), NICE_JVM);
  }

  @SuppressWarnings("restricted") // the candor script enables native access
  private static void setNice(int thread, int nice) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().find("setpriority").orElseThrow(),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      int ignored = (int) setpriority.invokeExact(PRIO_PROCESS, thread, nice);
    } catch (Throwable e) {
      // A JVM without native access: the thread goes on as it is.
    }
  }
}
