package dev.candor.engine.roofline;

import dev.candor.base.error.CandorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an estimated profile: {@code GPU[xN]-MODEL[-fp8]}, such as {@code l4-qwen3-14b-fp8}
 * or {@code h100x2-llama3.1-70b}. Without xN it is one GPU.
 */
public record EstimateName(GpuSpec gpu, int gpus, ModelSpec model, Precision weights) {
  private static final String FP8 = "-fp8";
  private static final Pattern COUNT = Pattern.compile("(?:x(\\d{1,2}))?-(.+)");

  /** The GPU that {@code name} begins with. */
  private static Optional<GpuSpec> gpuOf(String name) {
    // One key may begin another; what follows it tells them apart.
    return Catalogue.builtIn().gpus().stream()
        .filter(gpu -> name.startsWith(gpu.key()))
        .filter(gpu -> COUNT.matcher(name.substring(gpu.key().length())).matches())
        .findFirst();
  }

  /** Empty where {@code name} is not of the form, or of a GPU or a model that is not known. */
  public static Optional<EstimateName> parse(String name) {
    return gpuOf(name).flatMap(gpu -> parse(name, gpu));
  }

  private static Optional<EstimateName> parse(String name, GpuSpec gpu) {
    Matcher matcher = COUNT.matcher(name.substring(gpu.key().length()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int gpus = matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1));
    String rest = matcher.group(2);
    boolean fp8 = rest.endsWith(FP8);
    String key = fp8 ? rest.substring(0, rest.length() - FP8.length()) : rest;
    return Catalogue.builtIn().models().stream()
        .filter(known -> known.key().equals(key))
        .findFirst()
        .map(model -> new EstimateName(gpu, gpus, model, fp8 ? Precision.FP8 : Precision.BF16));
  }

  /** Those of every GPU with every model in BF16, with as few GPUs as hold it. */
  public static List<String> grid() {
    List<String> names = new ArrayList<>();
    for (GpuSpec gpu : Catalogue.builtIn().gpus()) {
      for (ModelSpec model : Catalogue.builtIn().models()) {
        Roofline.leastGpus(model, Placement.of(gpu, 1, Precision.BF16))
            .ifPresent(
                gpus -> names.add(new EstimateName(gpu, gpus, model, Precision.BF16).toString()));
      }
    }
    return names;
  }

  /**
   * Its formulas.
   *
   * @throws CandorException where so many of these GPUs do not hold the model
   */
  public Roofline roofline() {
    try {
      return Roofline.of(model, Placement.of(gpu, gpus, weights));
    } catch (CandorException e) {
      throw CandorException.user("there is no profile '%s': %s".formatted(this, e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return gpu.key()
        + (gpus == 1 ? "" : "x" + gpus)
        + "-"
        + model.key()
        + (weights == Precision.FP8 ? FP8 : "");
  }
}
