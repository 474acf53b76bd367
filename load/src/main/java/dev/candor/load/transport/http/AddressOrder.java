package dev.candor.load.transport.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which order the addresses of one name are tried. <b>For its event loop's thread only.</b> */
final class AddressOrder {
  /*
   * New connections take the addresses of the preferred family in turn, so that a name behind which
   * several servers stand is loaded evenly. Those of the other family, and behind them those that
   * failed when they were last tried, are there for when the rest has failed.
   */
  private final Set<InetAddress> failed = new HashSet<>();
  private int turn;

  List<InetAddress> next(List<InetAddress> addresses) {
    List<InetAddress> preferred = new ArrayList<>();
    List<InetAddress> others = new ArrayList<>();
    List<InetAddress> last = new ArrayList<>();
    for (InetAddress address : addresses) {
      if (failed.contains(address)) {
        last.add(address);
      } else if (address.getClass() == addresses.getFirst().getClass()) {
        preferred.add(address);
      } else {
        others.add(address);
      }
    }
    List<InetAddress> order = new ArrayList<>(addresses.size());
    for (int i = 0; i < preferred.size(); i++) {
      order.add(preferred.get((turn + i) % preferred.size()));
    }
    turn = preferred.isEmpty() ? 0 : (turn + 1) % preferred.size();
    order.addAll(others);
    order.addAll(last);
    return order;
  }

  void worked(InetAddress address) {
    failed.remove(address);
  }

  void failed(InetAddress address) {
    failed.add(address);
  }
}
