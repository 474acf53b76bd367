package dev.candor.app.run;

import dev.candor.record.LeftRun;
import dev.candor.record.RunDirectory;
import dev.candor.record.RunLock;
import dev.candor.scenario.yaml.ScenarioFile;
import java.nio.file.Path;

/** Makes the directory of a run readable whose process died. */
public final class Recovery {
  private Recovery() {}

  /**
   * The run in {@code path}, which is recovered first where that is needed.
   *
   * @throws dev.candor.base.error.CandorException where there is none, or it still lasts
   */
  public static RunDirectory readable(Path path) {
    RunDirectory directory = new RunDirectory(path);
    if (directory.isUnfinished()) {
      RunLock lock = RunLock.take(directory);
      try {
        LeftRun left = LeftRun.read(directory);
        left.recover(ScenarioFile.readRecorded(directory.scenarioYaml()).sweep() != null);
      } finally {
        lock.close();
      }
    }
    return RunDirectory.existing(path);
  }
}
