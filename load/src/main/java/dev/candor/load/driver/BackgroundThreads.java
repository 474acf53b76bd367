package dev.candor.load.driver;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Threads that must not keep an event loop waiting where they share its core: encoding, recording
 * and compiling can wait for milliseconds, a clock reading cannot. By Linux's nice values, which
 * are a thread's own there; elsewhere, and where it is refused, nothing happens.
 */
public final class BackgroundThreads {
  /** A tenth of a loop's share where both want all of a core. */
  private static final int NICE = 10;

  /** A third: a loop that waits for its own code to be compiled is no faster. */
  private static final int NICE_COMPILER = 5;

  private static final int PRIO_PROCESS = 0;
  private static final Path THREADS = Path.of("/proc/self/task");

  private BackgroundThreads() {}

  /** The calling thread yields to the loops from now on. */
  static void yieldToLoops() {
    if (Files.exists(THREADS)) {
      setNice(0, NICE);
    }
  }

  /** The JVM's compilers yield to the loops from now on. */
  public static void compilersYieldToLoops() {
    try (Stream<Path> threads = Files.exists(THREADS) ? Files.list(THREADS) : Stream.empty()) {
      threads.filter(BackgroundThreads::isCompiler).forEach(BackgroundThreads::lower);
    } catch (IOException e) {
      // They go on as they are.
    }
  }

  private static boolean isCompiler(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    } catch (IOException e) {
      return false;
    }
  }

  private static void lower(Path thread) {
    setNice(Integer.parseInt(thread.getFileName().toString()), NICE_COMPILER);
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
