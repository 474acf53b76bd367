package dev.candor.corpus.read;

import static dev.candor.corpus.read.SourceRequest.UNKNOWN_TIME;

import dev.candor.base.error.CandorException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of lengths: which of its columns means what, by their names, whose case, spaces, hyphens
 * and underscores do not matter. Columns of other names are not read. For one thread.
 */
final class LengthColumns {
  private static final List<String> INPUT =
      List.of(
          "input_tokens",
          "prompt_tokens",
          "request_tokens",
          "context_tokens",
          "input_length",
          "prompt_length",
          "input_len",
          "prompt_len",
          "input",
          "prompt");
  private static final List<String> OUTPUT =
      List.of(
          "output_tokens",
          "completion_tokens",
          "response_tokens",
          "generated_tokens",
          "output_length",
          "completion_length",
          "output_len",
          "completion_len",
          "output",
          "completion");
  private static final List<String> TIME =
      List.of("timestamp", "start_time", "arrival_time", "arrived_at", "created_at", "time", "at");
  private static final List<String> SESSION =
      List.of("session_id", "conversation_id", "session", "conversation", "chat_id");
  private static final List<String> KIND = List.of("class", "model", "type");

  /** What may be shown as a column's name: else a file without a header would be quoted. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w .()/%-]{0,39}");

  private final ChatJson chat;
  private final Format format;
  private final @Nullable TimeOrder order;
  private final int columns;
  private final String inputName;
  private final String outputName;
  private final int input;
  private final int output;
  private final int time;
  private final int session;
  private final int elapsed;
  private final int kind;
  private final int logType;

  /**
   * @param place of the names, for messages
   * @throws CandorException where a column of the input's or the output's length is missing
   */
  LengthColumns(Format format, List<String> names, String place, ChatJson chat) {
    this.chat = chat;
    this.format = format;
    this.order = format == Format.LENGTHS || format == Format.PARQUET ? null : new TimeOrder();
    this.columns = names.size();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      places.putIfAbsent(plain(names.get(i)), i);
    }
    this.input = find(places, INPUT);
    this.output = find(places, OUTPUT);
    this.time = find(places, TIME);
    this.session = find(places, SESSION);
    this.elapsed = find(places, List.of("elapsed_time"));
    this.kind = find(places, KIND);
    this.logType = find(places, List.of("log_type"));
    if (input < 0 || output < 0 || (order != null && time < 0)) {
      throw unknown(names, place, chat);
    }
    this.inputName = plain(names.get(input));
    this.outputName = plain(names.get(output));
  }

  /** Whether {@code names} have the lengths. */
  static boolean fit(List<String> names) {
    List<String> plain = names.stream().map(LengthColumns::plain).toList();
    return INPUT.stream().anyMatch(name -> plain.contains(plain(name)))
        && OUTPUT.stream().anyMatch(name -> plain.contains(plain(name)));
  }

  static boolean has(List<String> names, String name) {
    return names.stream().anyMatch(each -> plain(each).equals(plain(name)));
  }

  static CandorException unknown(List<String> names, String place, ChatJson chat) {
    boolean header = names.stream().allMatch(name -> NAME.matcher(name.strip()).matches());
    String found =
        header
            ? "the columns "
                + names.stream()
                    .limit(30)
                    .map(name -> chat.text(name.strip()))
                    .collect(Collectors.joining(", "))
            : "a first line that is no list of columns";
    return CandorException.user(
        "%s: found %s; must have one of the input's length (%s, …) and one of the output's (%s, …)"
            .formatted(
                place,
                found,
                String.join(", ", INPUT.subList(0, 5)),
                String.join(", ", OUTPUT.subList(0, 5))));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _\\-]", "").strip();
  }

  private static int find(Map<String, Integer> places, List<String> names) {
    for (String name : names) {
      Integer place = places.get(plain(name));
      if (place != null) {
        return place;
      }
    }
    return -1;
  }

  /**
   * Makes the request of a row.
   *
   * @throws BadRecord where a value is none that a request can have
   */
  void read(List<String> row, Requests to) {
    if (row.size() != columns) {
      throw new BadRecord(
          Reason.BAD_FIELDS,
          "found %d values, must be %d, one a column".formatted(row.size(), columns));
    }
    int inputTokens = Fields.tokens(inputName, row.get(input));
    int outputTokens = Fields.tokens(outputName, row.get(output));
    long start = value(row, time).isEmpty() ? UNKNOWN_TIME : Timestamps.parse(row.get(time));
    if (order != null) {
      if (start == UNKNOWN_TIME) {
        throw new BadRecord(Reason.BAD_TIME, "found no timestamp, must have one");
      }
      order.next(start);
    }
    long end = UNKNOWN_TIME;
    if (format == Format.BURSTGPT && !value(row, elapsed).isEmpty()) {
      end = start + Timestamps.parse(value(row, elapsed));
    }
    String id = value(row, session);
    String label = value(row, kind);
    if (!value(row, logType).isEmpty()) {
      label = label.isEmpty() ? value(row, logType) : label + ", " + value(row, logType);
    }
    to.accept(
        SourceRequest.ofLengths(
            id.isEmpty() ? new Link.Alone() : new Link.Session(id),
            start,
            end,
            chat.label(label, format.key()),
            inputTokens,
            outputTokens));
  }

  private static String value(List<String> row, int column) {
    return column < 0 ? "" : row.get(column).strip();
  }
}
