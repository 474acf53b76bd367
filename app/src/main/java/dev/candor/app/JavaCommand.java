package dev.candor.app;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of another process of Candor: this Java, with this class path and flags. */
public final class JavaCommand {
  private JavaCommand() {}

  /** {@code candor} with {@code arguments}. */
  public static List<String> of(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flagsOfThisJvm());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  /** Garbage collector, heap and cache as here; nothing that observes this process. */
  private static List<String> flagsOfThisJvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-javaagent") && !flag.startsWith("-agent"))
        .filter(flag -> !flag.startsWith("-XX:AOTCacheOutput") && !flag.startsWith("-Djava.class"))
        .toList();
  }
}
