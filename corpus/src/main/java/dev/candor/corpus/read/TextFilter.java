package dev.candor.corpus.read;

/**
 * What every text of a source passes before anything else sees it: contents of messages, answers,
 * arguments and names of tools, kinds of requests. For one thread.
 */
@FunctionalInterface
public interface TextFilter {
  /** Lets every text through as it is. */
  TextFilter NONE = text -> text;

  String filter(String text);
}
