package dev.candor.app.cli;

import dev.candor.engine.Profile;
import dev.candor.engine.Profiles;
import dev.candor.engine.roofline.Catalogue;
import dev.candor.engine.roofline.EstimateName;
import dev.candor.engine.roofline.GpuSpec;
import dev.candor.engine.roofline.ModelSpec;
import dev.candor.engine.roofline.Placement;
import dev.candor.engine.roofline.Precision;
import dev.candor.engine.roofline.Roofline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor profile list}. */
@Command(
    name = "list",
    description = "Lists the profiles that are built in, and those that are estimated by name.")
final class ProfileListCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Override
  public Integer call() {
    System.out.print(json ? JSON.writeValueAsString(members()) + "\n" : table());
    return ExitCode.OK;
  }

  private static Map<String, Object> members() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(
        "built_in",
        Profiles.names().stream()
            .map(Profiles::named)
            .map(profile -> Map.of("name", profile.name(), "error", profile.error()))
            .toList());
    root.put("estimates_as_of", Catalogue.builtIn().asOf());
    root.put("estimates", EstimateName.grid());
    return root;
  }

  private static String table() {
    StringBuilder out = new StringBuilder("Built in:\n");
    for (String name : Profiles.names()) {
      Profile profile = Profiles.named(name);
      out.append("  %-20s %s%n".formatted(name, profile.error()));
    }
    List<ModelSpec> models = Catalogue.builtIn().models();
    out.append(
        """

        Estimates, GPU[xN]-MODEL[-fp8], such as %s. Not measured: figures of data sheets
        and config.json of %s, by the formulas of docs/profiles.md. Fewest GPUs that hold a model in BF16, in FP8:
        """
            .formatted("h100x2-llama3.1-70b", Catalogue.builtIn().asOf()));
    int width = models.stream().mapToInt(model -> model.key().length()).max().orElse(0) + 2;
    out.append("  %-8s".formatted("GPU"));
    out.append(
        models.stream()
            .map(model -> padded(model.key(), width))
            .collect(Collectors.joining("", "", "\n")));
    for (GpuSpec gpu : Catalogue.builtIn().gpus()) {
      out.append("  %-8s".formatted(gpu.key()));
      for (ModelSpec model : models) {
        out.append(
            padded(
                least(model, gpu, Precision.BF16)
                    + (gpu.fp8Flops() == null ? "" : ", " + least(model, gpu, Precision.FP8)),
                width));
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String least(ModelSpec model, GpuSpec gpu, Precision weights) {
    @Nullable Integer gpus = orNull(Roofline.leastGpus(model, Placement.of(gpu, 1, weights)));
    return gpus == null ? "none" : String.format(Locale.ROOT, "x%d", gpus);
  }

  private static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? (Integer) value.getAsInt() : null;
  }
}
