package dev.candor.engine.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candor.base.error.CandorException;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import dev.candor.engine.StepTime;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RooflineTest {
  private static final Catalogue CATALOGUE = Catalogue.builtIn();

  private static ModelSpec model(String key) {
    return CATALOGUE.models().stream()
        .filter(model -> model.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static StepTime step(String name) {
    return EstimateName.parse(name).orElseThrow().roofline().stepTime();
  }

  /** As their model cards tell them. */
  @ParameterizedTest
  @CsvSource({
    "llama3.1-8b, 8.03, 8.03",
    "qwen3-14b, 14.8, 14.8",
    "qwen3-32b, 32.8, 32.8",
    "llama3.1-70b, 70.6, 70.6",
    "mixtral-8x7b, 46.7, 12.9",
    "qwen3-30b-a3b, 30.5, 3.3"
  })
  void parameters_areThoseThatArePublished(String key, double billions, double active) {
    assertThat(model(key).parameters() / 1e9).isCloseTo(billions, within(0.006 * billions));
    assertThat(model(key).activeParameters() / 1e9).isCloseTo(active, within(0.02 * active));
  }

  /**
   * By hand: layers 32 · (4096 · 128 · (64 + 16) + 3 · 4096 · 14336) = 6,979,321,856; head 128256 ·
   * 4096 = 525,336,576. A step reads 2 · 7,504,658,432 bytes.
   */
  @Test
  void oneGpu_hasTheCoefficientsThatArithmeticGives() {
    StepTime step = step("h100-llama3.1-8b");
    double floor = 15_009_316_864.0 / (0.9 * 3350e9) * 1e9 + 32 * 65_000;
    assertThat(step.floorNanos()).isCloseTo(floor, within(1.0));
    assertThat(step.baseNanos()).isCloseTo(0.86 * floor, within(1.0));
    assertThat(step.perPrefillTokenNanos())
        .isCloseTo(2 * 6_979_321_856.0 / (0.64 * 989.4e12) * 1e9, within(0.01));
    assertThat(step.perSequenceNanos())
        .isCloseTo(2 * 7_504_658_432.0 / (0.64 * 989.4e12) * 1e9, within(0.01));
    assertThat(step.perContextTokenNanos()).isCloseTo(131_072 / (0.8 * 3350), within(1e-6));
    assertThat(step.perTokenPairNanos()).isCloseTo(4 * 32 * 4096 / (0.4 * 989.4e3), within(1e-6));
  }

  /** By hand: an all-reduce of a token is 2 · 3/4 · 8192 · 2 bytes, 160 of them at 270 GB/s. */
  @Test
  void fourGpus_shareTheWorkAndPayForTheirExchange() {
    StepTime step = step("h100x4-llama3.1-70b");
    double layers = 80.0 * (8192.0 * 128 * (128 + 16) + 3.0 * 8192 * 28672);
    double exchange = 160 * 1.5 * 8192 * 2 / 270.0;
    assertThat(step.perPrefillTokenNanos())
        .isCloseTo(2 * layers / (4 * 0.64 * 989.4e3) + exchange, within(0.01));
    assertThat(step.floorNanos())
        .isCloseTo(
            2 * (layers + 128_256.0 * 8192) / (4 * 0.9 * 3350) + 80 * 65_000 + 160 * 4000,
            within(1.0));
  }

  @Test
  void fp8_halvesTheLayersBytesAndNotTheHead() {
    ModelSpec model = model("llama3.1-8b");
    assertThat(model.weightBytes(Precision.FP8)).isEqualTo(6_979_321_856.0 + 2 * 2 * 525_336_576.0);
    assertThat(step("h100-llama3.1-8b-fp8").floorNanos())
        .isLessThan(step("h100-llama3.1-8b").floorNanos());
  }

  /** 8 · (1 − (3/4)²) = 3.5; all but never more. */
  @Test
  void experts_touchedGrowWithTheBatch() {
    ModelSpec.Experts experts = model("mixtral-8x7b").experts();
    assertThat(experts.touched(1)).isEqualTo(2);
    assertThat(experts.touched(2)).isEqualTo(3.5);
    assertThat(experts.touched(32)).isBetween(7.99, 8.0);
    assertThat(ModelSpec.Experts.NONE.touched(5)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "h200-llama3.1-8b, h100-llama3.1-8b",
    "b200-llama3.1-8b, h200-llama3.1-8b",
    "h100-llama3.1-8b, a100-llama3.1-8b",
    "a100-llama3.1-8b, l40s-llama3.1-8b",
    "l40s-llama3.1-8b, l4-llama3.1-8b",
    "h100-llama3.1-8b, h100-qwen3-14b",
    "h100-qwen3-14b, h100-qwen3-32b",
    "h100x4-llama3.1-70b, h100x2-llama3.1-70b",
    "h100-llama3.1-8b-fp8, h100-llama3.1-8b"
  })
  void decode_isFasterOnMoreBandwidthAndFewerBytes(String faster, String slower) {
    for (int batch : List.of(1, 32, 128)) {
      assertThat(KeyFigures.decodeNanos(step(faster), batch, 1000))
          .as("batch %d", batch)
          .isLessThan(KeyFigures.decodeNanos(step(slower), batch, 1000));
    }
  }

  static List<String> grid() {
    return EstimateName.grid();
  }

  @ParameterizedTest
  @MethodSource("grid")
  void estimate_isAProfileWithinWhatItsHardwareCanDo(String name) {
    EstimateName parsed = EstimateName.parse(name).orElseThrow();
    Roofline roofline = parsed.roofline();
    EngineProfile profile = (EngineProfile) Profiles.named(name);
    StepTime step = profile.settings().stepTime();
    StepTime unrounded = roofline.stepTime();
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.error()).startsWith("estimate");
    assertThat(step.floorNanos()).isCloseTo(unrounded.floorNanos(), within(1000.0));
    assertThat(step.perPrefillTokenNanos())
        .isCloseTo(unrounded.perPrefillTokenNanos(), within(5.001));
    double peakFlops = parsed.gpus() * parsed.gpu().bf16Flops();
    double prefillPerSecond = 1e9 / step.perPrefillTokenNanos();
    assertThat(prefillPerSecond * 2 * parsed.model().activeLayerParameters()).isLessThan(peakFlops);
    double read = parsed.model().readBytes(Precision.BF16, Placement.DEFAULT_BATCH);
    assertThat(step.floorNanos())
        .isGreaterThan(read / (parsed.gpus() * parsed.gpu().bytesPerSecond()) * 1e9);
    assertThat(profile.settings().kvCache().blocks() * 16L)
        .isGreaterThanOrEqualTo(Roofline.LEAST_KV_TOKENS);
    assertThat(profile.settings().limits().maxModelLen())
        .isLessThanOrEqualTo(profile.settings().kvCache().blocks() * 16 + 16);
  }

  @Test
  void grid_hasEveryGpuWithEveryModel_asEightHoldThemAll() {
    assertThat(EstimateName.grid())
        .hasSize(CATALOGUE.gpus().size() * CATALOGUE.models().size())
        .contains("l4x8-llama3.1-70b", "h100x2-llama3.1-70b", "mi300x-llama3.1-70b");
  }

  @Test
  void model_largerThanItsGpus_saysWeightsMemoryAndTheLeastThatFits() {
    assertThatThrownBy(() -> Profiles.named("l4-llama3.1-70b"))
        .isInstanceOf(CandorException.class)
        .hasMessage(
            "there is no profile 'l4-llama3.1-70b': Llama-3.1-70B-Instruct in bf16 has 141.1 GB of"
                + " weights; one NVIDIA L4 24GB with 24.2 GB of memory, of which an engine may use 90"
                + " %, leaves KV for 0 tokens, and must for 4,096; the least that fits is tp 8");
  }

  @Test
  void model_thatNoEightGpusHold_saysSo() {
    ModelSpec small = model("llama3.1-70b");
    ModelSpec large =
        new ModelSpec(
            "huge",
            "Huge",
            300,
            16_384,
            128,
            8,
            128,
            53_248,
            ModelSpec.Experts.NONE,
            128_256,
            false,
            4096,
            small.source());
    Placement placement = Placement.of(CATALOGUE.gpu("l4"), 8, Precision.BF16);
    assertThat(Roofline.leastGpus(large, placement)).isEqualTo(OptionalInt.empty());
    assertThatThrownBy(() -> Roofline.of(large, placement))
        .hasMessageContaining("even 8 of them do not hold it");
  }

  @Test
  void tensorParallelism_thatDoesNotDivideTheHeads_isRefusedWithThoseThatDo() {
    assertThatThrownBy(() -> Profiles.named("h100x3-llama3.1-8b"))
        .hasMessageContaining("tp is 3, must divide the 8 key-value heads and 32 heads")
        .hasMessageContaining("right are [1, 2, 4, 8]");
    assertThatThrownBy(() -> Profiles.named("h100x8-qwen3-30b-a3b"))
        .hasMessageContaining("must divide the 4 key-value heads");
  }

  @Test
  void fp8_onAGpuWithoutIt_isRefused() {
    assertThatThrownBy(() -> Profiles.named("a100-llama3.1-8b-fp8"))
        .hasMessageContaining("NVIDIA A100 SXM 80GB has no FP8 units");
  }

  @Test
  void kvTokens_ofFp8Cache_areTwiceAsMany() {
    GpuSpec gpu = CATALOGUE.gpu("H100");
    Roofline half =
        Roofline.of(model("llama3.1-8b"), new Placement(gpu, 1, Precision.BF16, Precision.FP8, 32));
    Roofline full = Roofline.of(model("llama3.1-8b"), Placement.of(gpu, 1, Precision.BF16));
    assertThat(half.kvTokens()).isBetween(2 * full.kvTokens() - 16, 2 * full.kvTokens() + 32);
  }

  @Test
  void gpus_haveTheirSources() {
    assertThat(CATALOGUE.gpus())
        .hasSize(7)
        .allSatisfy(
            gpu -> {
              assertThat(gpu.source()).startsWith("https://");
              assertThat(gpu.bf16Flops()).isPositive();
              if (gpu.fp8Flops() != null) {
                // Both dense: FP8 is twice as fast on all of them.
                assertThat(Objects.requireNonNull(gpu.fp8Flops()) / gpu.bf16Flops())
                    .isCloseTo(2, within(0.03));
              }
            });
  }
}
