package dev.candor.load.health;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.candor.record.HealthWindow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What this process holds. For one thread at a time. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private final Set<String> heapPools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
          // ZGC tells of its pauses too, after which nothing is free yet
          .filter(collector -> !collector.getName().contains("Pauses"))
          .toList();

  /** What a second's {@link HealthWindow.Memory} is made of, less what the loops know. */
  record Held(
      @Nullable Long heapUsed,
      @Nullable Long heapAfterGc,
      @Nullable Long resident,
      @Nullable Long openFiles,
      @Nullable Long threads) {
    static final Held UNKNOWN = new Held(null, null, null, null, null);

    HealthWindow.Memory with(@Nullable Long connections, @Nullable Long newConnections) {
      return new HealthWindow.Memory(
          heapUsed, heapAfterGc, resident, openFiles, threads, connections, newConnections);
    }
  }

  Held now() {
    return new Held(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        heapAfterGc(),
        resident(),
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : null,
        (long) ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** The heap as the last collection of any kind left it. */
  private @Nullable Long heapAfterGc() {
    GcInfo last = null;
    for (GarbageCollectorMXBean collector : collectors) {
      GcInfo info = collector.getLastGcInfo();
      if (info != null && (last == null || info.getEndTime() >= last.getEndTime())) {
        last = info;
      }
    }
    return last == null ? null : Long.valueOf(left(last.getMemoryUsageAfterGc()));
  }

  private long left(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  private static @Nullable Long resident() {
    try {
      return residentOf(Files.readString(STATUS));
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads the line {@code VmRSS: 123456 kB}; null where there is none. */
  static @Nullable Long residentOf(String status) {
    for (String line : status.lines().toList()) {
      if (line.startsWith("VmRSS:")) {
        String digits = line.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? null : Long.valueOf(Long.parseLong(digits) * 1024);
      }
    }
    return null;
  }
}
