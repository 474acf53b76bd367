package dev.candor.engine.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.engine.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EstimateNameTest {
  @ParameterizedTest
  @CsvSource({
    "l4-qwen3-14b, l4, 1, qwen3-14b, BF16",
    "l40s-qwen3-14b, l40s, 1, qwen3-14b, BF16",
    "h100x2-llama3.1-70b, h100, 2, llama3.1-70b, BF16",
    "h100x2-llama3.1-70b-fp8, h100, 2, llama3.1-70b, FP8",
    "mi300x-qwen3-30b-a3b, mi300x, 1, qwen3-30b-a3b, BF16",
    "mi300xx2-mixtral-8x7b, mi300x, 2, mixtral-8x7b, BF16"
  })
  void parse_ofAName_findsItsParts(
      String name, String gpu, int gpus, String model, Precision weights) {
    EstimateName parsed = EstimateName.parse(name).orElseThrow();
    assertThat(parsed.gpu().key()).isEqualTo(gpu);
    assertThat(parsed.gpus()).isEqualTo(gpus);
    assertThat(parsed.model().key()).isEqualTo(model);
    assertThat(parsed.weights()).isEqualTo(weights);
    assertThat(parsed).hasToString(name);
  }

  @Test
  void parse_ofSomethingElse_isEmpty() {
    assertThat(EstimateName.parse("tiny")).isEmpty();
    assertThat(EstimateName.parse("v100-llama3.1-8b")).isEmpty();
    assertThat(EstimateName.parse("h100")).isEmpty();
  }

  @Test
  void builtInNames_stayWhatTheyWere() {
    assertThat(Profiles.names()).contains("h100-llama3-8b", "h100x4-llama3-70b", "a100-llama3-8b");
    assertThat(Profiles.named("h100-llama3-8b").error()).doesNotContain("estimate");
    assertThat(Profiles.names()).doesNotContainAnyElementsOf(EstimateName.grid());
  }

  @Test
  void named_ofAnUnknownModel_offersTheNearest() {
    assertThatThrownBy(() -> Profiles.named("h100-qwen3-15b"))
        .hasMessageContaining(
            "there is no profile 'h100-qwen3-15b'; did you mean 'h100-qwen3-14b'?");
  }

  @Test
  void named_ofAnUnknownGpu_offersTheNearest() {
    assertThatThrownBy(() -> Profiles.named("l41-qwen3-14b"))
        .hasMessageContaining("there is no profile 'l41-qwen3-14b'; did you mean 'l4");
    assertThatThrownBy(() -> Profiles.named("something-else-entirely"))
        .hasMessageContaining("candor profile list shows all");
    assertThatThrownBy(() -> Catalogue.builtIn().gpu("h10"))
        .hasMessage("there is no GPU 'h10' here; did you mean 'h100'?");
  }
}
