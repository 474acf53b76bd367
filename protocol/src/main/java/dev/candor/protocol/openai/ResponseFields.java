package dev.candor.protocol.openai;

import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/** Fields of a response object that say how it went. */
final class ResponseFields {
  private static final JsonKey USAGE = JsonKey.of("usage");
  private static final JsonKey STATUS = JsonKey.of("status");
  private static final JsonKey COMPLETED = JsonKey.of("completed");
  private static final JsonKey FAILED = JsonKey.of("failed");
  private static final JsonKey DETAILS = JsonKey.of("incomplete_details");
  private static final JsonKey REASON = JsonKey.of("reason");
  private static final JsonKey ERROR = JsonKey.of("error");

  private ResponseFields() {}

  /** Reads the value of the current key if it is one of these; else touches nothing. */
  static boolean read(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (json.keyIs(USAGE)) {
      UsageFields.RESPONSES.read(json, content);
    } else if (json.keyIs(STATUS)) {
      status(json, content);
    } else if (json.keyIs(DETAILS)) {
      for (boolean more = json.firstKey(); more; more = json.nextKey()) {
        if (json.keyIs(REASON)) {
          content.finish(json);
        } else {
          json.skip();
        }
      }
    } else if (json.keyIs(ERROR)) {
      content.error(json);
    } else {
      return false;
    }
    return true;
  }

  /** One that is not complete says why, in another field. */
  private static void status(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    if (!json.string()) {
      return;
    }
    if (json.valueIs(COMPLETED)) {
      content.finish(json.text());
    } else if (json.valueIs(FAILED)) {
      content.markError();
    }
  }
}
