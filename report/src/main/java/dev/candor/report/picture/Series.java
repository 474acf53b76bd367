package dev.candor.report.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values over the x of their plot.
 *
 * @param values null where nothing was measured: the line has a gap there
 * @param right whether it belongs to the axis on the right
 */
public record Series(String name, List<@Nullable Double> values, boolean right) {
  public Series(String name, List<@Nullable Double> values) {
    this(name, values, false);
  }
}
