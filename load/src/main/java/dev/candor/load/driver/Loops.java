package dev.candor.load.driver;

import java.util.List;

/** The loops of a run; one in virtual time, one a core over sockets. */
public interface Loops extends AutoCloseable {
  List<Loop> loops();

  @Override
  void close();
}
