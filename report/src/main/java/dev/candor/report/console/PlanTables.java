package dev.candor.report.console;

import dev.candor.analysis.plan.Capacity;
import dev.candor.analysis.plan.CapacityPlan;
import dev.candor.analysis.plan.DailyFleet;
import dev.candor.analysis.plan.EngineLimits;
import dev.candor.analysis.plan.Estimate;
import dev.candor.analysis.plan.FleetSize;
import dev.candor.analysis.plan.Headroom;
import dev.candor.analysis.plan.MonthlyCost;
import dev.candor.analysis.plan.Need;
import dev.candor.analysis.plan.PlanCheck;
import dev.candor.analysis.plan.QuotaLine;
import dev.candor.analysis.plan.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan as tables, which every report of it has. */
public final class PlanTables {
  private PlanTables() {}

  /**
   * A table.
   *
   * @param see what it says, in a sentence or two
   */
  public record Table(String title, String see, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** All of them, in the order in which they are read. */
  public static List<Table> of(CapacityPlan plan) {
    List<Table> tables = new ArrayList<>();
    tables.add(fleets(plan));
    tables.add(needs(plan));
    tables.add(capacities(plan));
    PlanCheck check = plan.check();
    if (check != null) {
      tables.add(check(check));
    }
    tables.add(
        variations(
            "Cache", "What the prefix cache serves decides how much is computed.", plan.caches()));
    tables.add(
        variations(
            "What if",
            "With a headroom of " + factor(plan.headroom().low()) + ".",
            plan.variations()));
    tables.add(quotas(plan));
    DailyFleet day = plan.day();
    if (day != null) {
      tables.add(day(day));
    }
    MonthlyCost cost = plan.cost();
    if (cost != null) {
      tables.add(cost(cost));
    }
    return tables;
  }

  private static Table fleets(CapacityPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (FleetSize fleet : plan.fleets()) {
      rows.add(
          List.of(
              factor(fleet.headroom()),
              fleet.base().text(),
              fleet.byHeadroom().text(),
              fleet.bySpare().text(),
              fleet.replicas().text(),
              fleet.decidedBy()));
    }
    return new Table(
        "Replicas",
        "Likely, with the interval of what was measured. Headroom: %s. To be survived: %s."
            .formatted(Headroom.REASON, plan.spare()),
        List.of(
            "headroom", "at the peak", "with headroom", "after a loss", "to have", "decided by"),
        rows);
  }

  private static Table needs(CapacityPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Need.Part part : plan.need().each()) {
      rows.add(
          List.of(
              part.constraint().key(),
              part.constraint().unit(),
              Figures.number(part.wanted()),
              range(part.capacity()),
              Double.isFinite(part.replicas())
                  ? String.format(Locale.ROOT, "%.2f", part.replicas())
                  : "n/a"));
    }
    EngineLimits engine = plan.engine();
    String full =
        engine == null
            ? ""
            : String.format(
                Locale.ROOT,
                " The engine alone: %s input tokens/s of prompts with no answers, %s output tokens/s with no prompts, %s tokens in the KV cache.",
                Figures.number(engine.prefillTps()),
                Figures.number(engine.decodeTps()),
                Figures.number(engine.kvTokens()));
    return new Table(
        "What binds",
        "%s. Found by %s.%s".formatted(plan.need().binding(), plan.need().how(), full),
        List.of("constraint", "of", "wanted at the peak", "one replica", "replicas"),
        rows);
  }

  private static Table capacities(CapacityPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    for (Capacity each : plan.capacities()) {
      rows.add(
          List.of(
              each.run(),
              each.knee(),
              each.level() + (each.verified() ? ", held" : ", not verified"),
              range(each.outputTpsRange()),
              range(each.computedInputTpsRange()),
              "%s in (%s cached), %s out"
                  .formatted(
                      Figures.number(each.mix().input()),
                      Figures.percent(each.mix().hitRate()),
                      Figures.number(each.mix().output())),
              each.doubt()));
    }
    return new Table(
        "Capacity of one replica",
        "At the operating point, as measured.",
        List.of(
            "run",
            "knee",
            "operating point",
            "output tokens/s",
            "input tokens/s, uncached",
            "tokens of a request",
            "interval"),
        rows);
  }

  private static Table check(PlanCheck check) {
    List<List<String>> rows = new ArrayList<>();
    for (PlanCheck.Row row : check.rows()) {
      rows.add(
          List.of(
              row.what(),
              Integer.toString(row.replicas()),
              Figures.number(row.requests()),
              row.goodput() == null
                  ? "n/a"
                  : String.format(Locale.ROOT, "%.2f %%", row.goodput() * 100),
              row.ttftP99Ms() == null ? "n/a" : Figures.ms(row.ttftP99Ms()),
              Figures.number(row.outputTps()),
              row.hitRate() == null ? "n/a" : Figures.percent(row.hitRate()),
              verdict(row)));
    }
    String fewest =
        check.minimum() == null
            ? "No fleet was found that holds the target."
            : String.format(
                Locale.ROOT,
                "The fewest that hold it are %d; by the knee alone they would be %d (%+.0f %%).",
                check.minimum(),
                check.formula(),
                100 * (check.deviation() == null ? 0 : check.deviation()));
    return new Table(
        "Checked by simulation",
        "Goodput of at least %s at the peak, with %s. %s %s."
            .formatted(
                Figures.percent(check.target()),
                check.engine(),
                fewest,
                String.join("; ", check.notes())),
        List.of(
            "fleet",
            "replicas",
            "requests",
            "goodput",
            "TTFT p99",
            "output tokens/s",
            "cache hits",
            ""),
        rows);
  }

  private static String verdict(PlanCheck.Row row) {
    if (row.expected() == null) {
      return "not asked";
    }
    String reached = row.reached() ? "reached" : "missed";
    return row.asExpected() ? reached : reached + ": not as planned";
  }

  private static Table variations(String title, String see, List<Variation> variations) {
    List<List<String>> rows = new ArrayList<>();
    for (Variation each : variations) {
      rows.add(
          List.of(
              each.what(),
              Figures.number(each.computedInputTps()),
              Figures.number(each.outputTps()),
              each.replicas() == null ? "n/a" : each.replicas().text(),
              each.how()));
    }
    return new Table(
        title,
        see,
        List.of("", "input tokens/s, uncached", "output tokens/s", "replicas", "by"),
        rows);
  }

  private static Table quotas(CapacityPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    List<String> binding = new ArrayList<>();
    for (QuotaLine line : plan.quotas()) {
      if (line.binds()) {
        binding.add(line.limit());
      }
      rows.add(
          List.of(
              line.limit(),
              Figures.number(line.needed()),
              line.granted() == null ? "not known" : Figures.number(line.granted()),
              line.share() == null ? "n/a" : Figures.percent(line.share()),
              line.granted() == null ? "" : line.binds() ? "binds" : "enough",
              Figures.number(line.ask())));
    }
    return new Table(
        "Quotas of a provider",
        (binding.isEmpty()
                ? "None that is known binds at the peak."
                : "At the peak %s %s: requests beyond it are refused."
                    .formatted(
                        String.join(" and ", binding), binding.size() == 1 ? "binds" : "bind"))
            + admitted(plan)
            + " To ask for: the peak with a headroom of "
            + factor(plan.headroom().low())
            + ".",
        List.of("limit", "a minute at the peak", "granted", "used", "", "to ask for"),
        rows);
  }

  /** All limits hold at once, so that the scarcest decides. */
  private static String admitted(CapacityPlan plan) {
    double share =
        plan.quotas().stream()
            .map(QuotaLine::share)
            .filter(each -> each != null)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return share == 0
        ? ""
        : " Together they admit %s such requests/s."
            .formatted(Figures.number(plan.demand().requestsPerS() / share));
  }

  private static Table day(DailyFleet day) {
    double saved = 1 - day.scaledHours() / day.staticHours();
    return new Table(
        "Over the day",
        "The day's mean is %s of its peak. A fleet that is scaled ahead of its traffic needs %s fewer replica-hours."
            .formatted(Figures.percent(day.meanLevel()), Figures.percent(saved)),
        List.of("fleet", "replica-hours a day"),
        List.of(
            List.of("as at the peak, all day", Figures.number(day.staticHours())),
            List.of("scaled", Figures.number(day.scaledHours()))));
  }

  private static Table cost(MonthlyCost cost) {
    List<List<String>> rows = new ArrayList<>();
    add(rows, "fleet, lower headroom", cost.fleet());
    if (cost.fleetHigh() != null && !cost.fleetHigh().equals(cost.fleet())) {
      add(rows, "fleet, higher headroom", cost.fleetHigh());
    }
    Double scaled = cost.scaled();
    if (scaled != null) {
      rows.add(List.of("fleet, scaled over the day", Figures.number(scaled)));
      Estimate fleet = cost.fleet();
      if (fleet != null) {
        rows.add(List.of("saved by scaling", Figures.number(fleet.likely() - scaled)));
      }
    }
    if (cost.tokens() != null) {
      rows.add(List.of("the same tokens from a provider", Figures.number(cost.tokens())));
    }
    return new Table("Cost of a month", cost.basis() + ".", List.of("", cost.currency()), rows);
  }

  private static void add(List<List<String>> rows, String what, @Nullable Estimate money) {
    if (money != null) {
      rows.add(List.of(what, range(money)));
    }
  }

  private static String range(Estimate estimate) {
    return estimate.low() == estimate.high()
        ? Figures.number(estimate.likely())
        : "%s (%s to %s)"
            .formatted(
                Figures.number(estimate.likely()),
                Figures.number(estimate.low()),
                Figures.number(estimate.high()));
  }

  private static String factor(double value) {
    return String.format(Locale.ROOT, value * 10 == Math.rint(value * 10) ? "%.1f" : "%.2f", value);
  }

  /** The peak in all its units. */
  public static String peak(CapacityPlan plan) {
    return "%s%s: %s requests/s, %s input tokens/s (%s uncached), %s output tokens/s"
        .formatted(
            plan.peak(),
            plan.growth() == 0 ? "" : " and " + Figures.percent(plan.growth()) + " of growth",
            Figures.number(plan.demand().requestsPerS()),
            Figures.number(plan.demand().inputTps()),
            Figures.number(plan.demand().computedInputTps()),
            Figures.number(plan.demand().outputTps()));
  }
}
