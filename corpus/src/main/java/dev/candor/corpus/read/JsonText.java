package dev.candor.corpus.read;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of records: as long as a record may be, and no message of a parser's that quotes it. */
final class JsonText {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(1000)
                          .build())
                  .build())
          .build();

  private JsonText() {}

  static JsonMapper mapper() {
    return JSON;
  }

  /**
   * Reads the record at hand.
   *
   * @throws BadRecord where it is not UTF-8, not JSON or no object
   */
  static JsonNode parse(Records records) {
    Utf8.check(records.bytes(), records.length());
    JsonNode node;
    try {
      node = JSON.readTree(records.bytes(), 0, records.length());
    } catch (JacksonException e) {
      int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
      int column = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getColumnNr());
      throw new BadRecord(
          Reason.INVALID_JSON,
          "found invalid JSON at column %d, must be JSON".formatted(column),
          line - 1);
    }
    if (!node.isObject()) {
      throw new BadRecord(Reason.BAD_FIELDS, "found JSON that is no object, must be an object {…}");
    }
    return node;
  }

  static JsonNode parseOr(String text, JsonNode otherwise) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return otherwise;
    }
  }
}
