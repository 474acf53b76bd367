package dev.candor.app.cli;

import dev.candor.corpus.imports.ImportSummary;
import dev.candor.corpus.imports.ImportSummary.Skip;
import dev.candor.corpus.imports.ImportSummary.Source;
import java.nio.file.Path;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an import made, for people and for machines. */
final class ImportReport {
  private static final int FEW = 5;

  private ImportReport() {}

  static String text(ImportSummary summary, Path corpus) {
    Formatter text = new Formatter(Locale.ROOT);
    List<Source> sources = summary.sources();
    for (Source source : sources.subList(0, Math.min(FEW, sources.size()))) {
      text.format("%s: read as %s\n", source.name(), source.format().key());
    }
    if (sources.size() > FEW) {
      text.format("and %,d more files\n", sources.size() - FEW);
    }
    text.format(
        "%s: %,d requests in %,d sessions (at most %,d turns), %,d input tokens, %s\n",
        corpus,
        summary.rows(),
        summary.sessions(),
        summary.mostTurns(),
        summary.inputTokens(),
        outputs(summary));
    text.format(
        "arrivals: %s; texts: %s; prefix blocks: %s\n",
        arrivals(summary), texts(summary), blocks(summary));
    if (summary.passedOver() > 0) {
      text.format("%,d records are no requests and were passed over\n", summary.passedOver());
    }
    for (Skip skip : summary.skipped()) {
      text.format(
          "skipped %,d for %s: %s%s\n",
          skip.count(),
          skip.reason().words(),
          String.join(", ", skip.places()),
          skip.count() > skip.places().size() ? ", …" : "");
    }
    return text.toString();
  }

  private static String outputs(ImportSummary summary) {
    String known = String.format(Locale.ROOT, "%,d output tokens", summary.outputTokens());
    return summary.withoutOutput() == 0
        ? known
        : summary.withoutOutput() == summary.rows()
            ? "outputs unknown"
            : String.format(
                Locale.ROOT, "%s (%,d outputs unknown)", known, summary.withoutOutput());
  }

  private static String arrivals(ImportSummary summary) {
    if (summary.withoutArrival() == summary.rows()) {
      return "unknown";
    }
    String span = String.format(Locale.ROOT, "over %,.1f s", summary.spanNanos() / 1e9);
    return summary.withoutArrival() == 0
        ? span
        : String.format(Locale.ROOT, "%s, unknown of %,d", span, summary.withoutArrival());
  }

  private static String texts(ImportSummary summary) {
    return summary.rowsWithTexts() == 0
        ? "none"
        : summary.rowsWithTexts() == summary.rows()
            ? "kept"
            : String.format(Locale.ROOT, "of %,d requests", summary.rowsWithTexts());
  }

  private static String blocks(ImportSummary summary) {
    return summary.blockTokens().isEmpty()
        ? "none"
        : "of "
            + summary.blockTokens().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + " tokens";
  }

  static String json(ImportSummary summary, Path corpus, ScrubFigures scrubbed) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("corpus", corpus.toString());
    ArrayNode sources = json.putArray("sources");
    for (Source source : summary.sources()) {
      sources.addObject().put("name", source.name()).put("format", source.format().key());
    }
    json.put("bytes", summary.bytes());
    json.put("rows", summary.rows());
    json.put("sessions", summary.sessions());
    json.put("most_turns", summary.mostTurns());
    json.put("input_tokens", summary.inputTokens());
    json.put("output_tokens", summary.outputTokens());
    json.put("rows_without_output", summary.withoutOutput());
    json.put("rows_without_arrival", summary.withoutArrival());
    json.put("span_seconds", summary.spanNanos() / 1e9);
    json.put("rows_with_texts", summary.rowsWithTexts());
    ArrayNode blocks = json.putArray("block_tokens");
    summary.blockTokens().forEach(blocks::add);
    json.put("passed_over", summary.passedOver());
    json.put("skipped", summary.skippedCount());
    ArrayNode reasons = json.putArray("skipped_by_reason");
    for (Skip skip : summary.skipped()) {
      ObjectNode reason = reasons.addObject();
      reason.put("reason", skip.reason().name().toLowerCase(Locale.ROOT));
      reason.put("count", skip.count());
      ArrayNode first = reason.putArray("first");
      skip.places().forEach(first::add);
    }
    json.set("scrubbed", JsonMapper.shared().valueToTree(scrubbed.members()));
    return json.toPrettyString();
  }
}
