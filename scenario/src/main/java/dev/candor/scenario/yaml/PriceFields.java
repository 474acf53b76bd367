package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.units.Shares;
import dev.candor.base.yaml.Section;
import dev.candor.scenario.Prices;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of prices, whether of a scenario, of a model in a list, or overrides of it. */
record PriceFields(String currency) {
  static final String USD = "USD";

  static final List<String> BY_TOKENS =
      List.of("input", "cached_input", "cache_write", "output", "request", "batch_discount");

  /**
   * @param base what holds where {@code section} says nothing, or null
   */
  Prices read(Section section, @Nullable Prices base, Prices.Origin origin) {
    Function<String, Double> price = text -> AmountText.price(text, currency);
    Prices.GpuHours gpus = gpus(section, base == null ? null : base.gpus(), price);
    double input = section.read("input", base == null ? 0.0 : base.inputPerMillion(), price);
    double discount =
        section.read(
            "batch_discount", base == null ? 0.0 : base.batchDiscount(), Shares::parsePart);
    boolean batch = section.bool("batch", false);
    if (batch && discount == 0 && !section.has("batch_discount")) {
      section.problem("batch", "needs batch_discount, such as 50%: the prices have none");
    }
    return new Prices(
        currency,
        input,
        section.read("cached_input", base == null ? input : base.cachedInputPerMillion(), price),
        section.read("cache_write", base == null ? input : base.cacheWritePerMillion(), price),
        section.read("output", base == null ? 0.0 : base.outputPerMillion(), price),
        section.read("request", base == null ? 0.0 : base.perRequest(), price),
        discount,
        batch,
        gpus,
        origin);
  }

  private static Prices.@Nullable GpuHours gpus(
      Section section, Prices.@Nullable GpuHours base, Function<String, Double> price) {
    if (base == null && !section.has("gpu_hour")) {
      if (section.has("gpus")) {
        section.problem("gpus", "needs gpu_hour, the price of one GPU's hour");
      }
      return null;
    }
    List<String> tokens =
        Stream.concat(BY_TOKENS.stream(), Stream.of("batch")).filter(section::has).toList();
    if (!tokens.isEmpty()) {
      section.problem(
          tokens.getFirst(),
          "found beside the price of a GPU's hour; money runs by tokens and requests or by time, keep one");
    }
    return new Prices.GpuHours(
        section.read("gpu_hour", base == null ? 0.0 : base.hour(), price),
        section.integer("gpus", base == null ? 1 : base.count(), 1));
  }

  static String date(String text) {
    try {
      return LocalDate.parse(text.trim()).toString();
    } catch (DateTimeParseException e) {
      throw CandorException.user("found '%s', must be a day such as 2026-11-28".formatted(text));
    }
  }
}
