package dev.candor.protocol.generic;

import dev.candor.base.json.JsonPointer;
import dev.candor.protocol.ResponseListener.TextKind;
import dev.candor.protocol.body.FrameContent;
import dev.candor.protocol.body.FrameScanner;
import dev.candor.protocol.json.JsonCursor;
import dev.candor.protocol.json.JsonKey;
import dev.candor.protocol.json.JsonSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Scans a frame by pointers, all of them in one pass. <b>For one thread.</b> A place may be pointed
 * to for several reasons, and one below another.
 */
public final class GenericScanner implements FrameScanner {
  private static final int TEXT = 1;
  private static final int REASONING = 2;
  private static final int INPUT = 4;
  private static final int CACHED = 8;
  private static final int OUTPUT = 16;
  private static final int ERROR = 32;
  private static final int END = 64;

  private final PointerTree root = PointerTree.root();
  private final Expected expected;
  private final @Nullable JsonKey endValue;
  private Counts counts = Counts.NONE;
  private int prompt;
  private int cached;
  private int completion;
  private boolean counted;

  /** Token counts so far, -1 where there is none. */
  private record Counts(int prompt, int cached, int completion) {
    private static final Counts NONE = new Counts(-1, -1, -1);
  }

  /**
   * @throws dev.candor.base.error.CandorException where a pointer is none
   */
  public GenericScanner(GenericFields fields) {
    add(fields.text(), TEXT);
    add(fields.reasoning(), REASONING);
    add(fields.inputTokens(), INPUT);
    add(fields.cachedTokens(), CACHED);
    add(fields.outputTokens(), OUTPUT);
    add(fields.error(), ERROR);
    add(fields.end(), END);
    endValue = fields.endValue() == null ? null : JsonKey.of(fields.endValue());
    expected = new Expected("an answer", "text at '" + fields.text() + "'");
  }

  private void add(@Nullable String pointer, int role) {
    if (pointer != null) {
      root.add(JsonPointer.tokens(pointer), role);
    }
  }

  @Override
  public void reset() {
    counts = Counts.NONE;
  }

  @Override
  public Expected expected() {
    return expected;
  }

  @Override
  public void scan(JsonCursor json, FrameContent content) throws JsonSyntaxException {
    counted = false;
    prompt = counts.prompt;
    cached = counts.cached;
    completion = counts.completion;
    value(root, json, content);
    if (counted) {
      content.usage(prompt, cached, completion, -1);
    }
  }

  @Override
  public void accept() {
    if (counted) {
      counts = new Counts(prompt, cached, completion);
    }
  }

  private void value(PointerTree place, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    int first = json.peek();
    if (place.size() > 0 && (first == '{' || first == '[')) {
      if (place.is(ERROR)) {
        content.markError();
      }
      end(place, endValue == null, content);
      if (first == '{') {
        members(place, json, content);
      } else {
        elements(place, json, content);
      }
    } else if (place.hasRole()) {
      take(place, first, json, content);
    } else {
      json.skip();
    }
  }

  private void members(PointerTree place, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    for (boolean more = json.firstKey(); more; more = json.nextKey()) {
      PointerTree below = null;
      for (int i = 0; i < place.size() && below == null; i++) {
        below = json.keyIs(place.child(i).key) ? place.child(i) : null;
      }
      if (below == null) {
        json.skip();
      } else {
        value(below, json, content);
      }
    }
  }

  private void elements(PointerTree place, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    int index = 0;
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      PointerTree below = null;
      for (int i = 0; i < place.size() && below == null; i++) {
        below = place.child(i).index == index ? place.child(i) : null;
      }
      if (below == null) {
        json.skip();
      } else {
        value(below, json, content);
      }
      index++;
    }
  }

  private void take(PointerTree place, int first, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    switch (first) {
      case '"' -> string(place, json, content);
      case '{', '[' -> {
        if (first == '{' && place.is(ERROR)) {
          content.error(json);
        } else {
          json.skip();
        }
        end(place, endValue == null, content);
      }
      case 't', 'f', 'n' -> {
        json.literal();
        if (place.is(ERROR) && first == 't') {
          content.markError();
        }
        end(place, first != 'n' && isEnd(json, first == 't'), content);
      }
      default -> number(place, json, content);
    }
  }

  private void string(PointerTree place, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    if (place.is(ERROR)) {
      content.errorText(json);
    } else {
      json.string();
    }
    if (place.is(TEXT | REASONING)) {
      content.markPart();
      content.markAnswer();
      content.text(
          place.is(TEXT) ? TextKind.ANSWER : TextKind.REASONING,
          json.bytes(),
          json.start(),
          json.stop());
    }
    end(place, isEnd(json, true), content);
  }

  private void number(PointerTree place, JsonCursor json, FrameContent content)
      throws JsonSyntaxException {
    json.stringOrNumber();
    if (place.is(INPUT | CACHED | OUTPUT)) {
      int count = json.lastCount();
      counted |= count >= 0;
      prompt = place.is(INPUT) && count >= 0 ? count : prompt;
      cached = place.is(CACHED) && count >= 0 ? count : cached;
      completion = place.is(OUTPUT) && count >= 0 ? count : completion;
    }
    if (place.is(ERROR)) {
      content.markError();
    }
    end(place, isEnd(json, true), content);
  }

  /** Whether the last scalar is what the end has; {@code present}: it is neither null nor false. */
  private boolean isEnd(JsonCursor json, boolean present) {
    return endValue == null ? present : json.textIs(endValue);
  }

  private static void end(PointerTree place, boolean holds, FrameContent content) {
    if (place.is(END) && holds) {
      content.markEnd();
    }
  }
}
