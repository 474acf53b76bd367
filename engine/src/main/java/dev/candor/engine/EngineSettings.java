package dev.candor.engine;

/** What one replica runs with. */
public record EngineSettings(StepTime stepTime, SchedulerLimits limits, KvCacheSettings kvCache) {

  public EngineSettings withStepTime(StepTime value) {
    return new EngineSettings(value, limits, kvCache);
  }

  public EngineSettings withLimits(SchedulerLimits value) {
    return new EngineSettings(stepTime, value, kvCache);
  }

  public EngineSettings withKvCache(KvCacheSettings value) {
    return new EngineSettings(stepTime, limits, value);
  }
}
