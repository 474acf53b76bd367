package dev.candor.corpus.read;

import java.util.List;

/**
 * What a model answered, its texts filtered.
 *
 * @param text empty where it only called tools
 */
public record Answer(String text, List<ToolCall> toolCalls) {
  public Answer {
    toolCalls = List.copyOf(toolCalls);
  }
}
