package dev.candor.scenario.yaml;

import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Prices;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A section {@code prices} in a file that is no scenario: the same forms as in one. */
public final class PricesSection {
  /** No model is looked up where nothing is said. */
  private static final String NO_MODEL = "";

  private PricesSection() {}

  /**
   * @param value null: there is no such section
   * @param folder what names of files count from
   * @return null where no price is known
   */
  public static @Nullable Prices read(@Nullable Value value, Path folder, Problems problems) {
    return new PricesReader(new FileNames(folder, true), problems).read(value, NO_MODEL);
  }
}
