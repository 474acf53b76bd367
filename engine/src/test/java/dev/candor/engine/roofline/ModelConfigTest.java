package dev.candor.engine.roofline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelConfigTest {
  private static final String LLAMA =
      """
      {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": 4096,
        "intermediate_size": 14336,
        "num_hidden_layers": 32,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "vocab_size": 128256,
        "max_position_embeddings": 131072,
        "rope_scaling": {"factor": 8.0},
        "sliding_window": null,
        "tie_word_embeddings": false,
        "torch_dtype": "bfloat16"
      }
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, text);
    return file;
  }

  private ModelConfig read(String text) throws IOException {
    return ModelConfig.read(file(text), "mine", null);
  }

  @Test
  void llama_isTheModelOfTheCatalogue() throws IOException {
    ModelConfig config = read(LLAMA);
    ModelSpec known = Catalogue.builtIn().models().getFirst();
    assertThat(config.model().parameters()).isEqualTo(known.parameters());
    assertThat(config.model().kvHeads()).isEqualTo(8);
    assertThat(config.model().headDim()).isEqualTo(128);
    assertThat(config.model().context()).isEqualTo(131_072);
    assertThat(config.weights()).isEqualTo(Precision.BF16);
    assertThat(config.notes()).isEmpty();
  }

  @Test
  void derived_readsBackAsAProfile() throws IOException {
    Placement placement = Placement.of(Catalogue.builtIn().gpu("l4"), 1, Precision.FP8);
    Roofline roofline = Roofline.of(read(LLAMA).model(), placement);
    EngineProfile profile =
        (EngineProfile) Profiles.parse("mine", EstimateYaml.of(roofline, java.util.List.of()));
    assertThat(profile.model().name()).isEqualTo("mine");
    assertThat(profile.settings().kvCache().blocks() * 16L)
        .isBetween(roofline.kvTokens() - 160L, roofline.kvTokens() + 160L);
  }

  @Test
  void mixtures_areReadInTheirFamiliesWords() throws IOException {
    String mixtral =
        LLAMA
            .replace("\"llama\"", "\"mixtral\"")
            .replace("128256", "32000")
            .replace(
                "\"rope_scaling\"",
                "\"num_local_experts\": 8, \"num_experts_per_tok\": 2, \"rope_scaling\"");
    assertThat(read(mixtral).model().parameters() / 1e9).isBetween(46.6, 46.8);
    String qwen =
        LLAMA
            .replace("\"llama\"", "\"qwen2_moe\"")
            .replace(
                "\"rope_scaling\"",
                "\"num_experts\": 60, \"num_experts_per_tok\": 4, \"moe_intermediate_size\": 1408,"
                    + " \"shared_expert_intermediate_size\": 5632, \"mlp_only_layers\": [0, 1],"
                    + " \"rope_scaling\"");
    assertThat(read(qwen).model().experts())
        .isEqualTo(new ModelSpec.Experts(60, 4, 1408, 5632, 30));
    String deepseek =
        LLAMA
            .replace("\"llama\"", "\"deepseek\"")
            .replace(
                "\"rope_scaling\"",
                "\"n_routed_experts\": 64, \"num_experts_per_tok\": 6, \"moe_intermediate_size\": 1408,"
                    + " \"n_shared_experts\": 2, \"first_k_dense_replace\": 1, \"rope_scaling\"");
    assertThat(read(deepseek).model().experts())
        .isEqualTo(new ModelSpec.Experts(64, 6, 1408, 2816, 31));
  }

  @Test
  void tiedEmbeddings_areOneMatrix() throws IOException {
    String tied = LLAMA.replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true");
    assertThat(read(LLAMA).model().parameters() - read(tied).model().parameters())
        .isEqualTo(128_256.0 * 4096);
  }

  @Test
  void quantization_isTakenWhereItIsFp8_andAskedForElsewhere() throws IOException {
    String fp8 =
        LLAMA.replace(
            "\"torch_dtype\"",
            "\"quantization_config\": {\"quant_method\": \"fp8\"}," + " \"torch_dtype\"");
    assertThat(read(fp8).weights()).isEqualTo(Precision.FP8);
    String awq = fp8.replace("{\"quant_method\": \"fp8\"}", "{\"quant_method\": \"awq\"}");
    assertThatThrownBy(() -> read(awq))
        .hasMessageContaining("found 'awq', only fp8 is understood; --weights bf16 or");
    assertThat(ModelConfig.read(file(awq), null, Precision.FP8).weights()).isEqualTo(Precision.FP8);
  }

  @Test
  void keysThatAreMissing_areAllNamed() {
    assertThatThrownBy(() -> read("{\"model_type\": \"llama\", \"vocab_size\": 0}"))
        .hasMessageContaining("'num_hidden_layers' is missing")
        .hasMessageContaining("'hidden_size' is missing")
        .hasMessageContaining("'num_attention_heads' is missing")
        .hasMessageContaining("'intermediate_size' is missing")
        .hasMessageContaining("config.json:1:39: vocab_size: found 0, must be at least 1");
  }

  @Test
  void whatIsNotUnderstood_isSaid() throws IOException {
    assertThatThrownBy(
            () ->
                read(LLAMA.replace("\"rope_scaling\"", "\"kv_lora_rank\": 512, \"rope_scaling\"")))
        .hasMessageContaining("multi-head latent attention (MLA)");
    assertThatThrownBy(() -> read(LLAMA.replace("\"llama\"", "\"gemma3\"")))
        .hasMessageContaining(
            "config.json:3:17: model_type: the family 'gemma3' is not understood");
    assertThatThrownBy(() -> read("{\"text_config\": {}}")).hasMessageContaining("multimodal");
    assertThat(read(LLAMA.replace("\"sliding_window\": null", "\"sliding_window\": 4096")).notes())
        .singleElement()
        .asString()
        .contains("sliding window of 4096 tokens is not modelled");
  }

  @Test
  void name_isThatOfTheFolder() throws IOException {
    assertThat(ModelConfig.read(file(LLAMA), null, null).model().name())
        .isEqualTo(String.valueOf(folder.getFileName()));
  }
}
