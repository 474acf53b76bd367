package dev.candor.app.cli;

import dev.candor.base.error.CandorException;
import dev.candor.corpus.Corpus;
import dev.candor.corpus.shape.CorpusShape;
import dev.candor.corpus.shape.PrefixCacheModel;
import dev.candor.corpus.shape.ShapeJson;
import dev.candor.report.console.TrafficPicture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code candor corpus show}. */
@Command(
    name = "show",
    description = "Prints a corpus's distributions and draws them (docs/fidelity.md).")
final class CorpusShowCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(paramLabel = "CORPUS", description = "The corpus.")
  @Nullable Path file;

  @Option(names = "--json", description = "Print JSON on standard output, nothing else.")
  boolean json;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "Describe the requests of each class too: class.")
  @Nullable String by;

  @Option(
      names = "--cache-tokens",
      paramLabel = "N",
      split = ",",
      description = "Say which hit rate prefix caches of so many tokens allow.")
  List<Long> cacheTokens = List.of();

  @Option(
      names = "--cache-block",
      paramLabel = "N",
      description = "Tokens in a block of these caches. Default: ${DEFAULT-VALUE}.")
  int cacheBlock = 16;

  @Option(
      names = "--token-time",
      paramLabel = "TIME",
      description =
          "Count as in flight what was asked for no longer ago than so much for every token of its answer; without, a corpus without ends has no concurrency.")
  @Nullable String tokenTime;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Of the drawing. Default: the terminal's, else 80.")
  @Nullable Integer width;

  @Override
  public Integer call() {
    if (by != null && !by.equals("class")) {
      throw CandorException.user("--by: found '%s', must be class".formatted(by));
    }
    Corpus corpus = Corpus.existing(Objects.requireNonNull(file));
    int columns = TerminalWidth.of(width);
    CorpusShape shape =
        CorpusShape.inDetail(corpus, TokenTime.nanos("--token-time", tokenTime), by != null);
    Map<Long, PrefixCacheModel> caches = caches(corpus);
    if (json) {
      Map<String, @Nullable Object> root = ShapeJson.members(shape);
      if (!caches.isEmpty()) {
        Map<String, Double> rates = new LinkedHashMap<>();
        caches.forEach((tokens, model) -> rates.put(tokens.toString(), model.hitRate()));
        root.put("cache_hit_rate", rates);
      }
      System.out.println(JSON.writeValueAsString(root));
      return ExitCode.OK;
    }
    System.out.print(
        TrafficPicture.of(String.valueOf(corpus.file().getFileName()), shape, columns));
    caches.forEach(
        (tokens, model) ->
            System.out.printf(
                Locale.ROOT,
                "cache of %,d tokens in blocks of %d: hit rate up to %.1f %%%s%n",
                tokens,
                cacheBlock,
                100 * model.hitRate(),
                model.tooLong() == 0
                    ? ""
                    : String.format(
                        Locale.ROOT, "; %,d requests do not fit into it", model.tooLong())));
    return ExitCode.OK;
  }

  private Map<Long, PrefixCacheModel> caches(Corpus corpus) {
    if (cacheBlock < 1) {
      throw CandorException.user(
          "--cache-block: found %d, must be at least 1".formatted(cacheBlock));
    }
    Map<Long, PrefixCacheModel> caches = new LinkedHashMap<>();
    for (long tokens : cacheTokens) {
      if (tokens < cacheBlock) {
        throw CandorException.user(
            "--cache-tokens: found %d, must be at least a block of %d"
                .formatted(tokens, cacheBlock));
      }
      caches.put(tokens, new PrefixCacheModel(tokens, cacheBlock));
    }
    if (!caches.isEmpty()) {
      CorpusShape.forEach(corpus, request -> caches.values().forEach(cache -> cache.add(request)));
    }
    return caches;
  }
}
