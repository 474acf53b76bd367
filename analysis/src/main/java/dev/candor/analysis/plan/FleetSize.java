package dev.candor.analysis.plan;

/**
 * A fleet for the peak.
 *
 * @param headroom factor on what the peak needs
 * @param base replicas that the peak needs at their operating points
 * @param byHeadroom those with the headroom
 * @param bySpare those of which the base is left after the loss
 * @param replicas the larger of both: what to have
 * @param decidedBy {@code headroom} or the spare's text
 */
public record FleetSize(
    double headroom,
    ReplicaCount base,
    ReplicaCount byHeadroom,
    ReplicaCount bySpare,
    ReplicaCount replicas,
    String decidedBy) {

  static FleetSize of(Estimate need, double headroom, Spare spare) {
    ReplicaCount base = need.roundedUp();
    ReplicaCount byHeadroom = need.times(headroom).roundedUp();
    ReplicaCount bySpare = base.map(spare::fleet);
    return new FleetSize(
        headroom,
        base,
        byHeadroom,
        bySpare,
        byHeadroom.atLeast(bySpare),
        bySpare.likely() > byHeadroom.likely() ? spare.text() : "headroom");
  }
}
