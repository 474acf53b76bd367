package dev.candor.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.error.CandorException;
import dev.candor.scenario.Budget;
import dev.candor.scenario.Prices;
import dev.candor.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PricesFileTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @TempDir Path temp;

  @BeforeEach
  void writeList() throws IOException {
    Files.writeString(
        temp.resolve("list.yaml"),
        """
        currency: EUR
        models:
          house-7b: {input: 0.2, cache_write: 0.3, output: €0.8, request: 0.001, batch_discount: 40%, aliases: [house]}
          house-70b: {gpu_hour: 2.5, gpus: 4, source: "contract 17", as_of: 2026-10-01}
        """);
    Files.writeString(temp.resolve("wrong.yaml"), "models: {a: {input: -1, currency: USD}}");
  }

  private Scenario read(String yaml) throws IOException {
    Path file = Files.writeString(temp.resolve("test.yaml"), yaml);
    return ScenarioFile.read(file, Overrides.NONE, name -> null);
  }

  private Prices prices(String yaml) throws IOException {
    return Objects.requireNonNull(read(yaml).prices());
  }

  @Test
  void cost_countsEachKindOfTokenOnce() {
    Prices prices = new Prices("USD", 4, 1, 5, 20, 0.01, 0.5, false, null, Prices.Origin.OWN);
    assertThat(prices.cost(1_000_000, 2_000_000, 3_000_000, 100_000))
        .isEqualTo(4 + 2 + 15 + 2, EXACT);
    assertThat(prices.requestPrice()).isEqualTo(0.01);
    assertThat(prices.mostFor(1_000_000, 100_000)).isEqualTo(5 + 2 + 0.01, EXACT);
  }

  @Test
  void cost_ofABatch_isLess_andByTheHour_isNothing() throws IOException {
    Prices batch =
        prices("prices: {input: 4, output: 20, request: 0.1, batch_discount: 25%, batch: true}");
    assertThat(batch.cost(1_000_000, 0, 0, 1_000_000)).isEqualTo(18, EXACT);
    assertThat(batch.requestPrice()).isEqualTo(0.075, EXACT);
    Prices hours = prices("prices: {gpu_hour: $2.5, gpus: 8}");
    assertThat(hours.byTime()).isTrue();
    assertThat(hours.cost(1_000_000, 0, 0, 1_000_000)).isZero();
    assertThat(Objects.requireNonNull(hours.gpus()).cost(1.8e12)).isEqualTo(10, EXACT);
  }

  @Test
  void read_modelOfTheBook_byNameAndAlias() throws IOException {
    Prices prices = prices("prices: gpt-4o");
    assertThat(prices.inputPerMillion()).isEqualTo(2.5);
    assertThat(prices.cachedInputPerMillion()).isEqualTo(1.25);
    assertThat(prices.outputPerMillion()).isEqualTo(10);
    assertThat(prices.origin().asOf()).isEqualTo("2025-07-04");
    assertThat(prices("prices: gpt-4o-2024-08-06")).isEqualTo(prices);
    assertThat(prices("prices: {model: gpt-4o}")).isEqualTo(prices);
  }

  @Test
  void read_modelWithOverrides_keepsTheRest() throws IOException {
    Prices prices = prices("prices: {model: claude-opus-5, output: 20, batch: true}");
    assertThat(prices.outputPerMillion()).isEqualTo(20);
    assertThat(prices.cacheWritePerMillion()).isEqualTo(6.25);
    assertThat(prices.cost(0, 0, 1_000_000, 1_000_000)).isEqualTo(26.25 / 2, EXACT);
    assertThat(prices.origin().source()).endsWith("with the scenario's own");
  }

  @Test
  void read_ownList_byItsModelOrTheTargets() throws IOException {
    Prices prices = prices("prices: {file: list.yaml, model: house, batch: true}");
    assertThat(prices.currency()).isEqualTo("EUR");
    assertThat(prices.cachedInputPerMillion()).isEqualTo(0.2);
    assertThat(prices.cost(1_000_000, 0, 1_000_000, 0)).isEqualTo(0.5 * 0.6, EXACT);
    Prices hours = prices("{target: {model: house-70b}, prices: {file: list.yaml}}");
    assertThat(hours.gpus()).isEqualTo(new Prices.GpuHours(2.5, 4));
    assertThat(prices("prices: {file: list.yaml, model: house-70b, gpus: 2}").gpus())
        .isEqualTo(new Prices.GpuHours(2.5, 2));
    assertThat(hours.origin())
        .isEqualTo(new Prices.Origin("house-70b", "contract 17", "2026-10-01", false));
  }

  @Test
  void read_nothing_looksTheTargetsModelUp() throws IOException {
    Prices prices = prices("target: {model: gpt-4o-mini}");
    assertThat(prices.inputPerMillion()).isEqualTo(0.15);
    assertThat(prices.origin().assumed()).isTrue();
    assertThat(read("target: {model: nobodys-model}").prices()).isNull();
    assertThat(read("name: mock").prices()).isNull();
    assertThat(read("{target: {model: gpt-4o}, prices: unknown}").prices()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prices: {input: 0.5, cached_input: 0.1, output: 1.5}",
        "prices: {currency: EUR, input: 1, cache_write: 3, request: 0.01, batch_discount: 20%, batch: true}",
        "prices: gpt-4o",
        "prices: {gpu_hour: 2.5, gpus: 8}",
        "target: {model: claude-haiku-4-5}",
        "target: {model: nobodys-model}",
      })
  void resolved_keepsTheNumbers_notTheName(String yaml) throws IOException {
    Scenario scenario = read(yaml);
    String resolved = ResolvedYaml.write(scenario);
    assertThat(read(resolved).prices()).isEqualTo(scenario.prices());
    assertThat(resolved).doesNotContain("prices: gpt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prices: {input: -1} | prices.input: found -1, must be a price of at least 0",
        "prices: {output: cheap} | prices.output: found 'cheap', must be a number of at least 0",
        "prices: {cache_write: 1.2.3} | prices.cache_write: found '1.2.3', must be a number",
        "prices: {input: €1} | prices.input: found €1, must be in USD",
        "prices: {currency: EUR, input: 3 USD} | prices.input: found 3 USD, must be in EUR",
        "prices: {model: gpt-4o, currency: EUR} | prices.currency: found EUR, must be USD",
        "prices: gpt-4p | the price book has no model 'gpt-4p'; did you mean 'gpt-4o'?",
        "prices: {model: gtp-4o} | prices.model: the price book has no model 'gtp-4o'; did you mean 'gpt-4o'?",
        "prices: {file: list.yaml, model: hous} | has no model 'hous'; did you mean 'house'?",
        "prices: {file: list.yaml} | prices.file: ",
        "prices: {file: no.yaml} | prices.file: there is no file",
        "prices: {file: wrong.yaml, model: a} | models.a.input: found -1, must be a price of at least 0",
        "prices: {file: wrong.yaml, model: a} | unknown key 'currency'",
        "prices: {gpu_hour: 2, input: 1} | prices.input: found beside the price of a GPU",
        "prices: {model: gpt-4o, gpu_hour: 2} | prices.gpu_hour: found beside a model's prices",
        "prices: {gpus: 8} | prices.gpus: needs gpu_hour",
        "prices: {gpu_hour: 2, gpus: 0} | prices.gpus: found 0, must be at least 1",
        "prices: {input: 1, batch: true} | prices.batch: needs batch_discount",
        "prices: {input: 1, batch_discount: 150%} | prices.batch_discount: found 150%, must be a share",
        "prices: {input: 1, as_of: May} | prices.as_of: found 'May', must be a day such as",
        "prices: [1] | prices: found a list, must be a mapping",
        "prices: {inptu: 1} | unknown key 'inptu'; did you mean 'input'?",
        "budget: {cost: $5} | budget.cost: needs prices of tokens: prices is not given",
        "{prices: {input: 1}, budget: {cost: 0}} | budget.cost: found 0, must be an amount above 0",
        "{prices: {input: 1}, budget: {cost: -$3}} | budget.cost: found",
        "{prices: {input: 1}, budget: {cost: 3 EUR}} | budget.cost: found 3 EUR, must be in USD",
        "{prices: {gpu_hour: 1}, budget: {cost: 3}} | budget.cost: found beside gpu_hour",
        "budget: {tokens: 0} | budget.tokens: found 0, must be at least 1",
        "budget: {tokens: -2M} | budget.tokens: found -2M, must be at least 1",
        "budget: {tokens: 1.5} | budget.tokens: found '1.5', must be a whole number",
        "budget: {tokens: 2T} | budget.tokens: found '2T', must be a whole number",
        "budget: {token: 2} | unknown key 'token'; did you mean 'tokens'?",
      })
  void read_mistake_isNamed(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(CandorException.class)
        .hasMessageContaining(message.strip())
        .hasMessageContaining(".yaml");
  }

  @Test
  void budget_withSuffixes_isReadBackTheSame() throws IOException {
    Scenario scenario = read("{prices: {input: 1}, budget: {cost: $5, tokens: 1.5M}}");
    assertThat(scenario.budget()).isEqualTo(new Budget(5.0, 1_500_000L));
    assertThat(read(ResolvedYaml.write(scenario)).budget()).isEqualTo(scenario.budget());
    assertThat(read("budget: {tokens: 500k}").budget()).isEqualTo(new Budget(null, 500_000L));
  }

  @Test
  void shippedBook_hasASourceAndADayForEachModel() {
    assertThat(PriceBook.shipped().entries())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            entry -> {
              assertThat(entry.prices().origin().source()).startsWith("https://");
              assertThat(entry.prices().origin().asOf()).isNotNull();
              assertThat(entry.prices().outputPerMillion())
                  .as(entry.model())
                  .isGreaterThanOrEqualTo(entry.prices().inputPerMillion());
              assertThat(entry.prices().cachedInputPerMillion())
                  .isPositive()
                  .isLessThanOrEqualTo(entry.prices().inputPerMillion());
            });
  }
}
