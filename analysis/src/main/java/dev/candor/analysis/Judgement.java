package dev.candor.analysis;

import dev.candor.analysis.drift.Drift;
import dev.candor.analysis.drift.DriftWords;
import dev.candor.analysis.fidelity.RunFidelity;
import dev.candor.analysis.saturation.Saturation;
import dev.candor.record.RunInfo;
import dev.candor.scenario.Abort;
import dev.candor.scenario.Scenario;
import dev.candor.scenario.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdict with its reason: interrupted, error, invalid, fail, pass, in that order. */
record Judgement(Verdict verdict, String reason, List<Summary.ThresholdResult> thresholds) {

  static Judgement of(
      Scenario scenario,
      RunInfo info,
      List<Summary.Phase> phases,
      Summary.Phase overall,
      Map<Threshold.Scope, Summary.Phase> parts,
      @Nullable RunFidelity fidelity,
      @Nullable Saturation saturation,
      @Nullable Drift drift) {
    List<Summary.ThresholdResult> results = new ArrayList<>();
    ThresholdJudge judge = new ThresholdJudge(parts, fidelity, saturation, drift);
    for (Threshold threshold : scenario.thresholds()) {
      results.add(judge.judge(threshold));
    }
    results.addAll(CacheDeviation.judge(scenario.workload().cache(), phases));
    long missed = results.stream().filter(result -> !result.ok()).count();
    Summary.Requests requests = overall.requests();
    Summary.Client client = overall.client();
    if (info.interrupted()) {
      return new Judgement(
          Verdict.INTERRUPTED,
          "INTERRUPTED after %.0f s; what was measured until then is below"
              .formatted(info.durationNanos() / 1e9),
          results);
    }
    String refusal = info.refusal();
    String stoppedBy = info.stoppedBy();
    if (refusal != null || (requests.completed() == 0 && stoppedBy == null)) {
      String why = refusal != null ? refusal : "no request was completed: " + requests.outcomes();
      return new Judgement(Verdict.ERROR, "ERROR: " + why, results);
    }
    if (info.lost() > 0) {
      return new Judgement(
          Verdict.INVALID,
          "INVALID: of %d attempts the client lost the record or the times of its tokens, as its writer could not keep up; is the disk of --out slow?"
              .formatted(info.lost()),
          results);
    }
    if (stoppedBy != null
        && (stoppedBy.contains(Abort.CLIENT_LIMITED)
            || stoppedBy.contains(RunInfo.CLIENT_LIMITED))) {
      return new Judgement(Verdict.INVALID, stopped("INVALID", info, stoppedBy), results);
    }
    if (ClientHealth.invalid(client)) {
      return new Judgement(
          Verdict.INVALID,
          "INVALID: in %d of %d seconds the client, not the server, was the bottleneck (%s; event loop late by up to %.1f ms at p99, sends by %.1f ms)"
              .formatted(
                  client.limitedWindows(),
                  client.windows(),
                  LimitReason.counts(client.reasons()),
                  client.loopDelayP99(),
                  client.sendLatenessP99()),
          results);
    }
    if (stoppedBy != null) {
      String also =
          missed == 0 ? "" : "; %d of %d thresholds missed".formatted(missed, results.size());
      return new Judgement(Verdict.FAIL, stopped("FAIL", info, stoppedBy) + also, results);
    }
    if (saturation != null && saturation.failure() != null) {
      return new Judgement(Verdict.FAIL, "FAIL: " + saturation.failure(), results);
    }
    if (missed > 0) {
      return new Judgement(
          Verdict.FAIL,
          "FAIL: %d of %d thresholds missed".formatted(missed, results.size())
              + DriftWords.reason(results, drift),
          results);
    }
    String goodput =
        overall.goodput().ratio() == null || overall.goodput().slo().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "; %.1f %% of requests met their SLOs",
                overall.goodput().ratio() * 100);
    String held =
        results.isEmpty()
            ? saturation != null ? "PASS: " + saturation.sentence() : "PASS (no thresholds)"
            : "PASS: all %d thresholds held".formatted(results.size());
    return new Judgement(Verdict.PASS, held + goodput, results);
  }

  private static String stopped(String verdict, RunInfo info, String why) {
    return "%s: stopped after %.0f s: %s".formatted(verdict, info.durationNanos() / 1e9, why);
  }
}
