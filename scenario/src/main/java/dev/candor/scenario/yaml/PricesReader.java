package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.Prices;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code prices}: a model of the price book, own numbers, a model with overrides, or a file.
 */
final class PricesReader {
  /** Stands in a resolved scenario for prices that nobody knew, so that nobody looks again. */
  static final String UNKNOWN = "unknown";

  private static final String INSTEAD =
      "; prices: {input: …, output: …} gives your own, {file: …} those of a list";

  private final FileNames files;
  private final Problems problems;

  PricesReader(FileNames files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * @param targetModel whose prices hold where the scenario names none
   * @return null where they are not known
   */
  @Nullable Prices read(@Nullable Value value, String targetModel) {
    if (value == null) {
      PriceBook.Entry entry = PriceBook.shipped().find(targetModel);
      return entry == null ? null : withOrigin(entry.prices(), true);
    }
    if (value.isText()) {
      return named(value);
    }
    Section section = new Section(value, problems, Keys.PRICES);
    Prices base = base(section, targetModel);
    String currency = section.text("currency", base == null ? PriceFields.USD : base.currency());
    if (base != null && !currency.equals(base.currency())) {
      section.problem(
          "currency",
          "found %s, must be %s, which the list's prices are in: a run has one currency"
              .formatted(currency, base.currency()));
    }
    return new PriceFields(currency).read(section, base, origin(section, base));
  }

  private @Nullable Prices named(Value value) {
    if (value.text().equals(UNKNOWN)) {
      return null;
    }
    try {
      return PriceBook.shipped().get(value.text(), () -> INSTEAD).prices();
    } catch (CandorException e) {
      problems.add(value.where(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Prices base(Section section, String targetModel) {
    String model = section.text("model");
    Path file = section.<@Nullable Path>read("file", null, files::existing);
    if (model == null && file == null) {
      return null;
    }
    try {
      PriceBook book = file == null ? PriceBook.shipped() : PriceBook.read(file, problems);
      String asked = Objects.requireNonNullElse(model, targetModel);
      Prices found = book.get(asked, () -> file == null ? INSTEAD : "").prices();
      if (section.has("gpu_hour") && !found.byTime()) {
        section.problem(
            "gpu_hour", "found beside a model's prices; money runs by tokens or by time, keep one");
      }
      return found;
    } catch (CandorException e) {
      section.problem(model != null ? "model" : "file", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Prices.Origin origin(Section section, @Nullable Prices base) {
    if (base != null) {
      boolean changed =
          Stream.concat(PriceFields.BY_TOKENS.stream(), Stream.of("gpu_hour", "gpus"))
              .anyMatch(section::has);
      Prices.Origin of = base.origin();
      return changed
          ? new Prices.Origin(
              of.model(), of.source() + ", with the scenario's own", of.asOf(), false)
          : of;
    }
    return new Prices.Origin(
        section.text("listed_as"),
        section.text("source"),
        section.<@Nullable String>read("as_of", null, PriceFields::date),
        section.bool("assumed", false));
  }

  private static Prices withOrigin(Prices prices, boolean assumed) {
    Prices.Origin of = prices.origin();
    return new Prices(
        prices.currency(),
        prices.inputPerMillion(),
        prices.cachedInputPerMillion(),
        prices.cacheWritePerMillion(),
        prices.outputPerMillion(),
        prices.perRequest(),
        prices.batchDiscount(),
        prices.batch(),
        prices.gpus(),
        new Prices.Origin(of.model(), of.source(), of.asOf(), assumed));
  }
}
