package dev.candor.load.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** How Linux shares a core out to a thread, by {@code sched_setattr(2)}. */
final class KernelSchedule {
  /** The calling thread, in place of a number of the kernel's. */
  static final int CALLER = 0;

  /** In place of a nice value: the thread keeps its own. */
  static final int OWN_NICE = Integer.MIN_VALUE;

  private static final int ATTRIBUTE_BYTES = 48;
  private static final long FLAGS = 8;
  private static final long NICE = 16;
  private static final long RUNTIME = 24;

  /** A thread that was given real-time priority keeps it. */
  private static final long KEEP_POLICY = 0x08;

  private KernelSchedule() {}

  /**
   * Sets a thread's slice, and raises its nice value to at least this one.
   *
   * @return false where the platform has no such thing or refuses it: the thread goes on as it is
   */
  static boolean set(int thread, int atLeastNice, long sliceNanos) {
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = Calls.ofThisMachine();
      MemorySegment attributes = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
      if (calls == null || !calls.get(thread, attributes)) {
        return false;
      }
      attributes.set(JAVA_INT, 0, ATTRIBUTE_BYTES);
      attributes.set(JAVA_LONG, FLAGS, KEEP_POLICY);
      attributes.set(JAVA_INT, NICE, Math.max(atLeastNice, attributes.get(JAVA_INT, NICE)));
      attributes.set(JAVA_LONG, RUNTIME, sliceNanos);
      return calls.set(thread, attributes);
    }
  }

  /** A thread's slice; 0 where it is not known, as of kernels before 6.12. */
  static long sliceNanos(int thread) {
    try (Arena arena = Arena.ofConfined()) {
      Calls calls = Calls.ofThisMachine();
      MemorySegment attributes = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
      return calls != null && calls.get(thread, attributes)
          ? attributes.get(JAVA_LONG, RUNTIME)
          : 0;
    }
  }

  /** The system calls, by number: older C libraries have no function for them. */
  private record Calls(MethodHandle syscall, long setNumber, long getNumber) {

    @SuppressWarnings("restricted") // the candor script enables native access
    static @Nullable Calls ofThisMachine() {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return null;
      }
      try {
        Linker linker = Linker.nativeLinker();
        MethodHandle syscall =
            linker.downcallHandle(
                linker.defaultLookup().find("syscall").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(1));
        return switch (System.getProperty("os.arch", "")) {
          case "amd64" -> new Calls(syscall, 314, 315);
          case "aarch64", "riscv64" -> new Calls(syscall, 274, 275);
          default -> null;
        };
      } catch (IllegalCallerException e) {
        // A JVM without native access.
        return null;
      }
    }

    boolean get(int thread, MemorySegment attributes) {
      return call(getNumber, thread, attributes, ATTRIBUTE_BYTES);
    }

    boolean set(int thread, MemorySegment attributes) {
      return call(setNumber, thread, attributes, 0);
    }

    private boolean call(long number, int thread, MemorySegment attributes, int third) {
      try {
        return (long) syscall.invokeExact(number, thread, attributes, third, 0) >= 0;
      } catch (Throwable e) {
        throw new IllegalStateException("sched_setattr cannot be called", e);
      }
    }
  }
}
