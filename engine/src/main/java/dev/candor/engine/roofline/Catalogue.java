package dev.candor.engine.roofline;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Durations;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The GPUs and models that Candor knows, from gpus.yaml and models.yaml beside this class. */
public final class Catalogue {
  private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)?)(GiB|GB/s|TFLOPS)");

  private static final Catalogue BUILT_IN = new Catalogue();

  private final String asOf;
  private final List<GpuSpec> gpus = new ArrayList<>();
  private final List<ModelSpec> models = new ArrayList<>();

  private Catalogue() {
    Problems problems = new Problems();
    Section gpuFile = file("gpus.yaml", "gpus", problems);
    asOf = gpuFile.text("as_of", "");
    entries(gpuFile, "gpus").forEach((key, value) -> gpus.add(gpu(key, value, problems)));
    Section modelFile = file("models.yaml", "models", problems);
    entries(modelFile, "models").forEach((key, value) -> models.add(model(key, value, problems)));
    problems.throwIfAny();
  }

  public static Catalogue builtIn() {
    return BUILT_IN;
  }

  /** The month of its figures. */
  public String asOf() {
    return asOf;
  }

  public List<GpuSpec> gpus() {
    return List.copyOf(gpus);
  }

  public List<ModelSpec> models() {
    return List.copyOf(models);
  }

  /**
   * The GPU of that name, whatever its case.
   *
   * @throws CandorException where there is none, with the nearest
   */
  public GpuSpec gpu(String key) {
    String wanted = key.toLowerCase(Locale.ROOT);
    return gpus.stream()
        .filter(gpu -> gpu.key().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                CandorException.user(
                    "there is no GPU '%s' here; %s"
                        .formatted(
                            key, Suggestion.of(wanted, gpus.stream().map(GpuSpec::key).toList()))));
  }

  private static Section file(String name, String root, Problems problems) {
    try (InputStream in = Catalogue.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CandorException(ErrorCode.INTERNAL, name + " is not in the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      YamlFile.Purpose purpose = new YamlFile.Purpose("a catalogue", root + ": {}");
      return new Section(
          YamlFile.parse(name, text, purpose, problems), problems, List.of("as_of", root));
    } catch (IOException e) {
      throw new CandorException(ErrorCode.INTERNAL, name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Value> entries(Section file, String root) {
    return Objects.requireNonNull(Objects.requireNonNull(file.get(root), root).map(), root);
  }

  private static GpuSpec gpu(String key, Value value, Problems problems) {
    Section section =
        new Section(
            value,
            problems,
            List.of(
                "name",
                "memory",
                "bandwidth",
                "bf16",
                "fp8",
                "link",
                "allreduce",
                "flops_share",
                "source"));
    return new GpuSpec(
        key,
        section.text("name", key),
        section.read("memory", 0.0, quantity("GiB", 1)),
        section.read("bandwidth", 0.0, quantity("GB/s", 1e9)),
        section.read("bf16", 0.0, quantity("TFLOPS", 1e12)),
        section.<@Nullable Double>read("fp8", null, text -> quantity("TFLOPS", 1e12).apply(text)),
        section.read("link", 0.0, quantity("GB/s", 1e9)),
        section.read("allreduce", 0L, Durations::parseNanos),
        section.<@Nullable Double>read("flops_share", null, text -> Section.number(text, 0)),
        section.text("source", ""));
  }

  private static ModelSpec model(String key, Value value, Problems problems) {
    Section section =
        new Section(
            value,
            problems,
            List.of(
                "name",
                "layers",
                "hidden",
                "heads",
                "kv_heads",
                "head_dim",
                "intermediate",
                "experts",
                "experts_per_token",
                "expert_intermediate",
                "vocab",
                "context",
                "source"));
    int layers = section.integer("layers", 0, 1);
    int experts = section.integer("experts", 0, 1);
    return new ModelSpec(
        key,
        section.text("name", key),
        layers,
        section.integer("hidden", 0, 1),
        section.integer("heads", 0, 1),
        section.integer("kv_heads", 0, 1),
        section.integer("head_dim", 0, 1),
        section.integer("intermediate", 0, 1),
        experts == 0
            ? ModelSpec.Experts.NONE
            : new ModelSpec.Experts(
                experts,
                section.integer("experts_per_token", 0, 1),
                section.integer("expert_intermediate", 0, 1),
                0,
                layers),
        section.integer("vocab", 0, 1),
        false,
        section.integer("context", 0, 1),
        section.text("source", ""));
  }

  private static Function<String, Double> quantity(String unit, double factor) {
    return text -> {
      Matcher matcher = QUANTITY.matcher(text);
      if (!matcher.matches() || !unit.equals(matcher.group(2))) {
        throw CandorException.user("'%s' is not a number of %s".formatted(text, unit));
      }
      return Double.parseDouble(matcher.group(1)) * factor;
    };
  }
}
