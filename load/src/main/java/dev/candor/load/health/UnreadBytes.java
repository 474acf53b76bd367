package dev.candor.load.health;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a socket has received that nobody has read: {@code ioctl(fd, FIONREAD)}, on Linux.
 * <b>For one thread.</b>
 */
final class UnreadBytes {
  static final int UNKNOWN = -1;

  private static final long FIONREAD = 0x541B;

  /** Where the request has this number; other architectures have others. */
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

  private static final @Nullable MethodHandle IOCTL = ioctl();

  private final MemorySegment answer = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  static boolean available() {
    return IOCTL != null;
  }

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle ioctl() {
    if (!System.getProperty("os.name", "").equals("Linux")
        || !ARCHITECTURES.contains(System.getProperty("os.arch", ""))) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("ioctl")
        .map(
            symbol ->
                linker.downcallHandle(
                    symbol,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2)))
        .orElse(null);
  }

  /** Of the socket with this descriptor, or {@link #UNKNOWN}. */
  int of(int descriptor) {
    MethodHandle ioctl = IOCTL;
    if (ioctl == null) {
      return UNKNOWN;
    }
    try {
      int failed = (int) ioctl.invokeExact(descriptor, FIONREAD, answer);
      return failed != 0 ? UNKNOWN : answer.get(ValueLayout.JAVA_INT, 0);
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl could not be called", e);
    }
  }
}
