package dev.candor.corpus.sample;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses units. <b>For one thread.</b> */
final class Choice {
  /*
   * A systematic sample of an order in which neighbours are alike, from a random start, is stratified by
   * what orders them. It keeps the distributions, but their tails only by chance: ten requests of a
   * thousand are beyond p99. So each unit is then exchanged for another, every other time for a neighbour,
   * where that brings all distributions together closer to the whole's.
   */
  private static final int TRIES_IN_ALL = 500_000;
  private static final int MOST_SWEEPS = 100;
  private static final int TRIES = 16;

  /** How many steps away a neighbour may be. */
  private static final int REACH = 2;

  private static final int MOST_CUTS = 2000;

  private final int[] order;
  private final double step;
  private final int[] places;
  private final BitSet taken = new BitSet();
  private final List<Balance> balances;
  private final RandomGenerator random;

  private Choice(Units units, double share, RandomGenerator random) {
    int wantedUnits = Math.clamp(Math.round(share * units.count()), 1, units.count());
    double wanted = share * units.allRequests();
    int cuts = (int) Math.clamp(wanted, 1, MOST_CUTS);
    this.order = Strata.order(units, wantedUnits);
    this.step = (double) units.count() / wantedUnits;
    this.places = new int[wantedUnits];
    this.random = random;
    this.balances =
        List.of(
            new Balance(units, units.input(), wanted, cuts),
            new Balance(units, units.output(), wanted, cuts),
            new Balance(units, units.cached(), wanted, cuts),
            new Balance(units, units.turns(), wanted, cuts));
  }

  /** About {@code share} of {@code units}. */
  static int[] of(Units units, double share, RandomGenerator random) {
    Choice choice = new Choice(units, share, random);
    choice.everyKth();
    int sweeps = Math.clamp(TRIES_IN_ALL / (TRIES * choice.places.length), 2, MOST_SWEEPS);
    for (int sweep = 0; sweep < sweeps; sweep++) {
      choice.exchange();
    }
    return Arrays.stream(choice.places).map(place -> choice.order[place]).toArray();
  }

  private void everyKth() {
    double start = random.nextDouble() * step;
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) Math.min(order.length - 1, start + i * step);
      taken.set(places[i]);
      int unit = order[places[i]];
      balances.forEach(balance -> balance.add(unit));
    }
  }

  private void exchange() {
    for (int i = 0; i < places.length; i++) {
      int low = (int) Math.max(0, (i - REACH) * step);
      int high = (int) Math.min(order.length, Math.ceil((i + 1 + REACH) * step));
      int best = places[i];
      double least = -1e-9;
      for (int attempt = 0; attempt < TRIES; attempt++) {
        int place = attempt % 2 == 0 ? random.nextInt(low, high) : random.nextInt(order.length);
        if (!taken.get(place)) {
          double cost = cost(order[places[i]], order[place]);
          if (cost < least) {
            least = cost;
            best = place;
          }
        }
      }
      if (best != places[i]) {
        int out = order[places[i]];
        int in = order[best];
        balances.forEach(balance -> balance.remove(out));
        balances.forEach(balance -> balance.add(in));
        taken.clear(places[i]);
        taken.set(best);
        places[i] = best;
      }
    }
  }

  private double cost(int out, int in) {
    double cost = 0;
    for (Balance balance : balances) {
      cost += balance.costOf(out, in);
    }
    return cost;
  }
}
