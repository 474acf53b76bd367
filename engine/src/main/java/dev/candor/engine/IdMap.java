package dev.candor.engine;

import dev.candor.base.random.Seed;
import org.jspecify.annotations.Nullable;

/**
 * A map from ids, without boxes: open addressing with linear probing, at most half full. A removal
 * moves later entries back, so that no marks are left behind.
 */
public final class IdMap<V> {
  private long[] keys = new long[8];
  private @Nullable Object[] values = new @Nullable Object[8];
  private int size;

  /** What {@code key} stands for, null where it is unknown. */
  public @Nullable V get(long key) {
    return valueAt(slot(key));
  }

  public int size() {
    return size;
  }

  /** Adds or replaces. */
  public void put(long key, V value) {
    int slot = slot(key);
    if (values[slot] == null && ++size > keys.length / 2) {
      grow();
      slot = slot(key);
    }
    keys[slot] = key;
    values[slot] = value;
  }

  /** Takes out what {@code key} stands for, null where it is unknown. */
  public @Nullable V remove(long key) {
    int hole = slot(key);
    V removed = valueAt(hole);
    if (removed == null) {
      return null;
    }
    int mask = keys.length - 1;
    for (int at = (hole + 1) & mask; values[at] != null; at = (at + 1) & mask) {
      // An entry may fill the hole unless its home lies after the hole, seen from the entry.
      if (((at - home(keys[at])) & mask) >= ((at - hole) & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        hole = at;
      }
    }
    values[hole] = null;
    size--;
    return removed;
  }

  @SuppressWarnings("unchecked")
  private @Nullable V valueAt(int slot) {
    return (V) values[slot];
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new @Nullable Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int at = home(key);
    while (values[at] != null && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int home(long key) {
    return (int) Seed.mixed(key) & (keys.length - 1);
  }
}
