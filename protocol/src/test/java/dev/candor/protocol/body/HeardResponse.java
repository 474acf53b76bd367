package dev.candor.protocol.body;

import dev.candor.protocol.ResponseListener;
import dev.candor.protocol.ResponseReader;
import dev.candor.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a reader tells, one line a call. */
public final class HeardResponse implements ResponseListener {
  public final List<String> calls = new ArrayList<>();

  /** Reads the whole body, cut before each of the given positions. */
  public static List<String> of(ResponseReader reader, byte[] body, int... cuts) {
    HeardResponse heard = new HeardResponse();
    reader.reset();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : body.length;
      byte[] buffer = new byte[to - from + 7];
      System.arraycopy(body, from, buffer, 3, to - from);
      boolean more = reader.read(buffer, 3, to - from, heard);
      Arrays.fill(buffer, (byte) '#'); // A range kept beyond the call would show.
      if (!more) {
        return heard.calls;
      }
      from = to;
    }
    reader.end(heard);
    return heard.calls;
  }

  public static List<String> of(ResponseReader reader, String body) {
    return of(reader, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void onText(TextKind kind, byte[] text, int offset, int length) {
    calls.add("text " + kind + " " + JsonText.decode(text, offset, length));
  }

  @Override
  public void onSilentEvent(boolean ofAnswer) {
    calls.add("silent " + (ofAnswer ? "answer" : "other"));
  }

  @Override
  public void onUsage(int prompt, int cached, int completion, int reasoning) {
    calls.add("usage " + prompt + " " + cached + " " + completion + " " + reasoning);
  }

  @Override
  public void onCacheWrite(int tokens) {
    calls.add("cache write " + tokens);
  }

  @Override
  public void onFinish(String reason) {
    calls.add("finish " + reason);
  }

  @Override
  public void onDone() {
    calls.add("done");
  }

  @Override
  public void onErrorFrame(@Nullable String code, String message) {
    calls.add("error " + code + " " + message);
  }

  @Override
  public void onMalformed(String why) {
    calls.add("malformed " + why);
  }

  @Override
  public void onOversized(String what) {
    calls.add("oversized " + what);
  }
}
