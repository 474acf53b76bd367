package dev.candor.app.audit;

import dev.candor.app.run.RecordedMock;
import dev.candor.base.time.Clock;
import dev.candor.base.units.Durations;
import dev.candor.mock.FaultPlay;
import dev.candor.mock.FaultPlay.Played;
import dev.candor.mock.MockOptions;
import dev.candor.mock.MockServer;
import dev.candor.mock.audit.AuditReport;
import dev.candor.scenario.AuditScript;
import dev.candor.scenario.AuditScript.Act;
import dev.candor.scenario.FaultKind;
import dev.candor.scenario.FaultRule;
import dev.candor.scenario.MockFault;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script to an application: one that it starts, or one that the user points at the mock.
 */
public final class AuditRun {
  private static final long LOOK_NANOS = 20_000_000;

  /** Some clients want a key; the user's own has no business here. */
  private static final String KEY = "candor-audit";

  private final Order order;
  private final PrintStream said;
  private final Clock clock = Clock.system();

  /**
   * What is asked for.
   *
   * @param name the script's
   * @param port 0: any free one
   * @param waitNanos for the first request
   * @param command the application's, empty: the user starts it
   */
  public record Order(
      String name, AuditScript script, int port, long seed, long waitNanos, List<String> command) {
    public Order {
      command = List.copyOf(command);
    }
  }

  /**
   * @param said takes what goes on, and what the application says
   */
  public AuditRun(Order order, PrintStream said) {
    this.order = order;
    this.said = said;
  }

  /**
   * Serves, waits for the first request, plays, and looks at what came.
   *
   * @param ended ends it early when it is counted down
   */
  public AuditResult carryOut(CountDownLatch ended) throws InterruptedException {
    MockOptions options =
        MockOptions.of(RecordedMock.resolve(order.script().service()), order.seed())
            .withPort(order.port());
    try (MockServer mock = MockServer.start(options)) {
      Map<String, String> environment = environment(mock.baseUrl());
      introduce(environment);
      if (order.command().isEmpty()) {
        return played(mock, null, ended);
      }
      try (Application application = Application.start(order.command(), environment, said)) {
        application.onExit(ended::countDown);
        return played(mock, application, ended);
      }
    }
  }

  private AuditResult played(
      MockServer mock, @Nullable Application application, CountDownLatch ended)
      throws InterruptedException {
    List<Played> acts = List.of();
    if (awaitFirst(mock, ended)) {
      long begin = clock.nanoTime();
      acts =
          new FaultPlay(mock, clock, ended)
              .play(order.script().acts(), act -> announce(act, clock.nanoTime() - begin));
    }
    AuditReport whole = mock.audit();
    AuditResult.Ending ending = null;
    if (application != null) {
      application.close();
      ending = application.ending();
    }
    List<Act> all = order.script().acts();
    return new AuditResult(order.name(), whole, acts, all.subList(acts.size(), all.size()), ending);
  }

  /** False where none came in time, or it was ended before. */
  private boolean awaitFirst(MockServer mock, CountDownLatch ended) throws InterruptedException {
    long deadline = clock.nanoTime() + order.waitNanos();
    while (mock.audit().figures().calls().total() == 0) {
      if (clock.nanoTime() > deadline || ended.await(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
        return mock.audit().figures().calls().total() > 0;
      }
    }
    return true;
  }

  /** Where the application finds the mock. */
  static Map<String, String> environment(URI baseUrl) {
    String root = baseUrl.getScheme() + "://" + baseUrl.getAuthority();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("OPENAI_BASE_URL", baseUrl.toString());
    variables.put("OPENAI_API_KEY", KEY);
    variables.put("ANTHROPIC_BASE_URL", root);
    variables.put("ANTHROPIC_API_KEY", KEY);
    return variables;
  }

  private void introduce(Map<String, String> environment) {
    said.printf(
        "candor audit: %s, %d acts, %s in all, from the first request on%n",
        order.name(), order.script().acts().size(), time(order.script().lastsNanos()));
    environment.forEach((name, value) -> said.printf("export %s=%s%n", name, value));
    if (order.command().isEmpty()) {
      said.println("Start your application with these, or point it there; Ctrl-C ends the audit.");
    }
  }

  private void announce(Act act, long sinceNanos) {
    said.printf(
        "%8s  %s, %s: %s%n", time(sinceNanos), act.name(), time(act.lastsNanos()), words(act));
  }

  private static String words(Act act) {
    return act.faults().isEmpty()
        ? "nothing wrong"
        : act.faults().stream().map(AuditRun::words).collect(Collectors.joining("; "));
  }

  private static String words(FaultRule rule) {
    String kind = FaultKind.of(rule.fault()).key();
    String what =
        switch (rule.fault()) {
          case MockFault.ErrorStatus(int status, Long asked, String _) ->
              "status "
                  + status
                  + (asked == null ? " without retry-after" : ", retry-after " + time(asked));
          case MockFault.Stall(int after, long nanos) ->
              (after == 0 ? "no byte" : "silence after %d tokens".formatted(after))
                  + (nanos == 0 ? " at all" : " for " + time(nanos));
          case MockFault.MidStream cut -> "%s after %d tokens".formatted(kind, cut.afterTokens());
          default -> kind;
        };
    long lasts = rule.window().lastsNanos();
    return lasts == 0 ? what : what + ", for the first " + time(lasts);
  }

  private static String time(long nanos) {
    return Durations.format(Duration.ofNanos(nanos));
  }
}
