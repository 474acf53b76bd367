package dev.candor.protocol.anthropic;

import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;

/**
 * Anthropic's token counts, which come in two parts and count cached input apart. <b>For one
 * thread.</b>
 */
final class MessageUsage {
  private static final JsonKey INPUT = JsonKey.of("input_tokens");
  private static final JsonKey CACHE_WRITE = JsonKey.of("cache_creation_input_tokens");
  private static final JsonKey CACHE_READ = JsonKey.of("cache_read_input_tokens");
  private static final JsonKey OUTPUT = JsonKey.of("output_tokens");

  private final int[] accepted = new int[4];
  private int input;
  private int cacheWrite;
  private int cacheRead;
  private int output;

  MessageUsage() {
    clear();
  }

  void clear() {
    input = -1;
    cacheWrite = -1;
    cacheRead = -1;
    output = -1;
    accept();
  }

  /** Goes back to what was accepted. */
  void begin() {
    input = accepted[0];
    cacheWrite = accepted[1];
    cacheRead = accepted[2];
    output = accepted[3];
  }

  /** What was read is valid. */
  void accept() {
    accepted[0] = input;
    accepted[1] = cacheWrite;
    accepted[2] = cacheRead;
    accepted[3] = output;
  }

  /**
   * Reads the next value; what it does not say stays as it was.
   *
   * @param begun of an answer that only begins: its output count is a placeholder
   */
  void read(JsonCursor json, boolean begun) throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      if (json.keyIs(INPUT)) {
        input = known(json.count(), input);
      } else if (json.keyIs(CACHE_WRITE)) {
        cacheWrite = known(json.count(), cacheWrite);
      } else if (json.keyIs(CACHE_READ)) {
        cacheRead = known(json.count(), cacheRead);
      } else if (json.keyIs(OUTPUT) && !begun) {
        output = known(json.count(), output);
      } else {
        json.skip();
      }
    }
  }

  private static int known(int count, int before) {
    return count >= 0 ? count : before;
  }

  /** Tells the counts, cached input among the prompt's. */
  void tell(FrameContent content) {
    int prompt = -1;
    if (input >= 0) {
      long sum = (long) input + Math.max(0, cacheWrite) + Math.max(0, cacheRead);
      prompt = (int) Math.min(Integer.MAX_VALUE, sum);
    }
    content.usage(prompt, cacheRead, output, -1);
    content.cacheWrite(cacheWrite);
  }
}
