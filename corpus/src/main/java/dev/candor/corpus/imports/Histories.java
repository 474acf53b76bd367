package dev.candor.corpus.imports;

import dev.candor.corpus.read.Answer;
import dev.candor.corpus.read.Fingerprint;
import dev.candor.corpus.read.Message;
import dev.candor.corpus.read.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of what a request says and of what it repeats, by which requests of a conversation
 * find each other.
 *
 * @param said all its messages
 * @param answered all its messages and its answer; 0 where that is unknown
 * @param repeats its messages before what the model said last: those of the request that it
 *     continues; 0 where the model has said nothing
 * @param repeatsAnswered the same and what the model said then
 */
record Histories(long said, long answered, long repeats, long repeatsAnswered) {

  static final Histories NONE = new Histories(0, 0, 0, 0);

  static Histories of(List<Message> messages, @Nullable Answer answer, long start) {
    int lastSaid = messages.size() - 1;
    while (lastSaid >= 0 && !isModel(messages.get(lastSaid))) {
      lastSaid--;
    }
    int firstSaid = lastSaid;
    while (firstSaid > 0 && isModel(messages.get(firstSaid - 1))) {
      firstSaid--;
    }
    long hash = start;
    long repeats = 0;
    long repeatsAnswered = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (i == firstSaid && i > 0) {
        repeats = hash;
      }
      hash = chain(hash, messages.get(i));
      if (i == lastSaid && repeats != 0) {
        repeatsAnswered = hash;
      }
    }
    long answered =
        answer == null
            ? 0
            : chain(hash, new Message("assistant", answer.text(), "", "", answer.toolCalls()));
    return new Histories(hash, answered, repeats, repeatsAnswered);
  }

  private static boolean isModel(Message message) {
    return message.role().equals("assistant");
  }

  private static long chain(long before, Message message) {
    long hash = Fingerprint.chain(Fingerprint.chain(before, message.role()), message.content());
    for (ToolCall call : message.toolCalls()) {
      hash = Fingerprint.chain(Fingerprint.chain(hash, call.name()), call.arguments());
    }
    return hash;
  }
}
