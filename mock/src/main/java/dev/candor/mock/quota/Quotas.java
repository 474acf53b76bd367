package dev.candor.mock.quota;

import dev.candor.base.random.Seed;
import dev.candor.scenario.Quota;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may be served, by the first quota that fits a request's key and model; where none fits,
 * everybody. Thread-safe: one lock, taken twice a request and held for less than a microsecond. All
 * times are monotonic nanoseconds.
 */
public final class Quotas {
  /*
   * Each key and model that a quota fits has an account of its own. They are bounded, since a client
   * can invent keys: where there is no more room, the one that rested longest goes, by preference
   * one of which nothing is used, for that loses nothing. Keys and models are kept as hashes, so
   * that neither a secret nor a name of a megabyte stays here.
   */
  private static final int SEARCHED = 64;
  private static final Seed HASH = new Seed(0);

  private final List<Quota> quotas;
  private final long startNanos;
  private final int room;
  private final LinkedHashMap<AccountKey, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param startNanos from which fixed windows count
   */
  public Quotas(List<Quota> quotas, long startNanos) {
    this(quotas, startNanos, 10_000);
  }

  Quotas(List<Quota> quotas, long startNanos, int room) {
    this.quotas = List.copyOf(quotas);
    this.startNanos = startNanos;
    this.room = room;
  }

  /**
   * Decides about a request at its arrival, and charges it where it is admitted.
   *
   * @param key the API key, empty where there is none
   * @param inputTokens all of them, cached or not
   * @param maxOutputTokens what the answer may have at most
   */
  public QuotaDecision admit(
      String key, String model, long inputTokens, long maxOutputTokens, long nanos) {
    int index = fitting(key, model);
    synchronized (accounts) {
      return account(index, key, model, nanos).admit(inputTokens, maxOutputTokens, nanos);
    }
  }

  /**
   * Puts an admitted request's charge right at its end, however it ended. A second time does
   * nothing, nor does it for a refused one.
   *
   * @param uncachedInputTokens that were computed, not read from a cache
   * @param outputTokens that were produced
   */
  public void settle(
      QuotaDecision decision, long uncachedInputTokens, long outputTokens, long nanos) {
    switch (decision) {
      case QuotaDecision.Admitted admitted -> {
        synchronized (accounts) {
          admitted.reservation().settle(uncachedInputTokens, outputTokens, nanos);
        }
      }
      case QuotaDecision.Refused _ -> {}
    }
  }

  private int fitting(String key, String model) {
    for (int i = 0; i < quotas.size(); i++) {
      if (fits(quotas.get(i).key(), key) && fits(quotas.get(i).model(), model)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean fits(@Nullable String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }

  private Account account(int index, String key, String model, long nanos) {
    if (index < 0) {
      return Account.UNLIMITED;
    }
    AccountKey name = new AccountKey(index, HASH.derive(key).value(), HASH.derive(model).value());
    Account known = accounts.get(name);
    if (known != null) {
      return known;
    }
    if (accounts.size() >= room) {
      dropOne(nanos);
    }
    Account added = Account.of(quotas.get(index), startNanos);
    accounts.put(name, added);
    return added;
  }

  private void dropOne(long nanos) {
    Iterator<Account> oldestFirst = accounts.values().iterator();
    for (int i = 0; i < SEARCHED && oldestFirst.hasNext(); i++) {
      if (oldestFirst.next().isUnused(nanos)) {
        oldestFirst.remove();
        return;
      }
    }
    accounts.pollFirstEntry();
  }

  /** How many accounts are kept. */
  int accounts() {
    synchronized (accounts) {
      return accounts.size();
    }
  }

  private record AccountKey(int quota, long key, long model) {}
}
