package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is stopped again and again while it measures says so, and says why. */
final class ClientLimitedTest {
  /** A walk over so many objects stops the JVM for tens of milliseconds at least. */
  private static final int OBJECTS = 1_000_000;

  @TempDir Path temp;

  @Test
  void run_ofAJvmThatIsStopped_isInvalid_andNamesTheStops() throws Exception {
    Object[] heap = new Object[OBJECTS];
    for (int i = 0; i < heap.length; i++) {
      heap[i] = new long[] {i};
    }
    AtomicBoolean over = new AtomicBoolean();
    Thread stopper = Thread.ofPlatform().daemon().start(() -> stopUntil(over));
    Path out = temp.resolve("run");
    Invocation run;
    try {
      run =
          Invocation.of(
              "run", "--users", "3", "--for", "8s", "--warmup", "1s", "--out", out.toString());
    } finally {
      over.set(true);
      stopper.join();
    }
    assertThat(heap[OBJECTS - 1]).isNotNull();
    assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCode.CLIENT_LIMITED);
    assertThat(run.output()).contains("INVALID").contains("JVM pause");
    assertThat(Files.readString(out.resolve("summary.json")))
        .contains("\"verdict\" : \"invalid\"")
        .containsPattern("\"safepoint\" : [1-9]");
    assertThat(Files.readString(out.resolve("report.html")))
        .containsPattern("\"name\":\"client-limited, [^\"]*JVM pause[^\"]*\",\"kind\":\"limited\"");
  }

  /** Counts the heap's objects, for which all threads are stopped, a fifth of the time. */
  private static void stopUntil(AtomicBoolean over) {
    try {
      while (!over.get()) {
        long before = System.nanoTime();
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[] {"-all"}},
                new String[] {String[].class.getName()});
        TimeUnit.NANOSECONDS.sleep(4 * (System.nanoTime() - before));
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
