package dev.candor.engine.roofline;

import dev.candor.base.error.CandorException;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.base.yaml.YamlFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's shape from Hugging Face's config.json. What it tells of and is not understood is
 * refused or noted, never guessed.
 *
 * @param model its key is the file's name
 * @param weights that its quantization says, BF16 where there is none
 * @param notes what the shape leaves out, a sentence each
 */
public record ModelConfig(ModelSpec model, Precision weights, List<String> notes) {
  private static final YamlFile.Purpose PURPOSE =
      new YamlFile.Purpose("a model's config.json", "{\"hidden_size\": 4096}");

  private static final List<String> FAMILIES =
      List.of(
          "llama", "mistral", "mixtral", "qwen2", "qwen3", "qwen2_moe", "qwen3_moe", "deepseek");

  private static final int DEFAULT_CONTEXT = 4096;

  /**
   * Reads {@code file}.
   *
   * @param name of the model, null: the file's, or that of the folder of a config.json
   * @param weights in place of what the file says, null: as it says
   * @throws CandorException with every key that is missing or wrong, or with what is not understood
   */
  public static ModelConfig read(Path file, @Nullable String name, @Nullable Precision weights) {
    Problems problems = new Problems();
    Value root = YamlFile.read(file, PURPOSE, problems);
    return new Reader(file.toString(), Objects.requireNonNull(root.map()), problems)
        .read(name == null ? nameOf(file) : name, file.toString(), weights);
  }

  private static String nameOf(Path file) {
    String last = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    Path folder = file.toAbsolutePath().getParent();
    return last.equals("config") && folder != null && folder.getFileName() != null
        ? folder.getFileName().toString()
        : last;
  }

  /** Takes keys from the file's root. */
  private static final class Reader {
    private final String file;
    private final Map<String, Value> root;
    private final Problems problems;
    private final List<String> notes = new ArrayList<>();

    Reader(String file, Map<String, Value> root, Problems problems) {
      this.file = file;
      this.root = root;
      this.problems = problems;
    }

    ModelConfig read(String name, String source, @Nullable Precision wanted) {
      refuseWhatIsNotUnderstood();
      int layers = needed("num_hidden_layers");
      int hidden = needed("hidden_size");
      int heads = needed("num_attention_heads");
      int kvHeads = optional(heads, "num_key_value_heads");
      int headDim = optional(heads == 0 ? 0 : hidden / heads, "head_dim");
      int vocab = needed("vocab_size");
      ModelSpec.Experts experts = experts(layers);
      int intermediate = experts.layers() < layers || layers == 0 ? needed("intermediate_size") : 0;
      int context = optional(DEFAULT_CONTEXT, "max_position_embeddings");
      Precision weights = wanted == null ? quantization() : wanted;
      problems.throwIfAny();
      noteWindow();
      return new ModelConfig(
          new ModelSpec(
              name,
              name,
              layers,
              hidden,
              heads,
              kvHeads,
              headDim,
              intermediate,
              experts,
              vocab,
              "true".equals(text("tie_word_embeddings")),
              context,
              source),
          weights,
          List.copyOf(notes));
    }

    private void refuseWhatIsNotUnderstood() {
      if (root.containsKey("text_config")) {
        throw CandorException.user(
            "%s: is of a multimodal model; give its text_config as a file of its own"
                .formatted(file));
      }
      if (text("kv_lora_rank") != null) {
        throw CandorException.user(
            ("%s: kv_lora_rank tells of multi-head latent attention (MLA), whose KV cache is not of"
                    + " heads; it is not understood here")
                .formatted(place("kv_lora_rank")));
      }
      String family = text("model_type");
      if (family != null && !FAMILIES.contains(family)) {
        throw CandorException.user(
            "%s: the family '%s' is not understood; known are %s"
                .formatted(place("model_type"), family, String.join(", ", FAMILIES)));
      }
    }

    private ModelSpec.Experts experts(int layers) {
      int count = optional(0, "num_local_experts", "num_experts", "n_routed_experts");
      if (count == 0) {
        return ModelSpec.Experts.NONE;
      }
      int intermediate =
          has("moe_intermediate_size")
              ? needed("moe_intermediate_size")
              : needed("intermediate_size");
      int shared =
          optional(0, "shared_expert_intermediate_size")
              + optional(0, "n_shared_experts") * intermediate;
      int dense = optional(0, "first_k_dense_replace") + listed("mlp_only_layers");
      int every = Math.max(1, optional(1, "decoder_sparse_step", "moe_layer_freq"));
      return new ModelSpec.Experts(
          count,
          needed("num_experts_per_tok"),
          intermediate,
          shared,
          Math.max(0, layers - dense) / every);
    }

    private Precision quantization() {
      Value section = root.get("quantization_config");
      if (section == null || section.map() == null) {
        return Precision.BF16;
      }
      Value method = section.map().get("quant_method");
      String found = method == null ? "nothing" : method.text();
      if (found.equals("fp8") || found.equals("fbgemm_fp8")) {
        return Precision.FP8;
      }
      problems.add(
          method == null ? section.where() : method.where(),
          "found '%s', only fp8 is understood; --weights bf16 or --weights fp8 says what to take"
              .formatted(found));
      return Precision.BF16;
    }

    private void noteWindow() {
      String window = text("sliding_window");
      if (window != null && !"false".equals(text("use_sliding_window"))) {
        notes.add(
            "Its sliding window of %s tokens is not modelled: contexts beyond it are taken as whole."
                .formatted(window));
      }
      if (!has("max_position_embeddings")) {
        notes.add(
            "It has no max_position_embeddings; contexts of %d tokens are taken."
                .formatted(DEFAULT_CONTEXT));
      }
    }

    /** JSON's null is as if the key were not there. */
    private boolean has(String key) {
      return text(key) != null;
    }

    private @Nullable String text(String key) {
      Value value = root.get(key);
      if (value == null || !value.isText()) {
        return null;
      }
      return value.text().equals("null") || value.text().isBlank() ? null : value.text();
    }

    private int needed(String key) {
      if (!has(key)) {
        problems.add(place(key), "'%s' is missing".formatted(key));
        return 0;
      }
      return number(key, 1);
    }

    private int optional(int otherwise, String... keys) {
      for (String key : keys) {
        if (has(key)) {
          return number(key, 0);
        }
      }
      return otherwise;
    }

    private int number(String key, int least) {
      try {
        return (int) Section.wholeNumber(String.valueOf(text(key)), least, Integer.MAX_VALUE);
      } catch (CandorException e) {
        problems.add(place(key), String.valueOf(e.getMessage()));
        return least;
      }
    }

    private int listed(String key) {
      Value value = root.get(key);
      List<Value> items = value == null ? null : value.list();
      return items == null ? 0 : items.size();
    }

    private String place(String key) {
      Value value = root.get(key);
      return value == null ? file : value.where();
    }
  }
}
