package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.engine.EngineProfile;
import dev.candor.engine.Profiles;
import dev.candor.engine.roofline.Catalogue;
import dev.candor.engine.roofline.EstimateYaml;
import dev.candor.engine.roofline.ModelConfig;
import dev.candor.engine.roofline.Placement;
import dev.candor.engine.roofline.Precision;
import dev.candor.engine.roofline.Roofline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code candor profile derive}. */
@Command(
    name = "derive",
    description =
        "Estimates the profile of a model on a GPU from its config.json (docs/profiles.md).")
final class ProfileDeriveCommand implements Callable<Integer> {
  @Option(
      names = "--model-config",
      required = true,
      paramLabel = "FILE",
      description = "The model's config.json, as Hugging Face has it.")
  @Nullable Path config;

  @Option(
      names = "--gpu",
      required = true,
      paramLabel = "NAME",
      description = "h100, h200, a100, l40s, l4, b200 or mi300x.")
  @Nullable String gpu;

  @Option(
      names = "--tp",
      paramLabel = "N",
      description = "GPUs that share the model. Default: ${DEFAULT-VALUE}.")
  int tensorParallel = 1;

  @Option(
      names = "--weights",
      paramLabel = "TYPE",
      description = "bf16 or fp8. Default: as the file says, else bf16.")
  @Nullable String weights;

  @Option(
      names = "--kv",
      paramLabel = "TYPE",
      description = "Of the KV cache: bf16 or fp8. Default: ${DEFAULT-VALUE}.")
  String kv = "bf16";

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Of a mixture of experts: tokens in a step, for which the experts touched are counted."
              + " Default: ${DEFAULT-VALUE}.")
  int batch = Placement.DEFAULT_BATCH;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's. Default: that of the folder of its config.json.")
  @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "FILE.yaml",
      description = "Where to write the profile. Default: standard output.")
  @Nullable Path out;

  @Override
  public Integer call() {
    String wanted = weights;
    ModelConfig model =
        ModelConfig.read(
            Objects.requireNonNull(config),
            name,
            wanted == null ? null : precision("--weights", wanted));
    Placement placement =
        new Placement(
            Catalogue.builtIn().gpu(Objects.requireNonNull(gpu)),
            MockCommand.atLeast("--tp", tensorParallel, 1),
            model.weights(),
            precision("--kv", kv),
            MockCommand.atLeast("--batch", batch, 1));
    Roofline roofline = Roofline.of(model.model(), placement);
    String text = EstimateYaml.of(roofline, model.notes());
    // Read back, so that what is written is a profile.
    EngineProfile profile = (EngineProfile) Profiles.parse(model.model().name(), text);
    String whole = text + ProfileFigures.comments(profile);
    if (out == null) {
      System.out.print(whole);
    } else {
      write(out, whole);
      model.notes().forEach(System.out::println);
      System.out.println(out + ": candor mock --profile " + out + " serves it");
    }
    return ExitCode.OK;
  }

  private static void write(Path file, String text) {
    if (!file.toString().matches(".*\\.ya?ml")) {
      throw CandorException.user(
          "--out: found %s, must end in .yaml: profiles in files are told by that".formatted(file));
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.USER, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Precision precision(String flag, String text) {
    for (Precision precision : Precision.values()) {
      if (precision.key().equals(text)) {
        return precision;
      }
    }
    throw CandorException.user("%s: found '%s', must be bf16 or fp8".formatted(flag, text));
  }
}
