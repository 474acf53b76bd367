package dev.candor.benchmarks;

import dev.candor.app.run.LiveListener;
import dev.candor.app.run.ScenarioRun;
import dev.candor.report.console.LiveSnapshot;
import dev.candor.scenario.yaml.Overrides;
import dev.candor.scenario.yaml.ScenarioFile;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a stream in flight costs in memory: live heap and direct memory while all streams run, less
 * what there was with ten, over their number. Ends with 1 where it is more than 24 KB.
 */
final class MemoryBench {
  private static final int FEW = 10;
  private static final double MOST_KB = 24;

  private MemoryBench() {}

  /**
   * @param arguments port of the mock on loopback, and how many streams
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int streams = Integer.parseInt(arguments[1]);
    Path place = Files.createTempDirectory("candor-memory");
    Path scenario =
        Files.writeString(
            place.resolve("memory.yaml"),
            """
            name: memory
            target: {url: "http://127.0.0.1:%s/v1", model: mock}
            workload: {mix: [{name: chat, share: 100, input: 100, output: 400}]}
            load:
              - {name: few, users: %d, for: 8s, warmup: true}
              - {users: %d, ramp_from: %d, for: 20s, warmup: true}
              - {name: all, users: %d, for: 15s}
            output: {dir: "%s"}
            """
                .formatted(arguments[0], FEW, streams, FEW, streams, place.resolve("run")));
    Watch watch = new Watch(streams);
    new ScenarioRun(ScenarioFile.read(scenario, Overrides.NONE, name -> null), watch).execute();
    double each = (watch.withAll - watch.withFew) / 1024.0 / (streams - FEW);
    System.out.printf(
        "%d streams: %.1f KB each (heap and direct memory); %d MB in all of %d MB heap%n",
        streams, each, watch.withAll >> 20, Runtime.getRuntime().maxMemory() >> 20);
    System.exit(watch.withAll > 0 && each <= MOST_KB ? 0 : 1);
  }

  private static final class Watch implements LiveListener {
    private final int streams;
    long withFew;
    long withAll;

    Watch(int streams) {
      this.streams = streams;
    }

    @Override
    public void update(LiveSnapshot snapshot) {
      if (withFew == 0 && snapshot.phase().equals("few") && snapshot.elapsedS() > 5) {
        withFew = alive(snapshot);
      } else if (withAll == 0
          && snapshot.inFlight() >= 0.98 * streams
          && snapshot.elapsedS() > 34) {
        withAll = alive(snapshot);
      }
    }

    @Override
    public void finished() {}

    private static long alive(LiveSnapshot snapshot) {
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long netty = Math.max(0, PlatformDependent.usedDirectMemory());
      long jdk =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      System.out.printf(
          "%d in flight: heap %d KB, Netty's direct memory %d KB, other direct %d KB%n",
          snapshot.inFlight(), heap >> 10, netty >> 10, jdk >> 10);
      return heap + netty + jdk;
    }
  }
}
