package dev.candor.load.transport.http;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.candor.base.error.CandorException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Binds threads to cores, by Linux's {@code sched_setaffinity}. */
final class CoreAffinity {
  /** Of glibc's {@code cpu_set_t}: 1,024 cores. */
  private static final int MASK_BYTES = 128;

  private CoreAffinity() {}

  /**
   * The calling thread runs on {@code core} alone from now on.
   *
   * @throws CandorException where the platform has no such thing, or the process not that core
   */
  static void bindThisThread(int core) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw CandorException.user(
          "target.client.pin: cores can be chosen on Linux only, this is %s"
              .formatted(System.getProperty("os.name")));
    }
    BitSet allowed = coresOfThisThread();
    BitSet wanted = new BitSet();
    wanted.set(core);
    if (!allowed.get(core) || call("sched_setaffinity", wanted) == null) {
      throw CandorException.user(
          "target.client.pin: found core %d, must be one that this process may use: %s"
              .formatted(core, allowed));
    }
  }

  /** Where the calling thread may run, by number. */
  static BitSet coresOfThisThread() {
    BitSet cores = call("sched_getaffinity", new BitSet());
    return cores == null ? new BitSet() : cores;
  }

  /** Both calls have the form {@code int f(pid_t, size_t, cpu_set_t *)}; pid 0 is the caller. */
  @SuppressWarnings("restricted") // the candor script enables native access
  private static @Nullable BitSet call(String function, BitSet mask) {
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().find(function).orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bits = arena.allocate(MASK_BYTES, Long.BYTES);
      byte[] set = mask.toByteArray();
      MemorySegment.copy(set, 0, bits, JAVA_BYTE, 0, set.length);
      int result = (int) handle.invokeExact(0, (long) MASK_BYTES, bits);
      return result < 0 ? null : BitSet.valueOf(bits.toArray(JAVA_BYTE));
    } catch (Throwable e) {
      throw new IllegalStateException(function + " cannot be called", e);
    }
  }
}
