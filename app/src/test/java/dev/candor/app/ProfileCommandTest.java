package dev.candor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candor.app.cli.ExitCode;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code candor profile}: what it prints can be used, and its mistakes are told. */
final class ProfileCommandTest {
  private static final String CONFIG =
      """
      {"model_type": "qwen3", "hidden_size": 5120, "intermediate_size": 17408,
       "num_hidden_layers": 40, "num_attention_heads": 40, "num_key_value_heads": 8,
       "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 40960,
       "sliding_window": null, "tie_word_embeddings": false}
      """;

  @TempDir Path temp;

  private Path config(String text) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("Qwen3-14B"));
    return Files.writeString(folder.resolve("config.json"), text);
  }

  @Test
  void list_showsFittedProfilesFirst_andWhichGpusHoldWhat() {
    Invocation list = Invocation.of("profile", "list");
    assertThat(list.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(list.output())
        .containsSubsequence("h100-llama3-8b ", "Estimates", "Not measured", "GPU ", "l4 ")
        .containsPattern("h100 +x1, x1 +x1, x1 +x1, x1 +x2, x1")
        .containsPattern("a100 +x1 +x1 +x1 +x2 +x2 +x1");
  }

  @Test
  void list_asJson_namesProfilesThatCanBeUsed() {
    Invocation list = Invocation.of("profile", "list", "--json");
    assertThat(list.output()).contains("\"h200-qwen3-32b\"").startsWith("{");
  }

  @ParameterizedTest
  @CsvSource({"h100-llama3-8b", "l40sx4-llama3.1-70b", "mi300x-mixtral-8x7b", "tiny"})
  void show_isAFileThatReadsBackAsTheSame(String name) throws IOException {
    Invocation show = Invocation.of("profile", "show", name);
    assertThat(show.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(show.output()).contains("# What it comes to").contains("output tokens/s");
    Path file = Files.writeString(temp.resolve("mine.yaml"), show.output());
    EngineProfile read = (EngineProfile) Profiles.named(file.toString());
    assertThat(read.settings()).isEqualTo(((EngineProfile) Profiles.named(name)).settings());
  }

  @Test
  void derive_ofAKnownShape_isItsEstimate() throws IOException {
    Path out = temp.resolve("mine.yaml");
    Invocation derive =
        Invocation.of(
            "profile",
            "derive",
            "--model-config",
            config(CONFIG).toString(),
            "--gpu",
            "H100",
            "--tp",
            "2",
            "--weights",
            "fp8",
            "--out",
            out.toString());
    assertThat(derive.error()).isEmpty();
    assertThat(derive.exitCode()).isEqualTo(ExitCode.OK);
    EngineProfile read = (EngineProfile) Profiles.named(out.toString());
    EngineProfile known = (EngineProfile) Profiles.named("h100x2-qwen3-14b-fp8");
    assertThat(read.settings()).isEqualTo(known.settings());
    assertThat(read.model().name()).isEqualTo("Qwen3-14B");
    assertThat(read.error()).startsWith("estimate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--gpu h1000 | there is no GPU 'h1000' here; did you mean 'h100'?",
        "--gpu l4 | the least that fits is tp 2",
        "--gpu h100 --tp 3 | tp is 3, must divide the 8 key-value heads",
        "--gpu h100 --tp 0 | --tp: found 0, must be at least 1",
        "--gpu h100 --weights int4 | --weights: found 'int4', must be bf16 or fp8",
        "--gpu h100 --batch 0 | --batch: found 0, must be at least 1",
        "--gpu h100 --out mine.txt | --out: found mine.txt, must end in .yaml",
      })
  void derive_ofAMistake_namesIt(String flags, String said) throws IOException {
    String[] rest = flags.split(" ");
    String[] command = new String[rest.length + 4];
    command[0] = "profile";
    command[1] = "derive";
    command[2] = "--model-config";
    command[3] = config(CONFIG).toString();
    System.arraycopy(rest, 0, command, 4, rest.length);
    Invocation derive = Invocation.of(command);
    assertThat(derive.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(derive.error()).contains(said).doesNotContain("\tat ");
  }

  @Test
  void derive_ofAConfigWithoutItsKeys_namesThem() throws IOException {
    Invocation derive =
        Invocation.of(
            "profile",
            "derive",
            "--model-config",
            config("{\"model_type\": \"llama\"}").toString(),
            "--gpu",
            "h100");
    assertThat(derive.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(derive.error()).contains("'hidden_size' is missing", "'vocab_size' is missing");
  }

  @Test
  void mock_ofAModelLargerThanItsGpu_isRefused() {
    Invocation mock = Invocation.of("mock", "--port", "0", "h100-llama3.1-70b");
    assertThat(mock.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mock.error()).contains("141.1 GB of weights", "the least that fits is tp 2");
  }
}
