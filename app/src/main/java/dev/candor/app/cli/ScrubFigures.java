package dev.candor.app.cli;

import dev.candor.corpus.scrub.FileScrub;
import dev.candor.corpus.scrub.Place;
import dev.candor.scrub.ScrubReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What scrubbing did, for people and for machines: counts, shapes and places, never a value.
 *
 * @param replaced whether a file was written
 * @param keyKept whether the key outlives the run
 * @param search null where nothing was verified
 */
record ScrubFigures(
    ScrubReport report, boolean replaced, boolean keyKept, FileScrub.@Nullable Search search) {
  private static final int MOST_SHOWN = 50;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  String json() {
    return JSON.writeValueAsString(members());
  }

  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    if (replaced) {
      root.put("texts", report.texts());
      root.put("characters", report.characters());
      root.put("replaced", report.total());
      Map<String, Object> kinds = new LinkedHashMap<>();
      report
          .counts()
          .forEach(
              (kind, count) -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("count", count);
                entry.put("shapes", report.samples(kind));
                kinds.put(kind, entry);
              });
      root.put("kinds", kinds);
      root.put("key", keyKept ? "given" : "of this run");
    }
    if (search != null) {
      root.put("left", search.found());
      root.put("places", search.places().stream().map(Place::toString).toList());
    }
    return root;
  }

  String text(boolean leftOnly) {
    StringBuilder text = new StringBuilder();
    if (replaced && !leftOnly) {
      replaced(text);
    }
    if (search != null) {
      left(text, search, leftOnly);
    }
    return text.toString();
  }

  private void replaced(StringBuilder text) {
    report
        .counts()
        .forEach(
            (kind, count) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-16s %,10d   %s%n",
                        kind,
                        count,
                        String.join("   ", report.samples(kind)))));
    text.append(
        String.format(
            Locale.ROOT,
            "%,d replaced in %,d texts of %,d characters.%n",
            report.total(),
            report.texts(),
            report.characters()));
    if (!keyKept) {
      text.append(
          "The key was drawn for this run: pseudonyms agree within it alone; --key-file keeps them."
              + System.lineSeparator());
    }
  }

  private static void left(StringBuilder text, FileScrub.Search search, boolean leftOnly) {
    List<Place> places = search.places();
    for (Place place : places.subList(0, Math.min(MOST_SHOWN, places.size()))) {
      text.append(place).append(System.lineSeparator());
    }
    if (search.found() > MOST_SHOWN) {
      text.append(String.format(Locale.ROOT, "… and %,d more%n", search.found() - MOST_SHOWN));
    }
    if (search.found() == 0 && !leftOnly) {
      text.append("Verified: nothing is left.").append(System.lineSeparator());
    }
  }
}
