package dev.candor.analysis.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What simulations of the plan at its peak have shown.
 *
 * @param engine the profile that was simulated
 * @param rows in the order of the simulations that matter
 * @param target goodput that must be reached
 * @param minimum the smallest fleet whose simulated goodput reaches it; null where none was found
 * @param formula the smallest fleet by the knee, without headroom or spare
 * @param deviation of the formula's from the simulated one: 0.1 is a tenth too many
 * @param agrees whether every row came out as planned
 * @param notes how it was simulated
 */
public record PlanCheck(
    String engine,
    List<Row> rows,
    double target,
    @Nullable Integer minimum,
    int formula,
    @Nullable Double deviation,
    boolean agrees,
    List<String> notes) {
  public PlanCheck {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * One fleet at the peak.
   *
   * @param hitRate of the replicas' caches
   * @param expected whether the target is to be reached; null where nothing is asked
   * @param ttftP99Ms null where there are too few
   */
  public record Row(
      String what,
      int replicas,
      long requests,
      @Nullable Double goodput,
      @Nullable Double ttftP99Ms,
      double outputTps,
      @Nullable Double hitRate,
      @Nullable Boolean expected,
      boolean reached) {
    public boolean asExpected() {
      return expected == null || expected == reached;
    }
  }
}
