package dev.candor.protocol.openai;

/** Bytes that are not JSON; ends one attempt, so it carries no stack trace. */
final class JsonSyntaxException extends Exception {
  JsonSyntaxException(String message) {
    super(message, null, false, false);
  }
}
