package dev.candor.app.cli;

import dev.candor.analysis.compare.CompareJson;
import dev.candor.analysis.compare.CompareOptions;
import dev.candor.analysis.compare.ComparedMetric;
import dev.candor.analysis.compare.RunComparison;
import dev.candor.base.error.CandorException;
import dev.candor.base.error.ErrorCode;
import dev.candor.base.error.Suggestion;
import dev.candor.base.units.Shares;
import dev.candor.report.console.CompareTable;
import dev.candor.report.junit.CompareJunit;
import dev.candor.report.markdown.CompareMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How runs are compared, and how that is shown. */
final class CompareFlags {
  private static final double MOST_LEVEL = 0.5;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "Compare this alone: ttft.p99, itl (all its statistics), goodput; may be repeated.")
  List<String> metrics = List.of();

  @Option(
      names = "--phase",
      paramLabel = "NAME",
      description = "Compare this phase alone; may be repeated.")
  List<String> phases = List.of();

  @Option(
      names = "--level",
      paramLabel = "SHARE",
      description = "Chance of any false alarm in the whole comparison; 5%% unless said otherwise.")
  @Nullable String level;

  @Option(
      names = "--least-effect",
      paramLabel = "SHARE",
      description = "Changes smaller than that are no change; 3%% unless said otherwise.")
  @Nullable String leastEffect;

  @Option(
      names = "--least-share",
      paramLabel = "SHARE",
      description =
          "The same for figures that are shares (goodput, failed_ratio, cache_hit_rate), as a difference; 0.5%% unless said otherwise.")
  @Nullable String leastShare;

  @Option(names = "--format", paramLabel = "FORM", description = "text or markdown.")
  String format = Form.TEXT.key();

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML there too.")
  @Nullable Path junit;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Leave compare.json, compare.md and compare.junit.xml in this directory.")
  @Nullable Path out;

  private enum Form {
    TEXT,
    MARKDOWN;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Form ofKey(String key) {
      for (Form form : values()) {
        if (form.key().equals(key)) {
          return form;
        }
      }
      throw CandorException.user(
          "--format: found %s; %s"
              .formatted(key, Suggestion.of(key, Arrays.stream(values()).map(Form::key).toList())));
    }
  }

  /**
   * What is asked for.
   *
   * @throws CandorException where a flag has no meaning
   */
  CompareOptions options() {
    Form.ofKey(format);
    double asked = level == null ? CompareOptions.LEVEL : share("--level", level);
    if (!(asked > 0 && asked <= MOST_LEVEL)) {
      throw CandorException.user(
          "--level: found %s, must be above 0 and at most 50%%".formatted(level));
    }
    return new CompareOptions(
        ComparedMetric.of(metrics),
        phases,
        asked,
        leastEffect == null ? CompareOptions.LEAST_EFFECT : share("--least-effect", leastEffect),
        leastShare == null ? CompareOptions.LEAST_SHARE : share("--least-share", leastShare),
        CompareOptions.REPETITIONS);
  }

  private static double share(String flag, String text) {
    try {
      return Shares.parsePart(text);
    } catch (CandorException e) {
      throw CandorException.user(flag + ": " + e.getMessage());
    }
  }

  /** Prints and writes it, and tells the exit code. */
  int show(RunComparison comparison) {
    String text =
        json
            ? CompareJson.text(comparison)
            : switch (Form.ofKey(format)) {
              case TEXT -> CompareTable.of(comparison);
              case MARKDOWN -> CompareMarkdown.of(comparison);
            };
    System.out.print(text);
    if (junit != null) {
      write(junit, CompareJunit.text(comparison));
    }
    if (out != null) {
      write(out.resolve("compare.json"), CompareJson.text(comparison));
      write(out.resolve("compare.md"), CompareMarkdown.of(comparison));
      write(out.resolve("compare.junit.xml"), CompareJunit.text(comparison));
    }
    return comparison.count(RunComparison.Verdict.WORSE) > 0
        ? ExitCode.THRESHOLD_FAILED
        : ExitCode.OK;
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CandorException(
          ErrorCode.TARGET, "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
