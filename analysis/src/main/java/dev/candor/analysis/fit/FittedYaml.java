package dev.candor.analysis.fit;

import dev.candor.engine.EngineProfile;
import dev.candor.engine.EngineSettings;
import dev.candor.engine.Gpu;
import dev.candor.engine.ModelShape;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** A fitted engine as a profile's file, with what is known of each figure as a comment. */
public final class FittedYaml {
  private static final int COMMENTS_AT = 36;

  private final StringBuilder text = new StringBuilder();
  private final Fitted fitted;

  private FittedYaml(Fitted fitted) {
    this.fitted = fitted;
  }

  /** The file's text; docs/engine.md has its keys. */
  public static String of(Fitted fitted) {
    return new FittedYaml(fitted).write();
  }

  private String write() {
    EngineProfile profile = fitted.profile();
    comment(
        "",
        "Written by candor fit: %d steps, %d answers."
            .formatted(fitted.steps(), fitted.requests()));
    fitted.notes().forEach(note -> comment("", note));
    line("source:", "");
    line("  text: " + quoted(profile.source().text()), "");
    line("  url: " + quoted(profile.source().url()), "");
    line("fit: " + quoted(profile.fitRange()), "");
    line("error: " + quoted(profile.error()), "");
    shape(profile.model(), profile.gpu());
    line("step:", "");
    for (FittedValue each : fitted.coefficients()) {
      coefficient(each);
    }
    limits(profile.settings());
    return text.toString();
  }

  private void shape(ModelShape model, Gpu gpu) {
    boolean known = model.weightsGib() > 0;
    if (!known) {
      comment("", "No client sees a model's shape, nor its GPU; kv.blocks is given instead.");
    }
    line("model:", "");
    line("  name: " + quoted(model.name()), "");
    line("  weights: " + gib(model.weightsGib()), "");
    line("  layers: " + model.layers(), "");
    line("  kv_heads: " + model.kvHeads(), "");
    line("  head_dim: " + model.headDim(), "");
    line("  kv_bytes: " + model.kvBytes(), "");
    line("gpu:", "");
    line("  name: " + quoted(gpu.name()), "");
    line("  count: " + gpu.count(), "");
    line("  memory: " + gib(gpu.memoryGib()), "");
    line("  utilization: " + gpu.utilization(), "");
  }

  private static String gib(double gib) {
    return String.format(Locale.ROOT, "%.3fGiB", gib);
  }

  private void coefficient(FittedValue each) {
    String value = ValueText.of(each.coefficient(), each.value());
    String key = "  " + each.coefficient().key() + ": ";
    switch (each.status()) {
      case FITTED, COMBINED -> {
        line(key + value, ValueText.interval(each));
        note(each.note());
      }
      case NEGLIGIBLE -> line(key + value, "at most " + upTo(each) + ": " + each.note());
      case NOT_IDENTIFIED -> {
        line(key + value, "not identified");
        note(each.note());
      }
    }
  }

  private static String upTo(FittedValue each) {
    return ValueText.of(each.coefficient(), each.high());
  }

  private void note(String note) {
    if (!note.isEmpty()) {
      comment("  ", "^ " + note);
    }
  }

  private void limits(EngineSettings settings) {
    Map<String, FittedLimit> told = new TreeMap<>();
    fitted.limits().forEach(each -> told.put(each.key(), each));
    line("limits:", "");
    limit(told, "max_num_seqs", settings.limits().maxNumSeqs());
    limit(told, "max_num_batched_tokens", settings.limits().maxNumBatchedTokens());
    limit(told, "max_model_len", settings.limits().maxModelLen());
    limit(told, "chunked_prefill", settings.limits().chunkedPrefill());
    line("  long_prefill_token_threshold: " + settings.limits().longPrefillTokenThreshold(), "");
    line("  max_queue: " + settings.limits().maxQueue(), "");
    line("kv:", "");
    line("  block_size: " + settings.kvCache().blockSize(), "");
    limit(told, "blocks", settings.kvCache().blocks());
    limit(told, "prefix_caching", settings.kvCache().prefixCaching());
  }

  private void limit(Map<String, FittedLimit> told, String key, Object value) {
    FittedLimit limit = told.get(key);
    String comment =
        limit == null ? "" : limit.identified() ? limit.note() : "not identified: " + limit.note();
    line("  " + key + ": " + value, comment);
  }

  private static String quoted(String value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  private void line(String content, String comment) {
    text.append(content);
    if (!comment.isEmpty()) {
      text.repeat(' ', Math.max(1, COMMENTS_AT - content.length())).append("# ");
      text.append(comment.replace('\n', ' '));
    }
    text.append('\n');
  }

  private void comment(String indent, String content) {
    text.append(indent).append("# ").append(content.replace('\n', ' ')).append('\n');
  }
}
