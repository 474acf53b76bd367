package dev.candor.analysis;

import dev.candor.record.AttemptRecord;
import dev.candor.record.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Requests by the address that they went to, where there are several. For one thread. */
final class TargetFigures {
  private static final class Each {
    private final LatencySketch ttft = new LatencySketch();
    private final LatencySketch latency = new LatencySketch();
    private long requests;
    private long completed;
    private long failed;
  }

  private final List<String> addresses;
  private final List<Each> figures = new ArrayList<>();

  TargetFigures(List<String> addresses) {
    this.addresses = addresses;
    addresses.forEach(address -> figures.add(new Each()));
  }

  void add(AttemptRecord a) {
    boolean neverWent = a.sent() == AttemptRecord.NONE && !a.outcome().failed();
    if (neverWent || a.target() >= figures.size()) {
      return;
    }
    Each each = figures.get(a.target());
    each.requests++;
    each.failed += a.outcome().failed() ? 1 : 0;
    if (a.outcome() == Outcome.COMPLETED) {
      each.completed++;
      each.latency.add(a.end() - a.sent(), 1);
      Long ttft = AttemptFigures.ttft(a);
      if (ttft != null) {
        each.ttft.add(ttft, 1);
      }
    }
  }

  /** A row an address, none where there is but one. */
  List<Summary.TargetShare> summarize() {
    List<Summary.TargetShare> rows = new ArrayList<>();
    for (int i = 0; i < addresses.size() && addresses.size() > 1; i++) {
      Each each = figures.get(i);
      rows.add(
          new Summary.TargetShare(
              addresses.get(i),
              each.requests,
              each.completed,
              each.failed,
              each.ttft.latency(),
              each.latency.latency()));
    }
    return rows;
  }
}
