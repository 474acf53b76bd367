package dev.candor.protocol.json;

/** Bytes that are not JSON; ends one attempt, so it carries no stack trace. */
public final class JsonSyntaxException extends Exception {
  public JsonSyntaxException(String message) {
    super(message, null, false, false);
  }
}
