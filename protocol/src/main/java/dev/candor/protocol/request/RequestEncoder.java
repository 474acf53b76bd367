package dev.candor.protocol.request;

import java.util.List;

/** Writes the bodies of a dialect's requests. <b>Immutable; for any thread.</b> */
public interface RequestEncoder {

  /**
   * @param maxTokens the limit of the answer in tokens; 0 for none
   * @return the body, UTF-8
   */
  byte[] encode(List<ChatMessage> messages, int maxTokens);
}
