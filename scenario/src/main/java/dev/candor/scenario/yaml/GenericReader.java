package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.json.JsonPointer;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.GenericApi;
import dev.candor.scenario.GenericApi.End;
import dev.candor.scenario.GenericApi.Frames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the {@code generic} section of a target. */
final class GenericReader {
  private static final List<String> METHODS = List.of("POST", "GET", "PUT", "PATCH");
  private static final List<String> POINTERS =
      List.of("reasoning", "input_tokens", "cached_tokens", "output_tokens", "error");
  private static final List<String> PLACEHOLDERS =
      List.of("prompt", "messages", "model", "max_tokens");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^}]*?)\\s*}}");

  private final Function<@Nullable Value, Map<String, String>> headers;
  private final Problems problems;

  /**
   * @param headers reads a mapping of headers
   */
  GenericReader(Function<@Nullable Value, Map<String, String>> headers, Problems problems) {
    this.headers = headers;
    this.problems = problems;
  }

  GenericApi read(@Nullable Value value) {
    Section section = new Section(value, problems, Keys.GENERIC);
    Frames frames = section.read("frames", Frames.SSE, GenericReader::frames);
    String text = pointer(section, "text");
    if (text == null) {
      for (String key : POINTERS) {
        if (section.has(key)) {
          section.problem(key, "stands without text; where frames are not JSON nothing points");
        }
      }
    } else if (frames == Frames.CHUNKS) {
      section.problem("text", "stands beside frames: chunks, which are text through and through");
    }
    return new GenericApi(
        section.read("method", "POST", GenericReader::method),
        section.read("path", "", GenericReader::path),
        section.<@Nullable String>read("body", null, GenericReader::body),
        headers.apply(section.get("headers")),
        frames,
        text,
        pointer(section, "reasoning"),
        pointer(section, "input_tokens"),
        pointer(section, "cached_tokens"),
        pointer(section, "output_tokens"),
        pointer(section, "error"),
        end(section, frames, text != null));
  }

  private @Nullable End end(Section generic, Frames frames, boolean json) {
    Value value = generic.get("end");
    if (value == null) {
      return null;
    }
    Section section = new Section(value, problems, Keys.GENERIC_END);
    if (section.has("value") && !section.has("field")) {
      section.problem("value", "stands without field");
    }
    long given = Keys.GENERIC_END.stream().filter(section::has).count();
    if (given - (section.has("value") ? 1 : 0) != 1) {
      generic.problem("end", "must have one of frame, event and field");
      return null;
    }
    if (frames == Frames.CHUNKS || frames == Frames.WHOLE) {
      generic.problem("end", "stands beside frames: " + frames.key() + ", which end with the body");
      return null;
    }
    if (section.has("event") && frames != Frames.SSE) {
      section.problem("event", "stands beside frames: " + frames.key() + "; only sse has events");
    }
    if (section.has("field") && !json) {
      section.problem("field", "stands without text; where frames are not JSON nothing points");
    }
    String frame = section.text("frame");
    String event = section.text("event");
    String field = pointer(section, "field");
    if (frame != null) {
      return new End.Frame(frame);
    }
    if (event != null) {
      return new End.Event(event);
    }
    return field == null ? null : new End.Field(field, section.text("value"));
  }

  private static Frames frames(String text) {
    for (Frames frames : Frames.values()) {
      if (frames.key().equals(text)) {
        return frames;
      }
    }
    List<String> known = Arrays.stream(Frames.values()).map(Frames::key).toList();
    throw CandorException.user("found '%s'; %s".formatted(text, Suggestion.of(text, known)));
  }

  private static String method(String text) {
    if (METHODS.contains(text)) {
      return text;
    }
    throw CandorException.user("found '%s', must be one of %s".formatted(text, METHODS));
  }

  private static String path(String text) {
    if (text.matches("/[!-~]*")) {
      return text;
    }
    throw CandorException.user(
        "found '%s', must begin with / and have no blanks, such as /chat".formatted(text));
  }

  private static String body(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      if (!PLACEHOLDERS.contains(matcher.group(1))) {
        throw CandorException.user(
            "found {{%s}}; %s"
                .formatted(matcher.group(1), Suggestion.of(matcher.group(1), PLACEHOLDERS)));
      }
    }
    return text;
  }

  private static @Nullable String pointer(Section section, String key) {
    return section.<@Nullable String>read(key, null, GenericReader::pointer);
  }

  private static String pointer(String text) {
    var _ = JsonPointer.tokens(text);
    return text;
  }
}
