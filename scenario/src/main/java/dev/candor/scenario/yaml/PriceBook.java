package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import dev.candor.scenario.Prices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prices by model: those that come with Candor, or a file of the user's own. */
public final class PriceBook {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a price list", "models: {my-model: {input: 0.5, output: 1.5}}");
  private static final String SHIPPED = "prices.yaml";

  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Entry> byName = new HashMap<>();

  /**
   * One model's prices.
   *
   * @param aliases other names that the provider has for it
   * @param note what its prices do not say, or null
   */
  public record Entry(String model, List<String> aliases, Prices prices, @Nullable String note) {}

  private PriceBook(String name) {
    this.name = name;
  }

  /** That which comes with Candor. */
  public static PriceBook shipped() {
    Problems problems = new Problems();
    PriceBook book =
        read("the price book", YamlFile.parse(SHIPPED, text(), PURPOSE, problems), problems);
    problems.throwIfAny();
    return book;
  }

  /**
   * A file with the same keys.
   *
   * @throws CandorException where it cannot be read; mistakes in it go to {@code problems}
   */
  static PriceBook read(Path file, Problems problems) {
    return read(file.toString(), YamlFile.read(file, PURPOSE, problems), problems);
  }

  private static PriceBook read(String name, Value root, Problems problems) {
    PriceBook book = new PriceBook(name);
    Section section = new Section(root, problems, Keys.PRICE_BOOK);
    String currency = section.text("currency", PriceFields.USD);
    Value models = section.get("models");
    Map<String, Value> byModel = models == null ? null : models.map();
    if (byModel == null) {
      problems.add(
          models == null ? root.where() : models.where(),
          "found %s, must be models with their prices, such as {my-model: {input: 0.5, output: 1.5}}"
              .formatted(models == null ? "no models" : Section.kind(models)));
      return book;
    }
    byModel.forEach((model, value) -> book.add(model, value, currency, problems));
    return book;
  }

  private void add(String model, Value value, String currency, Problems problems) {
    Section section = new Section(value, problems, Keys.PRICE_BOOK_MODEL);
    List<String> aliases = section.items("aliases", "names").stream().map(Value::text).toList();
    Prices.Origin origin =
        new Prices.Origin(
            model, Objects.requireNonNullElse(section.text("source"), name), date(section), false);
    Prices prices = new PriceFields(currency).read(section, null, origin);
    Entry entry = new Entry(model, aliases, prices, section.text("note"));
    entries.put(model, entry);
    List<String> names = new ArrayList<>(aliases);
    names.add(model);
    for (String each : names) {
      Entry other = byName.put(each, entry);
      if (other != null) {
        problems.add(
            value.where(), "found %s, which %s is called too".formatted(each, other.model()));
      }
    }
  }

  private static @Nullable String date(Section section) {
    return section.<@Nullable String>read("as_of", null, PriceFields::date);
  }

  /** The models, in the order of the list. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The model of that name or alias, or null. */
  public @Nullable Entry find(String model) {
    return byName.get(model);
  }

  /**
   * The model of that name or alias.
   *
   * @throws CandorException with the nearest name where there is none
   */
  public Entry get(String model) {
    return get(model, () -> "");
  }

  Entry get(String model, Supplier<String> instead) {
    Entry entry = find(model);
    if (entry == null) {
      throw CandorException.user(
          "%s has no model '%s'; %s%s"
              .formatted(
                  name,
                  model,
                  Suggestion.of(model, byName.keySet().stream().sorted().toList()),
                  instead.get()));
    }
    return entry;
  }

  private static String text() {
    try (InputStream in = Objects.requireNonNull(PriceBook.class.getResourceAsStream(SHIPPED))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
