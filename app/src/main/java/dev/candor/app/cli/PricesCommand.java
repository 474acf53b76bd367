package dev.candor.app.cli;

import dev.candor.scenario.Prices;
import dev.candor.scenario.yaml.PriceBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor prices}. */
@Command(
    name = "prices",
    description =
        "Lists the prices that Candor knows, in USD per million tokens, with the day and the source of each; they change, and a scenario's own override them (docs/cost.md).")
final class PricesCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Show this one alone, by a name that its provider has for it.")
  @Nullable String model;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    PriceBook book = PriceBook.shipped();
    List<PriceBook.Entry> shown = model == null ? book.entries() : List.of(book.get(model));
    if (json) {
      System.out.println(
          JSON.writeValueAsString(
              model == null
                  ? Map.of("models", shown.stream().map(PricesCommand::members).toList())
                  : members(shown.getFirst())));
    } else {
      System.out.print(model == null ? table(shown) : one(shown.getFirst()));
    }
    return ExitCode.OK;
  }

  private static String table(List<PriceBook.Entry> entries) {
    int width = entries.stream().mapToInt(entry -> entry.model().length()).max().orElse(0);
    String row = "%-" + width + "s  %7s %7s %7s %7s  %s%n";
    StringBuilder out = new StringBuilder();
    out.append(row.formatted("model", "input", "cached", "written", "output", "as of"));
    for (PriceBook.Entry entry : entries) {
      Prices p = entry.prices();
      out.append(
          row.formatted(
              entry.model(),
              amount(p.inputPerMillion()),
              amount(p.cachedInputPerMillion()),
              amount(p.cacheWritePerMillion()),
              amount(p.outputPerMillion()),
              p.origin().asOf()));
    }
    return out.append("\nUSD per million tokens; candor prices MODEL names the source.\n")
        .toString();
  }

  private static String one(PriceBook.Entry entry) {
    StringBuilder out = new StringBuilder();
    members(entry)
        .forEach(
            (key, value) -> {
              if (value != null) {
                out.append(
                    "%-15s %s%n"
                        .formatted(
                            key,
                            value instanceof Double number
                                ? amount(number)
                                : value instanceof List<?> names
                                    ? String.join(
                                        ", ", names.stream().map(String::valueOf).toList())
                                    : value));
              }
            });
    return out.toString();
  }

  /** The keys that a price list has. */
  private static Map<String, @Nullable Object> members(PriceBook.Entry entry) {
    Prices p = entry.prices();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("model", entry.model());
    members.put("aliases", entry.aliases().isEmpty() ? null : new ArrayList<>(entry.aliases()));
    members.put("currency", p.currency());
    members.put("input", p.inputPerMillion());
    members.put("cached_input", p.cachedInputPerMillion());
    members.put("cache_write", p.cacheWritePerMillion());
    members.put("output", p.outputPerMillion());
    members.put("request", p.perRequest() == 0 ? null : p.perRequest());
    members.put("batch_discount", p.batchDiscount() == 0 ? null : p.batchDiscount());
    members.put("as_of", p.origin().asOf());
    members.put("source", p.origin().source());
    members.put("note", entry.note());
    return members;
  }

  private static String amount(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
