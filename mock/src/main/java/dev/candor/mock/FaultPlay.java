package dev.candor.mock;

import dev.candor.base.time.Clock;
import dev.candor.mock.audit.AuditReport;
import dev.candor.scenario.AuditScript.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Carries out a script of acts on a mock, and audits each. For one use, by one thread. */
public final class FaultPlay {
  private final MockServer mock;
  private final Clock clock;
  private final CountDownLatch ended;
  private final List<Instants> instants = new ArrayList<>();

  /** What was audited of each act so far. */
  private final List<AuditReport> reports = new ArrayList<>();

  private record Instants(Act act, long fromNanos, long toNanos) {}

  /**
   * An act that was carried out.
   *
   * @param fromNanos its begin, of the monotonic clock
   * @param toNanos its end; sooner than planned where the play was ended
   * @param audit of the attempts that arrived between, and of what followed them
   */
  public record Played(Act act, long fromNanos, long toNanos, AuditReport audit) {
    /** Whether it lasted as long as planned, within a tenth. */
    public boolean whole() {
      return toNanos - fromNanos >= act.lastsNanos() * 0.9;
    }
  }

  /**
   * @param ended ends the play when it is counted down
   */
  public FaultPlay(MockServer mock, Clock clock, CountDownLatch ended) {
    this.mock = mock;
    this.clock = clock;
    this.ended = ended;
  }

  /**
   * Plays {@code acts} one after another, to the end or until it is ended. Afterwards nothing is
   * wrong with the mock.
   *
   * @param begins is told of each act as it begins
   * @return those that began
   */
  public List<Played> play(List<Act> acts, Consumer<Act> begins) throws InterruptedException {
    for (Act act : acts) {
      begins.accept(act);
      long from = mock.strike(act.faults());
      boolean stop = ended.await(from + act.lastsNanos() - clock.nanoTime(), TimeUnit.NANOSECONDS);
      instants.add(new Instants(act, from, clock.nanoTime()));
      audit();
      if (stop) {
        break;
      }
    }
    var _ = mock.strike(List.of());
    audit();
    List<Played> played = new ArrayList<>();
    for (int i = 0; i < instants.size(); i++) {
      Instants at = instants.get(i);
      played.add(new Played(at.act(), at.fromNanos(), at.toNanos(), reports.get(i)));
    }
    return played;
  }

  /** Audits all acts so far, as retries come late; what the mock has forgotten stays as it was. */
  private void audit() {
    for (int i = 0; i < instants.size(); i++) {
      AuditReport report = mock.audit(instants.get(i).fromNanos(), to(i));
      AuditReport before = i < reports.size() ? reports.get(i) : null;
      if (before == null) {
        reports.add(report);
      } else if (!forgotten(before, report)) {
        reports.set(i, report);
      }
    }
  }

  private static boolean forgotten(AuditReport before, AuditReport now) {
    return now.figures().attempts().total() < before.figures().attempts().total();
  }

  /** Acts leave no gap between each other. */
  private long to(int i) {
    return i + 1 < instants.size() ? instants.get(i + 1).fromNanos() : Long.MAX_VALUE;
  }
}
