package dev.candor.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what an engine tells, as lines and by request; times in the lines are microseconds. */
final class EventLog implements EngineListener {
  final List<String> lines = new ArrayList<>();
  final Map<Long, List<Long>> tokenNanos = new HashMap<>();
  final Map<Long, Long> scheduledNanos = new HashMap<>();
  final Map<Long, Long> finishedNanos = new HashMap<>();
  final Map<Long, Integer> cachedTokens = new HashMap<>();
  final List<Long> failed = new ArrayList<>();
  final List<Long> preempted = new ArrayList<>();

  @Override
  public void scheduled(EngineRequest request, long nanos, int cached) {
    add(nanos, "scheduled", request, cached == 0 ? "" : " cached " + cached);
    scheduledNanos.put(request.id(), nanos);
    cachedTokens.put(request.id(), cached);
  }

  @Override
  public void token(EngineRequest request, int index, long nanos) {
    add(nanos, "token", request, " " + index);
    List<Long> tokens = tokenNanos.computeIfAbsent(request.id(), id -> new ArrayList<>());
    if (index != tokens.size()) {
      throw new AssertionError("token %d after %d of them".formatted(index, tokens.size()));
    }
    tokens.add(nanos);
  }

  @Override
  public void finished(EngineRequest request, long nanos) {
    add(nanos, "finished", request, "");
    finishedNanos.put(request.id(), nanos);
  }

  @Override
  public void preempted(EngineRequest request, long nanos) {
    add(nanos, "preempted", request, "");
    preempted.add(request.id());
  }

  @Override
  public void failed(EngineRequest request, long nanos) {
    add(nanos, "failed", request, "");
    failed.add(request.id());
  }

  private void add(long nanos, String what, EngineRequest request, String rest) {
    lines.add("%d %s r%d%s".formatted(nanos / 1000, what, request.id(), rest));
  }

  List<Long> tokensOf(long id) {
    return tokenNanos.getOrDefault(id, List.of());
  }

  long firstTokenNanos(long id) {
    return tokensOf(id).getFirst();
  }
}
