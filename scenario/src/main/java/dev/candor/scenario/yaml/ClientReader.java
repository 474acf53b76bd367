package dev.candor.scenario.yaml;

import dev.candor.base.error.CandorException;
import dev.candor.base.error.Suggestion;
import dev.candor.base.yaml.Problems;
import dev.candor.base.yaml.Section;
import dev.candor.base.yaml.Value;
import dev.candor.scenario.ClientSettings;
import dev.candor.scenario.ClientSettings.Io;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@code target.client}, and {@code target.loops}, which is the same as its {@code loops}.
 */
final class ClientReader {
  /** Of an affinity mask as it is set here. */
  private static final int MOST_CORES = 1024;

  private final Problems problems;

  ClientReader(Problems problems) {
    this.problems = problems;
  }

  ClientSettings read(Section target) {
    Section section = new Section(target.get("client"), problems, Keys.CLIENT);
    if (target.has("loops") && section.has("loops")) {
      target.problem("loops", "stands beside client.loops; keep one of them");
    }
    Section loops = target.has("loops") ? target : section;
    Io io = section.read("io", Io.AUTO, ClientReader::io);
    boolean busyPoll = section.bool("busy_poll", false);
    if (busyPoll && (io == Io.NIO || io == Io.IO_URING)) {
      section.problem("busy_poll", "needs io: epoll; %s cannot spin".formatted(io.key()));
    }
    return new ClientSettings(loops.integer("loops", 0, 0), io, busyPoll, cores(section));
  }

  private static Io io(String text) {
    for (Io io : Io.values()) {
      if (io.key().equals(text)) {
        return io;
      }
    }
    List<String> known = Arrays.stream(Io.values()).map(Io::key).toList();
    throw CandorException.user("found '%s'; %s".formatted(text, Suggestion.of(text, known)));
  }

  private List<Integer> cores(Section section) {
    List<Integer> cores = new ArrayList<>();
    for (Value item : section.items("pin", "cores, such as [2, 3]")) {
      try {
        cores.add((int) Section.wholeNumber(item.text(), 0, MOST_CORES - 1));
      } catch (CandorException e) {
        problems.add(item.where(), String.valueOf(e.getMessage()));
      }
    }
    return cores;
  }
}
