package dev.candor.workload;

import dev.candor.base.error.CandorException;
import dev.candor.base.random.Seed;
import dev.candor.scenario.Workload;
import dev.candor.workload.arrival.RowTimes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trace's lengths in its order, round and round; prefixes are shared within a round only. */
final class TraceLengths implements Lengths {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<Length> rows;
  private final @Nullable RowTimes times;

  private TraceLengths(List<Length> rows, @Nullable RowTimes times) {
    this.rows = List.copyOf(rows);
    this.times = times;
  }

  /** When the rows came, null where that was not asked for. */
  @Nullable RowTimes times() {
    return times;
  }

  /** Whether any row says what it begins with. */
  boolean anyShared() {
    return rows.stream().anyMatch(row -> row.prefixBlocks().length > 0);
  }

  @Override
  public Length of(long number) {
    Length row = rows.get((int) (number % rows.size()));
    long round = number / rows.size();
    if (round == 0 || row.prefixBlocks().length == 0) {
      return row;
    }
    long[] blocks = row.prefixBlocks().clone();
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new Seed(blocks[i]).derive(round).value();
    }
    return new Length(row.requestClass(), row.inputTokens(), row.outputTokens(), blocks);
  }

  /** The longest beginnings that rows share, those that most of them share first. */
  List<Length> shared() {
    List<SharedBeginnings.Beginning> all = new ArrayList<>();
    for (Length row : rows) {
      all.add(
          SharedBeginnings.Beginning.whole(
              row.inputTokens(), Length.BLOCK_TOKENS, row.prefixBlocks()));
    }
    return SharedBeginnings.of(all).stream()
        .map(each -> new Length("primer", each.tokens(), 1, each.blocks()))
        .toList();
  }

  /**
   * Reads {@code trace}; says in {@code notes} what was left out.
   *
   * @param timed whether each row must have an instant, and none go back
   */
  static TraceLengths read(Workload.Trace trace, boolean timed, List<String> notes) {
    List<Length> rows = new ArrayList<>();
    TraceTimes times = timed ? new TraceTimes() : null;
    Path file = trace.file();
    int leftOut = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        String place = file + ":" + line;
        Length row = row(trace.format(), text, place, line);
        if (row == null) {
          continue;
        }
        long at = times == null ? 0 : instant(trace.format(), text, place, times);
        if (trace.maxInputTokens() > 0 && row.inputTokens() > trace.maxInputTokens()) {
          leftOut++;
          continue;
        }
        rows.add(row);
        if (times != null) {
          times.keep(at);
        }
        if (trace.limit() > 0 && rows.size() == trace.limit()) {
          break;
        }
      }
    } catch (IOException e) {
      throw CandorException.user(
          "workload.trace.file: %s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (rows.isEmpty()) {
      throw CandorException.user("workload.trace.file: %s has no usable row".formatted(file));
    }
    if (leftOut > 0) {
      notes.add(
          "%d rows of the trace with prompts of over %d tokens were left out"
              .formatted(leftOut, trace.maxInputTokens()));
    }
    return new TraceLengths(rows, times == null ? null : times.kept());
  }

  private static @Nullable Length row(
      Workload.TraceFormat format, String text, String place, int line) {
    if (text.isBlank()) {
      return null;
    }
    return switch (format) {
      case AZURE -> line == 1 ? azureHeader(text, place) : azure(text, place);
      case MOONCAKE -> mooncake(text, place);
    };
  }

  private static long instant(
      Workload.TraceFormat format, String text, String place, TraceTimes times) {
    return switch (format) {
      case AZURE -> times.azure(text.trim().split(",", 2)[0], place);
      case MOONCAKE -> times.mooncake(JSON.readTree(text).path("timestamp"), place);
    };
  }

  private static @Nullable Length azureHeader(String text, String place) {
    if (!text.trim().equals("TIMESTAMP,ContextTokens,GeneratedTokens")) {
      throw CandorException.user(
          "%s: found the header '%s', must be TIMESTAMP,ContextTokens,GeneratedTokens"
              .formatted(place, text));
    }
    return null;
  }

  private static Length azure(String text, String place) {
    String[] fields = text.trim().split(",", -1);
    if (fields.length == 3) {
      try {
        return length(
            "azure",
            Integer.parseInt(fields[1]),
            Integer.parseInt(fields[2]),
            Length.NO_BLOCKS,
            place);
      } catch (NumberFormatException e) {
        // Answered below.
      }
    }
    throw CandorException.user(
        "%s: found '%s', must be a timestamp and two token counts".formatted(place, text));
  }

  private static Length mooncake(String text, String place) {
    try {
      JsonNode row = JSON.readTree(text);
      JsonNode ids = row.path("hash_ids");
      long[] blocks = new long[ids.size()];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = ids.get(i).asLong();
      }
      if (row.path("input_length").isInt() && row.path("output_length").isInt()) {
        return length(
            "mooncake",
            row.path("input_length").asInt(),
            row.path("output_length").asInt(),
            blocks,
            place);
      }
    } catch (JacksonException e) {
      // Answered below.
    }
    throw CandorException.user(
        "%s: must be a JSON object with input_length, output_length and hash_ids".formatted(place));
  }

  private static Length length(String name, int input, int output, long[] blocks, String place) {
    if (input < 1 || output < 0) {
      throw CandorException.user(
          "%s: found %d input and %d output tokens, must be at least 1 and 0"
              .formatted(place, input, output));
    }
    return new Length(name, input, Math.max(1, output), blocks);
  }
}
